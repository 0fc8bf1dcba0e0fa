#include "services/figure/resolve.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"
#include "services/figure/clause.h"
#include "services/figure/phrase.h"
#include "services/figure/table_figures.h"

namespace crossfoot::figure {
namespace {

using core::AreaLevel;
using core::Basis;
using core::Block;
using core::BlockKind;
using core::Cue;
using core::Document;
using core::Figure;
using core::FigureKind;
using core::Mention;
using core::MentionKind;
using core::Period;
using core::Qualifier;
using core::TextRange;
using core::UnitKind;
using lexicon::Lexicon;

// A run of numbers that stand beside one another: 69.8%、16.4%、13.3%和0.6%, or 3.9：59.5：36.6.
struct NumberRun {
  std::vector<int32_t> mentions;
  bool ratio = false;  // divided by colons
};

// What is carried from one clause to the next.
struct Subject {
  std::string indicator;
  std::string sector;
  std::string area;
  std::string area_code;
  int32_t level = -1;  // figures
  int32_t rate = -1;
  int32_t share = -1;
};

class Resolver {
 public:
  Resolver(const Document& document, const std::vector<Mention>& mentions, const Lexicon& lexicon)
      : document_(document), mentions_(mentions), lexicon_(lexicon) {}

  std::vector<Figure> Resolve() {
    FindCopies();
    FindHomes();
    size_t next = 0;
    for (size_t b = 0; b < document_.blocks.size(); ++b) {
      StartBlock(static_cast<int32_t>(b));
      const Block& block = document_.blocks[b];
      for (int32_t s = block.first_sentence; s < block.first_sentence + block.sentence_count; ++s) {
        const size_t first = next;
        while (next < mentions_.size() && mentions_[next].sentence == s &&
               mentions_[next].table < 0)
          ++next;
        ResolveSentence(s, static_cast<int32_t>(first), static_cast<int32_t>(next - first));
      }
      if (block.table < 0) continue;
      const size_t first = next;
      while (next < mentions_.size() && mentions_[next].table == block.table) ++next;
      ResolveTable(block, static_cast<int32_t>(first), static_cast<int32_t>(next - first));
    }
    ApplySeriesQuantum();
    for (size_t i = 0; i < figures_.size(); ++i) figures_[i].id = absl::StrCat("f", i + 1);
    return std::move(figures_);
  }

 private:
  // ---- What the document says as a whole
  // -----------------------------------------------------------------------------

  // Long paragraphs that stand twice, whatever blanks stand in them: the second is a copy that an
  // extraction made.
  void FindCopies() {
    constexpr int32_t kMinCopyBytes = 120;
    absl::flat_hash_set<std::string> seen;
    copy_.resize(document_.blocks.size());
    for (size_t b = 0; b < document_.blocks.size(); ++b) {
      const Block& block = document_.blocks[b];
      if (block.kind != BlockKind::kParagraph || block.range.size() < kMinCopyBytes) continue;
      std::string words(document_.TextOf(block.range));
      std::erase_if(words, [](char byte) { return byte == ' ' || byte == '\t'; });
      copy_[b] = !seen.insert(std::move(words)).second;
    }
  }

  // The area of each article: the one that its title names, else the nation.
  void FindHomes() {
    homes_.assign(std::max(document_.article_count, 1), -1);
    std::vector<int> strength(homes_.size(), 0);
    for (size_t i = 0; i < mentions_.size(); ++i) {
      const Mention& mention = mentions_[i];
      if (mention.kind != MentionKind::kArea || mention.sentence < 0) continue;
      const Block& block = document_.blocks[document_.sentences[mention.sentence].block];
      const bool heading = block.kind == BlockKind::kHeading;
      int offered = 0;
      if (mention.area_level == AreaLevel::kCity || mention.area_level == AreaLevel::kProvince ||
          mention.area_level == AreaLevel::kCluster || mention.area_level == AreaLevel::kRegion) {
        offered = heading && block.level <= 1 ? 3 : 0;
      } else if (mention.area_level == AreaLevel::kHome) {
        offered = 1;
      }
      // The first heading that names one place; lists of places are no home.
      if (offered > strength[block.article]) {
        strength[block.article] = offered;
        homes_[block.article] = static_cast<int32_t>(i);
      }
    }
  }

  // A rate that is printed without decimals among rates with one has lost its trailing zero: 11%
  // among 6.5% and 25.6% is 11.0%.  Taken as such when nearly all rates of the article are printed
  // with that many decimals.
  void ApplySeriesQuantum() {
    constexpr size_t kMinSeries = 6;
    struct Series {
      std::vector<size_t> exact;  // figures
      size_t by_decimals[4] = {0, 0, 0, 0};
    };
    absl::flat_hash_map<int32_t, Series> by_article;
    auto decimals_of = [](const Figure& figure) {
      const size_t point = figure.digits.find('.');
      return point == std::string::npos ? size_t{0}
                                        : std::min<size_t>(figure.digits.size() - point - 1, 3);
    };
    for (size_t i = 0; i < figures_.size(); ++i) {
      const Figure& figure = figures_[i];
      const bool rate = (figure.unit == "%" || figure.unit == "pp") && figure.sentence >= 0;
      if (!rate || figure.qualifier != Qualifier::kExact || figure.status != core::Status::kActual)
        continue;
      Series& series = by_article[figure.article];
      series.exact.push_back(i);
      ++series.by_decimals[decimals_of(figure)];
    }
    for (auto& [article, series] : by_article) {
      if (series.exact.size() < kMinSeries) continue;
      for (size_t decimals = 1; decimals < 4; ++decimals) {
        if (series.by_decimals[decimals] * 10 < series.exact.size() * 7) continue;
        for (const size_t i : series.exact) {
          if (decimals_of(figures_[i]) < decimals) {
            figures_[i].quantum = core::Decimal::PowerOfTen(-static_cast<int32_t>(decimals));
          }
        }
      }
    }
  }

  void StartBlock(int32_t index) {
    const Block& block = document_.blocks[index];
    block_ = index;
    if (block.article != article_) {
      article_ = block.article;
      article_period_ = {};
      section_figure_ = static_cast<int32_t>(figures_.size());
      subject_ = {};
      enumeration_.clear();
      rate_enumeration_.clear();
    }
    if (block.kind == BlockKind::kHeading) section_figure_ = static_cast<int32_t>(figures_.size());
    if (block.kind != BlockKind::kTable) {
      block_period_ = {};
      partition_whole_ = -1;
      trend_ = 0;
      block_figure_ = static_cast<int32_t>(figures_.size());
      if (block.kind != BlockKind::kListItem) subject_ = {};
    }
    whole_ = -1;
  }

  std::string HomeArea() const {
    const int32_t home = homes_[article_];
    return home < 0 ? std::string("全国") : mentions_[home].canonical;
  }
  std::string HomeCode() const {
    const int32_t home = homes_[article_];
    return home < 0 ? std::string("CN") : mentions_[home].code;
  }

  // ---- Numbers
  // -------------------------------------------------------------------------------------------------------

  // Whether the text between two numbers only divides the items of a list.
  bool DividesList(TextRange gap) const {
    std::string_view text = document_.TextOf(gap);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text == "、") return true;
    for (const std::string& conjunction : lexicon_.conjunctions()) {
      if (text == conjunction) return true;
    }
    return false;
  }
  bool DividesRatio(TextRange gap) const {
    const std::string_view text = document_.TextOf(gap);
    return text == "：" || text == ":" || text == "∶";
  }

  // Cuts the sentence's numbers into runs.
  std::vector<NumberRun> FindRuns(int32_t first, int32_t count) const {
    std::vector<NumberRun> runs;
    int32_t previous = -1;
    for (int32_t i = first; i < first + count; ++i) {
      if (mentions_[i].kind != MentionKind::kNumber) {
        // A hedge behind a number does not end its list: 30万以上、50万以上.
        if (!(mentions_[i].kind == MentionKind::kHedge && mentions_[i].behind)) previous = -1;
        continue;
      }
      if (previous >= 0) {
        const TextRange gap = {mentions_[previous].range.end, mentions_[i].range.start};
        if (DividesRatio(gap) && mentions_[i].bare && mentions_[previous].bare) {
          runs.back().ratio = true;
          runs.back().mentions.push_back(i);
          previous = i;
          continue;
        }
        if (DividesList(gap)) {
          runs.back().mentions.push_back(i);
          previous = i;
          continue;
        }
      }
      runs.push_back({{i}, false});
      previous = i;
    }
    return runs;
  }

  // A number's value, quantum and unit after what it inherits from its run.
  struct Quantity {
    core::Rational value;
    core::Decimal quantum;
    std::string unit;
    UnitKind unit_kind = UnitKind::kNone;
    bool figure = false;
  };

  static Quantity OwnQuantity(const Mention& mention) {
    Quantity quantity{mention.value, mention.quantum, mention.unit, mention.unit_kind, false};
    quantity.figure = !mention.bare || mention.has_scale;
    if (mention.unit_kind == UnitKind::kDuration) quantity.figure = false;
    return quantity;
  }

  std::vector<Quantity> RunQuantities(const NumberRun& run) const {
    std::vector<Quantity> quantities;
    for (const int32_t index : run.mentions) quantities.push_back(OwnQuantity(mentions_[index]));
    if (run.ratio) {
      // 3.9：59.5：36.6 are shares when they make 100.
      core::Rational sum;
      core::Decimal slack;
      for (const Quantity& quantity : quantities) {
        sum = sum + quantity.value;
        slack = slack + quantity.quantum;
      }
      const bool shares = quantities.size() >= 2 &&
                          (sum - core::Rational(100)).Abs() <= core::Rational(20) &&
                          slack < core::Decimal(static_cast<int64_t>(quantities.size()));
      for (Quantity& quantity : quantities) {
        quantity.figure = shares;
        quantity.unit = "%";
        quantity.unit_kind = UnitKind::kPercent;
      }
      return quantities;
    }
    const Mention& last = mentions_[run.mentions.back()];
    if (run.mentions.size() < 2 || last.bare) return quantities;
    for (size_t i = 0; i + 1 < quantities.size(); ++i) {
      const Mention& mention = mentions_[run.mentions[i]];
      // 7.6个和7.1个百分点: 个 is the beginning of the longer unit.
      const bool short_point =
          last.unit_kind == UnitKind::kPoint && mention.unit_kind == UnitKind::kCount;
      if (!mention.bare && !short_point) continue;
      const core::Decimal last_place = core::Decimal(1);
      if (mention.bare && !mention.has_scale && last.has_scale) {
        // 4028、3175和2088亿元: the scale is shared as well.
        const int32_t power = ScalePower(last);
        quantities[i].value = mention.value * core::Rational(last_place.TimesPowerOfTen(power));
        quantities[i].quantum = mention.quantum.TimesPowerOfTen(power);
      }
      quantities[i].unit = last.unit;
      quantities[i].unit_kind = last.unit_kind;
      quantities[i].figure = quantities.back().figure;
    }
    return quantities;
  }

  // The power of ten that a mention's scale and unit multiplied its digits by.
  int32_t ScalePower(const Mention& mention) const {
    const std::string_view digits = document_.TextOf(mention.digits);
    const size_t point = digits.find('.');
    const int32_t decimals =
        point == std::string_view::npos ? 0 : static_cast<int32_t>(digits.size() - point - 1);
    return mention.quantum.exponent() + decimals;
  }

  // ---- Clauses
  // -------------------------------------------------------------------------------------------------------

  // Reads the words that lead up to the number at token `end`, from token `begin` on.
  Lead ReadLead(const std::vector<Token>& tokens, size_t begin, size_t end,
                bool in_brackets) const {
    Lead lead;
    lead.in_brackets = in_brackets;
    enum class Mode { kName, kComparator, kBase, kTarget };
    Mode mode = Mode::kName;
    std::string phrase;
    std::string pending_direction;  // becomes part of the name when more of the name follows
    bool year_word = false;
    int brackets = 0;
    auto append = [&](std::string_view text) {
      std::string& target = mode == Mode::kComparator ? lead.comparator
                            : mode == Mode::kBase     ? lead.base
                                                      : phrase;
      if (mode == Mode::kTarget) return;
      target.append(text);
    };
    auto end_mode = [&] {
      if (mode == Mode::kComparator || mode == Mode::kBase || mode == Mode::kTarget)
        mode = Mode::kName;
    };
    for (size_t t = begin; t < end; ++t) {
      const Token& token = tokens[t];
      const std::string_view text = document_.TextOf(token.range);
      if (token.kind == Token::Kind::kOpen) ++brackets;
      if (token.kind == Token::Kind::kClose && brackets > 0) {
        --brackets;
        if (mode == Mode::kBase) lead.base.append(text);
        continue;
      }
      if (mode == Mode::kBase && brackets > 0) lead.base_limited = true;
      if (brackets > 0) {
        // Brackets inside a name explain it; inside a base they limit it.
        if (mode == Mode::kBase) lead.base.append(text);
        continue;
      }
      if (token.kind == Token::Kind::kListComma) {
        append(text);
        continue;
      }
      if (token.kind == Token::Kind::kText) {
        const std::string clean = CleanPhrase(text, lexicon_);
        if (clean.empty()) continue;
        if (mode == Mode::kName) {
          if (!pending_direction.empty()) {
            append(pending_direction);
            pending_direction.clear();
            if (lead.sign != 0) lead.direction_adjacent = false;
          }
        }
        append(mode == Mode::kName ? std::string_view(clean) : text);
        continue;
      }
      if (token.kind != Token::Kind::kMention) continue;
      const Mention& mention = mentions_[token.mention];
      switch (mention.kind) {
        case MentionKind::kArea:
          if (mode == Mode::kComparator) {
            if (lead.comparator_area < 0) lead.comparator_area = token.mention;
            lead.comparator.append(text);
          } else if (mode == Mode::kBase) {
            lead.base.append(text);
          } else if (mode == Mode::kTarget) {
          } else if (mention.area_level == AreaLevel::kPartner ||
                     mention.area_level == AreaLevel::kResidence) {
            append(text);
          } else {
            lead.areas.push_back(token.mention);
            // 在北京 and 居前的北京: what stands before the place is no part of the name behind it,
            // but the place may also limit a name that goes on
            // (规模以上电子信息制造业东部地区实现…), so the name is kept.
          }
          break;
        case MentionKind::kPeriod:
          if (mode == Mode::kComparator) {
            lead.comparator_period = true;
            lead.comparator.append(text);
          }
          break;
        case MentionKind::kDirection:
          end_mode();
          lead.sign = mention.sign;
          lead.of_rate = mention.of_rate;
          lead.of_magnitude = mention.of_magnitude;
          lead.direction_adjacent = true;
          pending_direction = std::string(text);
          break;
        case MentionKind::kHedge:
          if (!mention.behind) lead.hedge = mention.qualifier;
          break;
        case MentionKind::kLabel:
          append(text);
          break;
        case MentionKind::kCue:
          ReadCue(mention, lead, phrase, year_word, [&](Cue cue) {
            if (cue == Cue::kAgainst || cue == Cue::kAbove) {
              mode = Mode::kComparator;
            } else if (cue == Cue::kShareOf) {
              mode = Mode::kBase;
            } else if (cue == Cue::kContribution) {
              mode = Mode::kTarget;
            } else if (cue == Cue::kFiller) {
              if (mode == Mode::kBase && text == "的") lead.base.append(text);
            } else {
              end_mode();
            }
          });
          if (mention.cue == Cue::kVerb) pending_direction.clear();
          if (mention.cue == Cue::kVerb || mention.cue == Cue::kTo) {
            lead.to = mention.cue == Cue::kTo || EndsWithTo(text);
            lead.direction_adjacent = false;
          }
          break;
        default:
          break;
      }
    }
    if (lead.verb && !phrase.empty()) {
      lead.object = CleanPhrase(phrase, lexicon_);
    } else if (!lead.verb) {
      lead.object = CleanPhrase(phrase, lexicon_);
    }
    lead.base = lead.base.empty() ? lead.base : TrimBase(lead.base);
    return lead;
  }

  // 达到, 增至: verbs that end in 到 or 至 lead to a level.
  static bool EndsWithTo(std::string_view text) {
    return text.size() >= 3 &&
           (text.substr(text.size() - 3) == "到" || text.substr(text.size() - 3) == "至");
  }

  static std::string TrimBase(std::string base) {
    auto ends = [&](std::string_view suffix) {
      return base.size() >= suffix.size() &&
             base.compare(base.size() - suffix.size(), suffix.size(), suffix) == 0;
    };
    while (ends("的") || ends(" ")) base.resize(base.size() - (ends(" ") ? 1 : 3));
    return base;
  }

  template <typename SetMode>
  void ReadCue(const Mention& mention, Lead& lead, std::string& phrase, bool& year_word,
               SetMode set_mode) const {
    switch (mention.cue) {
      case Cue::kYearAgo:
        lead.basis = Basis::kYearAgo;
        year_word = true;
        break;
      case Cue::kSamePeriod:
        year_word = true;
        break;
      case Cue::kPreviousMonth:
        lead.basis = Basis::kPreviousMonth;
        break;
      case Cue::kPreviousQuarter:
        lead.basis = Basis::kPreviousQuarter;
        break;
      case Cue::kPreviousPeriod:
        lead.basis = Basis::kPreviousPeriod;
        break;
      case Cue::kAgainst:
        lead.against = true;
        break;
      case Cue::kAbove:
        lead.above = mention.sign;
        lead.sign = mention.sign;
        lead.direction_adjacent = true;
        break;
      case Cue::kShareOf:
        lead.share_of = true;
        break;
      case Cue::kShareNoun:
        lead.share_noun = true;
        break;
      case Cue::kRateNoun:
        lead.rate_noun = mention.sign;
        break;
      case Cue::kContribution:
        lead.contribution = true;
        break;
      case Cue::kRespectively:
        lead.respectively = true;
        break;
      case Cue::kSum:
        lead.sum = true;
        break;
      case Cue::kTop:
        lead.top = true;
        break;
      case Cue::kComparable:
        lead.comparable = true;
        break;
      case Cue::kSelection:
        lead.selection = true;
        break;
      case Cue::kVerb:
        if (year_word && !lead.named()) lead.year_before = true;
        lead.verb = true;
        if (!phrase.empty()) {
          lead.subject = CleanPhrase(phrase, lexicon_);
          phrase.clear();
        }
        break;
      case Cue::kIncluding:
      case Cue::kBreakdown:
      case Cue::kAttribution:
        phrase.clear();
        break;
      default:
        break;
    }
    set_mode(mention.cue);
  }

  // ---- Sentences
  // -----------------------------------------------------------------------------------------------------

  void ResolveSentence(int32_t sentence, int32_t first, int32_t count) {
    const Block& block = document_.blocks[block_];
    if (block.kind == BlockKind::kFurniture) return;
    sentence_ = sentence;
    sentence_figure_ = static_cast<int32_t>(figures_.size());
    bool has_number = false;
    for (int32_t i = first; i < first + count; ++i)
      has_number |= mentions_[i].kind == MentionKind::kNumber;
    if (!has_number) {
      ReadTopic(first, count);
      return;
    }
    const std::vector<Token> tokens =
        TokenizeSentence(document_, mentions_, document_.sentences[sentence].range, first, count);
    const std::vector<NumberRun> runs = FindRuns(first, count);
    Walk(tokens, runs);
  }

  // A sentence without numbers: 生活服务领域企业收入出现下滑。  Its direction is that of the
  // figures behind it.
  void ReadTopic(int32_t first, int32_t count) {
    int directions = 0, sign = 0;
    for (int32_t i = first; i < first + count; ++i) {
      const Mention& mention = mentions_[i];
      if (mention.kind == MentionKind::kPeriod) SetPeriod(mention);
      if (mention.kind == MentionKind::kDirection) {
        ++directions;
        sign = mention.of_rate ? 0 : mention.sign;
      }
    }
    const core::Sentence& sentence = document_.sentences[sentence_];
    const bool one_clause = document_.TextOf(sentence.range).find("，") == std::string_view::npos;
    trend_ = directions == 1 && one_clause && sentence_ == document_.blocks[block_].first_sentence
                 ? sign
                 : 0;
    trend_sentence_ = sentence_;
  }

  void SetPeriod(const Mention& mention) {
    if (mention.relative) return;
    bool day = false;
    if (mention.period) {
      const Period& period = *mention.period;
      // A day inside a month is when something was said, not what it is about.
      day = period.start == period.end;
      if (day && absl::CivilMonth(period.end) == absl::CivilMonth(period.end + 1)) {
        if (!(period.start.month() == 1 && period.start.day() == 1)) return;
      }
    }
    sentence_period_ = {mention.period, mention.period_key};
    // What is aimed at is no period of the figures behind it.
    if (!day && status_ != core::Status::kTarget) {
      block_period_ = sentence_period_;
      if (!article_period_.set()) article_period_ = sentence_period_;
    }
  }

  // A period, resolved or not.
  struct Spoken {
    std::optional<Period> period;
    std::string key;
    bool set() const { return !key.empty(); }
  };

  const Spoken& CurrentPeriod() const {
    if (sentence_period_.set()) return sentence_period_;
    if (block_period_.set()) return block_period_;
    return article_period_;
  }

  // Goes over the tokens of a sentence with numbers and makes their figures.
  void Walk(const std::vector<Token>& tokens, const std::vector<NumberRun>& runs) {
    sentence_period_ = {};
    whole_ = -1;
    bracketed_.clear();
    listed_areas_.clear();
    top_count_ = -1;
    status_ = core::Status::kActual;
    bool including = false;  // 其中 was read and still holds
    bool including_sentence = false;
    bool including_clause = false;
    size_t run_index = 0;
    size_t lead_begin = 0;
    std::string topic;  // a name that a clause without a number left behind
    std::vector<int32_t> topic_areas;
    struct Bracket {
      int32_t area = -1;  // the place right before it
      std::string name;   // the words right before it
      Subject subject;
    };
    std::vector<Bracket> brackets;
    sentence_partition_ = -1;
    for (size_t t = 0; t < tokens.size(); ++t) {
      const Token& token = tokens[t];
      switch (token.kind) {
        case Token::Kind::kComma:
        case Token::Kind::kSemicolon:
        case Token::Kind::kColon: {
          // 其中 in the middle of a sentence holds up to the next semicolon, at its start for all
          // of it. Behind a list comma it holds for one clause:
          // 新增铁路639公里、其中高铁370公里，….
          const bool clause_ends = token.kind == Token::Kind::kSemicolon || including_clause;
          if (clause_ends && including && !including_sentence && brackets.empty()) {
            including = false;
            whole_ = -1;
          }
          // A clause ends; its name stays as the topic when no number took it.
          if (t > lead_begin) {
            const Lead lead = ReadLead(tokens, lead_begin, t, !brackets.empty());
            if (lead.named() && lead.sign == 0) topic = lead.name();
            if (!lead.areas.empty()) topic_areas = lead.areas;
            if (!lead.selection && EndsBreakdown(tokens, lead_begin, t)) StartPartition();
          }
          lead_begin = t + 1;
          break;
        }
        case Token::Kind::kOpen: {
          Bracket bracket;
          bracket.subject = subject_;
          if (t > 0 && tokens[t - 1].kind == Token::Kind::kMention &&
              mentions_[tokens[t - 1].mention].kind == MentionKind::kArea) {
            bracket.area = tokens[t - 1].mention;
          }
          if (BracketHoldsFigure(tokens, t)) {
            const Lead lead = ReadLead(tokens, lead_begin, t, false);
            bracket.name = lead.name();
            if (bracket.area >= 0 && !bracket.name.empty()) topic = bracket.name;
            brackets.push_back(std::move(bracket));
            lead_begin = t + 1;
          } else {
            // An explanation: skipped as a whole.
            int depth = 1;
            while (t + 1 < tokens.size() && depth > 0) {
              ++t;
              if (tokens[t].kind == Token::Kind::kOpen) ++depth;
              if (tokens[t].kind == Token::Kind::kClose) --depth;
            }
          }
          break;
        }
        case Token::Kind::kClose:
          if (!brackets.empty()) {
            // What the bracket said holds for it alone, when it named a part of its own.
            if (brackets.back().area >= 0) subject_ = brackets.back().subject;
            brackets.pop_back();
            lead_begin = t + 1;
          }
          break;
        case Token::Kind::kMention: {
          const Mention& mention = mentions_[token.mention];
          if (mention.kind == MentionKind::kPeriod) SetPeriod(mention);
          if (mention.kind == MentionKind::kCue) {
            if (mention.cue == Cue::kIncluding) {
              including = true;
              including_sentence = t == 0;
              including_clause = t > 0 && tokens[t - 1].kind == Token::Kind::kListComma;
              StartParts();
              lead_begin = t + 1;
            } else if (mention.cue == Cue::kTarget) {
              status_ = core::Status::kTarget;
            } else if (mention.cue == Cue::kEstimate && status_ == core::Status::kActual) {
              status_ = core::Status::kEstimate;
            }
          }
          if (mention.kind == MentionKind::kHedge && mention.behind && !figures_.empty() &&
              figures_.back().mention == token.mention - 1) {
            figures_.back().qualifier = mention.qualifier;
          }
          if (mention.kind != MentionKind::kNumber) break;
          while (run_index < runs.size() && runs[run_index].mentions.back() < token.mention)
            ++run_index;
          if (run_index >= runs.size() || runs[run_index].mentions.front() != token.mention) {
            lead_begin = t + 1;
            break;
          }
          const NumberRun& run = runs[run_index];
          Lead lead = ReadLead(tokens, lead_begin, t, !brackets.empty());
          if (!brackets.empty() && brackets.back().area >= 0 && lead.areas.empty()) {
            lead.areas.push_back(brackets.back().area);
          }
          if (lead.areas.empty() && !topic_areas.empty() && !lead.named()) lead.areas = topic_areas;
          const std::string post_noun = PostNoun(tokens, t);
          const bool places = mention.unit_kind == UnitKind::kPlace ||
                              (mention.unit_kind == UnitKind::kCount && StartsWithPlace(post_noun));
          MakeFigures(run, lead, topic, post_noun, including);
          if (places) CountPlaces(tokens, t);
          if (lead.named()) topic.clear();
          if (!lead.areas.empty()) topic_areas.clear();
          // Go on behind the run.
          while (t + 1 < tokens.size() &&
                 tokens[t + 1].range.start < mentions_[run.mentions.back()].range.end)
            ++t;
          lead_begin = t + 1;
          break;
        }
        default:
          break;
      }
    }
    CollectTop();
  }

  // 居前5名的北京（…）、上海（…）: the places listed behind a count of the first ones.
  void CollectTop() {
    if (top_count_ < 0) return;
    std::vector<std::string> names = listed_areas_;
    if (names.empty()) {
      for (const int32_t item : bracketed_) names.push_back(figures_[item].ref_area);
    }
    if (names.size() >= 2) figures_[top_count_].names = std::move(names);
  }

  // Whether a bracket holds a number that is a statistic: 北京（增长9.3%）.
  bool BracketHoldsFigure(const std::vector<Token>& tokens, size_t open) const {
    int depth = 0;
    for (size_t t = open; t < tokens.size(); ++t) {
      if (tokens[t].kind == Token::Kind::kOpen) ++depth;
      if (tokens[t].kind == Token::Kind::kClose && --depth == 0) return false;
      if (tokens[t].kind == Token::Kind::kMention &&
          mentions_[tokens[t].mention].kind == MentionKind::kNumber &&
          OwnQuantity(mentions_[tokens[t].mention]).figure) {
        return true;
      }
    }
    return false;
  }

  // Whether the clause says how what follows is divided: 分产业看, 按消费类型分, 从中直和地方看.
  bool EndsBreakdown(const std::vector<Token>& tokens, size_t begin, size_t end) const {
    int cues = 0;
    for (size_t t = begin; t < end; ++t) {
      if (tokens[t].kind != Token::Kind::kMention) continue;
      const Mention& mention = mentions_[tokens[t].mention];
      if (mention.kind == MentionKind::kCue && mention.cue == Cue::kSelection) return false;
      if (mention.kind == MentionKind::kCue &&
          (mention.cue == Cue::kBreakdown || mention.cue == Cue::kFrom))
        ++cues;
    }
    return cues >= 2;
  }

  void StartPartition() {
    sentence_partition_ = next_partition_++;
    partition_whole_ = HeadLevel();
  }

  // The level that a breakdown or 其中 divides: the last one before this sentence's own parts.
  int32_t HeadLevel() const {
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1; i >= block_figure_; --i) {
      const Figure& figure = figures_[i];
      if (figure.kind != FigureKind::kLevel || figure.qualifier != Qualifier::kExact) continue;
      if (figure.links.partition >= 0) continue;
      if (figure.links.whole >= 0) continue;
      return i;
    }
    for (int32_t i = section_figure_; i < block_figure_; ++i) {
      if (figures_[i].kind == FigureKind::kLevel && figures_[i].qualifier == Qualifier::kExact &&
          figures_[i].block >= 0 &&
          document_.blocks[figures_[i].block].kind == BlockKind::kParagraph) {
        return i;
      }
    }
    return -1;
  }

  // 其中: the figures that follow are parts of the last level.
  void StartParts() {
    whole_ = -1;
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1; i >= block_figure_; --i) {
      if (figures_[i].kind == FigureKind::kLevel) {
        whole_ = i;
        break;
      }
    }
  }

  // The words right behind a number, up to the next mark or known word: 企业 in 5家独角兽企业.
  std::string PostNoun(const std::vector<Token>& tokens, size_t number) const {
    constexpr int32_t kMaxBytes = 60;
    std::string noun;
    for (size_t t = number + 1; t < tokens.size() && t < number + 4; ++t) {
      if (tokens[t].kind == Token::Kind::kText) {
        noun.append(document_.TextOf(tokens[t].range));
      } else if (tokens[t].kind == Token::Kind::kMention &&
                 mentions_[tokens[t].mention].kind == MentionKind::kHedge && noun.empty()) {
        continue;
      } else {
        break;
      }
    }
    noun = CleanPhrase(noun, lexicon_);
    return static_cast<int32_t>(noun.size()) <= kMaxBytes ? noun : std::string();
  }

  // ---- Figures
  // -------------------------------------------------------------------------------------------------------

  FigureKind KindOf(const Lead& lead, const Quantity& quantity, const StatisticName& name,
                    bool ratio) const {
    switch (quantity.unit_kind) {
      case UnitKind::kPoint:
        return lead.contribution ? FigureKind::kContribution : FigureKind::kPointChange;
      case UnitKind::kMultiple:
        return FigureKind::kMultiple;
      case UnitKind::kPercent: {
        if (ratio) return FigureKind::kShare;
        if (lead.to && after_points_) return last_percent_;
        const bool directed = lead.sign != 0 && lead.direction_adjacent && !lead.to;
        if (directed) return FigureKind::kGrowthRate;
        if (lead.share_of || lead.share_noun) return FigureKind::kShare;
        if (lead.rate_noun != 0) return FigureKind::kGrowthRate;
        if (lead.sign != 0 && !lead.to && !lead.verb) return FigureKind::kGrowthRate;
        const auto indicator = lexicon_.IndicatorSuffix(name.indicator);
        if (indicator && indicator.info->index) return FigureKind::kRatio;
        if (lead.basis != Basis::kNone && lead.named() && !lead.verb)
          return FigureKind::kGrowthRate;
        return FigureKind::kShare;
      }
      default: {
        if (quantity.unit.find('/') != std::string::npos) return FigureKind::kLevel;
        const bool directed = lead.sign != 0 && lead.direction_adjacent && !lead.to;
        if (directed && (lead.basis != Basis::kNone || lead.against)) return FigureKind::kChange;
        return FigureKind::kLevel;
      }
    }
  }

  Basis BasisOf(const Lead& lead, FigureKind kind) const {
    const bool change = kind == FigureKind::kGrowthRate || kind == FigureKind::kPointChange ||
                        kind == FigureKind::kChange || kind == FigureKind::kMultiple;
    if (!change) return Basis::kNone;
    if (lead.above != 0 ||
        (lead.against && !lead.comparator_period && lead.basis == Basis::kNone)) {
      if (lead.comparator_area >= 0) return Basis::kArea;
      return lead.comparator.empty() ? Basis::kNamed : Basis::kSector;
    }
    if (lead.against && lead.comparator_period) return Basis::kPreviousPeriod;
    if (lead.basis != Basis::kNone) return lead.basis;
    if (kind == FigureKind::kGrowthRate) return Basis::kYearAgo;
    return lead.basis;
  }

  // The names of a run of `count` figures.
  struct RunNames {
    std::vector<std::string> areas;
    std::vector<std::string> area_codes;
    std::vector<std::string> sectors;
    std::string indicator;
    std::vector<int32_t> earlier;  // figures of the enumeration that they speak of
    size_t count = 0;
  };

  RunNames NamesOfRun(const Lead& lead, const StatisticName& name, size_t count) const {
    RunNames names;
    names.indicator = name.indicator;
    names.count = count;
    if (lead.areas.size() == count) {
      for (const int32_t area : lead.areas) {
        names.areas.push_back(mentions_[area].canonical);
        names.area_codes.push_back(mentions_[area].code);
      }
      return names;
    }
    const std::string& coordinated = name.known ? name.sector : name.indicator;
    names.sectors = SplitCoordination(coordinated, count, lexicon_);
    if (names.sectors.empty() && name.known && lead.verb && !lead.subject.empty()) {
      names.sectors = SplitCoordination(lead.subject, count, lexicon_);
    }
    if (!names.sectors.empty()) {
      if (!name.known) names.indicator.clear();
      // A statistic behind the last item belongs to all: 高技术产业和装备制造业增加值.
      for (std::string& sector : names.sectors) sector = CleanPhrase(sector, lexicon_);
      return names;
    }
    // No names of their own: those of the last enumeration of as many.
    if (enumeration_.size() == count && enumeration_.front() >= block_figure_) {
      names.earlier = enumeration_;
    } else {
      names.earlier = RecentDistinct(count);
    }
    return names;
  }

  // The last `count` levels of this paragraph that differ in area, or in sector.
  std::vector<int32_t> RecentDistinct(size_t count) const {
    std::vector<int32_t> found;
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1;
         i >= block_figure_ && found.size() < count; --i) {
      const Figure& figure = figures_[i];
      if (figure.kind != FigureKind::kLevel || figure.links.sum_of_list) continue;
      if (!found.empty()) {
        const Figure& next = figures_[found.back()];
        if (figure.unit != next.unit) break;
        if (figure.ref_area == next.ref_area && figure.sector == next.sector) break;
      }
      found.push_back(i);
    }
    if (found.size() != count) return {};
    std::reverse(found.begin(), found.end());
    return found;
  }

  void MakeFigures(const NumberRun& run, const Lead& lead, const std::string& topic,
                   const std::string& post_noun, bool including) {
    const std::vector<Quantity> quantities = RunQuantities(run);
    if (std::none_of(quantities.begin(), quantities.end(),
                     [](const Quantity& q) { return q.figure; })) {
      if (!IndexFits(run, lead)) return;
      MakeIndex(run, lead);
      return;
    }
    // The name: the clause's own, else the topic's, else for counts the noun behind, else that of
    // the subject.
    std::string phrase = lead.name();
    bool own_name = !phrase.empty();
    const UnitKind unit_kind = quantities.front().unit_kind;
    const bool counted = unit_kind == UnitKind::kCount || unit_kind == UnitKind::kPlace ||
                         unit_kind == UnitKind::kCurrency || unit_kind == UnitKind::kMeasure;
    if (!own_name && lead.rate_noun == 0 && !lead.share_of && !lead.share_noun && lead.sign == 0 &&
        !lead.sum && !lead.respectively && !lead.contribution) {
      if (counted && !post_noun.empty()) {
        phrase = post_noun;
        own_name = true;
      } else if (!topic.empty()) {
        phrase = topic;
        own_name = true;
      }
    } else if (!own_name && subject_.indicator.empty() && !topic.empty()) {
      phrase = topic;
      own_name = true;
    }
    if (!own_name && !post_noun.empty() && subject_.indicator.empty()) {
      phrase = post_noun;
      own_name = true;
    }
    if (lead.in_brackets && !lead.areas.empty() && !topic.empty()) {
      phrase = topic;
      own_name = true;
    }
    StatisticName name = SplitStatistic(phrase, lexicon_);
    if (own_name && name.sector.empty() && lead.verb && !lead.object.empty() &&
        !lead.subject.empty()) {
      name.sector = lead.subject;
    }
    const size_t count = run.mentions.size();
    const bool listed = count >= 2;
    const int32_t list = listed ? next_list_++ : -1;
    RunNames names;
    if (listed) names = NamesOfRun(lead, own_name ? name : StatisticName{}, count);
    std::vector<int32_t> made;
    for (size_t i = 0; i < count; ++i) {
      if (!quantities[i].figure) continue;
      const int32_t index = static_cast<int32_t>(figures_.size());
      Figure figure = Place(run.mentions[i]);
      figure.kind = KindOf(lead, quantities[i], name, run.ratio);
      figure.value = quantities[i].value;
      figure.quantum = quantities[i].quantum;
      figure.unit = quantities[i].unit;
      ApplySign(lead, mentions_[run.mentions[i]], figure);
      figure.basis = BasisOf(lead, figure.kind);
      figure.comparator = lead.comparator;
      if (figure.kind == FigureKind::kShare) {
        figure.base = lead.base;
        figure.base_limited = lead.base_limited;
      }
      figure.qualifier = QualifierOf(lead, mentions_[run.mentions[i]], i);
      figure.status = status_;
      figure.comparable_basis = lead.comparable;
      SetFigurePeriod(lead, figure);
      NameFigure(lead, name, own_name, names, i, including, figure);
      Link(lead, own_name, names, i, figure);
      figure.links.ratio = run.ratio;
      if (listed) {
        figure.links.list = list;
        figure.links.list_index = static_cast<int32_t>(i);
      }
      if (lead.in_brackets && lead.areas.size() == 1) {
        // 北京（增长9.3%）、上海（增长16.4%）: the brackets of a sentence are one list.
        figure.links.list =
            bracketed_.empty() ? next_list_++ : figures_[bracketed_.front()].links.list;
        figure.links.list_index = static_cast<int32_t>(bracketed_.size());
        bracketed_.push_back(index);
      }
      if (figure.kind == FigureKind::kGrowthRate && trend_ != 0) {
        if (!listed && TrendSpeaksOf(figure)) figure.trend = trend_;
        trend_ = 0;
      }
      made.push_back(index);
      figures_.push_back(std::move(figure));
      Follow(index, lead, own_name);
    }
    if (listed && made.size() == count) {
      if (figures_[made.front()].kind == FigureKind::kLevel) enumeration_ = made;
      if (figures_[made.front()].kind == FigureKind::kGrowthRate) rate_enumeration_ = made;
    }
    after_points_ = !made.empty() && figures_[made.back()].kind == FigureKind::kPointChange;
    CollectNames(lead, made);
  }

  // Whether the sentence that announced a rise or fall, the one right before, names the statistic
  // and its breakdown.
  bool TrendSpeaksOf(const Figure& figure) const {
    if (sentence_ != trend_sentence_ + 1 || figure.indicator.empty()) return false;
    const std::string_view topic = document_.TextOf(document_.sentences[trend_sentence_].range);
    if (topic.find(figure.indicator) != std::string_view::npos) return true;
    const StatisticName name = SplitStatistic(figure.indicator, lexicon_);
    return topic.find(name.indicator) != std::string_view::npos &&
           (figure.sector.empty() || topic.find(figure.sector) != std::string_view::npos);
  }

  Figure Place(int32_t mention) const {
    Figure figure;
    figure.range = mentions_[mention].range;
    figure.span = mentions_[mention].span;
    figure.mention = mention;
    figure.content = Content(mentions_[mention].range);
    figure.digits = Digits(mentions_[mention].digits);
    figure.article = article_;
    figure.block = block_;
    figure.sentence = sentence_;
    const BlockKind kind = document_.blocks[block_].kind;
    const UnitKind unit_kind = mentions_[mention].unit_kind;
    figure.counted = unit_kind == UnitKind::kCount || unit_kind == UnitKind::kPlace;
    figure.heading = kind == BlockKind::kHeading || kind == BlockKind::kCaption;
    figure.copy = copy_[block_];
    return figure;
  }

  // What is printed, without blanks.
  std::string Content(TextRange range) const {
    std::string content(document_.TextOf(range));
    content.erase(std::remove(content.begin(), content.end(), ' '), content.end());
    return content;
  }
  // The number alone, without sign and separators.
  std::string Digits(TextRange range) const {
    std::string digits;
    for (const char c : document_.TextOf(range)) {
      if ((c >= '0' && c <= '9') || c == '.') digits.push_back(c);
    }
    return digits;
  }

  void ApplySign(const Lead& lead, const Mention& mention, Figure& figure) const {
    if (mention.signed_digits && figure.value.sign() < 0) return;
    int sign = 1;
    switch (figure.kind) {
      case FigureKind::kGrowthRate:
        sign = lead.sign != 0 && !lead.of_rate ? lead.sign
               : lead.rate_noun != 0           ? lead.rate_noun
                                               : 1;
        break;
      case FigureKind::kPointChange:
      case FigureKind::kChange:
        sign = lead.sign != 0 ? lead.sign : 1;
        // 降幅收窄 raises the rate, 降幅扩大 lowers it.
        if (lead.of_magnitude) sign *= lead.rate_noun != 0 ? lead.rate_noun : RateSign();
        break;
      case FigureKind::kContribution:
        sign = lead.sign < 0 ? -1 : 1;
        break;
      default:
        break;
    }
    if (sign < 0) figure.value = -figure.value;
  }
  int RateSign() const {
    return subject_.rate >= 0 && figures_[subject_.rate].value.sign() < 0 ? -1 : 1;
  }

  Qualifier QualifierOf(const Lead& lead, const Mention& mention, size_t index) const {
    if (mention.qualifier != Qualifier::kExact) return mention.qualifier;
    return index == 0 ? lead.hedge : Qualifier::kExact;
  }

  void SetFigurePeriod(const Lead& lead, Figure& figure) const {
    const Spoken& spoken = CurrentPeriod();
    figure.time_period = spoken.period;
    figure.period_key = spoken.key;
    if (!lead.year_before) return;
    figure.period_key = absl::StrCat("-1 ", figure.period_key);
    if (!figure.time_period) return;
    Period& period = *figure.time_period;
    period.start =
        absl::CivilDay(period.start.year() - 1, period.start.month(), period.start.day());
    period.end =
        absl::CivilDay(absl::CivilMonth(period.end.year() - 1, period.end.month()) + 1) - 1;
  }

  void NameFigure(const Lead& lead, const StatisticName& name, bool own_name, const RunNames& names,
                  size_t i, bool including, Figure& figure) const {
    // Area.
    if (!names.areas.empty()) {
      figure.ref_area = names.areas[i];
      figure.ref_area_code = names.area_codes[i];
    } else if (!names.earlier.empty()) {
      figure.ref_area = figures_[names.earlier[i]].ref_area;
      figure.ref_area_code = figures_[names.earlier[i]].ref_area_code;
    } else if (!lead.areas.empty()) {
      SetArea(lead.areas, figure);
    } else if (!subject_.area.empty() && (!own_name || SameSentence())) {
      figure.ref_area = subject_.area;
      figure.ref_area_code = subject_.area_code;
    } else {
      figure.ref_area = HomeArea();
      figure.ref_area_code = HomeCode();
    }
    // Statistic and breakdown.
    if (!names.earlier.empty()) {
      const Figure& earlier = figures_[names.earlier[i]];
      figure.indicator = earlier.indicator;
      figure.sector = earlier.sector;
      return;
    }
    if (!own_name) {
      figure.indicator = subject_.indicator;
      figure.sector = subject_.sector;
    } else {
      figure.indicator = name.indicator;
      figure.sector = name.sector;
      // 其中住宅443.4万平方米: a breakdown alone is of the statistic that it divides.
      if (including && !name.known && whole_ >= 0 && figure.kind == FigureKind::kLevel &&
          figure.unit == figures_[whole_].unit) {
        figure.sector = name.indicator;
        figure.indicator = figures_[whole_].indicator;
      } else if (figure.sector.empty() && name.known && !subject_.sector.empty() &&
                 SameSentence()) {
        figure.sector = subject_.sector;
      }
    }
    if (!names.sectors.empty()) {
      figure.sector = names.sectors[i];
      if (names.indicator.empty()) {
        figure.indicator = subject_.indicator.empty() ? figure.sector : subject_.indicator;
      } else {
        figure.indicator = names.indicator;
      }
    }
  }

  bool SameSentence() const { return sentence_figure_ < static_cast<int32_t>(figures_.size()); }

  void SetArea(const std::vector<int32_t>& areas, Figure& figure) const {
    const Mention& last = mentions_[areas.back()];
    if (areas.size() > 1) {
      // Several places beside one another share the figure; the nation before a place only
      // introduces it.
      std::string joined;
      for (const int32_t area : areas) {
        if (mentions_[area].area_level == AreaLevel::kNation) continue;
        if (!joined.empty()) joined += "、";
        joined += mentions_[area].canonical;
      }
      if (joined.find("、") != std::string::npos) {
        figure.ref_area = joined;
        return;
      }
    }
    if (last.area_level == AreaLevel::kHome) {
      figure.ref_area = HomeArea();
      figure.ref_area_code = HomeCode();
      return;
    }
    figure.ref_area = last.canonical;
    figure.ref_area_code = last.code;
  }

  void Link(const Lead& lead, bool own_name, const RunNames& names, size_t i,
            Figure& figure) const {
    core::FigureLinks& links = figure.links;
    switch (figure.kind) {
      case FigureKind::kGrowthRate:
      case FigureKind::kShare:
        if (!names.earlier.empty()) {
          links.level = names.earlier[i];
        } else if (!own_name && lead.areas.empty()) {
          links.level = subject_.level;
        }
        break;
      case FigureKind::kPointChange:
        // 占比提高1.8个百分点 moves the share; everything else moves the rate.
        if (names.count >= 2 && rate_enumeration_.size() == names.count) {
          // 增速分别比…快5.8和3.8个百分点: the rates just listed, one by one.
          links.rate = rate_enumeration_[i];
          links.level = figures_[links.rate].links.level;
        } else if (!names.earlier.empty()) {
          links.level = names.earlier[i];
        } else {
          links.level = subject_.level;
          const bool of_share = lead.share_of || lead.share_noun ||
                                (last_percent_ == FigureKind::kShare && subject_.share >= 0 &&
                                 lead.rate_noun == 0 && subject_.share > subject_.rate);
          links.rate = of_share ? subject_.share : subject_.rate;
        }
        break;
      case FigureKind::kContribution:
      case FigureKind::kChange:
        links.level = subject_.level;
        links.rate = subject_.rate;
        break;
      default:
        break;
    }
    if (figure.kind == FigureKind::kLevel) {
      if (whole_ >= 0 && figures_[whole_].unit == figure.unit && figures_[whole_].block == block_)
        links.whole = whole_;
      if (sentence_partition_ >= 0 && partition_whole_ >= 0 &&
          figures_[partition_whole_].unit == figure.unit && links.whole < 0) {
        links.partition = sentence_partition_;
        links.whole = partition_whole_;
      }
      const std::vector<int32_t>& items = bracketed_.size() >= 2 ? bracketed_ : enumeration_;
      links.sum_of_list = lead.sum && !items.empty() && !lead.in_brackets;
      if (links.sum_of_list) {
        links.list = figures_[items.front()].links.list;
        figure.ref_area = AreasOf(items);
        figure.ref_area_code.clear();
      }
    }
  }
  // 北京、上海, of the figures of a list; their own area when they share one.
  std::string AreasOf(const std::vector<int32_t>& items) const {
    std::string areas;
    for (const int32_t item : items) {
      const std::string& area = figures_[item].ref_area;
      if (area == figures_[items.front()].ref_area && item != items.front()) return area;
      if (!areas.empty()) areas += "、";
      areas += area;
    }
    return areas;
  }

  // The figure becomes what the next clause speaks of.
  void Follow(int32_t index, const Lead& lead, bool own_name) {
    const Figure& figure = figures_[index];
    if (lead.in_brackets && !lead.areas.empty()) {
      return;
    }
    if (figure.kind == FigureKind::kPointChange || figure.kind == FigureKind::kContribution) return;
    if (figure.kind == FigureKind::kChange) return;
    const bool new_subject = own_name || !lead.areas.empty();
    if (figure.kind == FigureKind::kLevel || new_subject) {
      subject_.indicator = figure.indicator;
      subject_.sector = figure.sector;
      subject_.area = figure.ref_area;
      subject_.area_code = figure.ref_area_code;
    }
    if (figure.kind == FigureKind::kLevel) {
      subject_.level = index;
      subject_.rate = subject_.share = -1;
    } else if (figure.kind == FigureKind::kGrowthRate) {
      if (new_subject) subject_.level = subject_.share = -1;
      subject_.rate = index;
      last_percent_ = FigureKind::kGrowthRate;
    } else if (figure.kind == FigureKind::kShare) {
      if (new_subject && figure.links.level < 0) subject_.level = subject_.rate = -1;
      subject_.share = index;
      last_percent_ = FigureKind::kShare;
    }
  }

  // 居前5名的北京、…: what a count of the first ones counts.
  void CollectNames(const Lead& lead, const std::vector<int32_t>& made) {
    if (made.size() > 1 && lead.areas.size() == made.size()) {
      for (const int32_t item : made) listed_areas_.push_back(figures_[item].ref_area);
    }
    if (made.size() == 1 && !lead.selection && lead.top && figures_[made.front()].counted)
      top_count_ = made.front();
  }

  bool StartsWithPlace(std::string_view noun) const {
    const auto unit = lexicon_.LongestUnit(noun);
    return unit && unit.info->kind == UnitKind::kPlace;
  }

  // The places of a list that stands right before a count of places and holds nothing else:
  // 安徽、山东、贵州3个省.
  void CountPlaces(const std::vector<Token>& tokens, size_t number) {
    if (figures_.empty() || figures_.back().mention != tokens[number].mention) return;
    std::vector<std::string> names;
    size_t t = number;
    bool separated = true;  // the number itself needs no mark before it
    while (t > 0) {
      const Token& token = tokens[--t];
      if (token.kind == Token::Kind::kMention &&
          mentions_[token.mention].kind == MentionKind::kArea && separated) {
        names.push_back(mentions_[token.mention].canonical);
        separated = false;
      } else if (token.kind == Token::Kind::kListComma && !separated) {
        separated = true;
      } else if (token.kind == Token::Kind::kText && !separated &&
                 CleanPhrase(document_.TextOf(token.range), lexicon_).empty()) {
        separated = true;  // a conjunction
      } else {
        // Words right before the list may be an item that the lexicon does not know.
        if (separated || token.kind == Token::Kind::kText) return;
        break;
      }
    }
    if (names.size() < 2) return;
    std::reverse(names.begin(), names.end());
    figures_.back().names = std::move(names);
  }

  // An index without a unit: 居民消费价格指数为100.7.
  bool IndexFits(const NumberRun& run, const Lead& lead) const {
    if (run.mentions.size() != 1 || !lead.named()) return false;
    const Mention& mention = mentions_[run.mentions.front()];
    if (!mention.bare || mention.has_scale || mention.quantum >= core::Decimal(1)) return false;
    const auto indicator = lexicon_.IndicatorSuffix(lead.name());
    return indicator && (indicator.info->index || indicator.info->price);
  }

  void MakeIndex(const NumberRun& run, const Lead& lead) {
    const Mention& mention = mentions_[run.mentions.front()];
    Figure figure = Place(run.mentions.front());
    figure.kind = FigureKind::kRatio;
    figure.value = mention.value;
    figure.quantum = mention.quantum;
    const StatisticName name = SplitStatistic(lead.name(), lexicon_);
    SetFigurePeriod(lead, figure);
    NameFigure(lead, name, true, {}, 0, false, figure);
    subject_ = {figure.indicator, figure.sector, figure.ref_area, figure.ref_area_code, -1, -1, -1};
    figures_.push_back(std::move(figure));
  }

  void ResolveTable(const Block& block, int32_t first, int32_t count) {
    TableContext context;
    const Spoken& spoken = block_period_.set() ? block_period_ : article_period_;
    context.period = spoken.period;
    context.period_key = spoken.key;
    context.area = HomeArea();
    context.area_code = HomeCode();
    context.article = article_;
    context.block = block_;
    ResolveTableFigures(document_, mentions_, lexicon_, block.table, first, count, context,
                        figures_);
  }

  const Document& document_;
  const std::vector<Mention>& mentions_;
  const Lexicon& lexicon_;
  std::vector<Figure> figures_;
  std::vector<bool> copy_;      // by block
  std::vector<int32_t> homes_;  // by article: the mention that names its area, or -1

  // Carried along.
  int32_t article_ = -1;
  int32_t block_ = -1;
  int32_t sentence_ = -1;
  int32_t section_figure_ = 0;  // first figure of the section, block, sentence
  int32_t block_figure_ = 0;
  int32_t sentence_figure_ = 0;
  Spoken article_period_, block_period_, sentence_period_;
  core::Status status_ = core::Status::kActual;
  Subject subject_;
  FigureKind last_percent_ = FigureKind::kGrowthRate;
  bool after_points_ = false;  // the last figure was a change in points: "提升2.2个百分点至34.2%"
  int32_t whole_ = -1;         // what 其中 divides
  int32_t partition_whole_ = -1;
  int32_t sentence_partition_ = -1;
  int32_t next_partition_ = 0;
  int32_t next_list_ = 0;
  std::vector<int32_t> enumeration_;       // the figures of the last 分别 list of levels
  std::vector<int32_t> rate_enumeration_;  // and of rates
  int32_t trend_ = 0;
  int32_t trend_sentence_ = -1;
  std::vector<int32_t> bracketed_;         // of this sentence: figures in brackets behind a place
  std::vector<std::string> listed_areas_;  // and the places of its 分别 list
  int32_t top_count_ = -1;                 // and the count of 居前5名
};

}  // namespace

std::vector<Figure> ResolveFigures(const Document& document, const std::vector<Mention>& mentions,
                                   const Lexicon& lexicon) {
  return Resolver(document, mentions, lexicon).Resolve();
}

}  // namespace crossfoot::figure
