#include "services/document/office/word_numbering.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "services/document/characters.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {
namespace {

// The digits of a way to write numbers in Chinese, and the words for ten, hundred, thousand and ten
// thousand.
struct ChineseWords {
  const char* digits[10];
  const char* powers[4];
  const char* myriad;
};
constexpr ChineseWords kPlainWords = {
    {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"", "十", "百", "千"}, "万"};
constexpr ChineseWords kLegalWords = {
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}, {"", "拾", "佰", "仟"}, "万"};

// Four digits at most: 一百零二.
std::string BelowMyriad(const ChineseWords& words, int32_t number, std::string_view zero) {
  std::string text;
  bool gap = false;
  int32_t unit = 1000;
  for (int32_t power = 3; power >= 0; --power, unit /= 10) {
    const int32_t digit = number / unit % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += zero;
    gap = false;
    absl::StrAppend(&text, words.digits[digit], words.powers[power]);
  }
  return text;
}

std::string ChineseNumber(const ChineseWords& words, int32_t number, bool drops_one) {
  constexpr std::string_view kZero = "零";
  if (number == 0) return words.digits[0];
  std::string text;
  if (number >= 10'000) {
    text = BelowMyriad(words, number / 10'000, kZero) + words.myriad;
    const int32_t rest = number % 10'000;
    if (rest > 0 && rest < 1000) text += kZero;
    text += BelowMyriad(words, rest, kZero);
  } else {
    text = BelowMyriad(words, number, kZero);
  }
  // 十二, not 一十二.
  if (drops_one && text.starts_with("一十")) text.erase(0, std::string_view("一").size());
  return text;
}

// 二〇二四: digit by digit.
std::string ByDigit(const ChineseWords& words, int32_t number) {
  std::string text;
  for (const char digit : std::to_string(number)) text += words.digits[digit - '0'];
  return text;
}

std::string Roman(int32_t number, bool upper) {
  struct Numeral {
    int32_t value;
    const char* upper;
    const char* lower;
  };
  constexpr Numeral kNumerals[] = {
      {1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"},  {400, "CD", "cd"}, {100, "C", "c"},
      {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},    {9, "IX", "ix"},
      {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"}};
  std::string text;
  for (const Numeral& numeral : kNumerals) {
    for (; number >= numeral.value; number -= numeral.value)
      text += upper ? numeral.upper : numeral.lower;
  }
  return text;
}

// The number-th character from `first`, while there are `count`; empty beyond.
std::string Nth(char32_t first, int32_t count, int32_t number) {
  std::string text;
  if (number >= 1 && number <= count) AppendUtf8(first + static_cast<char32_t>(number) - 1, &text);
  return text;
}

std::string NthOf(std::u32string_view characters, int32_t number) {
  std::string text;
  if (number >= 1 && number <= static_cast<int32_t>(characters.size()))
    AppendUtf8(characters[static_cast<size_t>(number) - 1], &text);
  return text;
}

// Empty for a format that is not known or cannot write the number.
std::string FormatSpecially(std::string_view format, int32_t number) {
  if (format == "chineseCounting" || format == "chineseCountingThousand" ||
      format == "japaneseCounting" || format == "taiwaneseCounting" ||
      format == "taiwaneseCountingThousand") {
    return ChineseNumber(kPlainWords, number, /*drops_one=*/true);
  }
  if (format == "ideographDigital" || format == "taiwaneseDigital" ||
      format == "japaneseDigitalTenThousand") {
    return ByDigit(kPlainWords, number);
  }
  if (format == "chineseLegalSimplified") return ChineseNumber(kLegalWords, number, false);
  if (format == "ideographTraditional") return NthOf(U"甲乙丙丁戊己庚辛壬癸", number);
  if (format == "ideographZodiac") return NthOf(U"子丑寅卯辰巳午未申酉戌亥", number);
  if (format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese")
    return Nth(U'①', 20, number);
  if (format == "decimalEnclosedParen") return Nth(U'⑴', 20, number);
  if (format == "decimalEnclosedFullstop") return Nth(U'⒈', 20, number);
  if (format == "ideographEnclosedCircle") return Nth(U'㊀', 10, number);
  if (format == "upperRoman" || format == "lowerRoman")
    return number < 4000 ? Roman(number, format == "upperRoman") : "";
  if (format == "upperLetter" || format == "lowerLetter") {
    // Behind Z comes AA, then BB.
    const char letter =
        static_cast<char>((format == "upperLetter" ? 'A' : 'a') + (number - 1) % 26);
    return number <= 26 * 20 ? std::string(static_cast<size_t>((number - 1) / 26 + 1), letter) : "";
  }
  if (format == "decimalZero" && number < 10) return absl::StrCat("0", number);
  if (format == "numberInDash") return absl::StrCat("- ", number, " -");
  return "";
}

}  // namespace

std::string FormatListNumber(std::string_view format, int32_t number) {
  if (format == "none" || format == "bullet") return "";
  const std::string special =
      number >= 1 && number < 100'000'000 ? FormatSpecially(format, number) : std::string();
  return special.empty() ? std::to_string(number) : special;
}

WordNumbering::WordNumbering(const pugi::xml_node& numbering,
                             const absl::flat_hash_map<std::string, int32_t>& style_numbers) {
  absl::flat_hash_map<int32_t, std::string> linked;  // lists that are those of a style
  for (const pugi::xml_node& node : numbering.children()) {
    const std::string_view name = LocalName(node.name());
    if (name == "abstractNum") {
      const int32_t id = NumberOf(node, "abstractNumId", -1);
      List& list = lists_[id];
      for (const pugi::xml_node& child : node.children()) {
        const std::string_view part = LocalName(child.name());
        if (part == "numStyleLink") linked[id] = std::string(AttributeOf(child, "val"));
        const int32_t level = NumberOf(child, "ilvl", -1);
        if (part == "lvl" && level >= 0 && level < kLevels) list.levels[level] = ReadLevel(child);
      }
    } else if (name == "num") {
      Number& number = numbers_[NumberOf(node, "numId", -1)];
      number.list = NumberOf(ChildOf(node, "abstractNumId"), "val", -1);
      for (const pugi::xml_node& child : node.children()) {
        const int32_t level = NumberOf(child, "ilvl", -1);
        if (LocalName(child.name()) != "lvlOverride" || level < 0 || level >= kLevels) continue;
        if (const pugi::xml_node start = ChildOf(child, "startOverride"))
          number.starts[level] = NumberOf(start, "val", 1);
        if (const pugi::xml_node whole = ChildOf(child, "lvl"))
          number.overrides[level] = ReadLevel(whole);
      }
    }
  }
  for (auto& [id, number] : numbers_) {
    const auto link = linked.find(number.list);
    if (link == linked.end()) continue;
    const auto style = style_numbers.find(link->second);
    if (style == style_numbers.end()) continue;
    const auto other = numbers_.find(style->second);
    if (other != numbers_.end()) number.list = other->second.list;
  }
}

WordNumbering::Level WordNumbering::ReadLevel(const pugi::xml_node& node) {
  Level level;
  level.defined = true;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = LocalName(child.name());
    const std::string value(AttributeOf(child, "val"));
    if (name == "start") level.start = NumberOf(child, "val", 1);
    if (name == "lvlRestart") level.restart = NumberOf(child, "val", -1);
    if (name == "numFmt") level.format = value;
    if (name == "lvlText") level.text = value;
    if (name == "suff") level.suffix = value;
    if (name == "pStyle") level.style = value;
    if (name == "isLgl") level.decimal = IsOn(child, "val", true);
    // A choice between a format of a later version and one that all know.
    if (name == "AlternateContent") {
      const pugi::xml_node format = ChildOf(ChildOf(child, "Fallback"), "numFmt");
      if (format) level.format = std::string(AttributeOf(format, "val"));
    }
  }
  return level;
}

const WordNumbering::Level& WordNumbering::LevelOf(const Number& number, const List& list,
                                                   int32_t level) const {
  const auto changed = number.overrides.find(level);
  return changed != number.overrides.end() ? changed->second : list.levels[level];
}

std::optional<WordNumbering::Mark> WordNumbering::Next(int32_t number_id, int32_t level) {
  const auto found = numbers_.find(number_id);
  if (found == numbers_.end() || level < 0 || level >= kLevels) return std::nullopt;
  Number& number = found->second;
  const auto found_list = lists_.find(number.list);
  if (found_list == lists_.end()) return std::nullopt;
  List& list = found_list->second;
  const Level& own = LevelOf(number, list, level);
  if (!own.defined) return std::nullopt;
  if (!number.used) {
    number.used = true;
    for (const auto& [at, start] : number.starts) list.counts[at].reset();
  }
  constexpr int32_t kMaxCount = 99'999'999;
  std::optional<int32_t>& count = list.counts[level];
  const auto changed_start = number.starts.find(level);
  const int32_t start = changed_start != number.starts.end() ? changed_start->second : own.start;
  count = std::clamp(count.has_value() ? *count + 1 : start, 0, kMaxCount);
  for (int32_t below = level + 1; below < kLevels; ++below) {
    const int32_t restart = LevelOf(number, list, below).restart;
    if (restart < 0 || (restart > 0 && level < restart)) list.counts[below].reset();
  }
  Mark mark;
  mark.bullet = own.format == "bullet";
  if (mark.bullet) return mark;
  const std::string_view text = own.text;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%' || at + 1 == text.size() || text[at + 1] < '1' || text[at + 1] > '9') {
      mark.text += text[at];
      continue;
    }
    const int32_t which = text[++at] - '1';
    const Level& shown = LevelOf(number, list, which);
    const int32_t value = list.counts[which].value_or(shown.start);
    mark.text += FormatListNumber(own.decimal ? "decimal" : shown.format, value);
  }
  // What separates 1. from its words is no part of 一、.
  const bool closed = mark.text.empty() || mark.text.ends_with("、") || mark.text.ends_with("）");
  if (own.suffix != "nothing" && !closed) mark.text += ' ';
  return mark;
}

int32_t WordNumbering::LevelOfStyle(int32_t number_id, std::string_view style_id) const {
  const auto found = numbers_.find(number_id);
  if (found == numbers_.end()) return -1;
  const auto list = lists_.find(found->second.list);
  if (list == lists_.end()) return -1;
  for (int32_t level = 0; level < kLevels; ++level) {
    if (!style_id.empty() && LevelOf(found->second, list->second, level).style == style_id)
      return level;
  }
  return -1;
}

}  // namespace crossfoot::document
