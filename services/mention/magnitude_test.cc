#include "services/mention/magnitude.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <regex>
#include <string>
#include <vector>

namespace crossfoot::mention {
namespace {

const lexicon::Lexicon& Words() {
  static const auto& lexicon = *lexicon::Lexicon::Load()->release();
  return lexicon;
}

struct MagnitudeCase {
  const char* text;
  const char* value;
  int place;
  size_t size;  // bytes read
};

class MagnitudeTest : public ::testing::TestWithParam<MagnitudeCase> {};

TEST_P(MagnitudeTest, ReadsValueAndPlace) {
  const Magnitude magnitude = ReadMagnitude(GetParam().text, 0, Words());
  EXPECT_FALSE(magnitude.malformed);
  EXPECT_EQ(magnitude.value.ToString(), GetParam().value);
  EXPECT_EQ(magnitude.place, GetParam().place);
  EXPECT_EQ(magnitude.end, GetParam().size);
}

INSTANTIATE_TEST_SUITE_P(
    All, MagnitudeTest,
    ::testing::Values(
        MagnitudeCase{"两千零四", "2004", 0, 12}, MagnitudeCase{"一百二", "120", 1, 9},
        MagnitudeCase{"三万五", "35000", 3, 9}, MagnitudeCase{"三万零五", "30005", 0, 12},
        MagnitudeCase{"十", "10", 1, 3}, MagnitudeCase{"十六", "16", 0, 6},
        MagnitudeCase{"廿五", "25", 0, 6}, MagnitudeCase{"卅", "30", 1, 3},
        MagnitudeCase{"壹佰貳拾參萬", "1230000", 4, 18}, MagnitudeCase{"二〇二四", "2024", 0, 12},
        MagnitudeCase{"一万五千亿", "1500000000000", 11, 15},
        MagnitudeCase{"三兆二千億", "3200000000000", 11, 15},
        MagnitudeCase{"四万万", "400000000", 8, 9}, MagnitudeCase{"二点零五", "2.05", -2, 12},
        MagnitudeCase{"六点五万", "65000", 3, 12},
        MagnitudeCase{"2.14万亿", "2140000000000", 10, 10},
        MagnitudeCase{"3亿5000万", "350000000", 4, 11}, MagnitudeCase{"3万4000", "34000", 0, 8},
        MagnitudeCase{"5亿1万4千6百", "500014600", 2, 16}, MagnitudeCase{"1千零1", "1001", 0, 8},
        MagnitudeCase{"1,100万", "11000000", 4, 8}, MagnitudeCase{"二十 億", "2000000000", 9, 10},
        MagnitudeCase{"两个亿", "200000000", 8, 9}, MagnitudeCase{"两个亿级", "2", 0, 3},
        MagnitudeCase{"三千瓦", "3", 0, 3}, MagnitudeCase{"五千家", "5000", 3, 6},
        MagnitudeCase{"三千两百两", "3200", 2, 12}, MagnitudeCase{"五千一方面", "5000", 3, 6},
        MagnitudeCase{".77", "0.77", -2, 3}, MagnitudeCase{"10万,", "100000", 4, 5},
        MagnitudeCase{"3万5项", "30000", 4, 4}));

TEST(MagnitudeTest, ReadsTwoNumbersSideBySide) {
  for (const auto& [text, value, pair] : {std::tuple{"三四百", "300", "100"},
                                          {"十五六", "15", "1"},
                                          {"一万六七", "16000", "1000"},
                                          {"六十三四万", "630000", "10000"},
                                          {"三四十亿", "3000000000", "1000000000"},
                                          {"两三个", "2", "1"}}) {
    const Magnitude magnitude = ReadMagnitude(text, 0, Words());
    EXPECT_EQ(magnitude.value.ToString(), value) << text;
    EXPECT_EQ(magnitude.pair.ToString(), pair) << text;
  }
  EXPECT_TRUE(ReadMagnitude("三四", 0, Words()).row);
}

TEST(MagnitudeTest, ReadsUnknownDigitsAsTheLeastThatTheyCanBe) {
  for (const auto& [text, value] : {std::pair{"几十万", "100000"},
                                    {"数百", "100"},
                                    {"十几", "10"},
                                    {"二十多万", "200000"},
                                    {"3千余万", "30000000"}}) {
    const Magnitude magnitude = ReadMagnitude(text, 0, Words());
    EXPECT_EQ(magnitude.value.ToString(), value) << text;
    EXPECT_TRUE(magnitude.over) << text;
  }
  EXPECT_EQ(ReadMagnitude("几个", 0, Words()).end, 0u);
}

TEST(MagnitudeTest, CallsNumeralsOutOfOrderMalformed) {
  for (const std::string text :
       {"三十五十", "一百千", "二五十", "一万三万", "一亿零", "十百千万"}) {
    const Magnitude magnitude = ReadMagnitude(text, 0, Words());
    EXPECT_TRUE(magnitude.malformed || magnitude.end < text.size()) << text;
  }
  // A number of Arabic digits ends where the order does.
  EXPECT_EQ(ReadMagnitude("3亿5亿", 0, Words()).end, 4u);
}

TEST(MagnitudeTest, TellsTheTimeFromDecimals) {
  EXPECT_TRUE(ReadMagnitude("八点三十分", 0, Words()).clock);
  EXPECT_FALSE(ReadMagnitude("八点三", 0, Words()).clock);
}

// ---- A slow and obvious twin
// ----------------------------------------------------------------------

struct Range {
  int64_t value = 0;
  int64_t pair = 0;
};

// Numbers below ten thousand in 零, 一, 二, 十 and 百.  `behind` is the power of the scale that
// they stand behind, 0 at the start; `last` says that nothing follows, `scaled` that a scale does.
std::optional<Range> SlowSection(const std::string& s, int behind, bool last, bool scaled) {
  static const std::regex& row = *new std::regex("(?:零|一|二)+");
  static const std::regex& section = *new std::regex(
      "((?:零)*)(?:(一二|一|二)?百)?((?:零)*)(?:(一二|一|二)?十)?((?:零)*)(一二|一|二)?");
  const auto digit = [](const std::string& d) -> Range {
    return d == "一二" ? Range{1, 1} : Range{d == "二" ? 2 : 1, 0};
  };
  if (behind == 0 && std::regex_match(s, row)) {
    if (s == "一二" && scaled) return Range{1, 1};
    int64_t value = 0;
    for (size_t i = 0; i < s.size(); i += 3) {
      const std::string d = s.substr(i, 3);
      value = value * 10 + (d == "一" ? 1 : d == "二" ? 2 : 0);
    }
    if (value == 0 && scaled) return std::nullopt;
    return Range{value, 0};
  }
  std::smatch m;
  if (!std::regex_match(s, m, section)) return std::nullopt;
  const bool hundreds = s.find("百") != std::string::npos;
  const bool tens = s.find("十") != std::string::npos;
  const bool ones = m[6].length() > 0;
  if (behind == 0 && m[1].length() > 0) return std::nullopt;              // begins with 零
  if (behind > 0 && hundreds && m[2].length() == 0) return std::nullopt;  // 万百
  if (behind == 0 && !hundreds && m[3].length() > 0) return std::nullopt;
  if (!hundreds && !tens && !ones) return std::nullopt;
  if (!ones && m[5].length() > 0) return std::nullopt;  // ends in 零
  if (!tens && !ones && m[3].length() > 0) return std::nullopt;
  Range sum;
  int lowest = behind;
  const auto add = [&](const std::string& d, int power) {
    int64_t unit = 1;
    for (int i = 0; i < power; ++i) unit *= 10;
    const Range range = digit(d);
    sum.value += range.value * unit;
    sum.pair += range.pair * unit;
    if (power > 0) lowest = power;
  };
  if (hundreds) add(m[2], 2);
  if (tens) add(m[4], 1);
  // The zeros right before the last digit.
  const auto zeros = tens       ? m[5].length()
                     : hundreds ? m[3].length() + m[5].length()
                                : m[1].length() + m[3].length() + m[5].length();
  const bool zero = zeros > 0;
  if (ones && zero && lowest == 1) return std::nullopt;  // 十零一
  if (ones) add(m[6], last && !zero && lowest > 1 ? lowest - 1 : 0);
  return sum;
}

std::optional<Range> SlowRead(const std::string& s, int behind, bool last, bool scaled) {
  const std::string hundred_million = "亿", ten_thousand = "万";
  for (const auto& [scale, power] : {std::pair{hundred_million, 8}, {ten_thousand, 4}}) {
    const size_t at = s.find(scale);
    if (at == std::string::npos) continue;
    const std::string left = s.substr(0, at), right = s.substr(at + 3);
    const bool joined = left.size() >= 3 && left.substr(left.size() - 3) == ten_thousand;
    if (right.find(scale) != std::string::npos && !joined) return std::nullopt;
    int64_t unit = 1;
    for (int i = 0; i < power; ++i) unit *= 10;
    Range sum{1, 0};
    if (left.empty()) {
      if (behind > 0) return std::nullopt;
    } else {
      const auto range = SlowRead(left, behind, false, true);
      if (!range) return std::nullopt;
      sum = *range;
    }
    sum.value *= unit;
    sum.pair *= unit;
    if (right.empty()) return sum;
    const auto range = SlowRead(right, power + (joined ? 4 : 0), last, scaled);
    if (!range) return std::nullopt;
    // 万亿 leaves room for 亿 behind it, not for another 万亿.
    if (joined && range->value >= unit * 10'000) return std::nullopt;
    return Range{sum.value + range->value, sum.pair + range->pair};
  }
  return SlowSection(s, behind, last, scaled);
}

// A pair of digits is the last thing but scales: 一二百, 一百一二十.
bool PairIsLast(const std::string& s) {
  static const std::regex& inner =
      *new std::regex("(?:|.*(?:十|百|万|亿)(?:零)*)一二(?:十|百|万|亿)+(?:零|一|二).*");
  return !std::regex_match(s, inner);
}

TEST(MagnitudeTwinTest, AgreesOnEveryShortString) {
  const std::vector<std::string> alphabet = {"零", "一", "二", "十", "百", "万", "亿"};
  std::vector<std::string> strings = {""};
  int accepted = 0;
  for (int size = 1; size <= 6; ++size) {
    std::vector<std::string> longer;
    for (const std::string& s : strings) {
      for (const std::string& c : alphabet) longer.push_back(s + c);
    }
    strings = std::move(longer);
    for (const std::string& s : strings) {
      // What these mean is no part of the twin: scales that multiply in rising order.
      if (s.find("亿万") != std::string::npos || s.find("亿亿") != std::string::npos ||
          s.find("万万") != std::string::npos) {
        continue;
      }
      std::optional<Range> slow = SlowRead(s, 0, true, false);
      if (!PairIsLast(s)) slow.reset();
      const Magnitude fast = ReadMagnitude(s, 0, Words());
      const bool read = fast.end == s.size() && !fast.malformed;
      ASSERT_EQ(read, slow.has_value()) << s << " " << fast.value.ToString();
      if (!read) continue;
      ++accepted;
      ASSERT_EQ(fast.value.ToString(), std::to_string(slow->value)) << s;
      ASSERT_EQ(fast.pair.ToString(), std::to_string(slow->pair)) << s;
    }
  }
  EXPECT_GT(accepted, 3000);
}

// Spells a number as it is read aloud.
std::string Spell(int64_t n, const std::vector<std::string>& digits,
                  const std::vector<std::string>& tens) {
  if (n == 0) return digits[0];
  std::string out;
  bool gap = false;
  for (const auto& [unit, name] :
       {std::pair<int64_t, std::string>{100'000'000, "亿"}, {10'000, "万"}, {1, ""}}) {
    const int64_t part = n / unit;
    n %= unit;
    if (part == 0) {
      gap = !out.empty();
      continue;
    }
    if (part >= 10'000) {
      out += Spell(part, digits, tens) + name;
      gap = false;
      continue;
    }
    int64_t rest = part;
    for (int power = 3; power >= 0; --power) {
      int64_t place = 1;
      for (int i = 0; i < power; ++i) place *= 10;
      const int64_t digit = rest / place;
      rest %= place;
      if (digit == 0) {
        gap = !out.empty();
        continue;
      }
      if (gap) out += digits[0];
      gap = false;
      out += digits[static_cast<size_t>(digit)] + tens[static_cast<size_t>(power)];
    }
    out += name;
    gap = gap && n > 0;
  }
  return out;
}

TEST(MagnitudeTwinTest, ReadsBackWhatIsSpelled) {
  const std::vector<std::string> plain = {"零", "一", "二", "三", "四",
                                          "五", "六", "七", "八", "九"};
  const std::vector<std::string> formal = {"零", "壹", "贰", "叁", "肆",
                                           "伍", "陆", "柒", "捌", "玖"};
  std::mt19937_64 random(20240229);
  for (int round = 0; round < 20'000; ++round) {
    int64_t limit = 10;
    for (uint64_t i = random() % 15; i > 0; --i) limit *= 10;
    const int64_t n = static_cast<int64_t>(random() % static_cast<uint64_t>(limit));
    const std::string text = round % 2 == 0 ? Spell(n, plain, {"", "十", "百", "千"})
                                            : Spell(n, formal, {"", "拾", "佰", "仟"});
    const Magnitude magnitude = ReadMagnitude(text, 0, Words());
    ASSERT_EQ(magnitude.value.ToString(), std::to_string(n)) << text;
    ASSERT_EQ(magnitude.end, text.size()) << text;
  }
}

}  // namespace
}  // namespace crossfoot::mention
