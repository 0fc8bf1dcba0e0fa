#include "services/figure/resolve.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "core/large_memory.h"
#include "core/text.h"
#include "services/figure/clause.h"
#include "services/figure/lead.h"
#include "services/figure/listing.h"
#include "services/figure/period_scope.h"
#include "services/figure/phrase.h"
#include "services/figure/ranking.h"
#include "services/figure/run.h"
#include "services/figure/series_quantum.h"
#include "services/figure/setting.h"
#include "services/figure/table_figures.h"

namespace crossfoot::figure {
namespace {

using core::AreaLevel;
using core::Attribute;
using core::Basis;
using core::Block;
using core::BlockKind;
using core::Cue;
using core::Document;
using core::Figure;
using core::FigureKind;
using core::Mention;
using core::MentionKind;
using core::Origin;
using core::Period;
using core::Qualifier;
using core::Text;
using core::TextRange;
using core::UnitKind;
using lexicon::Lexicon;

constexpr std::string_view kModifierEnd = "的";

// What is carried from one clause to the next.
struct Subject {
  Text indicator;
  Text sector;
  Text area;
  Text area_code;
  bool topical = false;  // the sector stood before the verb: 企业实现利润总额…，营业收入…
  int32_t figure = -1;  // the figure that set these
  int32_t level = -1;   // figures
  int32_t rate = -1;
  int32_t share = -1;
};

// Figures of one list, as indices.
using Items = absl::InlinedVector<int32_t, 4>;

// Words of the text.
struct Phrase {
  std::string text;
  TextRange range;
  bool empty() const { return text.empty(); }
};

// The name that a run of figures is given by words of its own.
struct StatedName {
  StatisticName statistic;
  TextRange range;
  bool own = false;        // something names it; otherwise it speaks of the subject before
  bool carried = false;    // the words stand in another clause
  bool breakdown = false;  // it names a part alone: 股份制企业; the statistic is the subject's
  bool topical = false;    // the sector stands before the verb
};

class Resolver {
 public:
  Resolver(const Document& document, const std::vector<Mention>& mentions, const Lexicon& lexicon,
           const ResolveOptions& options)
      : document_(document),
        mentions_(mentions),
        lexicon_(lexicon),
        cancellation_(options.cancellation) {
    // Each of these reads the whole document.
    if (!core::Stopped(cancellation_)) copy_ = FindCopies(document, cancellation_);
    if (!core::Stopped(cancellation_)) contents_ = FindContents(document);
    if (!core::Stopped(cancellation_))
      homes_ = FindHomes(document, mentions, lexicon, options.home_area, cancellation_);
    if (!core::Stopped(cancellation_)) dates_ = FindDates(document, mentions);
  }

  std::vector<Figure> Resolve() {
    if (core::Stopped(cancellation_)) return {};
    core::ReserveLarge(figures_, static_cast<size_t>(std::count_if(
                                     mentions_.begin(), mentions_.end(), [](const Mention& m) {
                                       return m.kind == MentionKind::kNumber;
                                     })));
    size_t next = 0;
    for (const size_t b : core::Steps(document_.blocks.size(), cancellation_)) {
      StartBlock(static_cast<int32_t>(b));
      const Block& block = document_.blocks[b];
      for (const size_t i : core::Steps(block.sentence_count, cancellation_)) {
        const int32_t s = block.first_sentence + static_cast<int32_t>(i);
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
    if (core::Stopped(cancellation_)) return std::move(figures_);
    ApplySeriesQuantum(figures_);
    if (core::Stopped(cancellation_)) return std::move(figures_);
    LinkContents();
    for (const size_t i : core::Steps(figures_.size(), cancellation_)) {
      figures_[i].id = absl::StrCat("f", i + 1);
      const std::string_view name = figures_[i].indicator;
      const auto known = lexicon_.IndicatorSuffix(name);
      if (known && known.size == static_cast<int32_t>(name.size()))
        figures_[i].statistic = known.info->name;
    }
    return std::move(figures_);
  }

  // Whether a block is an entry of a table of contents whose heading is known.
  bool IsEntry(int32_t block) const { return !contents_.empty() && contents_[block] >= 0; }

  // Ties the figures of entries, in order, to those of the headings.
  void LinkContents() {
    if (contents_.empty()) return;
    absl::flat_hash_map<int32_t, std::vector<int32_t>> by_block;
    for (size_t i = 0; i < figures_.size(); ++i) {
      if (figures_[i].heading) by_block[figures_[i].block].push_back(static_cast<int32_t>(i));
    }
    for (const auto& [block, entry] : by_block) {
      if (!IsEntry(block)) continue;
      const auto heading = by_block.find(contents_[block]);
      if (heading == by_block.end() || heading->second.size() != entry.size()) continue;
      for (size_t i = 0; i < entry.size(); ++i)
        figures_[entry[i]].links.entry_of = heading->second[i];
    }
  }

  void StartBlock(int32_t index) {
    const Block& block = document_.blocks[index];
    block_ = index;
    if (block.article != article_) {
      article_ = block.article;
      periods_.StartArticle();
      section_figure_ = static_cast<int32_t>(figures_.size());
      subject_ = {};
      enumeration_.clear();
      rate_enumeration_.clear();
    }
    const bool heading = block.kind == BlockKind::kHeading;
    if (heading) section_figure_ = static_cast<int32_t>(figures_.size());
    if (block.kind != BlockKind::kTable) {
      periods_.StartBlock(heading ? std::max(block.level, 1) : 0);
      partition_whole_ = -1;
      trend_ = 0;
      spoken_basis_ = Basis::kNone;
      year_ago_spoken_ = false;
      block_figure_ = static_cast<int32_t>(figures_.size());
      if (block.kind != BlockKind::kListItem) subject_ = {};
    }
    whole_ = -1;
  }

  const Home& home() const { return homes_[article_]; }

  // The first figure that a look back reaches, so that no paragraph costs more than linear time.
  static constexpr int32_t kLookBack = 512;
  int32_t LookBack() const { return static_cast<int32_t>(figures_.size()) - kLookBack; }

  // ---- Sentences
  // -----------------------------------------------------------------------------------------------------

  void ResolveSentence(int32_t sentence, int32_t first, int32_t count) {
    const Block& block = document_.blocks[block_];
    if (block.kind == BlockKind::kFurniture && !IsEntry(block_)) return;
    sentence_ = sentence;
    sentence_figure_ = static_cast<int32_t>(figures_.size());
    bool has_number = false;
    for (int32_t i = first; i < first + count; ++i)
      has_number |= mentions_[i].kind == MentionKind::kNumber && !ReadsAsWords(mentions_[i]);
    if (!has_number) {
      ReadTopic(first, count);
      return;
    }
    const std::vector<Token> tokens =
        TokenizeSentence(document_, mentions_, document_.sentences[sentence].range, first, count);
    const std::vector<NumberRun> runs = FindRuns(document_, mentions_, lexicon_, first, count);
    Walk(tokens, runs);
  }

  // A sentence without numbers: 生活服务领域企业收入出现下滑。  Its direction is that of the
  // figures behind it.
  void ReadTopic(int32_t first, int32_t count) {
    int directions = 0, sign = 0;
    for (int32_t i = first; i < first + count; ++i) {
      const Mention& mention = mentions_[i];
      if (mention.cue == Cue::kYearAgo) SpeakBasis(Basis::kYearAgo);
      if (mention.cue == Cue::kPreviousMonth) spoken_basis_ = Basis::kPreviousMonth;
      if (mention.kind == MentionKind::kPeriod)
        periods_.Speak(mention, status_ == core::Status::kTarget);
      if (mention.kind == MentionKind::kDirection) {
        ++directions;
        sign = mention.of_rate ? 0 : mention.sign;
      }
    }
    const core::Sentence& sentence = document_.sentences[sentence_];
    const std::string_view topic = document_.TextOf(sentence.range);
    const bool one_clause =
        topic.find("，") == std::string_view::npos && topic.find("、") == std::string_view::npos;
    trend_ = directions == 1 && one_clause && sentence_ == document_.blocks[block_].first_sentence
                 ? sign
                 : 0;
    trend_sentence_ = sentence_;
  }

  // What the clauses without a number leave to those behind them: a name and places.  Most are
  // never asked for, so a clause is read only then.
  class Topics {
   public:
    Topics(const Resolver& resolver, const std::vector<Token>& tokens)
        : resolver_(resolver), tokens_(tokens) {}

    struct Clause {
      size_t begin = 0, end = 0;  // tokens
      bool in_brackets = false;
      bool place = false;              // stands between a place and what brackets say of it
      bool name = true, areas = true;  // what it may still give
    };
    void Offer(Clause clause) { waiting_.push_back(clause); }

    const Phrase& name() {
      Read();
      return name_;
    }
    const std::vector<int32_t>& areas() {
      Read();
      return areas_;
    }
    // A clause with a number has taken their place.
    void DropName() {
      name_ = {};
      for (Clause& clause : waiting_) clause.name = false;
    }
    void DropAreas() {
      areas_.clear();
      for (Clause& clause : waiting_) clause.areas = false;
    }

   private:
    void Read() {
      for (const Clause& clause : waiting_) {
        if (!clause.name && !clause.areas) continue;
        const Lead lead =
            resolver_.ReadLeadOf(tokens_, clause.begin, clause.end, clause.in_brackets);
        // 进出口平稳增长 speaks of 进出口 behind it, 信心持续增强 of nothing that is measured.
        if (clause.name && lead.named() &&
            (lead.sign == 0 || clause.place || resolver_.NamesStatistic(lead.name()))) {
          name_ = {lead.name(), lead.name_range};
        }
        // 居全国第二位 says where something stands, not of whom the next clause speaks.
        if (clause.areas && !clause.place && !lead.areas.empty() &&
            resolver_.StartsWithArea(tokens_, clause.begin)) {
          areas_ = lead.areas;
        }
      }
      waiting_.clear();
    }

    const Resolver& resolver_;
    const std::vector<Token>& tokens_;
    absl::InlinedVector<Clause, 4> waiting_;
    Phrase name_;
    std::vector<int32_t> areas_;
  };

  bool NamesStatistic(std::string_view name) const { return SplitStatistic(name, lexicon_).known; }

  Lead ReadLeadOf(const std::vector<Token>& tokens, size_t begin, size_t end,
                  bool in_brackets) const {
    return ReadLead(document_, mentions_, lexicon_, tokens, begin, end, in_brackets);
  }

  // 由A增至B, as far as it has been read.
  struct Movement {
    bool open = false;              // 由 was read
    PeriodScope periods;            // what held before it
    int32_t start = -1;             // figure A
    bool start_has_period = false;  // 由上年的A
    bool end_has_period = false;    // 增加到2024年的B
  };

  // Makes the figures of a run, as the start or the end of what moves where it is one.
  void MakeMoved(Movement& movement, const NumberRun& run, Lead& lead, const Phrase& topic,
                 const Phrase& post_noun, bool including) {
    const auto made = static_cast<int32_t>(figures_.size());
    const bool single = run.mentions.size() == 1;
    const auto length = static_cast<int32_t>(run.mentions.size());
    const bool ends = movement.open && movement.start >= 0 && movement.start + length == made &&
                      ((single && lead.to && !lead.named()) || run.ratio);
    if (ends && !movement.end_has_period) periods_ = movement.periods;
    MakeFigures(run, lead, topic, post_noun, including);
    const bool one = single && static_cast<int32_t>(figures_.size()) == made + 1;
    if (ends && one && figures_[made].unit == figures_[movement.start].unit) {
      Figure& start = figures_[movement.start];
      figures_[made].links.from = movement.start;
      figures_[made].links.moved = static_cast<int8_t>(lead.sign);
      if (!movement.start_has_period) {
        // Some time before.
        start.time_period.reset();
        start.period_key.clear();
        start.evidence.Set(Attribute::kTimePeriod, {}, Origin::kNone);
      }
    }
    const bool all = run.ratio && static_cast<int32_t>(figures_.size()) == made + length;
    if (movement.open && movement.start < 0 && (one || all) && !lead.to) {
      movement.start = made;
    } else {
      movement.open = false;
    }
  }

  void Walk(const std::vector<Token>& tokens, const std::vector<NumberRun>& runs) {
    periods_.StartSentence(DividesSentenceBefore(tokens));
    whole_ = -1;
    bracketed_.clear();
    listed_areas_.clear();
    top_count_ = -1;
    counted_out_of_ = -1;
    compared_ = false;
    status_ = periods_.aiming() ? core::Status::kTarget : core::Status::kActual;
    bool including = false;  // 其中 was read and still holds
    bool including_sentence = false;
    bool including_clause = false;
    size_t run_index = 0;
    size_t lead_begin = 0;
    Topics topics(*this, tokens);
    size_t last_number = 0;  // the token that starts the last run
    for (size_t t = tokens.size(); t > 0 && last_number == 0 && !runs.empty();) {
      if (tokens[--t].mention == runs.back().mentions.front()) last_number = t;
    }
    struct Bracket {
      int32_t area = -1;  // the place right before it
      Subject subject;
      PeriodScope periods;
      int32_t partition = -1, partition_whole = -1;
      int32_t whole = -1;
      bool including = false;
    };
    std::vector<Bracket> brackets;
    Movement movement;
    std::optional<PeriodScope> before_aside;  // what held before the last period of the sentence
    sentence_partition_ = -1;
    comparable_ = false;
    for (size_t t = 0; t < tokens.size(); ++t) {
      const Token& token = tokens[t];
      switch (token.kind) {
        case Token::Kind::kComma:
        case Token::Kind::kSemicolon:
        case Token::Kind::kColon: {
          // 其中 in the middle of a sentence holds up to the next semicolon, at its start for all
          // of it. Behind a list comma it holds for one clause:
          // 新增铁路639公里、其中高铁370公里，….
          if (token.kind == Token::Kind::kSemicolon || movement.start < 0) movement.open = false;
          const bool clause_ends = token.kind == Token::Kind::kSemicolon || including_clause;
          if (clause_ends && including && !including_sentence && brackets.empty()) {
            including = false;
            whole_ = -1;
          }
          // 扣除价格因素，…实际增长8.6%: it holds for the rates behind it.
          if (token.kind == Token::Kind::kSemicolon) comparable_ = false;
          const bool words_alone = IsClauseWithoutNumbers(tokens, lead_begin, t);
          if (words_alone) {
            for (size_t clause = lead_begin; clause < t; ++clause) {
              comparable_ |= tokens[clause].kind == Token::Kind::kMention &&
                             mentions_[tokens[clause].mention].cue == Cue::kComparable;
            }
          }
          // 增幅最大，分别为24.5%和23.6%: the numbers go on with the clause.
          if (token.kind == Token::Kind::kComma && words_alone && t + 1 < tokens.size() &&
              tokens[t + 1].kind == Token::Kind::kMention &&
              mentions_[tokens[t + 1].mention].cue == Cue::kRespectively) {
            break;
          }
          // A clause ends; its name stays as the topic when no number took it.
          if (t > lead_begin && t < last_number) {
            topics.Offer({lead_begin, t, !brackets.empty()});
            ReadComparison(tokens, lead_begin, t);
            if (EndsBreakdown(tokens, lead_begin, t)) StartPartition();
          }
          lead_begin = t + 1;
          break;
        }
        case Token::Kind::kOpen: {
          if (BracketHoldsFigure(tokens, t)) {
            Bracket bracket;
            bracket.subject = subject_;
            bracket.periods = periods_;
            if (t > 0 && tokens[t - 1].kind == Token::Kind::kMention &&
                mentions_[tokens[t - 1].mention].kind == MentionKind::kArea) {
              bracket.area = tokens[t - 1].mention;
            }
            if (bracket.area >= 0) topics.Offer({lead_begin, t, false, true});
            bracket.whole = whole_;
            bracket.including = including;
            bracket.partition = sentence_partition_;
            bracket.partition_whole = partition_whole_;
            if (DividesLevel(tokens, t)) {
              sentence_partition_ = next_partition_++;
              partition_whole_ = static_cast<int32_t>(figures_.size()) - 1;
            }
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
            whole_ = brackets.back().whole;  // （其中…） ends with its bracket
            including = brackets.back().including;
            sentence_partition_ = brackets.back().partition;
            partition_whole_ = brackets.back().partition_whole;
            periods_ = std::move(brackets.back().periods);  // （同期为…，一季度为…）
            brackets.pop_back();
            lead_begin = t + 1;
          }
          break;
        case Token::Kind::kMention: {
          const Mention& mention = mentions_[token.mention];
          if (mention.kind == MentionKind::kPeriod) {
            if (SameSentence()) before_aside = periods_;
            (movement.start < 0 ? movement.start_has_period : movement.end_has_period) = true;
            ReadPeriod(tokens, t);
          }
          if (mention.kind == MentionKind::kCue) {
            if (mention.cue == Cue::kFrom) movement = {.open = true, .periods = periods_};
            if (mention.cue == Cue::kIncluding) {
              including = true;
              including_sentence = t == 0;
              including_clause = t > 0 && tokens[t - 1].kind == Token::Kind::kListComma;
              StartParts();
              lead_begin = t + 1;
            } else if ((mention.cue == Cue::kTarget ||
                        (mention.cue == Cue::kPlan && !InNounPhrase(tokens, t))) &&
                       !SpeaksOfThePast()) {
              status_ = core::Status::kTarget;
              status_range_ = mention.range;
            } else if (mention.cue == Cue::kDone && periods_.aiming()) {
              periods_.EndAim();
              status_ = core::Status::kActual;
            } else if (mention.cue == Cue::kEstimate && status_ == core::Status::kActual) {
              status_ = core::Status::kEstimate;
              status_range_ = mention.range;
            }
          }
          if (mention.kind == MentionKind::kHedge && mention.behind && !figures_.empty() &&
              figures_.back().mention == token.mention - 1) {
            figures_.back().qualifier = mention.qualifier;
            figures_.back().evidence.Set(Attribute::kQualifier, mention.range, Origin::kPrinted);
          }
          if (mention.kind != MentionKind::kNumber) break;
          while (run_index < runs.size() && runs[run_index].mentions.back() < token.mention)
            ++run_index;
          if (run_index >= runs.size() || runs[run_index].mentions.front() != token.mention) {
            lead_begin = t + 1;
            break;
          }
          const NumberRun& run = runs[run_index];
          Lead lead =
              ReadLead(document_, mentions_, lexicon_, tokens, lead_begin, t, !brackets.empty());
          // 比上年多3.41万亿元: the one character is no name.
          const std::string& name = lead.name();
          const bool one_character = name.size() == 3 && lexicon::StartsWithThree(name);
          if (lead.basis != Basis::kNone && lead.sign == 0 && one_character &&
              mention.unit_kind != UnitKind::kPercent) {
            lead.subject.clear();
            lead.object.clear();
            lead.sign = 1;
            lead.direction_adjacent = true;
          }
          if (!brackets.empty() && brackets.back().area >= 0 && lead.areas.empty()) {
            lead.areas.push_back(brackets.back().area);
          }
          if (lead.areas.empty() && !lead.named()) lead.areas = topics.areas();
          const size_t direction = DirectionBehind(tokens, t, mention);
          if (direction > t) TakeDirection(tokens[direction], lead);
          Phrase post_noun = PostNoun(tokens, t);
          const bool holds_parts =
              mention.unit_kind == UnitKind::kCount && TakeAmongOff(post_noun.text);
          const bool places =
              mention.unit_kind == UnitKind::kPlace ||
              (mention.unit_kind == UnitKind::kCount && StartsWithPlace(post_noun.text));
          const bool own_topic = lead.named() && !lead.in_brackets;
          const bool placed = !lead.areas.empty();
          const Phrase no_topic;
          const int32_t kept = KeptFigure(tokens, lead_begin, t, lead, run);
          if (kept >= 0) {
            MakeBound(run, lead, kept);
          } else {
            MakeMoved(movement, run, lead, own_topic ? no_topic : topics.name(), post_noun,
                      including);
            if (!figures_.empty() && figures_.back().mention == token.mention)
              figures_.back().selective = GoesOnBehind(tokens, std::max(t, direction) + 1);
          }
          // …增长31.3%，上年为9.8万件: what follows is of the time spoken of before.
          if (before_aside && lead.verb && !lead.named() && IsAside(*before_aside))
            periods_ = *std::move(before_aside);
          before_aside.reset();
          if (places) CountPlaces(tokens, t);
          CountItems(tokens, t);
          if (counted_out_of_ >= 0 && figures_.back().links.out_of)
            figures_.back().trend = MovementOfCounted(tokens, t);
          if (holds_parts && figures_.back().mention == token.mention)
            counted_out_of_ = static_cast<int32_t>(figures_.size()) - 1;
          if (lead.named()) topics.DropName();
          if (placed) topics.DropAreas();
          // Go on behind the run.
          while (t + 1 < tokens.size() &&
                 tokens[t + 1].range.start < mentions_[run.mentions.back()].range.end)
            ++t;
          t = std::max(t, direction);
          lead_begin = t + 1;
          break;
        }
        default:
          break;
      }
    }
    CollectTop();
    ApplyRanking(ReadRanking(document_, mentions_, lexicon_, tokens));
  }

  // Whether the period spoken of ends before what `before` held.
  bool IsAside(const PeriodScope& before) const {
    const SpokenPeriod& now = periods_.current();
    const SpokenPeriod& then = before.current();
    return now.period && then.period && now.period->end < then.period->end;
  }

  // Whether tokens [begin, end) are a clause from its start on, and hold words alone.
  bool IsClauseWithoutNumbers(const std::vector<Token>& tokens, size_t begin, size_t end) const {
    const bool starts = begin == 0 || tokens[begin - 1].kind == Token::Kind::kComma ||
                        tokens[begin - 1].kind == Token::Kind::kSemicolon;
    return starts && begin < end &&
           std::none_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                        tokens.begin() + static_cast<std::ptrdiff_t>(end), [&](const Token& token) {
                          return token.kind == Token::Kind::kMention &&
                                 mentions_[token.mention].kind == MentionKind::kNumber;
                        });
  }

  // Notes what the sentence says of how its figures stand to others.
  void ApplyRanking(const Ranking& ranking) {
    for (size_t i = sentence_figure_; i < figures_.size(); ++i) {
      Figure& figure = figures_[i];
      const bool listed = figure.links.list >= 0;
      for (const Ranking::Extreme& extreme : ranking.extremes) {
        const FigureKind kind = extreme.share ? FigureKind::kShare : FigureKind::kGrowthRate;
        if (figure.mention != extreme.mention || figure.kind != kind || listed) continue;
        figure.links.extreme = static_cast<int8_t>(extreme.sign);
        figure.links.extreme_of_nation = extreme.nation;
      }
      if (!listed) continue;
      if (figure.kind == FigureKind::kGrowthRate || figure.kind == FigureKind::kPointChange)
        figure.links.steady = static_cast<int8_t>(ranking.steady);
      figure.links.ranked = top_count_ >= 0 && figure.kind == FigureKind::kLevel &&
                            !figure.links.sum_of_list &&
                            figure.indicator == figures_[top_count_].indicator;
    }
  }

  // Takes the period at token `t` into account: 到2027年 makes what follows a target.
  void ReadPeriod(const std::vector<Token>& tokens, size_t t) {
    if (UnchangedFollows(tokens, t)) return;  // 增速与一季度持平 only compares
    const Mention mention = InSectionYear(mentions_[tokens[t].mention]);
    const Mention* to = MentionBefore(tokens, t);
    if (to != nullptr && to->cue == Cue::kTo) {
      // 从2020年到2025年: the end of a range.
      const Mention* from = MentionBefore(tokens, t - 1);
      const bool range = from != nullptr && from->kind == MentionKind::kPeriod;
      if (!range && periods_.Aim(mention)) {
        status_ = core::Status::kTarget;
        status_range_ = {to->range.start, mention.range.end};
        return;
      }
    }
    const bool aimed = status_ == core::Status::kTarget && !periods_.aiming();
    if (periods_.aiming()) status_ = core::Status::kActual;
    periods_.Speak(mention, aimed);
  }

  // Whether the clause goes on with 持平.
  bool UnchangedFollows(const std::vector<Token>& tokens, size_t t) const {
    for (++t; t < tokens.size(); ++t) {
      const Token::Kind kind = tokens[t].kind;
      if (kind == Token::Kind::kComma || kind == Token::Kind::kSemicolon) return false;
      if (kind != Token::Kind::kMention) continue;
      const Mention& mention = mentions_[tokens[t].mention];
      if (mention.kind == MentionKind::kNumber) return false;
      if (mention.kind == MentionKind::kCue && mention.cue == Cue::kUnchanged) return true;
    }
    return false;
  }

  // 全年 and 上半年 are of the year that their section is about, not that of the title.
  Mention InSectionYear(Mention mention) const {
    const int32_t year = periods_.SectionYear();
    const std::string_view key = mention.period_key;
    if (year == 0 || mention.relative || !mention.period || key.substr(0, 2) != "0/" ||
        mention.period->start.year() != mention.period->end.year()) {
      return mention;
    }
    const auto word = lexicon_.LongestPeriodWord(document_.TextOf(mention.range));
    if (word && word.info->role == lexicon::PeriodRole::kThisYear) return mention;
    Period period = *mention.period;
    const auto moved = [year](absl::CivilDay day) {
      return absl::CivilDay(absl::CivilMonth(year, day.month())) + (day.day() - 1);
    };
    // The last day of a month stays one.
    const bool month_end = absl::CivilMonth(period.end) != absl::CivilMonth(period.end + 1);
    period.start = moved(period.start);
    period.end =
        month_end ? absl::CivilDay(
                        absl::CivilMonth(moved(absl::CivilDay(absl::CivilMonth(period.end)))) + 1) -
                        1
                  : moved(period.end);
    if (period.start > period.end) period.start = period.end;
    mention.period = period;
    return mention;
  }

  // The mention right before token `t`, over a blank; nullptr when there is none.
  const Mention* MentionBefore(const std::vector<Token>& tokens, size_t t) const {
    if (t > 1 && tokens[t - 1].kind == Token::Kind::kText &&
        document_.TextOf(tokens[t - 1].range) == " ") {
      --t;
    }
    if (t == 0 || tokens[t - 1].kind != Token::Kind::kMention) return nullptr;
    return &mentions_[tokens[t - 1].mention];
  }

  // Whether the period that is spoken of was over on the day that the article bears: what was
  // striven for then has been reached.
  bool SpeaksOfThePast() const {
    const std::optional<absl::CivilDay>& date = dates_[article_];
    const SpokenPeriod& spoken = periods_.current();
    return date && spoken.period && !spoken.period->assumed && spoken.period->end <= *date &&
           periods_.SectionYear() != 0;
  }

  // Whether the word at token `t` is part of a longer name: 发展规划纲要, 战略规划、政策研究.
  bool InNounPhrase(const std::vector<Token>& tokens, size_t t) const {
    const bool joined = t > 0 && tokens[t - 1].kind == Token::Kind::kText;
    if (t + 1 >= tokens.size()) return joined;
    const Token::Kind next = tokens[t + 1].kind;
    return joined && (next == Token::Kind::kText || next == Token::Kind::kListComma);
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

  // Whether a bracket right behind a level lists what it is made of:
  // 客车90辆（大客车30辆、小客车60辆）.  Behind 其中 the list may leave things out.
  bool DividesLevel(const std::vector<Token>& tokens, size_t open) const {
    if (open == 0 || figures_.empty() || tokens[open - 1].kind != Token::Kind::kMention ||
        figures_.back().mention != tokens[open - 1].mention ||
        figures_.back().kind != FigureKind::kLevel) {
      return false;
    }
    int numbers = 0;
    for (size_t t = open + 1; t < tokens.size() && tokens[t].kind != Token::Kind::kClose; ++t) {
      if (tokens[t].kind != Token::Kind::kMention) continue;
      const Mention& mention = mentions_[tokens[t].mention];
      if (mention.kind == MentionKind::kCue && mention.cue == Cue::kIncluding) return false;
      if (mention.kind != MentionKind::kNumber) continue;
      if (mention.unit != figures_.back().unit) return false;
      ++numbers;
    }
    return numbers >= 2;
  }

  // Whether a place stands first from token `t` on, over blanks and periods.
  bool StartsWithArea(const std::vector<Token>& tokens, size_t t) const {
    for (; t < tokens.size(); ++t) {
      if (tokens[t].kind == Token::Kind::kText) {
        if (document_.TextOf(tokens[t].range) != " ") return false;
        continue;
      }
      if (tokens[t].kind != Token::Kind::kMention) return false;
      const Mention& mention = mentions_[tokens[t].mention];
      if (mention.kind == MentionKind::kArea) return true;
      if (mention.kind != MentionKind::kPeriod && mention.kind != MentionKind::kCue) return false;
    }
    return false;
  }

  // Whether the sentence begins with 其中, or with words such as 分地区看.
  bool DividesSentenceBefore(const std::vector<Token>& tokens) const {
    if (tokens.empty()) return false;
    if (tokens.front().kind == Token::Kind::kMention &&
        mentions_[tokens.front().mention].cue == Cue::kIncluding) {
      return true;
    }
    for (size_t t = 0; t < tokens.size(); ++t) {
      if (tokens[t].kind == Token::Kind::kComma) return EndsBreakdown(tokens, 0, t);
      if (tokens[t].kind == Token::Kind::kMention &&
          mentions_[tokens[t].mention].kind == MentionKind::kPeriod) {
        return false;
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
    const int32_t stop = std::max(block_figure_, LookBack());
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1; i >= stop; --i) {
      const Figure& figure = figures_[i];
      if (figure.kind != FigureKind::kLevel || figure.qualifier != Qualifier::kExact) continue;
      if (figure.links.partition >= 0) continue;
      if (figure.links.whole >= 0) continue;
      return i;
    }
    for (int32_t i = section_figure_; i < std::min(block_figure_, section_figure_ + kLookBack);
         ++i) {
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
    const int32_t stop = std::max(block_figure_, LookBack());
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1; i >= stop; --i) {
      if (figures_[i].kind != FigureKind::kLevel) continue;
      const Figure& figure = figures_[i];
      const Figure* before = i > stop ? &figures_[i - 1] : nullptr;
      // …12.6万件，上年为9.8万件，其中…: the whole is what the other is compared with.
      const bool aside = before != nullptr && before->kind == FigureKind::kLevel &&
                         before->sentence == figure.sentence && before->unit == figure.unit &&
                         before->indicator == figure.indicator && before->sector == figure.sector &&
                         before->period_key != figure.period_key;
      whole_ = aside ? i - 1 : i;
      break;
    }
  }

  // The level before this sentence that a part of a breakdown is called by: 快递业务量 of
  // 分专业类别看，同城快递业务量136.4亿件，业务收入…; -1: none.
  int32_t WholeNamedBy(const Figure& part) const {
    // 民营企业进出口 is no part of 出口: where the lexicon knows the statistic, it is the same one.
    const auto calls = [&part](const Figure& whole) {
      const std::string_view longer = part.sector.empty() ? part.indicator : part.sector;
      const std::string_view shorter = part.sector.empty() ? whole.indicator : whole.sector;
      return part.sector.empty() == whole.sector.empty() &&
             (part.sector.empty() || part.indicator == whole.indicator) && !shorter.empty() &&
             shorter.size() < longer.size() && longer.ends_with(shorter);
    };
    for (int32_t i = sentence_figure_ - 1; i >= std::max(section_figure_, LookBack()); --i) {
      const Figure& figure = figures_[i];
      if (figure.kind != FigureKind::kLevel || figure.qualifier != Qualifier::kExact ||
          figure.unit != part.unit || figure.links.partition >= 0 ||
          figure.time_period != part.time_period || figure.ref_area != part.ref_area) {
        continue;
      }
      if (calls(figure)) return i;
    }
    return -1;
  }

  // The undivided figure of the same statistic that an earlier part of the paragraph gives, before
  // `whole`; -1: none.
  int32_t NamedBefore(int32_t whole, std::string_view indicator, std::string_view unit) const {
    constexpr int32_t kBack = 8;
    if (indicator.empty() || figures_[whole].indicator == indicator) return -1;
    const int32_t stop = std::max({block_figure_, LookBack(), whole - kBack});
    for (int32_t i = whole - 1; i >= stop; --i) {
      if (figures_[i].kind == FigureKind::kLevel && figures_[i].unit == unit &&
          figures_[i].indicator == indicator && figures_[i].sector.empty() &&
          figures_[i].links.whole < 0) {
        return i;
      }
    }
    return -1;
  }

  // The words right behind a number, up to the next mark or known word: 企业 in 5家独角兽企业.
  Phrase PostNoun(const std::vector<Token>& tokens, size_t number) const {
    constexpr size_t kMaxBytes = 60;
    Phrase noun;
    for (size_t t = number + 1; t < tokens.size() && t < number + 4; ++t) {
      if (tokens[t].kind == Token::Kind::kText) {
        noun.text.append(document_.TextOf(tokens[t].range));
        if (noun.range.size() == 0) noun.range.start = tokens[t].range.start;
        noun.range.end = tokens[t].range.end;
      } else if (tokens[t].kind == Token::Kind::kMention &&
                 mentions_[tokens[t].mention].area_level == AreaLevel::kResidence) {
        // 310公里农村公路
        noun.text.append(document_.TextOf(tokens[t].range));
        if (noun.range.size() == 0) noun.range.start = tokens[t].range.start;
        noun.range.end = tokens[t].range.end;
      } else if (tokens[t].kind == Token::Kind::kMention && noun.text.empty() &&
                 (MayLeadNoun(mentions_[tokens[t].mention]) || StartsModifier(tokens, t))) {
        continue;
      } else {
        break;
      }
    }
    // 13个实现收入的税种中
    if (number + 1 < tokens.size() && StartsModifier(tokens, number + 1)) {
      const size_t modifier = noun.text.rfind(kModifierEnd);
      if (modifier == std::string::npos) return {};
      noun.text.erase(0, modifier + kModifierEnd.size());
      noun.range.start = noun.range.end - static_cast<int32_t>(noun.text.size());
    }
    noun.text = WithoutConjunctions(CleanPhrase(noun.text, lexicon_), lexicon_);
    if (IsPredicate(noun.text)) return {};
    if (noun.text.size() > kMaxBytes) noun.text.clear();  // a clause, no name
    return noun;
  }

  // Whether a verb at token `t` starts words that limit the noun behind them.
  bool StartsModifier(const std::vector<Token>& tokens, size_t t) const {
    return tokens[t].kind == Token::Kind::kMention &&
           mentions_[tokens[t].mention].cue == Cue::kVerb && t + 1 < tokens.size() &&
           tokens[t + 1].kind == Token::Kind::kText &&
           document_.TextOf(tokens[t + 1].range).find(kModifierEnd) != std::string_view::npos;
  }

  // What the clause behind a count says of those that it counts: 28个省份实现增长.  0 when it says
  // nothing, or gives a number.
  int32_t MovementOfCounted(const std::vector<Token>& tokens, size_t number) const {
    int32_t sign = 0;
    for (size_t t = number + 1; t < tokens.size(); ++t) {
      if (tokens[t].kind == Token::Kind::kText) continue;
      if (tokens[t].kind != Token::Kind::kMention) break;
      const Mention& mention = mentions_[tokens[t].mention];
      if (mention.kind == MentionKind::kNumber || mention.of_rate) return 0;
      if (mention.kind != MentionKind::kDirection) continue;
      if (sign != 0 && sign != mention.sign) return 0;
      sign = mention.sign;
    }
    return sign;
  }

  // The token of the direction word that closes the clause of percentage `number`, fillers between
  // them: 实现1.5%的正增长.  0 when there is none.
  size_t DirectionBehind(const std::vector<Token>& tokens, size_t number,
                         const Mention& mention) const {
    if (mention.unit_kind != UnitKind::kPercent) return 0;
    size_t t = number + 1;
    const auto fills = [this](const Token& token) {
      if (token.kind == Token::Kind::kText)
        return CleanPhrase(document_.TextOf(token.range), lexicon_).empty();
      return token.kind == Token::Kind::kMention && mentions_[token.mention].cue == Cue::kFiller;
    };
    while (t < tokens.size() && fills(tokens[t])) ++t;
    if ((t == number + 1 && !mention.spelled) || t >= tokens.size() ||
        tokens[t].kind != Token::Kind::kMention)
      return 0;
    const Mention& direction = mentions_[tokens[t].mention];
    if (direction.kind != MentionKind::kDirection || direction.of_rate) return 0;
    const bool closes = t + 1 == tokens.size() || (tokens[t + 1].kind != Token::Kind::kMention &&
                                                   tokens[t + 1].kind != Token::Kind::kText);
    return closes ? t : 0;
  }

  void TakeDirection(const Token& token, Lead& lead) const {
    const Mention& direction = mentions_[token.mention];
    lead.sign = direction.sign;
    lead.of_magnitude = direction.of_magnitude;
    lead.direction_adjacent = true;
    lead.to = false;
    lead.sign_range = token.range;
  }

  // Takes 中 off the noun of a count that others are counted out of: 省份中, 行业中.
  bool TakeAmongOff(std::string& noun) const {
    for (const std::string& word : lexicon_.among_words()) {
      if (noun.size() > word.size() && noun.ends_with(word)) {
        noun.resize(noun.size() - word.size());
        return true;
      }
    }
    return false;
  }

  // Whether a mention may stand between a number and the noun it counts: 30家以上企业,
  // 24项重点任务.
  static bool MayLeadNoun(const Mention& mention) {
    return mention.kind == MentionKind::kHedge ||
           (mention.kind == MentionKind::kCue &&
            (mention.cue == Cue::kSelection || mention.cue == Cue::kFiller));
  }

  // Whether a phrase starts with a verb and so says something of what was counted: 是专精特新企业.
  bool IsPredicate(std::string_view phrase) const {
    const auto word = lexicon_.LongestWord(phrase);
    return word && word.info->kind == MentionKind::kCue &&
           (word.info->cue == Cue::kVerb || word.info->cue == Cue::kReach);
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
        // 增长近三成，达29.6%
        if (!lead.named() && lead.verb && !figures_.empty() &&
            figures_.back().sentence == sentence_ &&
            figures_.back().kind == FigureKind::kGrowthRate &&
            figures_.back().qualifier != Qualifier::kExact) {
          return FigureKind::kGrowthRate;
        }
        if (lead.sign != 0 && !lead.to && !lead.verb) return FigureKind::kGrowthRate;
        const auto indicator = lexicon_.IndicatorSuffix(name.indicator);
        if (indicator && indicator.info->index) return FigureKind::kRatio;
        if (lead.basis != Basis::kNone && lead.named() && !lead.verb)
          return FigureKind::kGrowthRate;
        return FigureKind::kShare;
      }
      default: {
        if (quantity.unit.view().find('/') != std::string::npos) return FigureKind::kLevel;
        const bool directed = lead.sign != 0 && lead.direction_adjacent && !lead.to;
        if (directed &&
            (lead.basis != Basis::kNone || lead.against || compared_ || ChangesLast(quantity))) {
          return FigureKind::kChange;
        }
        // 比上年多3.41万亿元
        if (lead.against && lead.comparator_period >= 0 && !lead.to && !lead.verb)
          return FigureKind::kChange;
        return FigureKind::kLevel;
      }
    }
  }

  // What a clause without a number says of those behind it: 与2010年相比，…; 从环比看，….
  void ReadComparison(const std::vector<Token>& tokens, size_t begin, size_t end) {
    bool period = false;
    for (size_t t = begin; t < end; ++t) {
      if (tokens[t].kind != Token::Kind::kMention) continue;
      const Mention& mention = mentions_[tokens[t].mention];
      period |= mention.kind == MentionKind::kPeriod;
      if (mention.cue == Cue::kAgainst) compared_ |= period && t + 1 == end;
      if (mention.cue == Cue::kYearAgo) spoken_basis_ = Basis::kYearAgo;
      if (mention.cue == Cue::kPreviousMonth) spoken_basis_ = Basis::kPreviousMonth;
    }
  }

  // A paragraph that starts with 环比上涨0.3% goes on so, until 同比.
  void SpeakBasis(Basis printed) {
    if (printed == Basis::kYearAgo) {
      spoken_basis_ = Basis::kNone;
      year_ago_spoken_ = true;
    } else if (printed == Basis::kPreviousMonth && !year_ago_spoken_) {
      spoken_basis_ = printed;
    }
  }

  // Whether the figure before is what something of the same unit has come to: 由A增至B，增加C.
  bool ChangesLast(const Quantity& quantity) const {
    return !figures_.empty() && figures_.back().sentence == sentence_ &&
           figures_.back().links.from >= 0 && figures_.back().unit == quantity.unit;
  }

  Basis BasisOf(const Lead& lead, const Figure& figure) const {
    const FigureKind kind = figure.kind;
    const bool change = kind == FigureKind::kGrowthRate || kind == FigureKind::kPointChange ||
                        kind == FigureKind::kChange || kind == FigureKind::kMultiple;
    if (!change) return Basis::kNone;
    if (lead.above != 0 ||
        (lead.against && lead.comparator_period < 0 && lead.basis == Basis::kNone)) {
      // 快于城镇: a breakdown, not another place.
      if (lead.comparator_area >= 0 &&
          mentions_[lead.comparator_area].area_level != AreaLevel::kResidence) {
        return Basis::kArea;
      }
      return lead.comparator.empty() ? Basis::kNamed : Basis::kSector;
    }
    if (lead.against && lead.comparator_period >= 0) return Basis::kPreviousPeriod;
    if (lead.basis != Basis::kNone) return lead.basis;
    if (kind == FigureKind::kGrowthRate) {
      // Growth over several years is against the time before them.
      const bool years =
          figure.time_period && figure.time_period->end - figure.time_period->start > 366;
      return years                           ? Basis::kPreviousPeriod
             : spoken_basis_ != Basis::kNone ? spoken_basis_
                                             : Basis::kYearAgo;
    }
    return lead.basis;
  }

  // The names of a run of `count` figures.
  struct RunNames {
    std::vector<Text> areas;
    std::vector<Text> area_codes;
    std::vector<std::string> sectors;
    std::vector<std::string> indicators;  // 产量, 销量 of 产销
    std::string indicator;
    Items earlier;  // figures of the enumeration that they speak of
    size_t count = 0;
  };

  RunNames NamesOfRun(const Lead& lead, const StatisticName& name, size_t count) const {
    RunNames names;
    names.indicator = name.indicator;
    names.count = count;
    if (name.known && lead.areas.size() != count && NameEachStatistic(lead.name(), count, names))
      return names;
    for (const lexicon::Compound& compound : lexicon_.compounds()) {
      const size_t at = name.sector.find(compound.word);
      if (at == std::string::npos || compound.members.size() != count) continue;
      // 城乡居民: 城镇居民, 农村居民.
      for (const std::string& member : compound.members) {
        names.sectors.push_back(name.sector);
        names.sectors.back().replace(at, compound.word.size(), member);
      }
      return names;
    }
    if (lead.areas.size() == count) {
      for (const int32_t area : lead.areas) {
        names.areas.push_back(mentions_[area].canonical);
        names.area_codes.push_back(mentions_[area].code);
      }
      return names;
    }
    if (name.known) {
      const auto compound = lexicon_.IndicatorSuffix(name.indicator);
      if (compound && compound.info->members.size() == count) {
        names.indicators = compound.info->members;
        return names;
      }
    }
    const std::string& coordinated = name.known ? name.sector : name.indicator;
    names.sectors = SplitCoordination(coordinated, count, lexicon_);
    if (names.sectors.empty() && name.known && lead.verb && !lead.subject.empty()) {
      names.sectors = SplitCoordination(lead.subject, count, lexicon_);
    }
    if (!names.sectors.empty()) {
      if (!name.known) names.indicator.clear();
      // A statistic behind the last item belongs to all, 高技术产业和装备制造业增加值, unless they
      // have their own: 工业增加值、服务业营业收入.
      bool own = false;
      for (std::string& sector : names.sectors) {
        StatisticName item = SplitStatistic(CleanPhrase(sector, lexicon_), lexicon_);
        const bool keeps = item.known && name.known && !item.sector.empty();
        own |= keeps;
        names.indicators.push_back(keeps ? std::move(item.indicator) : names.indicator);
        sector = keeps ? std::move(item.sector) : CleanPhrase(sector, lexicon_);
      }
      if (!own) names.indicators.clear();
      // 食品和居住类: each is a 类.
      for (const std::string& tail : lexicon_.shared_tails()) {
        if (own || !names.sectors.back().ends_with(tail)) continue;
        for (std::string& sector : names.sectors) {
          if (!lexicon_.EndsLikeBreakdown(sector)) sector += tail;
        }
      }
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

  // 企业营业收入、利润总额: a statistic each; the part that the first one names holds for all.
  bool NameEachStatistic(std::string_view phrase, size_t count, RunNames& names) const {
    const std::vector<std::string> items = SplitCoordination(phrase, count, lexicon_);
    if (items.size() != count) return false;
    std::vector<std::string> indicators, sectors;
    for (const std::string& item : items) {
      StatisticName split = SplitStatistic(CleanPhrase(item, lexicon_), lexicon_);
      if (!split.known) return false;
      if (split.sector.empty() && !sectors.empty()) split.sector = sectors.back();
      // Parts of one statistic are no statistics of their own.
      if (!indicators.empty() && indicators.back() == split.indicator) return false;
      indicators.push_back(std::move(split.indicator));
      sectors.push_back(std::move(split.sector));
    }
    names.indicators = std::move(indicators);
    names.sectors = std::move(sectors);
    return true;
  }

  // The last `count` levels of this paragraph that differ in area, or in sector.
  Items RecentDistinct(size_t count) const {
    Items found;
    const int32_t stop = std::max(block_figure_, LookBack());
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1; i >= stop && found.size() < count;
         --i) {
      const Figure& figure = figures_[i];
      if (figure.kind != FigureKind::kLevel || figure.links.sum_of_list) continue;
      if (!found.empty()) {
        const Figure& next = figures_[found.back()];
        if (figure.unit != next.unit && figure.sentence != next.sentence) break;
        if (figure.ref_area == next.ref_area && figure.sector == next.sector &&
            figure.indicator == next.indicator) {
          break;
        }
      }
      found.push_back(i);
    }
    if (found.size() != count) return {};
    std::reverse(found.begin(), found.end());
    return found;
  }

  // What names the figures of a run: the clause itself, the clause before, which had no number, or
  // for things that are counted the noun behind the number.
  StatedName StateName(const Quantity& quantity, const Lead& lead, const Phrase& topic,
                       const Phrase& post_noun) const {
    StatedName stated;
    std::string_view words = lead.name();
    stated.range = lead.name_range;
    stated.own = !words.empty();
    // 16万儿童 counts without a counting word.
    const bool counts = quantity.unit_kind == UnitKind::kCount ||
                        quantity.unit_kind == UnitKind::kPlace || quantity.unit.empty();
    const bool amounts = counts || quantity.unit_kind == UnitKind::kCurrency ||
                         quantity.unit_kind == UnitKind::kMeasure;
    auto take = [&](const Phrase& other, bool carried) {
      words = other.text;
      stated.range = other.range;
      stated.own = true;
      stated.carried = carried;
    };
    const bool plain = lead.rate_noun == 0 && !lead.share_of && !lead.share_noun &&
                       lead.sign == 0 && !lead.sum && !lead.respectively && !lead.contribution;
    if (lead.in_brackets && !lead.areas.empty() && !topic.empty()) {
      take(topic, true);
    } else if (stated.own) {
      // 出台11条措施: what is counted stands behind; the words before only say what was done.
      constexpr size_t kVerbBytes = 6;  // two characters: 建设, 改造
      const bool verb_alone =
          amounts && words.size() <= kVerbBytes && !lexicon_.EndsLikeBreakdown(words);
      if ((counts || verb_alone) && !post_noun.empty() && !lexicon_.IndicatorSuffix(words))
        take(post_noun, false);
    } else if (plain && !post_noun.empty() &&
               (amounts || quantity.unit_kind == UnitKind::kPercent)) {
      // 95.6%的公立医院: a share of the noun behind it.
      take(post_noun, false);
    } else if (plain && quantity.unit_kind == UnitKind::kPercent && post_noun.range.size() > 0) {
      // Of something behind it that cannot be named, and not of what was spoken of.
      stated.own = true;
    } else if (!topic.empty() &&
               (plain || subject_.indicator.empty() ||
                (!SameSentence() && NamesStatistic(topic.text))) &&
               !(lead.verb && SameSentence() && LevelIn(quantity.unit))) {
      // Not for 累计达到1100座 behind 新增127座: another level of the same.
      take(topic, true);
    } else if (!post_noun.empty() && subject_.indicator.empty()) {
      take(post_noun, false);
    }
    stated.statistic = SplitStatistic(words, lexicon_);
    StatisticName& name = stated.statistic;
    if (stated.own && name.sector.empty() && lead.verb && !lead.object.empty() &&
        !lead.subject.empty() && words == lead.object) {
      name.sector = lead.subject;
      stated.topical = true;
    }
    if (name.known || !stated.own) return stated;
    if (const auto fronted = lexicon_.FrontedIndicator(name.indicator);
        fronted && static_cast<size_t>(fronted.size) < name.indicator.size()) {
      // 出口机电产品: the statistic stands before what it is of.
      name.sector = CleanPhrase(std::string_view(name.indicator).substr(fronted.size), lexicon_);
      name.indicator = std::string(std::string_view(name.indicator).substr(0, fronted.size));
      name.known = true;
    } else if (!counts && !subject_.indicator.empty() &&
               lexicon_.EndsLikeBreakdown(name.indicator) && SubjectFits(quantity)) {
      // …增加值增长6.5%，股份制企业增长6.9%: a part of the statistic spoken of.
      stated.breakdown = true;
      name.sector = std::move(name.indicator);
      name.indicator = subject_.indicator;
    }
    return stated;
  }

  // Whether the statistic that is spoken of was last given in `unit`.
  bool LevelIn(std::string_view unit) const {
    return subject_.level >= 0 && figures_[subject_.level].unit == unit;
  }

  // Whether a part in this unit can be of the statistic that is spoken of: a rate of any, an amount
  // of one in the same unit.
  bool SubjectFits(const Quantity& quantity) const {
    if (!lexicon_.IndicatorSuffix(subject_.indicator)) return false;
    if (quantity.unit_kind == UnitKind::kPercent || quantity.unit_kind == UnitKind::kPoint)
      return true;
    return LevelIn(quantity.unit);
  }

  // 获评全国示范性社区52个: what is counted is the report's own, the nation is part of its name.
  void DropNation(std::vector<int32_t>& areas) const {
    const Mention& area = mentions_[areas.back()];
    if (areas.size() == 1 && area.area_level == AreaLevel::kNation &&
        home().area != area.canonical) {
      areas.clear();
    }
  }

  // 制造业增速最快，高于全省1.1个百分点 goes back to the rate of 制造业, past those after it.
  void SpeakOf(std::string_view topic) {
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1;
         i >= std::max(block_figure_, LookBack()); --i) {
      const Figure& figure = figures_[i];
      if (figure.kind != FigureKind::kGrowthRate || figure.sector.empty() ||
          !topic.starts_with(figure.sector.view())) {
        continue;
      }
      subject_.indicator = figure.indicator;
      subject_.sector = figure.sector;
      subject_.area = figure.ref_area;
      subject_.area_code = figure.ref_area_code;
      subject_.figure = i;
      subject_.rate = i;
      subject_.level = figure.links.level;
      return;
    }
  }

  void MakeFigures(const NumberRun& run, Lead& lead, const Phrase& topic, const Phrase& post_noun,
                   bool including) {
    const Quantities quantities = RunQuantities(document_, mentions_, run);
    if (std::none_of(quantities.begin(), quantities.end(),
                     [](const Quantity& q) { return q.figure; })) {
      if (!IndexFits(run, lead)) return;
      MakeIndex(run, lead);
      return;
    }
    if (quantities.front().unit_kind == UnitKind::kPoint && !SameSentence() && !lead.named())
      SpeakOf(topic.text);
    const StatedName stated = StateName(quantities.front(), lead, topic, post_noun);
    const StatisticName& name = stated.statistic;
    const bool own_name = stated.own;
    const size_t count = run.mentions.size();
    const bool listed = count >= 2;
    const int32_t list = listed ? next_list_++ : -1;
    RunNames names;
    if (listed) names = NamesOfRun(lead, own_name ? name : StatisticName{}, count);
    if (own_name && quantities.front().unit_kind == UnitKind::kCount && !lead.areas.empty())
      DropNation(lead.areas);
    const Mention& last = mentions_[run.mentions.back()];
    Items made;
    for (size_t i = 0; i < count; ++i) {
      if (!quantities[i].figure) continue;
      const int32_t index = static_cast<int32_t>(figures_.size());
      Figure figure = Place(run.mentions[i]);
      figure.kind = KindOf(lead, quantities[i], name, run.ratio);
      figure.value = quantities[i].value;
      figure.quantum = quantities[i].quantum;
      figure.unit = quantities[i].unit;
      ApplySign(lead, mentions_[run.mentions[i]], figure);
      periods_.Apply(lead.year_before, figure);
      figure.basis = BasisOf(lead, figure);
      figure.comparator = lead.comparator;
      int32_t comparator_period = lead.comparator_period;
      if (listed && lead.above == 0 && lead.comparisons.size() == count &&
          figure.basis != Basis::kNone) {
        const Lead::Comparison& comparison = lead.comparisons[i];
        figure.basis = comparison.basis;
        figure.comparator = comparison.period < 0 ? "" : document_.TextOf(comparison.range);
        comparator_period = comparison.period;
      }
      if (comparator_period >= 0) figure.comparator_period = mentions_[comparator_period].period;
      if (figure.kind == FigureKind::kShare) {
        const bool after = lead.to && after_points_ && lead.base.empty();
        figure.base = after ? points_base_ : Text(lead.base);
        figure.base_limited = lead.base_limited;
      }
      if (figure.kind == FigureKind::kPointChange) {
        // 占全国比重提升2.2个百分点至34.2%: the end is a share of the same base.
        if (lead.share_of || lead.share_noun) last_percent_ = FigureKind::kShare;
        points_base_ = lead.base;
      }
      figure.qualifier = QualifierOf(lead, mentions_[run.mentions[i]], i);
      figure.status = status_;
      figure.comparable_basis =
          lead.comparable || (comparable_ && figure.kind == FigureKind::kGrowthRate);
      NameFigure(lead, stated, names, i, including, figure);
      Witness(lead, mentions_[run.mentions[i]], last, quantities[i].inherited, figure);
      LookAhead(figure);
      Link(lead, own_name, names, i, figure);
      if (RepeatsInBrackets(figure)) TakeChange(figures_.back(), figure);
      if (lead.share_of_growth) figure.links.level = -1;
      if (figure.kind == FigureKind::kLevel && lead.direction_adjacent && !lead.to)
        figure.links.moved = static_cast<int8_t>(lead.sign);
      if (figure.links.moved != 0 && !own_name && lead.areas.empty()) MakeChange(figure);
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
      if (figure.kind == FigureKind::kGrowthRate && lead.above == 0 && !lead.against)
        SpeakBasis(lead.basis);
      if (figure.kind == FigureKind::kGrowthRate && trend_ != 0) {
        if (!listed && TrendSpeaksOf(figure)) figure.trend = trend_;
        trend_ = 0;
      }
      made.push_back(index);
      figures_.push_back(std::move(figure));
      Follow(index, lead, stated);
    }
    if (listed && made.size() == count) {
      if (figures_[made.front()].kind == FigureKind::kLevel) enumeration_ = made;
      if (figures_[made.front()].kind == FigureKind::kGrowthRate) rate_enumeration_ = made;
    }
    after_points_ = !made.empty() && figures_[made.back()].kind == FigureKind::kPointChange;
    CollectNames(lead, made);
  }

  // The figure of this sentence that the number at token `number` bounds, or -1: 增长8.1%，…，
  // 一直保持在8%以上.
  int32_t KeptFigure(const std::vector<Token>& tokens, size_t begin, size_t number,
                     const Lead& lead, const NumberRun& run) const {
    if (!lead.verb || lead.named() || !lead.areas.empty() || lead.share_of || lead.contribution ||
        lead.sign != 0 || run.mentions.size() != 1 || number + 1 >= tokens.size()) {
      return -1;
    }
    const Token& behind = tokens[number + 1];
    if (behind.kind != Token::Kind::kMention) return -1;
    const Mention& hedge = mentions_[behind.mention];
    if (hedge.kind != MentionKind::kHedge || !hedge.behind ||
        (hedge.qualifier != Qualifier::kOver && hedge.qualifier != Qualifier::kAlmost)) {
      return -1;
    }
    const auto& keeping = lexicon_.keeping_words();
    const bool keeps =
        std::any_of(tokens.begin() + static_cast<ptrdiff_t>(begin),
                    tokens.begin() + static_cast<ptrdiff_t>(number), [&](const Token& token) {
                      return token.kind == Token::Kind::kMention &&
                             std::find(keeping.begin(), keeping.end(),
                                       document_.TextOf(token.range)) != keeping.end();
                    });
    if (!keeps) return -1;
    for (int32_t i = static_cast<int32_t>(figures_.size()) - 1; i >= sentence_figure_; --i) {
      const Figure& figure = figures_[i];
      if (figure.unit != mentions_[run.mentions.front()].unit || figure.links.bounds >= 0 ||
          figure.kind == FigureKind::kChange) {
        continue;
      }
      if (lead.rate_noun != 0 && figure.kind != FigureKind::kGrowthRate) continue;
      if (lead.share_noun && figure.kind != FigureKind::kShare) continue;
      return figure.qualifier == Qualifier::kExact && figure.links.list < 0 ? i : -1;
    }
    return -1;
  }

  // Whether words follow from token `t` on, past hedges, before the next mark.
  bool GoesOnBehind(const std::vector<Token>& tokens, size_t t) const {
    while (t < tokens.size() && tokens[t].kind == Token::Kind::kMention &&
           mentions_[tokens[t].mention].kind == MentionKind::kHedge) {
      ++t;
    }
    return t < tokens.size() &&
           (tokens[t].kind == Token::Kind::kText || tokens[t].kind == Token::Kind::kMention);
  }

  // A bound that figure `kept` keeps, and that says nothing of its own.
  void MakeBound(const NumberRun& run, const Lead& lead, int32_t kept) {
    const Quantity quantity = RunQuantities(document_, mentions_, run).front();
    if (!quantity.figure) return;
    const int32_t mention = run.mentions.front();
    Figure figure = figures_[kept];
    const Figure place = Place(mention);
    figure.range = place.range;
    figure.mention = mention;
    figure.content = place.content;
    figure.digits = place.digits;
    figure.value = figure.value.sign() < 0 ? -quantity.value : quantity.value;
    figure.quantum = quantity.quantum;
    figure.trend = 0;
    figure.names.clear();
    figure.links = {};
    figure.links.bounds = kept;
    figure.links.level = figures_[kept].links.level;
    Witness(lead, mentions_[mention], mentions_[mention], quantity.inherited, figure);
    for (const Attribute attribute :
         {Attribute::kKind, Attribute::kIndicator, Attribute::kSector, Attribute::kRefArea,
          Attribute::kTimePeriod, Attribute::kBasis}) {
      figure.evidence.Carry(attribute, figures_[kept].evidence);
    }
    figures_.push_back(std::move(figure));
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
    figure.mention = mention;
    figure.content = Content(mentions_[mention].range);
    if (!mentions_[mention].spelled) figure.digits = Digits(mentions_[mention].digits);
    figure.article = article_;
    figure.block = block_;
    figure.sentence = sentence_;
    const BlockKind kind = document_.blocks[block_].kind;
    const UnitKind unit_kind = mentions_[mention].unit_kind;
    figure.counted = unit_kind == UnitKind::kCount || unit_kind == UnitKind::kPlace;
    figure.heading = kind == BlockKind::kHeading || kind == BlockKind::kCaption || IsEntry(block_);
    figure.copy = copy_[block_] || IsEntry(block_);
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
    return index == 0 || lead.respectively ? lead.hedge : Qualifier::kExact;
  }

  void NameFigure(const Lead& lead, const StatedName& stated, const RunNames& names, size_t i,
                  bool including, Figure& figure) const {
    NameArea(lead, stated.own, names, i, figure);
    // Statistic and breakdown.
    core::FigureEvidence& evidence = figure.evidence;
    if (!names.earlier.empty()) {
      const Figure& earlier = figures_[names.earlier[i]];
      figure.indicator = earlier.indicator;
      figure.generic = earlier.generic;
      figure.sector = earlier.sector;
      evidence.Carry(Attribute::kIndicator, earlier.evidence);
      evidence.Carry(Attribute::kSector, earlier.evidence);
      return;
    }
    const StatisticName& name = stated.statistic;
    const Origin origin = stated.carried ? Origin::kCarried : Origin::kPrinted;
    if (!stated.own) {
      figure.generic = subject_.figure >= 0 && figures_[subject_.figure].generic;
      figure.indicator = subject_.indicator;
      figure.sector = subject_.sector;
      CarrySubject(Attribute::kIndicator, figure);
      CarrySubject(Attribute::kSector, figure);
    } else {
      figure.indicator = name.indicator;
      figure.sector = name.sector;
      figure.generic = name.generic;
      if (stated.breakdown) {
        CarrySubject(Attribute::kIndicator, figure);
      } else {
        evidence.Set(Attribute::kIndicator, stated.range, origin);
      }
      if (!figure.sector.empty()) {
        evidence.Set(Attribute::kSector, stated.topical ? lead.subject_range : stated.range,
                     origin);
      }
      // 其中住宅443.4万平方米: a breakdown alone is of the statistic that it divides.
      if (including && !name.known && !stated.breakdown && whole_ >= 0 &&
          figure.kind == FigureKind::kLevel && figure.unit == figures_[whole_].unit) {
        figure.sector = name.indicator;
        figure.indicator = figures_[whole_].indicator;
        evidence.Set(Attribute::kSector, stated.range, origin);
        evidence.Carry(Attribute::kIndicator, figures_[whole_].evidence);
      } else if (figure.sector.empty() && name.known && SameSentence() && subject_.topical) {
        figure.sector = subject_.sector;
        CarrySubject(Attribute::kSector, figure);
      }
    }
    if (!names.indicators.empty()) {
      figure.indicator = names.indicators[i];
      if (!names.sectors.empty()) figure.sector = names.sectors[i];
    } else if (!names.sectors.empty()) {
      figure.sector = names.sectors[i];
      evidence.Set(Attribute::kSector, stated.range, origin);
      if (names.indicator.empty()) {
        // Parts of the statistic spoken of, or statistics of their own: 立案数、事故数.
        const bool part = !subject_.indicator.empty() && lexicon_.EndsLikeBreakdown(figure.sector);
        figure.indicator = part ? subject_.indicator : figure.sector;
        if (part) {
          CarrySubject(Attribute::kIndicator, figure);
        } else {
          figure.sector.clear();
          evidence.Set(Attribute::kIndicator, stated.range, origin);
        }
      } else {
        figure.indicator = names.indicator;
      }
    }
    // 拉动GDP增长: what is contributed to.
    if (figure.kind == FigureKind::kContribution && !lead.contributes_to.empty()) {
      if (figure.sector.empty()) {
        figure.sector = figure.indicator;
        evidence.Carry(Attribute::kSector, evidence);
      }
      figure.indicator = lead.contributes_to;
      figure.generic = false;
      evidence.Set(Attribute::kIndicator, lead.kind_range, Origin::kPrinted);
    }
  }

  void NameArea(const Lead& lead, bool own_name, const RunNames& names, size_t i,
                Figure& figure) const {
    core::FigureEvidence& evidence = figure.evidence;
    if (!names.areas.empty()) {
      figure.ref_area = names.areas[i];
      figure.ref_area_code = names.area_codes[i];
      evidence.Set(Attribute::kRefArea, mentions_[lead.areas[i]].range, Origin::kPrinted);
    } else if (!names.earlier.empty()) {
      const Figure& earlier = figures_[names.earlier[i]];
      figure.ref_area = earlier.ref_area;
      figure.ref_area_code = earlier.ref_area_code;
      evidence.Carry(Attribute::kRefArea, earlier.evidence);
    } else if (!lead.areas.empty()) {
      SetArea(lead.areas, figure);
    } else if (!subject_.area.empty() && (!own_name || SameSentence())) {
      figure.ref_area = subject_.area;
      figure.ref_area_code = subject_.area_code;
      CarrySubject(Attribute::kRefArea, figure);
    } else {
      SetHome(figure);
    }
  }

  void SetHome(Figure& figure) const {
    figure.ref_area = home().area;
    figure.ref_area_code = home().code;
    figure.evidence.Set(Attribute::kRefArea, home().range,
                        home().range.size() > 0 ? Origin::kCarried : Origin::kAssumed);
  }

  void CarrySubject(Attribute attribute, Figure& figure) const {
    if (subject_.figure >= 0) figure.evidence.Carry(attribute, figures_[subject_.figure].evidence);
  }

  // Whether `figure`, alone in brackets, says once more what the one before it says, in another
  // unit: 减少500千公顷（750万亩）.
  bool RepeatsInBrackets(const Figure& figure) const {
    if (figures_.empty() || figure.kind != FigureKind::kLevel) return false;
    const Figure& before = figures_.back();
    if (before.kind != FigureKind::kChange || before.sentence != figure.sentence ||
        before.unit == figure.unit || before.range.end > figure.range.start) {
      return false;
    }
    const std::string_view open = document_.TextOf({before.range.end, figure.range.start});
    const std::string_view rest = std::string_view(document_.text).substr(figure.range.end);
    return (open == "（" || open == "(") && (rest.starts_with("）") || rest.starts_with(")"));
  }

  // 收入221亿元，增收37.4亿元: by how much the level before it moved.
  void MakeChange(Figure& figure) const {
    const int32_t at = subject_.level;
    if (at < 0 || figures_[at].sentence != figure.sentence || figures_[at].unit != figure.unit ||
        figures_[at].value <= figure.value || figures_[at].indicator != figure.indicator ||
        figures_[at].sector != figure.sector) {
      return;
    }
    figure.kind = FigureKind::kChange;
    if (figure.links.moved < 0) figure.value = -figure.value;
    figure.links.moved = 0;
    figure.links.level = at;
  }

  // Makes `figure` a change as `change` is one.
  static void TakeChange(const Figure& change, Figure& figure) {
    figure.kind = FigureKind::kChange;
    if (change.value.sign() < 0) figure.value = -figure.value;
    figure.basis = change.basis;
    figure.comparator = change.comparator;
    figure.comparator_period = change.comparator_period;
    figure.links = {};
    figure.links.level = -1;
    for (const Attribute attribute : {Attribute::kKind, Attribute::kSign, Attribute::kBasis})
      figure.evidence.Carry(attribute, change.evidence);
  }

  // What is to happen after the day that the article bears has not been measured yet.
  void LookAhead(Figure& figure) const {
    constexpr int kSlackDays = 31;  // releases may be dated before their period is over
    const std::optional<absl::CivilDay>& date = dates_[article_];
    if (!date || figure.status != core::Status::kActual || !figure.time_period ||
        figure.time_period->assumed || figure.time_period->end <= *date + kSlackDays) {
      return;
    }
    figure.status = core::Status::kTarget;
    figure.evidence.Set(Attribute::kStatus, figure.evidence.range(Attribute::kTimePeriod),
                        Origin::kAssumed);
  }

  // Notes which words gave the number and what the lead says of it.
  void Witness(const Lead& lead, const Mention& mention, const Mention& last, bool inherited,
               Figure& figure) const {
    core::FigureEvidence& evidence = figure.evidence;
    auto set = [&](Attribute attribute, TextRange range, Origin absent = Origin::kNone) {
      evidence.Set(attribute, range, range.size() > 0 ? Origin::kPrinted : absent);
    };
    set(Attribute::kNumber, mention.digits);
    if (inherited) {
      evidence.Set(Attribute::kUnit, {last.digits.end, last.range.end}, Origin::kCarried);
    } else {
      set(Attribute::kUnit, {mention.digits.end, mention.range.end});
    }
    switch (figure.kind) {
      case FigureKind::kGrowthRate:
      case FigureKind::kPointChange:
      case FigureKind::kChange:
        set(Attribute::kKind, lead.kind_range.size() > 0 ? lead.kind_range : lead.sign_range);
        set(Attribute::kSign, lead.sign_range);
        break;
      case FigureKind::kShare:
      case FigureKind::kContribution:
        set(Attribute::kKind, lead.kind_range);
        break;
      default:
        break;
    }
    if (figure.basis != Basis::kNone) set(Attribute::kBasis, lead.basis_range, Origin::kAssumed);
    if (!figure.base.empty()) set(Attribute::kBase, lead.base_range);
    if (figure.qualifier != Qualifier::kExact) {
      set(Attribute::kQualifier,
          mention.qualifier != Qualifier::kExact ? mention.range : lead.hedge_range);
    }
    if (status_ != core::Status::kActual) set(Attribute::kStatus, status_range_);
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
        figure.evidence.Set(Attribute::kRefArea,
                            {mentions_[areas.front()].range.start, last.range.end},
                            Origin::kPrinted);
        figure.ref_area = joined;
        return;
      }
    }
    figure.evidence.Set(Attribute::kRefArea, last.range, Origin::kPrinted);
    if (last.area_level == AreaLevel::kHome) {
      if (const Mention* place = PlaceOfParagraph(last); place != nullptr) {
        figure.ref_area = place->canonical;
        figure.ref_area_code = place->code;
        return;
      }
      figure.ref_area = home().area;
      figure.ref_area_code = home().code;
      return;
    }
    figure.ref_area = last.canonical;
    figure.ref_area_code = last.code;
  }

  // The place that opens the paragraph, when it is one of those that `word` stands for:
  // 开封市…。全市….
  const Mention* PlaceOfParagraph(const Mention& word) const {
    constexpr int32_t kOpeningBytes = 24;  // 2022年，
    const lexicon::WordInfo* const known = lexicon_.FindWord(word.canonical);
    if (known == nullptr || known->area < 0) return nullptr;
    const AreaLevel level = lexicon_.area(known->area).home_of;
    const TextRange block = document_.blocks[block_].range;
    const auto first = std::lower_bound(
        mentions_.begin(), mentions_.end(), block.start,
        [](const Mention& mention, int32_t start) { return mention.range.start < start; });
    for (auto at = first; at != mentions_.end() && at->range.start < word.range.start &&
                          at->range.start - block.start <= kOpeningBytes;
         ++at) {
      if (at->kind != MentionKind::kArea) continue;
      if (at->area_level != level) return nullptr;
      // Another of its sort on the way, and nobody knows which is meant.
      for (auto other = at; other != mentions_.end() && other->range.start < word.range.start;
           ++other) {
        if (other->kind == MentionKind::kArea && other->area_level == level &&
            other->canonical != at->canonical)
          return nullptr;
      }
      return &*at;
    }
    return nullptr;
  }

  // The rate of the statistic that `figure` names itself: `rate`, if it is of that, or one before;
  // -1: none. 服务价格涨幅高于消费品0.8个百分点 behind CPI同比上涨0.8%.
  int32_t RateNamed(int32_t rate, const Figure& figure) const {
    const auto same = [&](const Figure& other) {
      return other.kind == FigureKind::kGrowthRate && other.indicator == figure.indicator &&
             other.sector == figure.sector;
    };
    const Figure& spoken = figures_[rate];
    const bool known =
        lexicon_.IndicatorSuffix(figure.indicator) && lexicon_.IndicatorSuffix(spoken.indicator);
    if (!known || same(spoken) || spoken.ref_area != figure.ref_area) return rate;
    for (int32_t i = rate - 1; i >= std::max(LookBack(), 0); --i) {
      if (same(figures_[i]) && figures_[i].ref_area == figure.ref_area) return i;
    }
    return -1;
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
          if (own_name && !of_share && links.rate >= 0) links.rate = RateNamed(links.rate, figure);
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
    if (figure.counted && counted_out_of_ >= 0 && figures_[counted_out_of_].unit == figure.unit) {
      links.whole = counted_out_of_;
      links.out_of = true;
    } else if (figure.kind == FigureKind::kLevel) {
      if (whole_ >= 0 && figures_[whole_].unit == figure.unit && figures_[whole_].block == block_) {
        // 机动车保有量…，新注册…，其中私人汽车保有量…: of what it is called.
        const std::string_view called =
            figure.indicator == figures_[whole_].indicator ? figure.sector : figure.indicator;
        const int32_t named = NamedBefore(whole_, called, figure.unit);
        links.whole = named >= 0 ? named : whole_;
      }
      if (sentence_partition_ >= 0 && links.whole < 0) {
        const bool same_unit =
            partition_whole_ >= 0 && figures_[partition_whole_].unit == figure.unit;
        // A level of another paragraph is the whole only when none is called like the part.
        int32_t whole = same_unit && partition_whole_ >= block_figure_ ? partition_whole_
                                                                       : WholeNamedBy(figure);
        if (whole < 0 && same_unit) whole = partition_whole_;
        if (whole >= 0) {
          links.partition = sentence_partition_;
          links.whole = whole;
        }
      }
      const Items& items = bracketed_.size() >= 2 ? bracketed_ : enumeration_;
      const int counted = lead.sum && !lead.in_brackets ? CountIn(lead.name()) : 0;
      links.sum_of_list = lead.sum && !items.empty() && !lead.in_brackets &&
                          (counted == 0 || static_cast<size_t>(counted) == items.size());
      if (!links.sum_of_list) links.sum_of = static_cast<int8_t>(counted);
      if (links.sum_of_list) {
        links.list = figures_[items.front()].links.list;
        if (links.whole >= 0 && figures_[links.whole].links.list == links.list) links.whole = -1;
        figure.ref_area = AreasOf(items);
        figure.ref_area_code.clear();
      }
    }
  }
  // How many things a name counts, from two on: 三者, 以上四项支出; 0 when it does not, or says
  // which one: 第三产业.
  int CountIn(std::string_view name) const {
    constexpr int64_t kMost = 31;
    constexpr size_t kCharacter = 3;  // bytes
    // Only the first byte of a character begins a numeral.
    for (size_t at = 0; at < name.size(); ++at) {
      const auto numeral = lexicon_.LongestNumeral(name.substr(at));
      if (!numeral) continue;
      const lexicon::WordInfo* before =
          at < kCharacter ? nullptr : lexicon_.FindWord(name.substr(at - kCharacter, kCharacter));
      const bool ordinal = before != nullptr && before->cue == Cue::kLabel;
      const bool counts = !ordinal && numeral.info->power == 0 && numeral.info->value >= 2 &&
                          numeral.info->value <= kMost;
      return counts ? static_cast<int>(numeral.info->value) : 0;
    }
    return 0;
  }

  // 北京、上海, of the figures of a list; their own area when they share one.
  std::string AreasOf(const Items& items) const {
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
  void Follow(int32_t index, const Lead& lead, const StatedName& stated) {
    const Figure& figure = figures_[index];
    if (lead.in_brackets && !lead.areas.empty()) {
      return;
    }
    if (figure.kind == FigureKind::kPointChange || figure.kind == FigureKind::kContribution) return;
    if (figure.kind == FigureKind::kChange) return;
    // …2463亿元，上年同期为2289亿元，同比增长7.6%: the rate is of the first.
    if (figure.kind == FigureKind::kLevel && lead.year_before && !stated.own &&
        subject_.level >= 0 && figures_[subject_.level].sentence == sentence_ &&
        figures_[subject_.level].unit == figure.unit) {
      return;
    }
    const bool new_subject = stated.own || !lead.areas.empty();
    if (figure.kind == FigureKind::kLevel || new_subject) {
      subject_.indicator = figure.indicator;
      subject_.sector = figure.sector;
      subject_.area = figure.ref_area;
      subject_.area_code = figure.ref_area_code;
      subject_.figure = index;
      if (stated.own)
        subject_.topical = stated.topical || (subject_.topical && stated.statistic.sector.empty());
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
  void CollectNames(const Lead& lead, const Items& made) {
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

  // The items of the list beside the count at token `number`: before it when the noun that it
  // counts says so, else behind a colon.
  void CountItems(const std::vector<Token>& tokens, size_t number) {
    // No list is longer, so that many counts in one sentence cost no more than linear time.
    constexpr size_t kMostTokens = 256;
    constexpr size_t kMostBytes = 4096;
    Figure* count = figures_.empty() ? nullptr : &figures_.back();
    if (count == nullptr || count->mention != tokens[number].mention || !count->counted ||
        !count->names.empty() || count->sentence < 0 ||
        count->qualifier != core::Qualifier::kExact || count->quantum != core::Decimal(1)) {
      return;
    }
    // At most 99; more are not listed.
    if (count->digits.empty() || count->digits.size() > 2) return;
    int64_t stated = 0;
    for (const char digit : count->digits) {
      if (digit < '0' || digit > '9') return;
      stated = 10 * stated + (digit - '0');
    }
    const core::TextRange sentence = document_.sentences[count->sentence].range;
    const std::string_view behind = document_.TextOf({count->range.end, sentence.end});
    const auto& nouns = lexicon_.listing_nouns();
    const bool words = number + 1 < tokens.size() && tokens[number + 1].kind == Token::Kind::kText;
    const std::string_view phrase =
        words ? document_.TextOf(tokens[number + 1].range) : std::string_view();
    if (std::any_of(nouns.begin(), nouns.end(), [&](const std::string& noun) {
          return behind.starts_with(noun) || phrase.ends_with(noun);
        })) {
      const auto ends_list = [](const Token& token) {
        return token.kind != Token::Kind::kText && token.kind != Token::Kind::kMention &&
               token.kind != Token::Kind::kListComma;
      };
      size_t first = number;
      while (first > 0 && number - first < kMostTokens && !ends_list(tokens[first - 1])) --first;
      if (number - first == kMostTokens) return;
      const int32_t start = first == 0 ? sentence.start : tokens[first - 1].range.end;
      std::string_view clause = document_.TextOf({start, count->range.start});
      if (clause.size() > kMostBytes) return;
      bool open = false;
      for (const std::string& word : lexicon_.listing_ends()) {
        if (!clause.ends_with(word)) continue;
        clause.remove_suffix(word.size());
        open = true;
      }
      count->names = ItemsBefore(clause, open, stated, lexicon_);
      return;
    }
    size_t colon = number + 1;
    if (colon < tokens.size() && tokens[colon].kind == Token::Kind::kText) ++colon;
    if (colon >= tokens.size() || tokens[colon].kind != Token::Kind::kColon) return;
    std::string_view rest = document_.TextOf({tokens[colon].range.end, sentence.end});
    constexpr std::string_view kStop = "。";
    if (rest.size() > kMostBytes) return;
    if (rest.ends_with(kStop)) rest.remove_suffix(kStop.size());
    count->names = ItemsBehind(rest, stated, lexicon_);
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
      if (t + 1 == number && token.range.size() == 1) continue;  // a blank: 贵州 3个
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
    StatedName stated;
    stated.statistic = SplitStatistic(lead.name(), lexicon_);
    stated.range = lead.name_range;
    stated.own = true;
    periods_.Apply(lead.year_before, figure);
    NameFigure(lead, stated, {}, 0, false, figure);
    Witness(lead, mention, mention, false, figure);
    subject_ = {};
    subject_.indicator = figure.indicator;
    subject_.sector = figure.sector;
    subject_.area = figure.ref_area;
    subject_.area_code = figure.ref_area_code;
    subject_.figure = static_cast<int32_t>(figures_.size());
    figures_.push_back(std::move(figure));
  }

  void ResolveTable(const Block& block, int32_t first, int32_t count) {
    TableContext context;
    const SpokenPeriod& spoken = periods_.around();
    context.period = spoken.period;
    context.period_key = spoken.key;
    context.area = home().area;
    context.area_code = home().code;
    context.area_range = home().range;
    context.period_range = spoken.range;
    context.article = article_;
    context.block = block_;
    ResolveTableFigures(document_, mentions_, lexicon_, block.table, first, count, context,
                        figures_);
  }

  const Document& document_;
  const std::vector<Mention>& mentions_;
  const Lexicon& lexicon_;
  std::vector<Figure> figures_;
  std::vector<bool> copy_;                            // by block
  std::vector<int32_t> contents_;                     // by block; see FindContents
  std::vector<Home> homes_;                           // by article
  std::vector<std::optional<absl::CivilDay>> dates_;  // by article
  const core::Cancellation* const cancellation_;

  // Carried along.
  int32_t article_ = -1;
  int32_t block_ = -1;
  int32_t sentence_ = -1;
  int32_t section_figure_ = 0;  // first figure of the section, block, sentence
  int32_t block_figure_ = 0;
  int32_t sentence_figure_ = 0;
  PeriodScope periods_;
  bool comparable_ = false;  // the sentence said 扣除价格因素
  core::Status status_ = core::Status::kActual;
  TextRange status_range_;  // the word that made it so
  Subject subject_;
  FigureKind last_percent_ = FigureKind::kGrowthRate;
  Text points_base_;           // of the last change in points
  bool after_points_ = false;  // the last figure was a change in points: "提升2.2个百分点至34.2%"
  int32_t whole_ = -1;         // what 其中 divides
  int32_t partition_whole_ = -1;
  int32_t sentence_partition_ = -1;
  int32_t next_partition_ = 0;
  int32_t next_list_ = 0;
  Items enumeration_;       // the figures of the last 分别 list of levels
  Items rate_enumeration_;  // and of rates
  int32_t trend_ = 0;
  bool compared_ = false;              // 与2010年相比 stands before, in the sentence
  bool year_ago_spoken_ = false;       // 同比 was read in the paragraph
  Basis spoken_basis_ = Basis::kNone;  // that the paragraph gives rates that do not say it
  int32_t trend_sentence_ = -1;
  Items bracketed_;                        // of this sentence: figures in brackets behind a place
  std::vector<std::string> listed_areas_;  // and the places of its 分别 list
  int32_t counted_out_of_ = -1;            // and the count that others are counted out of
  int32_t top_count_ = -1;                 // and the count of 居前5名
};

}  // namespace

std::vector<Figure> ResolveFigures(const Document& document, const std::vector<Mention>& mentions,
                                   const Lexicon& lexicon, const ResolveOptions& options) {
  return Resolver(document, mentions, lexicon, options).Resolve();
}

}  // namespace crossfoot::figure
