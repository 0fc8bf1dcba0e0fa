#include "services/mention/recognize.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/large_memory.h"
#include "services/mention/number_lexer.h"
#include "services/mention/period_lexer.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using core::Cue;
using core::Document;
using core::Mention;
using core::MentionKind;
using core::TextRange;
using lexicon::Lexicon;
using lexicon::WordInfo;

// A period that waits for its year.
struct OpenPeriod {
  size_t mention;  // index
  PeriodExpression expression;
  int32_t article;
  bool heading;
  bool compared;  // stands behind 较 or 比
};

bool OneCodePoint(std::string_view word) {
  return !word.empty() && CodePointSize(word, 0) == word.size();
}

// Scans one sentence or cell.
class Scanner {
 public:
  Scanner(const Document& document, const Lexicon& lexicon, std::vector<Mention>& mentions,
          std::vector<OpenPeriod>& periods)
      : document_(document), lexicon_(lexicon), mentions_(mentions), periods_(periods) {}

  void ScanSentence(int32_t index) {
    const core::Sentence& sentence = document_.sentences[index];
    const core::Block& block = document_.blocks[sentence.block];
    place_ = {.sentence = index};
    Scan(sentence.range, block.article, block.kind == core::BlockKind::kHeading,
         block.first_sentence == index);
  }

  void ScanCell(int32_t table, int32_t cell, int32_t article) {
    place_ = {.table = table, .cell = cell};
    Scan(document_.tables[table].cells[cell].range, article, false, true);
  }

 private:
  void Scan(TextRange range, int32_t article, bool heading, bool starts_block) {
    base_ = range.start;
    text_ = document_.TextOf(range);
    article_ = article;
    heading_ = heading;
    moves_ = false;
    size_t at = 0;
    if (starts_block) at = SkipNumbering();
    while (at < text_.size()) at = ScanAt(at);
  }

  // The number of a section or list item: "1.", "2、", "(3)", "- 04", "一、", "（十一）".
  size_t SkipNumbering() {
    size_t at = 0;
    while (at < text_.size() && (IsBlank(text_[at]) || text_[at] == '-' || text_[at] == '(' ||
                                 text_[at] == '#' || text_.substr(at, 3) == "（")) {
      at += CodePointSize(text_, at);
    }
    const size_t digits = at;
    while (DigitAt(text_, at)) ++at;
    const bool arabic = at > digits;
    if (!arabic) {
      int numerals = 0;
      while (at < text_.size() && numerals < 4) {
        if ((lexicon_.SortsAt(text_.substr(at)) & Lexicon::kNumeral) == 0) break;
        at += lexicon_.LongestNumeral(text_.substr(at)).size;
        ++numerals;
      }
    }
    if (at == digits || (arabic && at - digits > 2)) return 0;
    const std::string_view rest = text_.substr(at);
    const bool marked = (rest.size() > 1 && rest[0] == '.' && !IsDigit(rest[1])) ||
                        rest.substr(0, 1) == ")" || rest.substr(0, 3) == "）" ||
                        rest.substr(0, 3) == "、" || rest.substr(0, 3) == "．";
    const bool leading_zero =
        arabic && text_[digits] == '0' && at - digits == 2 && rest.substr(0, 1) == " ";
    if (!marked && !leading_zero) return 0;
    // "1.5" was ruled out above; "1-2、1-3" starts with a range and never gets here.
    Add(MentionKind::kLabel, digits, at);
    return at;
  }

  size_t ScanAt(size_t at) {
    // What starts no mention is passed over at once, unless a mark in it may end what 从 began.
    if (!moves_) {
      at = lexicon_.SkipToMention(text_, at);
      if (at >= text_.size()) return at;
    }
    const char c = text_[at];
    const uint8_t byte = static_cast<uint8_t>(c);
    if (moves_ && IsClauseMark(text_.substr(at, CodePointSize(text_, at))) && c != ' ')
      moves_ = false;
    if (IsDigit(c)) return ScanDigits(at);
    if (byte < 0x80) {
      if (IsLetter(c)) return ScanLetters(at);
      if ((c == '-' || c == '+') && NumberAt(at + 1) && SignFits(at)) return ScanNumber(at);
      if (c == '.' && NumberAt(at) && !DotBehindWord(at)) return ScanNumber(at);
      if ((lexicon_.SortsAt(text_.substr(at)) & Lexicon::kCurrency) != 0 &&
          NumberMayStart(text_, at, lexicon_)) {
        Mention number = LexNumber(text_, at, lexicon_, moves_);
        if (number.range.size() > 0) return AddNumber(at, std::move(number));
      }
      return at + 1;
    }
    if (byte == 0xE2 && text_.substr(at, 3) == "\xE2\x88\x92" && DigitAt(text_, at + 3) &&
        SignFits(at)) {
      return ScanNumber(at);
    }
    const std::string_view rest = text_.substr(at);
    const uint8_t sorts = lexicon_.SortsAt(rest);
    Lexicon::Match<WordInfo> word;
    if ((sorts & Lexicon::kWord) != 0) word = lexicon_.LongestWord(rest);
    if ((sorts & (Lexicon::kPeriodWord | Lexicon::kNumeral)) != 0) {
      const PeriodExpression period = LexPeriod(text_, at, lexicon_);
      if (period.size > 0 && period.size >= static_cast<size_t>(word.size))
        return AddPeriod(at, period);
    }
    if ((sorts & (Lexicon::kNumeral | Lexicon::kNumberStart | Lexicon::kCurrency)) != 0 &&
        NumberMayStart(text_, at, lexicon_)) {
      int32_t plan = 0;
      if (const size_t size = LexPlanName(text_, at, lexicon_, plan); size > 0) {
        Add(MentionKind::kLabel, at, at + size);
        return at + size;
      }
      Mention number = LexNumber(text_, at, lexicon_, moves_);
      if (number.range.size() > word.size && Counts(number))
        return AddNumber(at, std::move(number));
    }
    if (word) return ScanWord(at, word);
    return at + CodePointSize(text_, at);
  }

  // Whether what was read in Chinese numerals is a number here and no part of a word: 统一, 五一,
  // 三亚. A unit, a scale or a fraction shows it; a longer numeral does, unless it is a row of
  // digits; a single character does between marks.
  bool Counts(const Mention& number) const {
    if (number.kind == MentionKind::kUnreadable || !number.spelled || number.ordinal) return true;
    const std::string_view digits = text_.substr(number.digits.start, number.digits.size());
    const bool alone = !HanBefore(number.range.start) && !HanAt(number.range.end);
    if (alone) return true;
    if (number.has_scale || number.quantum.zero()) return true;
    // 伍, 陆 and 参 are more often names.
    const auto first = lexicon_.LongestNumeral(digits);
    const bool single = first && first.size == static_cast<int32_t>(digits.size());
    if (single && first.info->formal && number.unit_kind != core::UnitKind::kCurrency) return false;
    if (single && first.info->power == 0 && first.info->value == 0) return false;  // 零部件
    if (!number.bare) return true;
    if (single) return false;
    return first && !IsRow(digits);
  }
  bool IsRow(std::string_view digits) const {
    while (!digits.empty()) {
      const auto numeral = lexicon_.LongestNumeral(digits);
      if (!numeral || numeral.info->power > 0 || numeral.info->value > 9) return false;
      digits.remove_prefix(numeral.size);
    }
    return true;
  }
  static bool IsHan(std::string_view character) {
    return character.size() >= 3 && static_cast<uint8_t>(character[0]) >= 0xE3 &&
           static_cast<uint8_t>(character[0]) < 0xEF && character.substr(0, 2) != "\xE3\x80";
  }
  bool HanBefore(size_t at) const { return IsHan(CodePointBefore(text_, at)); }
  bool HanAt(size_t at) const {
    return at < text_.size() && IsHan(text_.substr(at, CodePointSize(text_, at)));
  }

  // A digit, or a point before one.
  bool NumberAt(size_t at) const {
    return DigitAt(text_, at) || (at < text_.size() && text_[at] == '.' && DigitAt(text_, at + 1));
  }
  bool DotBehindWord(size_t at) const {
    return at > 0 && (IsDigit(text_[at - 1]) || IsLetter(text_[at - 1]) || text_[at - 1] == '.');
  }

  // A sign belongs to a number when nothing stands before it that a dash could tie the number to.
  bool SignFits(size_t at) const {
    if (at == 0) return true;
    const char before = text_[at - 1];
    if (IsDigit(before) || IsLetter(before) || before == '%' || before == ')') return false;
    // After a Chinese character: 增长-5.4% has a sign, 一带一路-2 does not; a word of the lexicon
    // must have ended here.
    if (static_cast<uint8_t>(before) < 0x80) return true;
    return !mentions_.empty() && mentions_.back().range.end == base_ + static_cast<int32_t>(at);
  }

  size_t ScanLetters(size_t at) {
    if ((lexicon_.SortsAt(text_.substr(at)) & Lexicon::kPeriodWord) != 0 && !LetterBefore(at)) {
      const PeriodExpression period = LexPeriod(text_, at, lexicon_);
      if (period.size > 0) return AddPeriod(at, period);
    }
    // CPI and GDP are words; what runs on into digits is a model name, or money: USD100.
    if ((lexicon_.SortsAt(text_.substr(at)) & Lexicon::kCurrency) != 0 &&
        NumberMayStart(text_, at, lexicon_)) {
      Mention number = LexNumber(text_, at, lexicon_, moves_);
      if (number.range.size() > 0) return AddNumber(at, std::move(number));
    }
    size_t end = at;
    while (LetterAt(text_, end)) ++end;
    const size_t start = at;
    if (!DigitAt(text_, end)) {
      // F-35, but no CPI-0.1%.
      if (end >= text_.size() || text_[end] != '-' || !DigitAt(text_, end + 1)) return end;
      size_t code = end + 1;
      while (DigitAt(text_, code) || LetterAt(text_, code)) ++code;
      if (code < text_.size() && (text_[code] == '.' || text_[code] == '%')) return end;
      Add(MentionKind::kLabel, start, code);
      return code;
    }
    while (DigitAt(text_, end) || LetterAt(text_, end) || (end < text_.size() && text_[end] == '-'))
      ++end;
    Add(MentionKind::kLabel, start, end);
    return end;
  }

  size_t ScanDigits(size_t at) {
    const PeriodExpression period = LexPeriod(text_, at, lexicon_);
    if (period.size > 0 && !LetterBefore(at)) return AddPeriod(at, period);
    return ScanNumber(at);
  }

  bool LetterBefore(size_t at) const {
    return at > 0 && (IsLetter(text_[at - 1]) || text_[at - 1] == '.');
  }

  size_t ScanNumber(size_t at) { return AddNumber(at, LexNumber(text_, at, lexicon_, moves_)); }

  size_t AddNumber(size_t at, Mention&& number) {
    const size_t end = number.range.end;
    if (number.kind == MentionKind::kNumber && IsLabel(number, at)) {
      number.kind = MentionKind::kLabel;
      number.ordinal = !mentions_.empty() && mentions_.back().cue == Cue::kLabel;
    }
    SetPlace(number);
    Rebase(number);
    mentions_.push_back(std::move(number));
    return std::max(end, at + 1);
  }

  // Numbers that count or measure nothing: ordinals, bare years, serial numbers, clock times.
  bool IsLabel(const Mention& number, size_t at) const {
    if (!mentions_.empty()) {
      const Mention& before = mentions_.back();
      if (before.kind == MentionKind::kCue && before.cue == Cue::kLabel &&
          base_ + static_cast<int32_t>(at) - before.range.end <= 1) {
        return true;
      }
    }
    const size_t digits = number.digits.size();
    const bool whole =
        text_.substr(number.digits.start, digits).find_first_of(".,") == std::string_view::npos;
    if (place_.table >= 0 || number.signed_digits || number.spelled) return false;
    if (whole && text_[number.digits.start] == '0' && digits > 1) return true;
    if (!number.bare || number.has_scale) {
      // 2025年 was read as a period; "2025 世界大会" has no unit; "2024个" counts.
      return false;
    }
    const size_t end = number.digits.end;
    if (whole && digits == 4 &&
        (text_[number.digits.start] == '1' || text_[number.digits.start] == '2'))
      return true;
    if (whole && digits >= 8) return true;
    // Clock times and scores: 10:13.
    if (whole && digits <= 2 && end < text_.size() && text_[end] == ':' && DigitAt(text_, end + 1))
      return true;
    if (whole && digits <= 2 && at > 0 && text_[at - 1] == ':') return true;
    // Footnote marks and numbered items: [1], (2).
    return whole && digits <= 2 && InBrackets(number.range.start, end);
  }

  bool InBrackets(size_t start, size_t end) const {
    const std::string_view before = CodePointBefore(text_, start);
    const std::string_view behind = text_.substr(std::min(end, text_.size()), 3);
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"[", "]"},
                                      {"(", ")"},
                                      {"（", "）"},
                                      {"〔", "〕"},
                                      {"【", "】"}}) {
      if (before == open && behind.substr(0, close.size()) == close) return true;
    }
    return false;
  }

  size_t ScanWord(size_t at, const Lexicon::Match<WordInfo>& word) {
    const WordInfo& info = *word.info;
    const size_t end = at + word.size;
    const std::string_view spelling = text_.substr(at, word.size);
    if (info.kind == MentionKind::kLabel) return end;  // a plain word
    if (info.cue == Cue::kFrom) moves_ = true;
    if (info.kind == MentionKind::kHedge && info.behind && !FollowsNumber(at))
      return at + CodePointSize(text_, at);
    if (info.kind == MentionKind::kCue && info.cue == Cue::kLabel) {
      if (!DigitAt(text_, SkipBlanks(text_, end, 1))) return at + CodePointSize(text_, at);
    } else if (info.kind == MentionKind::kCue && info.cue == Cue::kBreakdown) {
      if (!ClauseStartsAt(at) && !ClauseEndsAt(end)) return at + CodePointSize(text_, at);
    } else if (info.kind == MentionKind::kCue && info.cue == Cue::kFrom) {
      if (!ClauseStartsAt(at) && !NumberFollows(end) && LexPeriod(text_, end, lexicon_).size == 0) {
        return at + CodePointSize(text_, at);
      }
    } else if (OneCodePoint(spelling) && NeedsNumber(info) && !NumberFollows(end) &&
               !(info.cue == Cue::kSum && VerbFollows(end))) {
      return at + CodePointSize(text_, at);
    }
    Mention& mention = Add(info.kind, at, end);
    mention.cue = info.cue;
    mention.qualifier = info.qualifier;
    mention.sign = info.sign;
    mention.of_rate = info.of_rate;
    mention.of_magnitude = info.of_magnitude;
    mention.behind = info.behind;
    if (info.area >= 0) {
      const lexicon::AreaInfo& area = lexicon_.area(info.area);
      mention.canonical = area.name;
      mention.code = area.code;
      mention.area_level = area.level;
    }
    return end;
  }

  // Words of one character are part of longer words too often; these count only beside a number.
  static bool NeedsNumber(const WordInfo& info) {
    switch (info.kind) {
      case MentionKind::kDirection:
        return true;
      case MentionKind::kHedge:
        return !info.behind;
      case MentionKind::kCue:
        return info.cue == Cue::kVerb || info.cue == Cue::kReach || info.cue == Cue::kTo ||
               info.cue == Cue::kSum || info.cue == Cue::kRespectively ||
               info.cue == Cue::kFiller || info.cue == Cue::kPlan || info.cue == Cue::kSelection;
      default:
        return false;
    }
  }

  bool FollowsNumber(size_t at) const {
    if (mentions_.empty()) return false;
    const Mention& before = mentions_.back();
    const int32_t gap = base_ + static_cast<int32_t>(at) - before.range.end;
    return before.kind == MentionKind::kNumber && gap >= 0 && gap <= 1;
  }

  // Whether a number stands at `at` or behind a few words that only lead up to one: 了, 约, 分别.
  bool NumberFollows(size_t at) const {
    for (int steps = 0; steps < 4; ++steps) {
      at = SkipBlanks(text_, at, 2);
      if (at >= text_.size()) return false;
      if (IsDigit(text_[at]) || (text_[at] == '-' && DigitAt(text_, at + 1))) return true;
      if (QuantityAt(at)) return true;
      const auto word = lexicon_.LongestWord(text_.substr(at));
      if (!word) return false;
      const WordInfo& info = *word.info;
      const bool leads =
          (info.kind == MentionKind::kHedge && !info.behind) ||
          info.kind == MentionKind::kDirection ||
          (info.kind == MentionKind::kCue &&
           (info.cue == Cue::kRespectively || info.cue == Cue::kFiller || info.cue == Cue::kTo ||
            info.cue == Cue::kVerb || info.cue == Cue::kReach));
      if (!leads) return false;
      at += word.size;
    }
    return false;
  }

  // Whether a spelled number with a unit or scale stands at `at`: 三成, 两千万元.
  bool QuantityAt(size_t at) const {
    const uint8_t sorts = lexicon_.SortsAt(text_.substr(at));
    if ((sorts & (Lexicon::kNumeral | Lexicon::kNumberStart | Lexicon::kCurrency)) == 0 ||
        !NumberMayStart(text_, at, lexicon_)) {
      return false;
    }
    const Mention number = LexNumber(text_, at, lexicon_, moves_);
    return number.kind == MentionKind::kNumber && number.range.size() > 0 &&
           (!number.bare || number.has_scale) && Counts(number);
  }

  // 共完成, 共投入.
  bool VerbFollows(size_t at) const {
    if (at >= text_.size()) return false;
    const auto word = lexicon_.LongestWord(text_.substr(at));
    return word && word.info->kind == MentionKind::kCue &&
           (word.info->cue == Cue::kVerb || word.info->cue == Cue::kReach);
  }

  static bool IsClauseMark(std::string_view mark) {
    return mark == "，" || mark == "；" || mark == "：" || mark == "。" || mark == "、" ||
           mark == "," || mark == ";" || mark == ":" || mark == "（" || mark == "(" ||
           mark == " " || mark == "\t";
  }
  bool ClauseStartsAt(size_t at) const {
    return at == 0 || IsClauseMark(CodePointBefore(text_, at));
  }
  bool ClauseEndsAt(size_t at) const {
    return at >= text_.size() || IsClauseMark(text_.substr(at, CodePointSize(text_, at)));
  }

  // Whether `gap` stands between two items of a list: 较1—2月、1—3月和1—4月.
  bool Coordinates(std::string_view gap) const {
    const auto& words = lexicon_.conjunctions();
    return gap == "、" || std::find(words.begin(), words.end(), gap) != words.end();
  }

  size_t AddPeriod(size_t at, const PeriodExpression& expression) {
    bool compared = false;
    // 比“十三五”时期: over the quotation mark.
    constexpr std::string_view kQuote = "“";
    const bool quoted =
        at >= kQuote.size() && text_.substr(at - kQuote.size(), kQuote.size()) == kQuote;
    const int32_t before = base_ + static_cast<int32_t>(quoted ? at - kQuote.size() : at);
    if (!mentions_.empty() && mentions_.back().range.end == before) {
      const Cue cue = mentions_.back().cue;
      // 比去年 | 全年
      compared = cue == Cue::kAgainst || cue == Cue::kAbove || cue == Cue::kYearAgo;
    } else if (!periods_.empty() && periods_.back().compared &&
               periods_.back().mention + 1 == mentions_.size()) {
      compared = Coordinates(text_.substr(mentions_.back().range.end - base_,
                                          at - (mentions_.back().range.end - base_)));
    }
    periods_.push_back({mentions_.size(), expression, article_, heading_, compared});
    Mention& mention = Add(MentionKind::kPeriod, at, at + expression.size);
    mention.relative =
        compared || expression.month_relative || expression.span != PeriodExpression::Span::kNone;
    mention.period_key = expression.Key();
    return at + expression.size;
  }

  // Stays valid until the next one is added.
  Mention& Add(MentionKind kind, size_t start, size_t end) {
    Mention& mention = mentions_.emplace_back();
    mention.kind = kind;
    mention.range = {base_ + static_cast<int32_t>(start), base_ + static_cast<int32_t>(end)};
    SetPlace(mention);
    return mention;
  }

  void SetPlace(Mention& mention) const {
    mention.sentence = place_.sentence;
    mention.table = place_.table;
    mention.cell = place_.cell;
  }

  void Rebase(Mention& mention) const {
    for (TextRange* range : {&mention.range, &mention.digits}) {
      range->start += base_;
      range->end += base_;
    }
  }

  const Document& document_;
  const Lexicon& lexicon_;
  std::vector<Mention>& mentions_;
  std::vector<OpenPeriod>& periods_;
  struct Place {  // -1: none
    int32_t sentence = -1;
    int32_t table = -1;
    int32_t cell = -1;
  };
  Place place_;  // where the scan is
  std::string_view text_;
  int32_t base_ = 0;  // of text_ in the document's text
  int32_t article_ = 0;
  bool heading_ = false;
  bool moves_ = false;  // 从 or 由 stands before, in the same clause
};

// What an article says of its year.
struct Anchor {
  int32_t year = 0;
  int32_t month = 0;                  // of the date line, 0 when it is no full date
  int strength = 0;                   // larger is better
  std::optional<absl::CivilDay> day;  // the first full date

  void Offer(int32_t new_year, int new_strength, int32_t new_month = 0) {
    if (new_strength <= strength) return;
    year = new_year;
    month = new_month;
    strength = new_strength;
  }
};

// Gives every open period its year.
void ResolvePeriods(const std::vector<OpenPeriod>& periods, const RecognizeOptions& options,
                    int32_t article_count, std::vector<Mention>& mentions) {
  using Year = PeriodExpression::Year;
  std::vector<Anchor> anchors(std::max(article_count, 1));
  Anchor whole_document;
  for (const size_t at : core::Steps(periods.size(), options.cancellation)) {
    const OpenPeriod& period = periods[at];
    const PeriodExpression& expression = period.expression;
    if (expression.year_kind != Year::kPrinted) continue;
    Anchor& anchor = anchors[period.article];
    const bool full_date = expression.start_day > 0;
    if (period.compared) {
      anchor.Offer(expression.year + 1, 3);
    } else if (period.heading && !expression.across_years()) {
      anchor.Offer(expression.year, expression.within_year() ? 6 : 5);
    } else if (full_date) {
      anchor.Offer(expression.year, 4, expression.start_month);
      whole_document.Offer(expression.year, 4, expression.start_month);
    } else if (expression.within_year()) {
      anchor.Offer(expression.year, 2);
    } else {
      anchor.Offer(expression.year, 1);
    }
    if (!full_date) whole_document.Offer(expression.year, 1);
    if (full_date && !period.compared && !expression.across_years()) {
      const std::optional<core::Period> date = ResolvePeriod(expression, 0);
      if (date && date->start == date->end) {
        if (!anchor.day) anchor.day = date->end;
        if (!whole_document.day) whole_document.day = date->end;
      }
    }
  }
  for (Anchor& anchor : anchors) {
    if (anchor.strength == 0) anchor = whole_document;
    if (options.reference_date) anchor.day = options.reference_date;
    if (!anchor.day) anchor.day = whole_document.day;
  }
  // The same months with a year, nearest before: "2024年1—2月份" in a caption dates "1—2月份" in
  // the prose.
  std::vector<const OpenPeriod*> dated;
  for (const size_t at : core::Steps(periods.size(), options.cancellation)) {
    const OpenPeriod& period = periods[at];
    if (period.expression.year_kind == Year::kPrinted && period.expression.within_year() &&
        period.expression.start_day == 0 && dated.size() < 64) {
      dated.push_back(&period);
    }
  }
  std::optional<core::Period> spoken;  // the last period that was not a comparison
  int32_t spoken_article = -1;
  for (const size_t at : core::Steps(periods.size(), options.cancellation)) {
    const OpenPeriod& period = periods[at];
    Mention& mention = mentions[period.mention];
    const PeriodExpression& expression = period.expression;
    if (period.article != spoken_article) spoken.reset();
    spoken_article = period.article;
    const Anchor& anchor = anchors[period.article];
    if (expression.span != PeriodExpression::Span::kNone) {
      if (anchor.day) mention.period = ResolveSpan(expression, *anchor.day);
      continue;
    }
    if (expression.month_relative) {
      if (spoken) {
        mention.period = ResolveMonth(expression, absl::CivilMonth(spoken->end));
        if (mention.period) mention.period->assumed = spoken->assumed;
      } else if (options.reference_date) {
        mention.period = ResolveMonth(expression, absl::CivilMonth(*options.reference_date));
        if (mention.period) mention.period->assumed = true;
      }
      continue;
    }
    int32_t year = anchor.year;
    // 2022年…结构由上年的…, published in 2023: the year before 2022.
    if (expression.of_spoken && spoken && !spoken->assumed)
      year = static_cast<int32_t>(spoken->end.year());
    bool assumed = false;
    if (expression.year_kind == Year::kOpen && expression.within_year() &&
        expression.start_day == 0) {
      for (const OpenPeriod* other : dated) {
        if (other->article == period.article && other->expression.SameSpan(expression)) {
          year = other->expression.year;
          break;
        }
      }
      // A date line of January speaks of the months of the year before.
      if (year == anchor.year && anchor.month > 0 && expression.end_month > anchor.month) --year;
    }
    if (year == 0 && options.reference_date) {
      year = static_cast<int32_t>(options.reference_date->year());
      if (expression.year_kind == Year::kOpen &&
          expression.end_month > options.reference_date->month())
        --year;
      assumed = true;
    }
    mention.period = ResolvePeriod(expression, year);
    if (mention.period) {
      mention.period->assumed = assumed && expression.year_kind != Year::kPrinted;
      if (!mention.relative) spoken = mention.period;
    }
  }
}

}  // namespace

std::vector<Mention> RecognizeMentions(const Document& document, const Lexicon& lexicon,
                                       const RecognizeOptions& options) {
  std::vector<Mention> mentions;
  // Work reports hold one every 47 bytes, dense releases one every 15.  Room that is not used costs
  // no memory, moving them does.
  core::ReserveLarge(mentions, document.text.size() / 12);
  std::vector<OpenPeriod> periods;
  Scanner scanner(document, lexicon, mentions, periods);
  for (const size_t index : core::Steps(document.blocks.size(), options.cancellation)) {
    const core::Block& block = document.blocks[index];
    for (const size_t i : core::Steps(block.sentence_count, options.cancellation))
      scanner.ScanSentence(block.first_sentence + static_cast<int32_t>(i));
    if (block.table < 0) continue;
    const size_t cells = document.tables[block.table].cells.size();
    for (const size_t cell : core::Steps(cells, options.cancellation)) {
      scanner.ScanCell(block.table, static_cast<int32_t>(cell), block.article);
    }
  }
  if (core::Stopped(options.cancellation)) return mentions;
  ResolvePeriods(periods, options, document.article_count, mentions);
  return mentions;
}

}  // namespace crossfoot::mention
