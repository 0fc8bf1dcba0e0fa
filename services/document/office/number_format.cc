#include "services/document/office/number_format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "core/string_view.h"
#include "services/document/characters.h"
#include "services/document/office/number_formats_data.h"
#include "services/document/office/word_numbering.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;

// Digits that Excel keeps of a number.
constexpr int kSignificantDigits = 15;
// Characters that General takes for the digits and the point of a number.
constexpr int32_t kGeneralWidth = 11;
// Doubles have none beyond.
constexpr int32_t kMaxExponent = 400;
// The last day of year 9999, and the one that 1900 did not have.
constexpr int64_t kLastDay = 2'958'465;
constexpr int64_t kFalseLeapDay = 60;
constexpr int64_t kSecondsOfDay = 86'400;
// The longest denominator that is looked for.
constexpr int32_t kMaxDenominatorDigits = 5;

constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                   "May",       "June",     "July",     "August",
                                   "September", "October",  "November", "December"};
constexpr const char* kDays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                 "Friday", "Saturday", "Sunday"};
constexpr const char* kChineseDays[] = {"一", "二", "三", "四", "五", "六", "日"};
// What says that a number is negative.
constexpr std::string_view kNegativeMarks[] = {"-", "−", "(", "（", "▼", "▽", "△", "▲"};

int64_t PowerOfTen(int32_t exponent) {
  int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// Cuts a code at the semicolons outside quotes, brackets and escapes.
std::vector<std::string_view> SplitSections(std::string_view code) {
  std::vector<std::string_view> sections;
  size_t start = 0;
  char closer = 0;
  for (size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (closer != 0) {
      if (c == closer) closer = 0;
    } else if (c == '"') {
      closer = '"';
    } else if (c == '[') {
      closer = ']';
    } else if (c == '\\' || c == '!' || c == '_' || c == '*') {
      at += static_cast<size_t>(std::max(CodePointAt(code, at + 1).size_bytes, 0));
    } else if (c == ';') {
      sections.push_back(code.substr(start, at - start));
      start = at + 1;
    }
  }
  sections.push_back(code.substr(std::min(start, code.size())));
  return sections;
}

std::string PadTo(std::string digits, size_t width) {
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

// The rounded fraction nearest to `value` (0 to 1) whose denominator has no more than `largest`.
std::pair<int64_t, int64_t> NearestFraction(double value, int64_t largest) {
  int64_t before[2] = {0, 1};  // numerator and denominator of the last two convergents
  int64_t last[2] = {1, 0};
  double rest = value;
  for (int step = 0; step < 40; ++step) {
    const double whole = std::floor(rest);
    if (whole > 1e9) break;
    const int64_t next[2] = {static_cast<int64_t>(whole) * last[0] + before[0],
                             static_cast<int64_t>(whole) * last[1] + before[1]};
    if (next[1] > largest) break;
    for (int part = 0; part < 2; ++part) {
      before[part] = last[part];
      last[part] = next[part];
    }
    if (rest - whole < 1e-9) break;
    rest = 1 / (rest - whole);
  }
  return {last[0], std::max<int64_t>(last[1], 1)};
}

}  // namespace

std::string_view BuiltInNumberFormat(int32_t id) {
  static const auto& formats = *[] {
    auto* const read = new std::map<int32_t, std::string>;
    for (const auto& file : embedded::number_formats_data()) {
      for (const absl::string_view line :
           absl::StrSplit(absl::string_view(file.data, file.size), '\n')) {
        const size_t tab = line.find('\t');
        int32_t number = 0;
        if (tab != absl::string_view::npos && absl::SimpleAtoi(line.substr(0, tab), &number))
          (*read)[number] = std::string(line.substr(tab + 1));
      }
    }
    return read;
  }();
  const auto found = formats.find(id);
  return found == formats.end() ? std::string_view("General") : std::string_view(found->second);
}

double NumberFormat::Number::ToDouble() const {
  const double value =
      std::strtod(absl::StrCat(coefficient, "e", exponent).c_str(), /*endptr=*/nullptr);
  return negative ? -value : value;
}

NumberFormat::NumberFormat(std::string_view code) {
  for (const std::string_view section : SplitSections(code.empty() ? "General" : code))
    sections_.push_back(ParseSection(section));
}

NumberFormat::Section NumberFormat::ParseSection(std::string_view code) {
  Section section;
  const auto add = [&section](Kind kind, std::string_view text) {
    if (kind == Kind::kLiteral && !section.tokens.empty() &&
        section.tokens.back().kind == Kind::kLiteral) {
      section.tokens.back().text += text;
    } else {
      section.tokens.push_back({kind, std::string(text)});
    }
  };
  for (size_t at = 0; at < code.size();) {
    const std::string_view rest = code.substr(at);
    const char c = absl::ascii_tolower(static_cast<unsigned char>(rest[0]));
    const auto letters = [&] {
      size_t count = 1;
      while (count < rest.size() &&
             absl::ascii_tolower(static_cast<unsigned char>(rest[count])) == c) {
        ++count;
      }
      return rest.substr(0, count);
    };
    const auto starts = [&rest](std::string_view word) {
      return absl::StartsWithIgnoreCase(ToAbsl(rest), ToAbsl(word));
    };
    if (c == '"') {
      const size_t end = std::min(rest.find('"', 1), rest.size());
      add(Kind::kLiteral, rest.substr(1, end - 1));
      at += std::min(end + 1, rest.size());
    } else if (c == '[') {
      const size_t end = std::min(rest.find(']'), rest.size());
      ParseBracket(rest.substr(1, end - 1), &section);
      at += std::min(end + 1, rest.size());
    } else if (c == '\\' || c == '!' || c == '_' || c == '*') {
      const auto size = static_cast<size_t>(CodePointAt(rest, 1).size_bytes);
      if (c == '\\' || c == '!') add(Kind::kLiteral, rest.substr(1, size));
      at += std::min(1 + size, rest.size());
    } else if (starts("general")) {
      add(Kind::kGeneral, "");
      at += 7;
    } else if (starts("G/通用格式")) {
      add(Kind::kGeneral, "");
      at += std::string_view("G/通用格式").size();
    } else if (starts("AM/PM") || starts("A/P") || starts("上午/下午")) {
      const size_t size = starts("AM/PM") ? 5
                          : starts("A/P") ? 3
                                          : std::string_view("上午/下午").size();
      add(Kind::kHalfDay, rest.substr(0, size));
      at += size;
    } else if (c == '0' || c == '#' || c == '?') {
      add(Kind::kDigit, rest.substr(0, 1));
      ++at;
    } else if (c == '.') {
      add(Kind::kPoint, ".");
      ++at;
    } else if (c == ',') {
      add(Kind::kComma, ",");
      ++at;
    } else if (c == '%') {
      add(Kind::kPercent, "%");
      ++at;
    } else if (c == '/') {
      add(Kind::kSlash, "/");
      ++at;
    } else if (c == '@') {
      add(Kind::kText, "@");
      ++at;
    } else if (c == 'e' && rest.size() > 1 && (rest[1] == '+' || rest[1] == '-')) {
      add(Kind::kExponent, rest.substr(0, 2));
      at += 2;
    } else if (c == 'y' || c == 'e' || c == 'm' || c == 'd' || c == 'h' || c == 's' ||
               (c == 'a' && letters().size() >= 3)) {
      const std::string_view word = letters();
      add(c == 'y' || c == 'e' ? Kind::kYear
          : c == 'm'           ? Kind::kMonth
          : c == 'd'           ? Kind::kDay
          : c == 'h'           ? Kind::kHour
          : c == 's'           ? Kind::kSecond
                               : Kind::kWeekday,
          c == 'e' ? "yyyy" : word);
      section.date = true;
      at += word.size();
    } else if (c == 'g') {
      at += letters().size();  // the era, which the year alone does without
    } else {
      const auto size = static_cast<size_t>(CodePointAt(rest, 0).size_bytes);
      add(Kind::kLiteral, rest.substr(0, size));
      at += size;
    }
  }
  SettleMinutes(&section);
  const auto has = [&section](Kind kind) {
    return std::any_of(section.tokens.begin(), section.tokens.end(),
                       [kind](const Token& token) { return token.kind == kind; });
  };
  MeasureDigits(&section);
  FindPlainDigits(&section);
  section.scientific = has(Kind::kExponent);
  section.fraction = has(Kind::kSlash) && has(Kind::kDigit);
  section.general = section.tokens.size() == 1 && has(Kind::kGeneral);
  section.shows_number = has(Kind::kDigit) || has(Kind::kGeneral) || has(Kind::kText);
  return section;
}

void NumberFormat::ParseBracket(std::string_view inside, Section* section) {
  const std::string lower = absl::AsciiStrToLower(ToAbsl(inside));
  if (lower.empty()) return;
  if (lower.find_first_not_of(lower[0]) == std::string::npos &&
      (lower[0] == 'h' || lower[0] == 'm' || lower[0] == 's')) {
    section->tokens.push_back({Kind::kElapsed, lower});
    section->date = true;
  } else if (lower[0] == '$') {
    // A currency, and the language that the format is of: [$¥-804].
    const std::string_view currency =
        inside.substr(1, std::min(inside.find('-'), inside.size()) - 1);
    if (!currency.empty()) section->tokens.push_back({Kind::kLiteral, std::string(currency)});
  } else if (lower[0] == '<' || lower[0] == '>' || lower[0] == '=') {
    const size_t size = lower.find_first_not_of("<>=");
    if (size != std::string::npos && absl::SimpleAtod(lower.substr(size), &section->limit))
      section->condition = lower.substr(0, size);
  } else if (absl::StartsWith(lower, "dbnum")) {
    section->chinese_digits = lower.size() == 6 ? lower[5] - '0' : 0;
  } else {
    section->coloured = true;
  }
}

// An m behind hours or before seconds is minutes.
void NumberFormat::SettleMinutes(Section* section) {
  const auto is_time = [](const Token& token, char letter, Kind kind) {
    return token.kind == kind || (token.kind == Kind::kElapsed && token.text[0] == letter);
  };
  std::vector<Token*> parts;
  for (Token& token : section->tokens) {
    if (token.kind >= Kind::kYear) parts.push_back(&token);
  }
  for (size_t index = 0; index < parts.size(); ++index) {
    if (parts[index]->kind != Kind::kMonth || parts[index]->text.size() > 2) continue;
    if ((index > 0 && is_time(*parts[index - 1], 'h', Kind::kHour)) ||
        (index + 1 < parts.size() && is_time(*parts[index + 1], 's', Kind::kSecond))) {
      parts[index]->kind = Kind::kMinute;
    }
  }
}

// Finds the places of the digits, and what the commas among them mean.
void NumberFormat::MeasureDigits(Section* section) {
  const std::vector<Token>& tokens = section->tokens;
  size_t first_digit = tokens.size();
  size_t last_whole = 0;  // the last digit before the point
  size_t last_digit = 0;
  section->point = tokens.size();
  for (size_t index = 0; index < tokens.size(); ++index) {
    if (tokens[index].kind == Kind::kPoint && section->point == tokens.size())
      section->point = index;
    if (tokens[index].kind == Kind::kPercent) section->shift += 2;
    if (tokens[index].kind != Kind::kDigit) continue;
    first_digit = std::min(first_digit, index);
    last_digit = index;
    if (index < section->point) {
      last_whole = index;
      ++section->whole_digits;
    } else {
      ++section->decimals;
    }
  }
  for (size_t index = first_digit; index < tokens.size(); ++index) {
    if (tokens[index].kind != Kind::kComma) continue;
    const bool whole = index < section->point;
    if (whole && index < last_whole) {
      section->grouped = true;
    } else if (whole || index > last_digit) {
      section->shift -= 3;
    }
  }
}

// Whether the digits stand side by side, zeros next to the point, as in #,##0.0#.
void NumberFormat::FindPlainDigits(Section* section) {
  bool digits = false;
  bool point = false;
  size_t decimals = 0;
  for (const Token& token : section->tokens) {
    const bool digit = token.kind == Kind::kDigit;
    if (digit || token.kind == Kind::kPoint) {
      const bool zero = token.text == "0";
      const bool out_of_order = point ? zero && decimals > section->least_decimals
                                      : digit && !zero && section->least_whole > 0;
      if (!section->after.empty() || out_of_order || token.text == "?" || (point && !digit)) return;
      if (digit && point) ++decimals;
      if (zero) ++(point ? section->least_decimals : section->least_whole);
      digits |= digit;
      point |= !digit;
    } else if (token.kind == Kind::kGeneral || token.kind == Kind::kText) {
      return;
    } else if (token.kind != Kind::kComma) {
      (digits || point ? section->after : section->before) += token.text;
    }
  }
  section->plain = digits;
}

std::optional<NumberFormat::Number> NumberFormat::ParseNumber(std::string_view text) {
  Number number;
  size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
  int digits = 0;  // significant ones so far
  bool any = false;
  bool point = false;
  bool rounds_up = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c < '0' || c > '9') {
      if (c != '.' || point) break;
      point = true;
      continue;
    }
    any = true;
    if (digits < kSignificantDigits) {
      number.coefficient = number.coefficient * 10 + (c - '0');
      digits += number.coefficient > 0 ? 1 : 0;
      number.exponent -= point ? 1 : 0;
    } else {
      if (digits == kSignificantDigits) rounds_up = c >= '5';
      ++digits;
      if (!point) ++number.exponent;
    }
  }
  if (!any) return std::nullopt;
  if (rounds_up) ++number.coefficient;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    int32_t exponent = 0;
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('+')) rest.remove_prefix(1);
    if (!absl::SimpleAtoi(ToAbsl(rest), &exponent) || std::abs(exponent) > kMaxExponent)
      return std::nullopt;
    number.exponent += exponent;
    at = text.size();
  }
  if (at < text.size() || std::abs(number.exponent) > 2 * kMaxExponent) return std::nullopt;
  if (number.coefficient == 0) return Number();
  while (number.coefficient % 10'000 == 0) {
    number.coefficient /= 10'000;
    number.exponent += 4;
  }
  while (number.coefficient % 10 == 0) {
    number.coefficient /= 10;
    ++number.exponent;
  }
  return number;
}

bool NumberFormat::Meets(const Section& section, double value) {
  const std::string& condition = section.condition;
  if (condition == "<") return value < section.limit;
  if (condition == "<=") return value <= section.limit;
  if (condition == ">") return value > section.limit;
  if (condition == ">=") return value >= section.limit;
  if (condition == "<>") return value != section.limit;
  return value == section.limit;
}

const NumberFormat::Section* NumberFormat::Choose(const Number& number,
                                                  bool* unsigned_section) const {
  const size_t count = std::min<size_t>(sections_.size(), 3);
  const bool conditional =
      !sections_[0].condition.empty() || (count > 1 && !sections_[1].condition.empty());
  *unsigned_section = false;
  if (!conditional) {
    if (count == 1) return &sections_[0];
    if (number.negative) {
      *unsigned_section = true;
      return &sections_[1];
    }
    return count == 3 && number.coefficient == 0 ? &sections_[2] : &sections_[0];
  }
  const double value = number.ToDouble();
  for (size_t index = 0; index < count; ++index) {
    const Section& section = sections_[index];
    const bool last = index + 1 == count && index > 0;
    // Of three sections without a condition of its own the second is for negative numbers.
    const bool meets = !section.condition.empty() ? Meets(section, value)
                       : index == 0               ? value > 0
                                                  : last || value < 0;
    if (!meets) continue;
    const std::string& condition = section.condition;
    *unsigned_section = (condition == "<" || condition == "<=")
                            ? section.limit <= 0
                            : condition.empty() && index == 1 && !last;
    return &section;
  }
  return nullptr;
}

std::string NumberFormat::Format(std::string_view text, DateSystem system) const {
  const std::optional<Number> number = ParseNumber(text);
  if (!number.has_value()) return std::string(text);
  bool unsigned_section = false;
  const Section* const section = Choose(*number, &unsigned_section);
  Number size = *number;
  size.negative = false;
  const auto general = [&] { return (number->negative ? "-" : "") + General(size); };
  if (section == nullptr) return general();
  if (section->tokens.empty()) return "";
  if (section->date) {
    const std::string date = number->negative ? "" : FormatDate(*section, size, system);
    return date.empty() ? general() : date;
  }
  std::string printed = section->scientific ? FormatScientific(*section, size)
                        : section->fraction ? FormatFraction(*section, size)
                        : section->plain    ? FormatPlain(*section, size)
                        : section->general  ? General(size)
                                            : FormatNumber(*section, size);
  const auto is_space = [](char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); };
  if (!printed.empty() && (is_space(printed.front()) || is_space(printed.back())))
    absl::StripAsciiWhitespace(&printed);
  if (!number->negative || !section->shows_number) return printed;
  const bool marked =
      std::any_of(std::begin(kNegativeMarks), std::end(kNegativeMarks),
                  [&printed](std::string_view mark) { return Contains(printed, mark); });
  const bool by_colour = section->coloured && !marked;
  return unsigned_section && !by_colour ? printed : "-" + printed;
}

// The digits of a number rounded to `decimals` behind the point, without sign and point.
class NumberFormat::Digits {
 public:
  Digits(const Number& number, int32_t decimals) {
    const int32_t shift = number.exponent + decimals;
    int64_t rounded = number.coefficient;
    if (shift < -kSignificantDigits - 1) {
      rounded = 0;
    } else if (shift < 0) {
      const int64_t divisor = PowerOfTen(-shift);
      rounded = (rounded + divisor / 2) / divisor;
    }
    if (rounded == 0) return;
    zeros_ = static_cast<size_t>(std::max(shift, 0));
    count_ = static_cast<size_t>(std::to_chars(digits_.begin(), digits_.end(), rounded).ptr -
                                 digits_.data());
  }

  // How many they are; none of 0.
  size_t size() const { return count_ + zeros_; }
  // By its place from the right, from 0; zeros before the first one.
  char operator[](size_t place) const {
    return place >= zeros_ && place < size() ? digits_[size() - 1 - place] : '0';
  }

 private:
  std::array<char, 20> digits_;
  size_t count_ = 0;
  size_t zeros_ = 0;  // behind those
};

// Digits with `decimals` behind the point, rounded; no sign.
std::string NumberFormat::Fixed(const Number& number, int32_t decimals) {
  const Digits digits(number, decimals);
  const auto places = static_cast<size_t>(std::max(decimals, 0));
  std::string fixed;
  for (size_t place = std::max(digits.size(), places + 1); place > 0; --place) {
    fixed += digits[place - 1];
    if (place == places + 1 && places > 0) fixed += '.';
  }
  return fixed;
}

std::string NumberFormat::General(const Number& number) {
  if (number.coefficient == 0) return "0";
  const auto digit_count = static_cast<int32_t>(std::to_string(number.coefficient).size());
  const int32_t magnitude = digit_count + number.exponent - 1;  // of the first digit
  const auto strip = [](std::string* text) {
    if (text->find('.') == std::string::npos) return;
    text->erase(text->find_last_not_of('0') + 1);
    if (text->back() == '.') text->pop_back();
  };
  const int32_t decimals =
      std::clamp(kGeneralWidth - 2 - std::max(magnitude, 0), 0, kGeneralWidth - 2);
  const bool small = magnitude < -4 && number.exponent < -decimals;
  if (magnitude < kGeneralWidth && !small) {
    std::string text = Fixed(number, std::clamp(-number.exponent, 0, decimals));
    strip(&text);
    if (text.size() <= kGeneralWidth) return text;
  }
  Number mantissa = number;
  int32_t exponent = magnitude;
  mantissa.exponent -= exponent;
  std::string text = Fixed(mantissa, 5);
  if (text.starts_with("10")) {
    ++exponent;
    text = "1";
  }
  strip(&text);
  return absl::StrCat(text, exponent < 0 ? "E-" : "E+",
                      PadTo(std::to_string(std::abs(exponent)), 2));
}

std::string NumberFormat::FormatPlain(const Section& section, Number number) {
  number.exponent += section.shift;
  const auto decimals = static_cast<size_t>(section.decimals);
  const Digits digits(number, section.decimals);
  size_t hidden = 0;  // zeros at the end
  while (decimals - hidden > section.least_decimals && digits[hidden] == '0') ++hidden;
  const size_t whole =
      std::max(digits.size() > decimals ? digits.size() - decimals : 0, section.least_whole);
  std::string out = section.before;
  for (size_t place = whole; place > 0; --place) {
    out += digits[decimals + place - 1];
    if (section.grouped && place > 1 && place % 3 == 1) out += ',';
  }
  if (section.point < section.tokens.size()) out += '.';
  for (size_t place = decimals; place > hidden; --place) out += digits[place - 1];
  return out += section.after;
}

std::string NumberFormat::FormatNumber(const Section& section, Number number) {
  const std::vector<Token>& tokens = section.tokens;
  const size_t point = section.point;
  const int32_t whole = section.whole_digits;
  const int32_t decimals = section.decimals;
  const bool grouped = section.grouped;
  number.exponent += section.shift;
  const std::string digits = Fixed(number, decimals);
  const std::string_view fixed = digits;
  const size_t dot = std::min(fixed.find('.'), fixed.size());
  const std::string_view integer = fixed.starts_with('0') ? "" : fixed.substr(0, dot);
  const std::string_view fraction = decimals > 0 ? fixed.substr(dot + 1) : "";
  // How many digits behind the point are shown: zeros at the end that # stands for are not.
  int32_t shown = decimals;
  for (size_t index = tokens.size(); index-- > 0 && index > point && shown > 0;) {
    if (tokens[index].kind != Kind::kDigit) continue;
    if (tokens[index].text != "#" || fraction[static_cast<size_t>(shown) - 1] != '0') break;
    --shown;
  }

  std::string out;
  int32_t place = whole;  // of the next digit before the point, from the right, counted from 1
  int32_t decimal = 0;
  const auto integer_digit = [&](int32_t from_right, char pad) {
    const auto size = static_cast<int32_t>(integer.size());
    const char c = from_right <= size ? integer[static_cast<size_t>(size - from_right)]
                   : pad == '0'       ? '0'
                   : pad == '?'       ? ' '
                                      : '\0';
    if (c == '\0') return;
    out += c;
    if (grouped && c != ' ' && from_right > 1 && from_right % 3 == 1) out += ',';
  };
  for (size_t index = 0; index < tokens.size(); ++index) {
    const Token& token = tokens[index];
    switch (token.kind) {
      case Kind::kDigit:
        if (index < point) {
          if (place == whole) {
            for (auto extra = static_cast<int32_t>(integer.size()); extra > whole; --extra)
              integer_digit(extra, '0');
          }
          integer_digit(place--, token.text[0]);
        } else {
          const char c = fraction[static_cast<size_t>(decimal)];
          if (decimal < shown) out += c;
          ++decimal;
        }
        break;
      case Kind::kPoint:
        if (index == point) {
          if (whole == 0) out += integer;
          out += '.';
        }
        break;
      case Kind::kComma:
        break;
      case Kind::kGeneral:
      case Kind::kText:
        out += General(number);
        break;
      default:
        out += token.text;
        break;
    }
  }
  return out;
}

std::string NumberFormat::FormatScientific(const Section& section, const Number& number) {
  const std::vector<Token>& tokens = section.tokens;
  int32_t whole = 0;
  int32_t decimals = 0;
  size_t exponent_width = 0;
  bool point = false;
  const Token* sign = nullptr;
  for (const Token& token : tokens) {
    if (token.kind == Kind::kPoint) point = true;
    if (token.kind == Kind::kExponent) sign = &token;
    if (token.kind != Kind::kDigit) continue;
    if (sign != nullptr) {
      ++exponent_width;
    } else {
      ++(point ? decimals : whole);
    }
  }
  whole = std::max(whole, 1);
  int32_t exponent = 0;
  std::string mantissa = Fixed(number, decimals);
  if (number.coefficient != 0) {
    const auto digits = static_cast<int32_t>(std::to_string(number.coefficient).size());
    const int32_t magnitude = digits + number.exponent - 1;
    // Several places before the point: exponents are multiples of their number.
    exponent = magnitude - ((magnitude % whole) + whole) % whole;
    Number scaled = number;
    scaled.exponent -= exponent;
    mantissa = Fixed(scaled, decimals);
    if (std::min(mantissa.find('.'), mantissa.size()) > static_cast<size_t>(whole)) {
      exponent += whole;
      scaled.exponent -= whole;
      mantissa = Fixed(scaled, decimals);
    }
  }
  std::string out;
  bool mantissa_written = false;
  bool exponent_written = false;
  for (const Token& token : tokens) {
    if (token.kind == Kind::kExponent) {
      absl::StrAppend(&out, "E", exponent < 0 ? "-" : token.text[1] == '+' ? "+" : "");
    } else if (token.kind == Kind::kDigit || token.kind == Kind::kPoint) {
      const bool behind = out.find('E') != std::string::npos && mantissa_written;
      if (!mantissa_written) {
        out += mantissa;
        mantissa_written = true;
      } else if (behind && !exponent_written) {
        out += PadTo(std::to_string(std::abs(exponent)), exponent_width);
        exponent_written = true;
      }
    } else if (token.kind != Kind::kComma) {
      out += token.text;
    }
  }
  return out;
}

std::string NumberFormat::FormatFraction(const Section& section, const Number& number) {
  const std::vector<Token>& tokens = section.tokens;
  const auto slash = static_cast<size_t>(
      std::find_if(tokens.begin(), tokens.end(),
                   [](const Token& token) { return token.kind == Kind::kSlash; }) -
      tokens.begin());
  // The digits right before the slash are the numerator; those before a gap are whole ones.
  size_t numerator = slash;
  while (numerator > 0 && tokens[numerator - 1].kind == Kind::kDigit) --numerator;
  const bool mixed = std::any_of(tokens.begin(), tokens.begin() + static_cast<ptrdiff_t>(numerator),
                                 [](const Token& token) { return token.kind == Kind::kDigit; });
  size_t end = slash + 1;
  std::string fixed_denominator;
  while (end < tokens.size() && tokens[end].kind == Kind::kDigit) ++end;
  const auto places = static_cast<int32_t>(end - slash - 1);
  if (end < tokens.size() && tokens[end].kind == Kind::kLiteral) {
    // 16 in # ?/16 is read as the literal 16; its zeros are places: ?/100.
    size_t digits = 0;
    while (digits < tokens[end].text.size() && tokens[end].text[digits] >= '0' &&
           tokens[end].text[digits] <= '9') {
      ++digits;
    }
    fixed_denominator = tokens[end].text.substr(0, std::min<size_t>(digits, 6));
    while (!fixed_denominator.empty() && ++end < tokens.size() &&
           tokens[end].kind == Kind::kDigit && tokens[end].text == "0" &&
           fixed_denominator.size() < 7) {
      fixed_denominator += '0';
    }
  }
  const double value = number.ToDouble();
  if (value > 1e15) return General(number);
  double whole = mixed ? std::floor(value) : 0;
  int64_t top = 0;
  int64_t bottom = 1;
  if (int64_t denominator = 0;
      absl::SimpleAtoi(fixed_denominator, &denominator) && denominator > 0) {
    bottom = denominator;
    top = static_cast<int64_t>(std::floor((value - whole) * static_cast<double>(bottom) + 0.5));
  } else {
    const int64_t largest = PowerOfTen(std::clamp(places, 1, kMaxDenominatorDigits)) - 1;
    const double floor = std::floor(value);
    std::tie(top, bottom) = NearestFraction(value - floor, largest);
    top += static_cast<int64_t>(floor - whole) * bottom;
  }
  if (mixed && top == bottom) {
    whole += 1;
    top = 0;
  }
  std::string out;
  for (size_t index = 0; index < numerator; ++index) {
    if (tokens[index].kind == Kind::kLiteral) out += tokens[index].text;
    if (tokens[index].kind == Kind::kDigit && whole >= 0) {
      if (whole > 0 || top == 0) absl::StrAppend(&out, static_cast<int64_t>(whole));
      whole = -1;  // written once
    }
  }
  if (!mixed || top > 0) absl::StrAppend(&out, top, "/", bottom);
  for (size_t index = end; index < tokens.size(); ++index) out += tokens[index].text;
  return out;
}

std::string NumberFormat::FormatDate(const Section& section, const Number& number,
                                     DateSystem system) {
  const std::vector<Token>& tokens = section.tokens;
  const double serial = number.ToDouble();
  if (serial >= static_cast<double>(kLastDay) + 1) return "";
  int32_t subsecond_digits = 0;
  for (size_t index = 1; index + 1 < tokens.size(); ++index) {
    if (tokens[index].kind != Kind::kPoint || tokens[index - 1].text.find('s') == std::string::npos)
      continue;
    while (index + 1 < tokens.size() && tokens[index + 1].kind == Kind::kDigit &&
           subsecond_digits < 3) {
      ++subsecond_digits;
      ++index;
    }
  }
  // In the smallest unit that is shown.
  const int64_t parts = PowerOfTen(subsecond_digits);
  auto total =
      static_cast<int64_t>(std::floor(serial * static_cast<double>(kSecondsOfDay * parts) + 0.5));
  const int64_t subsecond = total % parts;
  total /= parts;
  const int64_t day = total / kSecondsOfDay;
  const int64_t second = total % kSecondsOfDay;
  absl::CivilDay date = system == DateSystem::k1904 ? absl::CivilDay(1904, 1, 1) + day
                        : day < kFalseLeapDay       ? absl::CivilDay(1899, 12, 31) + day
                                                    : absl::CivilDay(1899, 12, 30) + day;
  int month_day = date.day();
  if (system == DateSystem::k1900 && (day == 0 || day == kFalseLeapDay)) {
    // Excel's 0 January and 29 February 1900.
    date = absl::CivilDay(1900, day == 0 ? 1 : 2, 1);
    month_day = day == 0 ? 0 : 29;
  }
  const bool halves = std::any_of(tokens.begin(), tokens.end(),
                                  [](const Token& token) { return token.kind == Kind::kHalfDay; });
  const bool chinese = section.chinese_digits > 0;
  const auto counted = [&](int64_t value, size_t width) {
    if (!chinese) return PadTo(std::to_string(value), std::min<size_t>(width, 2));
    if (value == 0) return std::string("〇");
    return FormatListNumber(
        section.chinese_digits == 2 ? "chineseLegalSimplified" : "chineseCounting",
        static_cast<int32_t>(value));
  };
  std::string out;
  for (size_t index = 0; index < tokens.size(); ++index) {
    const Token& token = tokens[index];
    const size_t width = token.text.size();
    switch (token.kind) {
      case Kind::kYear: {
        const int64_t year = width <= 2 ? date.year() % 100 : date.year();
        const std::string digits = PadTo(std::to_string(year), width <= 2 ? 2 : 4);
        for (const char digit : digits) {
          if (chinese && digit != '0') {
            out += FormatListNumber("ideographDigital", digit - '0');
          } else {
            out += chinese ? std::string("〇") : std::string(1, digit);
          }
        }
        break;
      }
      case Kind::kMonth: {
        const std::string name = kMonths[date.month() - 1];
        out += width <= 2   ? counted(date.month(), width)
               : width == 3 ? name.substr(0, 3)
               : width == 5 ? name.substr(0, 1)
                            : name;
        break;
      }
      case Kind::kDay: {
        const std::string name = kDays[static_cast<size_t>(absl::GetWeekday(date))];
        out += width <= 2 ? counted(month_day, width) : width == 3 ? name.substr(0, 3) : name;
        break;
      }
      case Kind::kWeekday:
        absl::StrAppend(&out, width >= 4 ? "星期" : "",
                        kChineseDays[static_cast<size_t>(absl::GetWeekday(date))]);
        break;
      case Kind::kHour: {
        const int64_t hour = second / 3600;
        out += counted(halves ? (hour + 11) % 12 + 1 : hour, width);
        break;
      }
      case Kind::kMinute:
        out += counted(second / 60 % 60, width);
        break;
      case Kind::kSecond:
        out += counted(second % 60, width);
        break;
      case Kind::kElapsed: {
        const int64_t unit = token.text[0] == 'h' ? 3600 : token.text[0] == 'm' ? 60 : 1;
        out += PadTo(std::to_string(total / unit), width);
        break;
      }
      case Kind::kHalfDay: {
        const size_t slash = token.text.find('/');
        out +=
            second < kSecondsOfDay / 2 ? token.text.substr(0, slash) : token.text.substr(slash + 1);
        break;
      }
      case Kind::kPoint:
        out += '.';
        if (index > 0 && subsecond_digits > 0 &&
            tokens[index - 1].text.find('s') != std::string::npos) {
          out += PadTo(std::to_string(subsecond), static_cast<size_t>(subsecond_digits));
          index += static_cast<size_t>(subsecond_digits);
        }
        break;
      case Kind::kText:
      case Kind::kGeneral:
        break;
      default:
        out += token.text;
        break;
    }
  }
  absl::StripAsciiWhitespace(&out);
  return out;
}

}  // namespace crossfoot::document
