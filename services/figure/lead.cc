#include "services/figure/lead.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "services/figure/phrase.h"

namespace crossfoot::figure {
namespace {

using core::AreaLevel;
using core::Basis;
using core::Cue;
using core::Document;
using core::Mention;
using core::MentionKind;
using core::TextRange;
using lexicon::Lexicon;

void Extend(TextRange& range, TextRange more) {
  if (range.size() == 0) {
    range = more;
  } else {
    range.end = std::max(range.end, more.end);
  }
}

// Reads the tokens of a lead from left to right.  Words go to whatever the last cue opened: the
// name, the comparator (较…), the base of a share (占…) or what is contributed to (拉动…).
class LeadReader {
 public:
  LeadReader(const Document& document, const std::vector<Mention>& mentions, const Lexicon& lexicon,
             bool in_brackets)
      : document_(document), mentions_(mentions), lexicon_(lexicon) {
    lead_.in_brackets = in_brackets;
  }

  void Read(const Token& token) {
    const std::string_view text = document_.TextOf(token.range);
    if (token.kind == Token::Kind::kOpen) ++brackets_;
    if (token.kind == Token::Kind::kClose && brackets_ > 0) {
      --brackets_;
      if (target_ == Target::kBase) Append(text, token.range);
      return;
    }
    if (brackets_ > 0) {
      // Brackets inside a name explain it; inside a base they limit it.
      if (target_ == Target::kBase) {
        lead_.base_limited = true;
        Append(text, token.range);
      }
      return;
    }
    switch (token.kind) {
      case Token::Kind::kListComma:
        Append(text, token.range);
        break;
      case Token::Kind::kText:
        ReadText(text, token.range);
        break;
      case Token::Kind::kMention:
        ReadMention(token, text);
        break;
      default:
        break;
    }
  }

  Lead Finish() {
    if (!phrase_.empty()) {
      lead_.object = Cleaned(std::move(phrase_));
      if (!lead_.object.empty()) lead_.name_range = phrase_range_;
    }
    lead_.base.resize(WithoutTrailingFiller(lead_.base, lexicon_).size());
    lead_.contributes_to = CleanPhrase(lead_.contributes_to, lexicon_);
    return std::move(lead_);
  }

 private:
  enum class Target { kName, kComparator, kBase, kContribution };

  void Append(std::string_view text, TextRange range) {
    switch (target_) {
      case Target::kName:
        one_piece_ = false;
        phrase_.append(text);
        Extend(phrase_range_, range);
        break;
      case Target::kComparator:
        lead_.comparator.append(text);
        Extend(lead_.basis_range, range);
        break;
      case Target::kBase:
        lead_.base.append(text);
        Extend(lead_.base_range, range);
        break;
      case Target::kContribution:
        lead_.contributes_to.append(text);
        break;
    }
  }

  void ReadText(std::string_view text, TextRange range) {
    std::string clean = CleanPhrase(text, lexicon_);
    if (clean.empty()) {
      // 城镇和农村居民: between two parts of a name.
      const auto& words = lexicon_.conjunctions();
      if (!phrase_.empty() && phrase_range_.end == range.start && target_ == Target::kName &&
          std::find(words.begin(), words.end(), text) != words.end()) {
        Append(text, range);
      }
      return;
    }
    if (target_ != Target::kName) return Append(text, range);
    if (!pending_direction_.empty()) {
      // The direction word is part of a name that goes on behind it.
      Append(pending_direction_, lead_.sign_range);
      pending_direction_.clear();
      lead_.direction_adjacent = false;
    }
    const bool first = phrase_.empty();
    if (inner_.end == range.start && !inner_.empty()) Append(document_.TextOf(inner_), inner_);
    inner_ = {};
    if (first && phrase_.empty()) {
      phrase_ = std::move(clean);
      Extend(phrase_range_, range);
    } else {
      Append(clean, range);
    }
    one_piece_ = first;
  }

  // The phrase, cleaned as a whole; one piece alone is clean already.
  std::string Cleaned(std::string phrase) const {
    return one_piece_ ? std::move(phrase) : CleanPhrase(phrase, lexicon_);
  }

  void ReadMention(const Token& token, std::string_view text) {
    const Mention& mention = mentions_[token.mention];
    switch (mention.kind) {
      case MentionKind::kArea:
        ReadArea(token, text, mention);
        break;
      case MentionKind::kPeriod:
        if (target_ == Target::kComparator) {
          lead_.comparator_period = token.mention;
          Append(text, token.range);
          Compare(Basis::kPreviousPeriod, token.mention, token.range);
        } else if (!lead_.comparisons.empty() && mention.relative) {
          // 比上月和去年全年
          Compare(Basis::kPreviousPeriod, token.mention, token.range);
        }
        break;
      case MentionKind::kDirection:
        target_ = Target::kName;
        lead_.sign = mention.sign;
        lead_.of_rate = mention.of_rate;
        lead_.of_magnitude = mention.of_magnitude;
        lead_.direction_adjacent = true;
        lead_.sign_range = token.range;
        pending_direction_ = std::string(text);
        break;
      case MentionKind::kHedge:
        if (mention.behind) break;
        lead_.hedge = mention.qualifier;
        lead_.hedge_range = token.range;
        break;
      case MentionKind::kLabel:
        if (!NumbersAnItem(token.range)) Append(text, token.range);
        break;
      case MentionKind::kCue:
        if (mention.cue == Cue::kAgainst && EndsName(token)) {
          Append(text, token.range);
        } else {
          ReadCue(mention, text, token.range);
        }
        break;
      default:
        break;
    }
  }

  // Whether 比 is the last character of a name, 城乡居民收入比为2.39, rather than the beginning of
  // a comparison.
  bool EndsName(const Token& token) const {
    const size_t next = static_cast<size_t>(token.mention) + 1;
    return target_ == Target::kName && !phrase_.empty() && phrase_range_.end == token.range.start &&
           next < mentions_.size() && mentions_[next].range.start == token.range.end &&
           mentions_[next].cue == Cue::kVerb;
  }

  // Whether a label is the number of a list item: 1、公共财政预算收入.
  bool NumbersAnItem(TextRange range) const {
    if (!phrase_.empty()) return false;
    const std::string_view behind = std::string_view(document_.text).substr(range.end, 3);
    return behind.substr(0, 1) == "." || behind.substr(0, 1) == ")" || behind == "、" ||
           behind == "．" || behind == "）";
  }

  void ReadArea(const Token& token, std::string_view text, const Mention& mention) {
    if (target_ == Target::kComparator && lead_.comparator_area < 0)
      lead_.comparator_area = token.mention;
    if (target_ != Target::kName || mention.area_level == AreaLevel::kPartner ||
        mention.area_level == AreaLevel::kResidence) {
      return Append(text, token.range);
    }
    // A place may also limit a name that goes on (规模以上电子信息制造业东部地区实现…), so what
    // stands before it is kept.
    lead_.areas.push_back(token.mention);
  }

  // Notes what a change is measured against; 去年 and 全年 right behind it are one.
  void Compare(Basis basis, int32_t period, TextRange range) {
    if (!lead_.comparisons.empty() && lead_.comparisons.back().range.end == range.start) {
      Lead::Comparison& last = lead_.comparisons.back();
      last = {basis, period, {last.range.start, range.end}};
      return;
    }
    lead_.comparisons.push_back({basis, period, range});
  }

  void ReadCue(const Mention& mention, std::string_view text, TextRange range) {
    Target next = Target::kName;
    switch (mention.cue) {
      case Cue::kYearAgo:
        lead_.basis = Basis::kYearAgo;
        lead_.basis_range = range;
        Compare(lead_.basis, -1, range);
        year_word_ = true;
        break;
      case Cue::kSamePeriod:
        year_word_ = true;
        // 高于同期社会消费品零售总额, 占同期外贸总值
        if (target_ == Target::kComparator || target_ == Target::kBase) next = target_;
        break;
      case Cue::kPreviousMonth:
        lead_.basis = Basis::kPreviousMonth;
        lead_.basis_range = range;
        Compare(lead_.basis, -1, range);
        break;
      case Cue::kPreviousQuarter:
        lead_.basis = Basis::kPreviousQuarter;
        lead_.basis_range = range;
        Compare(lead_.basis, -1, range);
        break;
      case Cue::kPreviousPeriod:
        lead_.basis = Basis::kPreviousPeriod;
        lead_.basis_range = range;
        Compare(lead_.basis, -1, range);
        break;
      case Cue::kAgainst:
        lead_.against = true;
        lead_.basis_range = range;
        next = Target::kComparator;
        break;
      case Cue::kAbove:
        lead_.above = lead_.sign = mention.sign;
        lead_.direction_adjacent = true;
        lead_.sign_range = lead_.basis_range = range;
        next = Target::kComparator;
        break;
      case Cue::kShareOf:
        lead_.share_of = true;
        lead_.kind_range = range;
        next = Target::kBase;
        break;
      case Cue::kShareNoun:
        lead_.share_noun = true;
        lead_.share_of_growth = mention.of_rate;
        lead_.direction_adjacent = false;  // 对经济增长贡献率
        lead_.kind_range = range;
        break;
      case Cue::kRateNoun:
        lead_.rate_noun = mention.sign;
        lead_.kind_range = range;
        break;
      case Cue::kContribution:
        lead_.contribution = true;
        lead_.kind_range = range;
        lead_.contributes_to.clear();
        next = Target::kContribution;
        break;
      case Cue::kRespectively:
        lead_.respectively = true;
        break;
      case Cue::kSum:
        lead_.sum = true;
        break;
      case Cue::kTop:
        lead_.top = true;
        break;
      case Cue::kComparable:
        lead_.comparable = true;
        break;
      case Cue::kSelection:
        lead_.selection = true;
        // 生态重点功能区: part of the name when it goes on right behind it.
        if (!phrase_.empty() && phrase_range_.end == range.start) inner_ = range;
        break;
      case Cue::kVerb:
      case Cue::kReach:
        if (year_word_ && !lead_.named()) lead_.year_before = true;
        lead_.verb = true;
        if (!phrase_.empty()) {
          lead_.subject = Cleaned(std::move(phrase_));
          if (!lead_.subject.empty()) lead_.name_range = lead_.subject_range = phrase_range_;
          phrase_.clear();
          phrase_range_ = {};
        }
        pending_direction_.clear();
        lead_.to = mention.cue == Cue::kReach;
        lead_.direction_adjacent = false;
        break;
      case Cue::kTo:
        lead_.to = true;
        lead_.direction_adjacent = false;
        break;
      case Cue::kFiller:
      case Cue::kDone:
        if (target_ == Target::kBase) Append(text, range);
        next = target_;
        break;
      case Cue::kPlan:
        if (!phrase_.empty()) Append(text, range);  // 发展规划
        break;
      case Cue::kIncluding:
      case Cue::kBreakdown:
      case Cue::kAttribution:
        phrase_.clear();
        phrase_range_ = {};
        break;
      default:
        break;
    }
    target_ = next;
  }

  const Document& document_;
  const std::vector<Mention>& mentions_;
  const Lexicon& lexicon_;
  Lead lead_;
  Target target_ = Target::kName;
  std::string phrase_;
  TextRange phrase_range_;
  std::string pending_direction_;  // becomes part of the name when more of the name follows
  TextRange inner_;                // a word that is part of the name when more of the name follows
  bool one_piece_ = false;         // the phrase is one cleaned piece of text
  bool year_word_ = false;
  int brackets_ = 0;
};

}  // namespace

Lead ReadLead(const Document& document, const std::vector<Mention>& mentions,
              const Lexicon& lexicon, const std::vector<Token>& tokens, size_t begin, size_t end,
              bool in_brackets) {
  LeadReader reader(document, mentions, lexicon, in_brackets);
  for (size_t t = begin; t < end; ++t) reader.Read(tokens[t]);
  return reader.Finish();
}

}  // namespace crossfoot::figure
