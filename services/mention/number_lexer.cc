#include "services/mention/number_lexer.h"

#include <string>
#include <utility>

#include "core/text.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using core::Decimal;
using core::Mention;
using core::MentionKind;
using core::Qualifier;
using core::TextRange;
using core::UnitKind;

TextRange Range(size_t start, size_t end) {
  return {static_cast<int32_t>(start), static_cast<int32_t>(end)};
}

// The digits of one number, grouped or not.
struct Digits {
  size_t end = 0;
  std::string plain;  // without separators
  int decimals = 0;   // digits after the point
  int points = 0;     // 2 and more: 1.2.3
};

Digits ScanDigits(std::string_view text, size_t at) {
  Digits digits;
  size_t i = at;
  while (DigitAt(text, i)) ++i;
  const size_t lead = i - at;
  digits.plain.assign(text.substr(at, std::min(lead, size_t{Decimal::kMaxDigits + 1})));
  auto group_at = [&](size_t comma) {
    return comma < text.size() && text[comma] == ',' && DigitAt(text, comma + 1) &&
           DigitAt(text, comma + 2) && DigitAt(text, comma + 3) && !DigitAt(text, comma + 4);
  };
  if (lead <= 3) {
    while (group_at(i)) {
      if (digits.plain.size() <= Decimal::kMaxDigits) digits.plain.append(text.substr(i + 1, 3));
      i += 4;
    }
  }
  if (i < text.size() && text[i] == '.' && DigitAt(text, i + 1)) {
    digits.points = 1;
    size_t end = i + 1;
    while (DigitAt(text, end)) ++end;
    digits.decimals = static_cast<int>(std::min(end - i - 1, size_t{Decimal::kMaxDigits + 1}));
    digits.plain.append(text.substr(i, digits.decimals + 1));
    i = end;
    while (i < text.size() && text[i] == '.' && DigitAt(text, i + 1)) {
      ++digits.points;
      ++i;
      while (DigitAt(text, i)) ++i;
    }
  }
  digits.end = i;
  return digits;
}

// Scale and unit behind a number.
struct Suffix {
  size_t end = 0;
  int power = 0;
  bool scaled = false;
  Qualifier qualifier = Qualifier::kExact;  // of 余, 多 inside
  core::Text unit;
  core::Text ucum;
  UnitKind kind = UnitKind::kNone;
};

// A unit that ends in a letter must not run on into a word: P in "3000P", not in "5Plus".
bool CutsWord(std::string_view text, size_t end) {
  return end > 0 && IsLetter(text[end - 1]) && (LetterAt(text, end) || DigitAt(text, end));
}

lexicon::Lexicon::Match<lexicon::UnitInfo> UnitAt(std::string_view text, size_t at,
                                                  const lexicon::Lexicon& lexicon) {
  if (at >= text.size()) return {};
  auto unit = lexicon.LongestUnit(text.substr(at));
  if (unit && CutsWord(text, at + unit.size)) return {};
  return unit;
}

// A hedge that may stand between number, scale and unit: 余, 多.
size_t SkipInnerHedge(std::string_view text, size_t at, const lexicon::Lexicon& lexicon,
                      Qualifier& qualifier) {
  if (at >= text.size()) return at;
  // One character alone: 多项 and 多元 are words of their own, but not behind a number.
  const size_t size = CodePointSize(text, at);
  const lexicon::WordInfo* word = lexicon.FindWord(text.substr(at, size));
  if (word == nullptr || word->kind != MentionKind::kHedge || !word->behind ||
      word->qualifier != Qualifier::kOver) {
    return at;
  }
  // Only when a scale or unit follows; otherwise the hedge stands behind the whole.
  const size_t next = at + size;
  if (next >= text.size()) return at;
  if (!lexicon.LongestScale(text.substr(next)) && !UnitAt(text, next, lexicon)) return at;
  qualifier = word->qualifier;
  return next;
}

Suffix ScanSuffix(std::string_view text, size_t at, const lexicon::Lexicon& lexicon) {
  Suffix suffix;
  suffix.end = at;
  size_t i = SkipBlanks(text, at, 2);
  i = SkipInnerHedge(text, i, lexicon, suffix.qualifier);
  // 千瓦时 is a unit, 千家 a scale with a unit: whichever reading is longer.
  auto unit = UnitAt(text, i, lexicon);
  if (i < text.size()) {
    if (const auto scale = lexicon.LongestScale(text.substr(i)); scale) {
      size_t behind = SkipInnerHedge(text, i + scale.size, lexicon, suffix.qualifier);
      behind = SkipBlanks(text, behind, 1);
      const auto scaled_unit = UnitAt(text, behind, lexicon);
      const size_t scaled_end = scaled_unit ? behind + scaled_unit.size : i + scale.size;
      if (!unit || scaled_end > i + unit.size) {
        suffix.power = *scale.info;
        suffix.scaled = true;
        suffix.end = scaled_unit ? behind : i + scale.size;
        unit = scaled_unit;
        i = suffix.end;
      }
    }
  }
  if (!unit) return suffix;
  suffix.power += unit.info->power;
  suffix.unit = unit.info->code;
  suffix.ucum = unit.info->ucum;
  suffix.kind = unit.info->kind;
  suffix.end = i + unit.size;
  // Per-unit: 元/公斤, 台/万人.
  if (suffix.end < text.size() && text[suffix.end] == '/') {
    size_t per = suffix.end + 1;
    size_t per_start = per;
    if (per < text.size()) {
      if (const auto scale = lexicon.LongestScale(text.substr(per)); scale) per += scale.size;
    }
    if (const auto per_unit = UnitAt(text, per, lexicon); per_unit) {
      std::string compound(suffix.unit);
      compound += '/';
      compound += text.substr(per_start, per - per_start);
      compound += per_unit.info->code;
      suffix.unit = compound;
      suffix.ucum.clear();
      suffix.kind = UnitKind::kMeasure;
      suffix.end = per + per_unit.size;
    }
  }
  return suffix;
}

Mention Label(size_t start, size_t end) {
  Mention label;
  label.kind = MentionKind::kLabel;
  label.range = label.digits = Range(start, end);
  return label;
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

// The sign between the ends of a range of numbers; 0 when none stands at `at`.
size_t RangeSignSize(std::string_view text, size_t at, const lexicon::Lexicon& lexicon) {
  if (at >= text.size()) return 0;
  const auto word = lexicon.LongestPeriodWord(text.substr(at));
  if (!word || *word.info != lexicon::PeriodRole::kTo) return 0;
  // 至 and 到 between numbers may as well mean "from … to …"; the caller reads those as two
  // numbers.
  const std::string_view sign = text.substr(at, word.size);
  const bool dash = sign.size() == 1 || (static_cast<uint8_t>(sign[0]) == 0xE2);
  return dash ? word.size : 0;
}

}  // namespace

Mention LexNumber(std::string_view text, size_t at, const lexicon::Lexicon& lexicon) {
  size_t start = at;
  bool negative = false, signed_digits = false;
  if (text[at] == '-' || text[at] == '+') {
    negative = text[at] == '-';
    signed_digits = true;
    ++at;
  } else if (text.substr(at, 3) == "\xE2\x88\x92") {  // U+2212 MINUS SIGN
    negative = signed_digits = true;
    at += 3;
  }
  const Digits digits = ScanDigits(text, at);
  // Letters before or behind make it a name: IPv6, 5G, CN2024.  So do plus signs between numbers:
  // 1+5+12.
  if (start > 0 && (IsLetter(text[start - 1]) || text[start - 1] == '_'))
    return Label(start, EndOfCode(text, at));
  if (digits.points > 1) return Label(start, EndOfCode(text, at));
  if (!signed_digits && digits.end < text.size() && text[digits.end] == '+' &&
      DigitAt(text, digits.end + 1)) {
    return Label(start, EndOfCode(text, at));
  }
  if (digits.plain.size() > Decimal::kMaxDigits) {
    Mention unreadable = Label(start, digits.end);
    unreadable.kind = MentionKind::kUnreadable;
    return unreadable;
  }
  Suffix suffix = ScanSuffix(text, digits.end, lexicon);
  if (suffix.unit.empty() && !suffix.scaled && LetterAt(text, digits.end))
    return Label(start, EndOfCode(text, at));

  Mention number;
  number.kind = MentionKind::kNumber;
  number.range = Range(start, suffix.end);
  number.digits = Range(start, digits.end);
  const absl::StatusOr<Decimal> value = Decimal::Parse(digits.plain);
  if (!value.ok()) {
    number.kind = MentionKind::kUnreadable;
    return number;
  }
  const Decimal scaled = value->TimesPowerOfTen(suffix.power);
  number.value = negative ? -scaled : scaled;
  number.quantum = Decimal::PowerOfTen(suffix.power - digits.decimals);
  number.unit = std::move(suffix.unit);
  number.unit_kind = suffix.kind;
  number.unit_ucum = std::move(suffix.ucum);
  number.qualifier = suffix.qualifier;
  number.has_scale = suffix.scaled;
  number.signed_digits = signed_digits;
  number.bare = number.unit.empty();

  // A range: 20—30家, 70%-80%, 75~165英寸.
  if (const size_t sign = RangeSignSize(text, suffix.end, lexicon);
      sign > 0 && DigitAt(text, suffix.end + sign)) {
    const size_t second = suffix.end + sign;
    const Digits upper = ScanDigits(text, second);
    if (upper.points <= 1 && upper.plain.size() <= Decimal::kMaxDigits) {
      Suffix upper_suffix = ScanSuffix(text, upper.end, lexicon);
      const absl::StatusOr<Decimal> upper_value = Decimal::Parse(upper.plain);
      const bool joined = !upper_suffix.unit.empty() || upper_suffix.scaled;
      const bool telephone = number.bare && !number.has_scale && !joined;
      if (telephone) return Label(start, EndOfCode(text, upper.end));
      if (upper_value.ok() && joined && (number.bare || number.unit == upper_suffix.unit)) {
        const int power = number.bare && !number.has_scale ? upper_suffix.power : suffix.power;
        number.value = value->TimesPowerOfTen(power);
        number.quantum = Decimal::PowerOfTen(power - digits.decimals);
        number.range_end = upper_value->TimesPowerOfTen(upper_suffix.power);
        if (number.value < number.range_end) {
          number.qualifier = Qualifier::kRange;
          number.unit = std::move(upper_suffix.unit);
          number.unit_kind = upper_suffix.kind;
          number.unit_ucum = std::move(upper_suffix.ucum);
          number.has_scale |= upper_suffix.scaled;
          number.bare = number.unit.empty();
          number.range = Range(start, upper_suffix.end);
        }
      }
    }
  }
  return number;
}

}  // namespace crossfoot::mention
