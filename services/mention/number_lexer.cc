#include "services/mention/number_lexer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "services/mention/digits.h"
#include "services/mention/magnitude.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using core::Decimal;
using core::Mention;
using core::MentionKind;
using core::Qualifier;
using core::Rational;
using core::TextRange;
using core::UnitKind;
using lexicon::Lexicon;
using lexicon::NumberRole;

constexpr std::string_view kMinusSign = "\xE2\x88\x92";  // U+2212

TextRange Range(size_t start, size_t end) {
  return {static_cast<int32_t>(start), static_cast<int32_t>(end)};
}

Mention Of(MentionKind kind, size_t start, size_t end) {
  Mention mention;
  mention.kind = kind;
  mention.range = mention.digits = Range(start, end);
  return mention;
}

// The end of the run of digits, letters and connecting signs at `at`: a model name, a telephone
// number, an address.
size_t EndOfCode(std::string_view text, size_t at) {
  while (at < text.size() &&
         (IsDigit(text[at]) || IsLetter(text[at]) ||
          ((text[at] == '-' || text[at] == '.' || text[at] == '_' || text[at] == '+') &&
           (DigitAt(text, at + 1) || LetterAt(text, at + 1))))) {
    ++at;
  }
  return at;
}

// A number on its way to a mention.
struct Amount {
  size_t start = 0;
  size_t digits_start = 0, digits_end = 0;
  size_t end = 0;
  Rational value;
  Decimal quantum;
  std::optional<Rational> upper;
  core::Text unit;
  core::Text ucum;
  UnitKind kind = UnitKind::kNone;
  Qualifier qualifier = Qualifier::kExact;
  bool negative = false;
  bool signed_digits = false;
  bool spelled = false;
  bool has_scale = false;
  bool fraction = false;  // no more scale or range
  int32_t scale_power = 0;
  Magnitude magnitude;  // its digits and scales
  int32_t unit_power = 0;

  bool bare() const { return unit.empty(); }
};

class Lexer {
 public:
  Lexer(std::string_view text, const Lexicon& lexicon, bool moves)
      : text_(text), lexicon_(lexicon), moves_(moves) {}

  Mention Lex(size_t at) {
    if (!DigitAt(text_, at)) {
      if (std::optional<Mention> priced = PricedNumber(at)) return *std::move(priced);
      if (const auto word = NumberWordAt(text_, at, lexicon_); word) {
        if (*word.info == NumberRole::kOrdinal) return Ordinal(at, word.size);
      }
    }
    return Plain(at);
  }

 private:
  Mention None(size_t at) const { return Of(MentionKind::kLabel, at, at); }

  // The money before a number: US$3.2, 人民币100元, 新台币 177亿元.
  std::optional<Mention> PricedNumber(size_t at) {
    if (at >= text_.size() || (lexicon_.SortsAt(text_.substr(at)) & (Lexicon::kCurrency)) == 0) {
      return std::nullopt;
    }
    const auto unit = lexicon_.LongestUnit(text_.substr(at));
    if (!unit || unit.info->kind != UnitKind::kCurrency || unit.info->power != 0)
      return std::nullopt;
    const bool chinese = static_cast<uint8_t>(text_[at]) >= 0xE3;
    if (chinese) {
      // 元 and 亿美元 100 stand behind numbers, or in a table's head.
      if (unit.size <= 3) return std::nullopt;
      const std::string_view before = CodePointBefore(text_, at);
      if (before == "：" || before == ":" || NumeralAt(text_, at - before.size(), lexicon_))
        return std::nullopt;
    } else if (at > 0 && IsLetter(text_[at]) &&
               (IsLetter(text_[at - 1]) || IsDigit(text_[at - 1]))) {
      return std::nullopt;
    }
    const size_t next = SkipBlanks(text_, at + unit.size, 1);
    if (!NumberStarts(next)) return std::nullopt;
    Mention number = Plain(next);
    if (number.kind != MentionKind::kNumber || number.range.size() == 0) return std::nullopt;
    const bool generic = number.unit_kind == UnitKind::kCurrency && number.unit == "CNY";
    if (!number.bare && !generic && number.unit != unit.info->code) return std::nullopt;
    if (number.bare && number.spelled && !number.has_scale) return std::nullopt;
    number.unit = unit.info->code;
    number.unit_kind = UnitKind::kCurrency;
    number.unit_ucum = unit.info->ucum;
    number.bare = false;
    number.range.start = static_cast<int32_t>(at);
    return number;
  }

  bool NumberStarts(size_t at) const {
    if (at >= text_.size()) return false;
    return DigitAt(text_, at) || (text_[at] == '.' && DigitAt(text_, at + 1)) ||
           (text_[at] == '-' && DigitAt(text_, at + 1)) || NumeralAt(text_, at, lexicon_);
  }

  // 第一百, 第三: a label that keeps its value.
  Mention Ordinal(size_t at, size_t size) {
    const size_t begin = at + size;
    if (DigitAt(text_, begin)) return None(at);  // the caller's cue
    const Magnitude magnitude = ReadMagnitude(text_, begin, lexicon_);
    if (magnitude.end == 0 || magnitude.malformed || magnitude.bare_scale || magnitude.over ||
        magnitude.counting) {
      return None(at);
    }
    Mention ordinal = Of(MentionKind::kLabel, at, magnitude.end);
    ordinal.digits = Range(begin, magnitude.end);
    ordinal.value = magnitude.value;
    ordinal.spelled = ordinal.ordinal = true;
    return ordinal;
  }

  // ---- One number -------------------------------------------------------------------------------

  Mention Plain(size_t at) {
    Amount amount;
    std::optional<Mention> other;
    if (!ReadAmount(at, amount, other)) return other ? *std::move(other) : None(at);
    Join(amount, other);
    if (other) return *std::move(other);
    return ToMention(amount);
  }

  Mention ToMention(Amount& amount) const {
    Mention number = Of(MentionKind::kNumber, amount.start, amount.end);
    number.digits = Range(amount.digits_start, amount.digits_end);
    number.value = std::move(amount.value);
    number.quantum = std::move(amount.quantum);
    number.unit = std::move(amount.unit);
    number.unit_kind = amount.kind;
    number.unit_ucum = std::move(amount.ucum);
    number.qualifier = amount.qualifier;
    number.has_scale = amount.has_scale;
    number.signed_digits = amount.signed_digits;
    number.spelled = amount.spelled;
    number.bare = number.unit.empty();
    number.scale_power = amount.scale_power;
    if (amount.upper && number.value < *amount.upper) {
      number.range_end = *std::move(amount.upper);
      number.qualifier = Qualifier::kRange;
    }
    return number;
  }

  // Reads sign, number and unit.  False when there is none; `other` then may say what there is.
  bool ReadAmount(size_t at, Amount& amount, std::optional<Mention>& other) {
    amount.start = at;
    at = ReadSign(at, amount);
    amount.digits_start = at;
    if (!ReadValue(at, amount, other)) return false;
    if (amount.negative) amount.value = -amount.value;
    if (amount.negative) amount.upper.reset();
    return true;
  }

  size_t ReadSign(size_t at, Amount& amount) const {
    if (at >= text_.size()) return at;
    if (text_[at] == '-' || text_[at] == '+') {
      amount.negative = text_[at] == '-';
      amount.signed_digits = true;
      return at + 1;
    }
    if (text_.substr(at, kMinusSign.size()) == kMinusSign) {
      amount.negative = amount.signed_digits = true;
      return at + kMinusSign.size();
    }
    if (const auto word = NumberWordAt(text_, at, lexicon_);
        word && *word.info == NumberRole::kMinus) {
      const size_t next = SkipBlanks(text_, at + word.size, 1);
      if (NumberStarts(next)) {
        amount.negative = amount.signed_digits = true;
        return next;
      }
    }
    return at;
  }

  bool ReadValue(size_t at, Amount& amount, std::optional<Mention>& other) {
    if (DigitAt(text_, at) || (at < text_.size() && text_[at] == '.' && DigitAt(text_, at + 1)))
      return ReadArabic(at, amount, other);
    if (const auto word = NumberWordAt(text_, at, lexicon_); word) {
      switch (*word.info) {
        case NumberRole::kHalf:
          return ReadHalf(at, at + word.size, amount);
        case NumberRole::kOneHalf:
        case NumberRole::kOverHalf:
          amount.value = Rational(Decimal(1), 2);
          if (*word.info == NumberRole::kOverHalf) amount.qualifier = Qualifier::kOver;
          amount.spelled = amount.fraction = true;
          amount.digits_end = amount.end = at + word.size;
          return true;
        case NumberRole::kTwoDigits:
          if (!GrowthFollows(at + word.size)) return false;
          amount.value = 10;
          amount.qualifier = Qualifier::kOver;
          amount.spelled = true;
          amount.digits_end = amount.end = at + word.size;
          SetPercent(amount);
          return true;
        case NumberRole::kAll:
          amount.value = 100;
          amount.spelled = true;
          amount.digits_end = amount.end = at + word.size;
          SetPercent(amount);
          return true;
        case NumberRole::kDouble:
          return ReadDoubling(at + word.size, amount);
        default:
          break;
      }
    }
    Magnitude magnitude = ReadMagnitude(text_, at, lexicon_);
    if (magnitude.end == 0) return false;
    if (magnitude.malformed) {
      other = Of(MentionKind::kUnreadable, amount.start, magnitude.end);
      return false;
    }
    if (magnitude.clock) {
      other = Of(MentionKind::kLabel, amount.start, EndOfClock(magnitude.end));
      return false;
    }
    amount.spelled = true;
    SetMagnitude(std::move(magnitude), amount);
    if (ReadParts(amount)) return true;
    if (amount.magnitude.bare_scale && !BareScaleCounts(amount)) return false;
    ReadBehind(amount);
    return true;
  }

  // 百余家 and 千一 are numbers, 百 and 千万 are scales.
  bool BareScaleCounts(const Amount& amount) const {
    const Magnitude& magnitude = amount.magnitude;
    if (magnitude.over) return true;
    if (!magnitude.scale_last) return magnitude.atoms == 2;
    return InnerHedgeSize(text_, magnitude.end, lexicon_) > 0;
  }

  bool ReadArabic(size_t at, Amount& amount, std::optional<Mention>& other) {
    const size_t start = amount.start;
    Digits digits = ScanDigits(text_, at);
    // Letters before or behind make it a name: IPv6, 5G, CN2024.  So do plus signs between numbers:
    // 1+5+12.
    const bool name =
        start > 0 && start == at && (IsLetter(text_[start - 1]) || text_[start - 1] == '_');
    const bool chain = !amount.signed_digits && digits.end < text_.size() &&
                       text_[digits.end] == '+' && DigitAt(text_, digits.end + 1);
    if (name || digits.points > 1 || chain) {
      other = Of(MentionKind::kLabel, start, std::max(EndOfCode(text_, at), digits.end));
      return false;
    }
    if (const Digits loose = ScanLooseGroups(text_, at, digits);
        loose.end > 0 && GroupsFit(loose)) {
      digits = loose;
    }
    if (digits.plain.size() > Decimal::kMaxDigits) {
      other = Of(MentionKind::kUnreadable, start, digits.end);
      return false;
    }
    if (ReadSlash(at, digits, amount)) return true;
    Magnitude magnitude = ReadMagnitude(text_, at, std::move(digits), lexicon_);
    if (magnitude.end == 0 || magnitude.malformed) {
      other = Of(MentionKind::kUnreadable, start, std::max(magnitude.end, at + 1));
      return false;
    }
    SetMagnitude(std::move(magnitude), amount);
    ReadExponent(amount);
    if (ReadParts(amount)) return true;
    if (const size_t named = EndOfNamed(amount); named > 0) {
      other = Of(MentionKind::kLabel, start, named);
      other->digits = Range(amount.digits_start, amount.digits_end);
      return false;
    }
    ReadBehind(amount);
    if (amount.bare() && !amount.has_scale && LetterAt(text_, amount.end)) {
      if (ReadLetterScale(amount)) return true;
      other = Of(MentionKind::kLabel, start, EndOfCode(text_, at));
      return false;
    }
    return true;
  }

  // Whether a scale, unit or point shows that the groups are one number.
  bool GroupsFit(const Digits& loose) const {
    if (loose.points == 1) return true;
    const auto numeral = NumeralAt(text_, loose.end, lexicon_);
    return (numeral && numeral.info->power >= 4) || UnitAt(text_, loose.end, lexicon_);
  }

  void SetMagnitude(Magnitude magnitude, Amount& amount) const {
    amount.value = magnitude.value;
    amount.quantum = Decimal::PowerOfTen(magnitude.place);
    if (!magnitude.pair.zero()) amount.upper = Rational(magnitude.value + magnitude.pair);
    amount.digits_end = magnitude.digits_end;
    amount.end = magnitude.end;
    amount.has_scale = magnitude.scaled;
    amount.scale_power = magnitude.scale_power;
    if (magnitude.over) amount.qualifier = Qualifier::kOver;
    amount.magnitude = std::move(magnitude);
  }

  void SetPercent(Amount& amount) const {
    const auto percent = lexicon_.LongestUnit("%");
    amount.unit = percent ? percent.info->code : core::Text("%");
    if (percent) amount.ucum = percent.info->ucum;
    amount.kind = UnitKind::kPercent;
  }

  // What may stand behind digits and scales: 成, a unit, change, a half.
  void ReadBehind(Amount& amount) const {
    if (ReadTenths(amount)) return;
    ReadUnit(amount);
  }

  // Whether a word of rise or fall stands at `at`, over fillers: 两位数的较快增长.
  bool GrowthFollows(size_t at) const {
    for (int steps = 0; steps < 3 && at < text_.size(); ++steps) {
      const auto word = lexicon_.LongestWord(text_.substr(at));
      if (!word) return false;
      if (word.info->kind == core::MentionKind::kDirection) return !word.info->of_rate;
      if (word.info->cue == core::Cue::kRateNoun) return true;
      if (word.info->cue != core::Cue::kFiller && word.info->kind != core::MentionKind::kHedge)
        return false;
      at += word.size;
    }
    return false;
  }

  // ---- Fractions --------------------------------------------------------------------------------

  // The role of the number word at `at`, which may hold blanks (分 之); its end in `end`.
  NumberRole SpacedWord(size_t at, size_t& end) const {
    at = SkipBlanks(text_, at, 2);
    if (const auto word = NumberWordAt(text_, at, lexicon_); word) {
      end = at + word.size;
      return *word.info;
    }
    if (at >= text_.size()) return NumberRole::kNone;
    const size_t first = CodePointSize(text_, at);
    const size_t next = SkipBlanks(text_, at + first, 2);
    if (next == at + first || next >= text_.size()) return NumberRole::kNone;
    const size_t second = CodePointSize(text_, next);
    std::string joined(text_.substr(at, first));
    joined.append(text_.substr(next, second));
    const auto word = lexicon_.LongestNumberWord(joined);
    if (!word || word.size != static_cast<int32_t>(joined.size())) return NumberRole::kNone;
    end = next + second;
    return *word.info;
  }

  // Behind a magnitude: 分之 and a numerator, or 又 and a fraction.
  bool ReadParts(Amount& amount) const {
    const size_t begin = amount.end;
    if (begin < text_.size() && static_cast<uint8_t>(text_[begin]) < 0x80 && text_[begin] != ' ')
      return false;
    size_t next = 0;
    const NumberRole role = SpacedWord(begin, next);
    if (role == NumberRole::kParts) return ReadNumerator(next, amount);
    if (role != NumberRole::kAnd) return false;
    // 3又1/2, 三百五又三分之一.
    next = SkipBlanks(text_, next, 2);
    Amount part;
    part.start = part.digits_start = next;
    if (DigitAt(text_, next) && ReadSlash(next, ScanDigits(text_, next), part)) {
    } else {
      Magnitude denominator = ReadMagnitude(text_, next, lexicon_);
      if (denominator.end == 0 || denominator.malformed) return false;
      SetMagnitude(std::move(denominator), part);
      size_t numerator = 0;
      if (SpacedWord(part.end, numerator) != NumberRole::kParts ||
          !ReadNumerator(numerator, part) || !part.bare()) {
        return false;
      }
    }
    amount.value = amount.value + part.value;
    amount.quantum = Decimal();
    amount.upper.reset();
    amount.end = amount.digits_end = part.end;
    amount.spelled = amount.fraction = true;
    return true;
  }

  // The numerator at `at`; `amount` holds the denominator.  百分之, 千分之 and 万分之 make rates,
  // which are given in percent.
  bool ReadNumerator(size_t at, Amount& amount) const {
    at = SkipBlanks(text_, at, 2);
    Amount top;
    at = ReadSign(at, top);
    Magnitude numerator;
    if (DigitAt(text_, at)) {
      Digits digits = ScanDigits(text_, at);
      const Digits loose = ScanLooseGroups(text_, at, digits);
      if (loose.end > 0 && text_[digits.end] != ' ') digits = loose;
      if (digits.points > 1 || digits.plain.size() > Decimal::kMaxDigits) return false;
      numerator = ReadMagnitude(text_, at, std::move(digits), lexicon_);
    } else {
      numerator = ReadMagnitude(text_, at, lexicon_);
    }
    if (numerator.end == 0 || numerator.malformed || amount.value.zero()) return false;
    const bool rate = amount.magnitude.bare_scale;
    const Rational denominator = amount.value;
    amount.digits_end = amount.end = numerator.end;
    amount.spelled = true;
    amount.has_scale = false;
    amount.scale_power = 0;
    amount.qualifier = numerator.over ? Qualifier::kOver : Qualifier::kExact;
    if (top.negative) amount.negative = !amount.negative;
    amount.signed_digits |= top.signed_digits;
    amount.upper.reset();
    if (rate) {
      const int32_t power = 2 - denominator.numerator().Normalized().exponent();
      amount.value = numerator.value.TimesPowerOfTen(power);
      if (!numerator.pair.zero())
        amount.upper = Rational((numerator.value + numerator.pair).TimesPowerOfTen(power));
      amount.quantum = Decimal::PowerOfTen(numerator.place + power);
      amount.scale_power = power;
      SetPercent(amount);
      if (const size_t hedge = InnerHedgeSize(text_, amount.end, lexicon_); hedge > 0)
        amount.qualifier = Qualifier::kOver;
    } else {
      amount.value = Rational(numerator.value) / denominator;
      amount.quantum = Decimal();
      amount.fraction = true;
    }
    return true;
  }

  // 1/2, 1 4/3.
  bool ReadSlash(size_t at, const Digits& first, Amount& amount) const {
    if (first.points > 0 || first.grouped || first.whole > 3) return false;
    if (amount.start > 0 && (text_[amount.start - 1] == '/' || text_[amount.start - 1] == '-'))
      return false;
    int64_t whole = 0;
    Digits top = first;
    size_t top_start = at;
    if (top.end < text_.size() && text_[top.end] == ' ' && DigitAt(text_, top.end + 1)) {
      whole = ValueOf(top);
      top_start = top.end + 1;
      top = ScanDigits(text_, top_start);
    }
    if (top.end >= text_.size() || text_[top.end] != '/' || top.points > 0 || top.grouped ||
        top.whole > 3 || text_[top_start] == '0') {
      return false;
    }
    const size_t bottom_start = top.end + 1;
    const Digits bottom = ScanDigits(text_, bottom_start);
    if (bottom.whole == 0 || bottom.whole > 3 || bottom.points > 0 || bottom.grouped ||
        text_[bottom_start] == '0' || LetterAt(text_, bottom.end) ||
        (bottom.end < text_.size() && (text_[bottom.end] == '/' || text_[bottom.end] == '%'))) {
      return false;
    }
    amount.value = Rational(whole) + Rational(Decimal(ValueOf(top)), ValueOf(bottom));
    amount.quantum = Decimal();
    amount.digits_end = amount.end = bottom.end;
    amount.spelled = amount.fraction = true;
    ReadUnit(amount);
    return true;
  }
  static int64_t ValueOf(const Digits& digits) {
    int64_t value = 0;
    for (const char c : digits.plain) value = value * 10 + (c - '0');
    return value;
  }

  // ---- Special forms ----------------------------------------------------------------------------

  // 三成, 六点五成, 三成半, 三成五.
  bool ReadTenths(Amount& amount) const {
    const Magnitude& magnitude = amount.magnitude;
    if (magnitude.row || magnitude.end != amount.end || amount.value > Rational(10)) return false;
    const size_t at = SkipBlanks(text_, amount.end, 1);
    const auto word = NumberWordAt(text_, at, lexicon_);
    if (!word || *word.info != NumberRole::kTenths || LongerWordAt(text_, at, word.size, lexicon_))
      return false;
    const Rational ten(10);
    amount.value = amount.value * ten;
    if (amount.upper) amount.upper = *amount.upper * ten;
    amount.quantum = amount.quantum.TimesPowerOfTen(1);
    amount.end = at + word.size;
    amount.scale_power += 1;
    amount.has_scale = false;
    SetPercent(amount);
    const auto half = NumberWordAt(text_, amount.end, lexicon_);
    if (half && *half.info == NumberRole::kHalf &&
        !LongerWordAt(text_, amount.end, half.size, lexicon_)) {
      amount.value = amount.value + Rational(5);
      amount.quantum = 1;
      amount.end += half.size;
    } else if (const auto digit = NumeralAt(text_, amount.end, lexicon_);
               digit && digit.info->power == 0 && digit.info->value > 0 && digit.info->value < 10 &&
               !digit.info->some && !digit.info->counting && !digit.info->formal &&
               !NumeralAt(text_, amount.end + digit.size, lexicon_) &&
               !LongerWordAt(text_, amount.end, digit.size, lexicon_) &&
               !UnitAt(text_, amount.end + digit.size, lexicon_)) {
      amount.value = amount.value + Rational(digit.info->value);
      amount.quantum = 1;
      amount.end += digit.size;
    }
    if (amount.spelled) amount.digits_end = amount.end;
    return true;
  }

  // 半 before what it halves: 半个, 半成, 半百.
  bool ReadHalf(size_t at, size_t end, Amount& amount) const {
    amount.spelled = true;
    amount.value = Rational(Decimal(1), 2);
    amount.digits_end = amount.end = end;
    if (const auto word = NumberWordAt(text_, end, lexicon_);
        word && *word.info == NumberRole::kTenths &&
        !LongerWordAt(text_, end, word.size, lexicon_)) {
      amount.value = 5;
      amount.quantum = 1;
      amount.digits_end = amount.end = end + word.size;
      SetPercent(amount);
      return true;
    }
    if (const auto scale = NumeralAt(text_, end, lexicon_); scale && scale.info->power > 1) {
      const int32_t power = scale.info->power;
      amount.value = Rational(Decimal(5).TimesPowerOfTen(power - 1));
      amount.quantum = Decimal::PowerOfTen(power - 1);
      amount.has_scale = power >= 4;
      amount.digits_end = amount.end = end + scale.size;
      ReadUnit(amount);
      return true;
    }
    amount.quantum = Decimal();
    if (LongerWordAt(text_, at, end - at, lexicon_)) return false;
    ReadUnit(amount);
    return !amount.bare() && amount.kind != UnitKind::kPercent;
  }

  // 翻一番 is 2 times, 翻两番 4.
  bool ReadDoubling(size_t at, Amount& amount) const {
    int times = 1;
    size_t next = at;
    if (const auto digit = NumeralAt(text_, at, lexicon_);
        digit && digit.info->power == 0 && !digit.info->some && digit.info->value > 0 &&
        digit.info->value < 10) {
      times = digit.info->value;
      next = at + digit.size;
    }
    const auto word = NumberWordAt(text_, next, lexicon_);
    if (!word || *word.info != NumberRole::kDoublings) return false;
    amount.spelled = true;
    amount.value = int64_t{1} << times;
    amount.quantum = 1;
    amount.digits_end = amount.end = next + word.size;
    amount.unit = "倍";
    amount.kind = UnitKind::kMultiple;
    return true;
  }

  // 8时30分, 3号, 211工程: the end of the name or clock time that a bare whole number begins; 0
  // when it begins none.
  size_t EndOfNamed(const Amount& amount) const {
    const Digits& digits = amount.magnitude.digits;
    if (amount.magnitude.atoms != 1 || digits.points > 0 || amount.signed_digits) return 0;
    const auto word = NumberWordAt(text_, amount.end, lexicon_);
    if (!word) return 0;
    if (*word.info == NumberRole::kNamed) return amount.end;
    if (*word.info != NumberRole::kHour || digits.whole > 2 || amount.value > Rational(24) ||
        LongerWordAt(text_, amount.end, word.size, lexicon_)) {
      return 0;
    }
    const size_t end = amount.end + word.size;
    const Digits minutes = ScanDigits(text_, end);
    return minutes.whole > 0 && minutes.whole <= 2 && minutes.points == 0 ? minutes.end : end;
  }

  // 1.2e3 behind decimals or a sign.
  void ReadExponent(Amount& amount) const {
    const Magnitude& magnitude = amount.magnitude;
    size_t i = amount.end;
    if (i >= text_.size() || (text_[i] != 'e' && text_[i] != 'E') || magnitude.atoms != 1 ||
        (magnitude.digits.decimals == 0 && !amount.signed_digits)) {
      return;
    }
    ++i;
    const bool negative = i < text_.size() && text_[i] == '-';
    if (negative || (i < text_.size() && text_[i] == '+')) ++i;
    const size_t digits = i;
    int32_t power = 0;
    while (DigitAt(text_, i) && i - digits < 2) power = power * 10 + (text_[i++] - '0');
    if (i == digits || DigitAt(text_, i) || LetterAt(text_, i)) return;
    if (negative) power = -power;
    amount.value = magnitude.value.TimesPowerOfTen(power);
    amount.quantum = amount.quantum.TimesPowerOfTen(power);
    amount.scale_power += power;
    amount.end = amount.digits_end = i;
  }

  // 1.2M, 40k: a scale where nothing but a mark follows.  4K and 5G are names.
  bool ReadLetterScale(Amount& amount) const {
    const size_t end = amount.end + 1;
    if (LetterAt(text_, end) || DigitAt(text_, end) ||
        (end < text_.size() && static_cast<uint8_t>(text_[end]) >= 0xE3 &&
         static_cast<uint8_t>(text_[end]) < 0xEF)) {
      return false;
    }
    const Digits& digits = amount.magnitude.digits;
    const char letter = text_[amount.end];
    int32_t power = 0;
    if (letter == 'K' || letter == 'k') power = 3;
    if (letter == 'M') power = 6;
    if (letter == 'G' && amount.signed_digits) power = 9;
    if (power == 0 || (digits.whole < 2 && digits.decimals == 0 && !amount.signed_digits))
      return false;
    const Rational scale(Decimal::PowerOfTen(power));
    amount.value = amount.value * scale;
    amount.quantum = amount.quantum.TimesPowerOfTen(power);
    amount.scale_power += power;
    amount.end = end;
    return true;
  }

  // 八点三十分.
  size_t EndOfClock(size_t at) const {
    const auto point = NumberWordAt(text_, at, lexicon_);
    if (!point) return at;
    const Magnitude minutes = ReadMagnitude(text_, at + point.size, lexicon_);
    return minutes.end == 0 || minutes.malformed ? at : minutes.end;
  }

  // ---- Units ------------------------------------------------------------------------------------

  Lexicon::Match<lexicon::UnitInfo> FittingUnit(size_t at, const Amount& amount) const {
    const auto unit = UnitAt(text_, at, lexicon_);
    // Behind 三, 大 of 大型 is no counting word.
    if (unit && amount.spelled && LongerWordAt(text_, at, unit.size, lexicon_) &&
        unit.info->kind != UnitKind::kCurrency) {
      return {};
    }
    return unit;
  }

  void ReadUnit(Amount& amount) const {
    const bool half_open = amount.magnitude.end == amount.end;  // no exponent and no fraction
    size_t at = SkipBlanks(text_, amount.end, 2);
    if (at >= text_.size()) return;
    bool over = false;
    if (const size_t hedge = InnerHedgeSize(text_, at, lexicon_);
        hedge > 0 && FittingUnit(at + hedge, amount)) {
      over = true;
      at += hedge;
    }
    auto unit = FittingUnit(at, amount);
    if (!unit) return;
    if (unit.info->change && !ChangeFits(at + unit.size, *unit.info, amount)) return;
    if (over) amount.qualifier = Qualifier::kOver;
    const Rational scale(Decimal::PowerOfTen(unit.info->power));
    if (unit.info->power != 0) {
      amount.value = amount.value * scale;
      if (amount.upper) amount.upper = *amount.upper * scale;
      amount.quantum = amount.quantum.TimesPowerOfTen(unit.info->power);
      amount.scale_power += unit.info->power;
    }
    amount.unit = unit.info->code;
    amount.ucum = unit.info->ucum;
    amount.kind = unit.info->kind;
    amount.unit_power = unit.info->power;
    amount.end = at + unit.size;
    if (amount.kind == UnitKind::kCurrency) {
      // 元人民币 is a unit; 元欧元 is two.
      const auto second = UnitAt(text_, amount.end, lexicon_);
      if (second && second.info->kind == UnitKind::kCurrency && second.info->power == 0 &&
          amount.unit == "CNY" && unit.info->power == 0 && !second.info->change) {
        amount.unit = second.info->code;
        amount.end += second.size;
      }
    }
    ReadChange(*unit.info, amount);
    if (half_open && amount.spelled) ReadAndAHalf(amount);
    ReadPer(amount);
  }

  // 角 and 分 before smaller change, behind formal digits, or before 钱.
  bool ChangeFits(size_t end, const lexicon::UnitInfo& unit, const Amount& amount) const {
    const auto word = NumberWordAt(text_, end, lexicon_);
    if (word && *word.info == NumberRole::kMoneyEnd &&
        !LongerWordAt(text_, end, word.size, lexicon_))
      return true;
    if (amount.magnitude.formal) return true;
    const Magnitude next = ReadMagnitude(text_, end, lexicon_);
    if (next.end == 0 || next.malformed || next.atoms != 1) return false;
    const auto smaller = UnitAt(text_, next.end, lexicon_);
    return smaller && smaller.info->change && smaller.info->code == unit.code &&
           smaller.info->power < unit.power;
  }

  // 5元6角7分, 两美元又三美分, 五块三毛, 伍元整.
  void ReadChange(const lexicon::UnitInfo& unit, Amount& amount) const {
    const core::Text& money = unit.kind == UnitKind::kCurrency ? unit.code : unit.money;
    if (money.empty()) return;
    int32_t power = unit.power;
    while (amount.end < text_.size()) {
      size_t at = amount.end;
      if (const auto word = NumberWordAt(text_, at, lexicon_);
          word && *word.info == NumberRole::kAnd) {
        at += word.size;
      }
      // 壹元零壹分.
      while (true) {
        const auto zero = NumeralAt(text_, at, lexicon_);
        if (!zero || zero.info->power > 0 || zero.info->value > 0) break;
        at += zero.size;
        if (at - amount.end > 16) return;
      }
      if (!DigitAt(text_, at) && !NumeralAt(text_, at, lexicon_)) break;
      size_t end = at;
      Rational part;
      if (const auto digit = NumeralAt(text_, at, lexicon_); digit) {
        if (digit.info->power > 0 || digit.info->some || digit.info->value > 9) break;
        end = at + digit.size;
        part = digit.info->value;
      } else {
        if (DigitAt(text_, at + 2)) break;
        end = at + 1;
        int64_t value = text_[at] - '0';
        if (DigitAt(text_, end)) value = value * 10 + (text_[end++] - '0');
        part = value;
      }
      const auto smaller = UnitAt(text_, end, lexicon_);
      if (!smaller || smaller.info->code != money || smaller.info->power >= power) break;
      power = smaller.info->power;
      amount.value = amount.value + part * Rational(Decimal::PowerOfTen(power));
      amount.quantum = Decimal::PowerOfTen(power);
      amount.upper.reset();
      amount.end = end + smaller.size;
      amount.digits_end = amount.end;
      amount.unit = money;
      amount.ucum.clear();
      amount.kind = UnitKind::kCurrency;
      amount.spelled = true;  // its digits are no decimal number
    }
    if (amount.kind != UnitKind::kCurrency) return;
    if (const auto word = NumberWordAt(text_, amount.end, lexicon_);
        word && *word.info == NumberRole::kMoneyEnd &&
        !LongerWordAt(text_, amount.end, word.size, lexicon_)) {
      amount.end += word.size;
    }
  }

  // 一吨半, 两个半.
  void ReadAndAHalf(Amount& amount) const {
    const bool halves = amount.kind == UnitKind::kMeasure || amount.kind == UnitKind::kCount ||
                        amount.kind == UnitKind::kMultiple;
    if (!halves || amount.magnitude.place != 0 || amount.upper) return;
    const auto half = NumberWordAt(text_, amount.end, lexicon_);
    if (!half || *half.info != NumberRole::kHalf) return;
    if (LongerWordAt(text_, amount.end, half.size, lexicon_) ||
        lexicon_.LongestPeriodWord(text_.substr(amount.end)).size > half.size) {
      return;
    }
    const Decimal unit = Decimal::PowerOfTen(amount.unit_power - 1);
    amount.value = amount.value + Rational(Decimal(5) * unit);
    amount.quantum = unit;
    amount.end += half.size;
    amount.digits_end = amount.end;
  }

  // 元/公斤, 台/万人, 千米每小时.
  void ReadPer(Amount& amount) const {
    size_t per = 0;
    if (amount.end < text_.size() && text_[amount.end] == '/') {
      per = amount.end + 1;
    } else if (const auto word = NumberWordAt(text_, amount.end, lexicon_);
               word && *word.info == NumberRole::kPer) {
      per = amount.end + word.size;
    } else {
      return;
    }
    const size_t start = per;
    if (per < text_.size()) {
      if (const auto scale = lexicon_.LongestScale(text_.substr(per)); scale) per += scale.size;
    }
    const auto unit = UnitAt(text_, per, lexicon_);
    if (!unit) return;
    std::string rate(amount.unit.view());
    rate.append("/").append(text_.substr(start, per - start)).append(unit.info->code.view());
    amount.unit = rate;
    amount.ucum.clear();
    amount.kind = UnitKind::kMeasure;
    amount.end = per + unit.size;
  }

  // ---- Ranges -----------------------------------------------------------------------------------

  struct Sign {
    size_t size = 0;  // 0: none
    bool word = false;
  };
  // The sign between the ends of a range of numbers.
  Sign RangeSign(size_t at) const {
    if (at >= text_.size()) return {};
    const auto word = lexicon_.LongestPeriodWord(text_.substr(at));
    if (!word || word.info->role != lexicon::PeriodRole::kTo) return {};
    const uint8_t lead = static_cast<uint8_t>(text_[at]);
    return {static_cast<size_t>(word.size), lead >= 0xE3 && lead < 0xEF};
  }

  // A range: 20—30家, 70%-80%, 十八至三十万日元.
  void Join(Amount& lower, std::optional<Mention>& other) {
    if (lower.fraction || lower.upper || lower.negative) return;
    const Sign sign = RangeSign(lower.end);
    if (sign.size == 0 || (sign.word && moves_)) return;
    const size_t second = lower.end + sign.size;
    const bool arabic = DigitAt(text_, second);
    if (!arabic && !NumeralAt(text_, second, lexicon_)) return;
    if (!sign.word && !arabic && !lower.spelled) return;
    Amount upper;
    std::optional<Mention> ignored;
    if (!ReadAmount(second, upper, ignored) || upper.fraction || upper.signed_digits) return;
    const bool joined = !upper.bare() || upper.has_scale;
    if (!sign.word && !lower.spelled && lower.bare() && !lower.has_scale && !joined) {
      other = Of(MentionKind::kLabel, lower.start, EndOfCode(text_, upper.magnitude.digits_end));
      return;
    }
    const bool lower_spelled_rate = lower.spelled && lower.kind == UnitKind::kPercent;
    if (!joined && !(lower.spelled && upper.spelled)) return;
    if (!lower.bare() && lower.unit != upper.unit && !(lower_spelled_rate && upper.bare())) return;
    if (sign.word && !joined && !lower_spelled_rate) return;
    if (upper.kind == UnitKind::kDuration && sign.word && lower.bare()) return;
    Rational value = lower.value;
    Decimal quantum = lower.quantum;
    int32_t power = lower.scale_power;
    if (lower.bare() && !lower.has_scale) {
      const int32_t shared = SharedPower(lower, upper);
      value = value * Rational(Decimal::PowerOfTen(shared));
      quantum = quantum.TimesPowerOfTen(shared);
      power = shared;
    } else if (lower.bare()) {
      value = value * Rational(Decimal::PowerOfTen(upper.unit_power));
      quantum = quantum.TimesPowerOfTen(upper.unit_power);
    }
    if (upper.bare() && lower_spelled_rate) {
      upper.unit = lower.unit;
      upper.ucum = lower.ucum;
      upper.kind = lower.kind;
      upper.value = upper.value * Rational(Decimal::PowerOfTen(lower.scale_power));
    }
    if (!(value < upper.value)) return;
    lower.value = std::move(value);
    lower.quantum = std::move(quantum);
    lower.scale_power = power;
    lower.upper = std::move(upper.value);
    lower.unit = std::move(upper.unit);
    lower.ucum = std::move(upper.ucum);
    lower.kind = upper.kind;
    lower.has_scale |= upper.has_scale;
    lower.spelled |= upper.spelled;
    lower.end = upper.end;
  }

  // The power of ten that the lower end has from the upper one: 20～30万, 两到三千.
  static int32_t SharedPower(const Amount& lower, const Amount& upper) {
    const Magnitude& scale = upper.magnitude;
    const auto fits = [&](int32_t power) {
      return power > 0 && lower.value * Rational(Decimal::PowerOfTen(power)) < upper.value;
    };
    if (!lower.spelled && !upper.spelled)
      return fits(upper.scale_power) ? upper.scale_power : upper.unit_power;
    const int32_t all = scale.large_scale + (scale.small_scale > 1 ? scale.small_scale : 0);
    if (lower.magnitude.atoms == 1 && fits(all + upper.unit_power)) return all + upper.unit_power;
    if (fits(scale.large_scale + upper.unit_power)) return scale.large_scale + upper.unit_power;
    return upper.unit_power;
  }

  std::string_view text_;
  const Lexicon& lexicon_;
  const bool moves_;
};

}  // namespace

bool NumberMayStart(std::string_view text, size_t at, const lexicon::Lexicon& lexicon) {
  const std::string_view rest = text.substr(at);
  const uint8_t sorts = lexicon.SortsAt(rest);
  if ((sorts & Lexicon::kNumberStart) != 0) return true;
  const size_t next = at + CodePointSize(text, at);
  if ((sorts & Lexicon::kNumeral) != 0) {
    // What follows must not be a word that has nothing to do with numbers.
    if (next >= text.size()) return true;
    const uint8_t lead = static_cast<uint8_t>(text[next]);
    if (lead < 0xE4 || lead > 0xE9) return true;
    const uint8_t sorts_behind = lexicon.SortsAt(text.substr(next));
    return (sorts_behind & (Lexicon::kNumeral | Lexicon::kNumberWord)) != 0 ||
           UnitAt(text, next, lexicon) || InnerHedgeSize(text, next, lexicon) > 0;
  }
  if ((sorts & Lexicon::kCurrency) == 0) return false;
  const auto unit = lexicon.LongestUnit(rest);
  if (!unit || unit.info->kind != UnitKind::kCurrency) return false;
  const size_t behind = SkipBlanks(text, at + unit.size, 1);
  return behind < text.size() &&
         (static_cast<uint8_t>(text[behind]) < 0x80 || NumeralAt(text, behind, lexicon));
}

Mention LexNumber(std::string_view text, size_t at, const lexicon::Lexicon& lexicon, bool moves) {
  return Lexer(text, lexicon, moves).Lex(at);
}

}  // namespace crossfoot::mention
