#include "services/figure/ranking.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "services/figure/phrase.h"

namespace crossfoot::figure {
namespace {

using core::AreaLevel;
using core::Cue;
using core::Mention;
using core::MentionKind;

bool StartsWithAny(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [text](const std::string& word) { return text.starts_with(word); });
}

class RankingReader {
 public:
  RankingReader(const core::Document& document, const std::vector<Mention>& mentions,
                const lexicon::Lexicon& lexicon, const std::vector<Token>& tokens)
      : document_(document), mentions_(mentions), lexicon_(lexicon), tokens_(tokens) {}

  Ranking Read() {
    for (size_t begin = 0; begin < tokens_.size();) {
      size_t end = begin;
      while (end < tokens_.size() && !EndsClause(tokens_[end])) ++end;
      if (NumberIn(begin, end) < 0) ReadClause(begin, end);
      begin = end + 1;
    }
    return std::move(ranking_);
  }

 private:
  static bool EndsClause(const Token& token) {
    return token.kind == Token::Kind::kComma || token.kind == Token::Kind::kSemicolon ||
           token.kind == Token::Kind::kColon;
  }
  const Mention* MentionOf(size_t t) const {
    return tokens_[t].kind == Token::Kind::kMention ? &mentions_[tokens_[t].mention] : nullptr;
  }
  // The mention of the first number from `begin` on, or -1.
  int32_t NumberIn(size_t begin, size_t end) const {
    for (size_t t = begin; t < end; ++t) {
      const Mention* mention = MentionOf(t);
      if (mention != nullptr && mention->kind == MentionKind::kNumber) return tokens_[t].mention;
    }
    return -1;
  }

  // A clause without a number: words that name a rate or share, and what is said of it.
  void ReadClause(size_t begin, size_t end) {
    for (size_t t = begin; t < end; ++t) {
      const Mention* measure = MentionOf(t);
      if (measure == nullptr) continue;
      const bool share = measure->cue == Cue::kShareNoun;
      const bool rate = measure->cue == Cue::kRateNoun ||
                        (measure->kind == MentionKind::kDirection && !measure->of_rate);
      if (!share && !rate) continue;
      bool nation = false;
      const std::string said = SaidBehind(t + 1, end, &nation);
      const int sign = StartsWithAny(said, lexicon_.superlatives())  ? 1
                       : StartsWithAny(said, lexicon_.diminutives()) ? -1
                                                                     : 0;
      if (sign != 0) {
        const int32_t number = NumberBeside(begin, t, end);
        if (number >= 0)
          ranking_.extremes.push_back({number, share, measure->sign < 0 ? -sign : sign, nation});
        return;
      }
      if (measure->cue == Cue::kRateNoun) ranking_.steady = SteadyBehind(t + 1, end);
    }
  }

  // The words from `t` on without places and leading fillers: 居首位 of 居全国首位.
  std::string SaidBehind(size_t t, size_t end, bool* nation) const {
    std::string said;
    for (; t < end; ++t) {
      const Mention* mention = MentionOf(t);
      if (mention != nullptr && mention->kind == MentionKind::kArea) {
        *nation |= mention->area_level == AreaLevel::kNation;
      } else if (!said.empty() || mention == nullptr || mention->cue != Cue::kFiller) {
        said += document_.TextOf(tokens_[t].range);
      }
    }
    return said;
  }

  // +1 or -1 when a word like 逐月 stands before a direction.
  int SteadyBehind(size_t t, size_t end) const {
    bool steady = false;
    for (; t < end; ++t) {
      const Mention* mention = MentionOf(t);
      steady = steady || StartsWithAny(document_.TextOf(tokens_[t].range), lexicon_.steady_words());
      if (mention == nullptr || mention->kind != MentionKind::kDirection) continue;
      return steady && !mention->of_magnitude ? mention->sign : 0;
    }
    return 0;
  }

  // The number that a clause speaks of: the next one where the clause names something itself and
  // the number does not (食品涨幅最大，上涨13.4%), else the one before.
  int32_t NumberBeside(size_t begin, size_t measure, size_t end) const {
    bool named = false;
    for (size_t t = begin; t < measure; ++t) {
      const Mention* mention = MentionOf(t);
      named |= mention == nullptr
                   ? !CleanPhrase(document_.TextOf(tokens_[t].range), lexicon_).empty()
                   : mention->kind == MentionKind::kArea;
    }
    int32_t before = -1;
    if (begin > 0) {
      size_t t = begin - 1;  // the mark between the clauses
      while (t > 0 && !EndsClause(tokens_[t - 1])) --t;
      for (; t + 1 < begin; ++t) {
        if (const int32_t number = NumberIn(t, t + 1); number >= 0) before = number;
      }
    }
    if (!named && before >= 0) return before;
    for (size_t t = end + 1; t < tokens_.size() && !EndsClause(tokens_[t]); ++t) {
      if (const int32_t number = NumberIn(t, t + 1); number >= 0) return number;
      const Mention* mention = MentionOf(t);
      const bool names = mention == nullptr
                             ? !CleanPhrase(document_.TextOf(tokens_[t].range), lexicon_).empty()
                             : mention->kind == MentionKind::kArea;
      if (names) break;
    }
    return before;
  }

  const core::Document& document_;
  const std::vector<Mention>& mentions_;
  const lexicon::Lexicon& lexicon_;
  const std::vector<Token>& tokens_;
  Ranking ranking_;
};

}  // namespace

Ranking ReadRanking(const core::Document& document, const std::vector<Mention>& mentions,
                    const lexicon::Lexicon& lexicon, const std::vector<Token>& tokens) {
  return RankingReader(document, mentions, lexicon, tokens).Read();
}

}  // namespace crossfoot::figure
