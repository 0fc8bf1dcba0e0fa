#include "services/mention/number_lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

namespace crossfoot::mention {
namespace {

using core::MentionKind;
using core::Qualifier;

const lexicon::Lexicon& Words() {
  static const auto& lexicon = *lexicon::Lexicon::Load()->release();
  return lexicon;
}

core::Mention Lex(std::string_view text, size_t at = 0) { return LexNumber(text, at, Words()); }

struct NumberCase {
  const char* text;
  const char* value;
  const char* quantum;
  const char* unit;
  size_t size;  // bytes of the mention
};

class NumberTest : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberTest, ReadsValueQuantumAndUnit) {
  const core::Mention number = Lex(GetParam().text);
  EXPECT_EQ(number.kind, MentionKind::kNumber);
  EXPECT_EQ(number.value.ToString(), GetParam().value);
  EXPECT_EQ(number.quantum.ToString(), GetParam().quantum);
  EXPECT_EQ(number.unit, GetParam().unit);
  EXPECT_EQ(static_cast<size_t>(number.range.size()), GetParam().size);
}

INSTANTIATE_TEST_SUITE_P(
    All, NumberTest,
    ::testing::Values(
        NumberCase{"17050亿元，", "1705000000000", "100000000", "CNY", 11},
        NumberCase{"2.14万亿元", "2140000000000", "10000000000", "CNY", 13},
        NumberCase{"7.6%。", "7.6", "0.1", "%", 4}, NumberCase{"18个百分点", "18", "1", "pp", 14},
        NumberCase{"1,100万人", "11000000", "10000", "人", 11},
        NumberCase{"1,10万", "1", "1", "", 1}, NumberCase{"3400余家企业", "3400", "1", "家", 10},
        NumberCase{"3亿多元", "300000000", "100000000", "CNY", 10},
        NumberCase{"27 万元/人", "270000", "10000", "CNY/人", 13},
        NumberCase{"500台/万人以上", "500", "1", "台/万人", 13},
        NumberCase{"96.9亿千瓦时", "9690000000", "10000000", "千瓦时", 16},
        NumberCase{"1003万人次", "10030000", "10000", "人次", 13},
        NumberCase{"10000 PFlops，", "10000", "1", "PFlops", 12},
        NumberCase{"-1.6", "-1.6", "0.1", "", 4}, NumberCase{"2.1倍", "2.1", "0.1", "倍", 6},
        NumberCase{"4.46万人", "44600", "100", "人", 10},
        // Chinese numerals.
        NumberCase{"两千零四万元", "20040000", "10000", "CNY", 18},
        NumberCase{"十五万吨", "150000", "10000", "吨", 12},
        NumberCase{"负三点一四", "-3.14", "0.01", "", 15},
        NumberCase{"百余家", "100", "100", "家", 9},
        NumberCase{"几十万人", "100000", "100000", "人", 12}, NumberCase{"三大型", "3", "1", "", 3},
        NumberCase{"三成本", "3", "1", "", 3},
        // Parts of a whole.
        NumberCase{"百分之五十五点五", "55.5", "0.1", "%", 24},
        NumberCase{"百分之3.2", "3.2", "0.1", "%", 12}, NumberCase{"百分百", "100", "0", "%", 9},
        NumberCase{"千分之五", "0.5", "0.1", "%", 12},
        NumberCase{"万分之三", "0.03", "0.01", "%", 12}, NumberCase{"三成", "30", "10", "%", 6},
        NumberCase{"三成五", "35", "1", "%", 9}, NumberCase{"六点五成", "65", "1", "%", 12},
        NumberCase{"7.2成", "72", "1", "%", 6}, NumberCase{"半成", "5", "1", "%", 6},
        NumberCase{"三分之二", "2/3", "0", "", 12}, NumberCase{"3又1/2", "3.5", "0", "", 7},
        NumberCase{"1 3/5", "1.6", "0", "", 5}, NumberCase{"一半", "0.5", "0", "", 6},
        NumberCase{"半个", "0.5", "0", "个", 6}, NumberCase{"一吨半", "1.5", "0.1", "吨", 9},
        NumberCase{"4‰", "4", "1", "‰", 4}, NumberCase{"翻两番", "4", "1", "倍", 9},
        // Money.
        NumberCase{"5元6角7分", "5.67", "0.01", "CNY", 12},
        NumberCase{"五块三毛钱", "5.3", "0.1", "CNY", 15}, NumberCase{"五块地", "5", "1", "块", 6},
        NumberCase{"伍仟元整", "5000", "1000", "CNY", 12},
        NumberCase{"壹元零壹分", "1.01", "0.01", "CNY", 15},
        NumberCase{"人民币100元", "100", "1", "CNY", 15},
        NumberCase{"新台币 177.1 亿元", "17710000000", "10000000", "TWD", 22},
        NumberCase{"US$3.2", "3.2", "0.1", "USD", 6},
        NumberCase{"9000元日币", "9000", "1", "JPY", 13},
        NumberCase{"两美元又三美分", "2.03", "0.01", "USD", 21},
        // Grouping, letters, exponents.
        NumberCase{"4 381万吨", "43810000", "10000", "吨", 11},
        NumberCase{"82，225.00元", "82225", "0.01", "CNY", 14},
        NumberCase{"4 381", "4", "1", "", 1}, NumberCase{"1.2M", "1200000", "100000", "", 4},
        NumberCase{"40k", "40000", "1000", "", 3}, NumberCase{"-1.5e2", "-150", "10", "", 6},
        NumberCase{"十千米每小时", "10", "10", "公里/小时", 18}));

TEST(NumberLexerTest, KeepsTrailingZerosInTheQuantum) {
  EXPECT_EQ(Lex("61.0%").quantum.ToString(), "0.1");
  EXPECT_EQ(Lex("61.0%").value.ToString(), "61");
}

TEST(NumberLexerTest, ReadsMoreThanAsAQualifier) {
  EXPECT_EQ(Lex("3400余家").qualifier, Qualifier::kOver);
  EXPECT_EQ(Lex("1700多项").qualifier, Qualifier::kOver);
  EXPECT_EQ(Lex("1700项").qualifier, Qualifier::kExact);
}

TEST(NumberLexerTest, ReadsTwoDigitsAsTenPercentOrMore) {
  const core::Mention number = Lex("两位数的较快增长");
  EXPECT_EQ(number.value.ToString(), "10");
  EXPECT_EQ(number.unit, "%");
  EXPECT_EQ(number.qualifier, Qualifier::kOver);
  EXPECT_EQ(Lex("两位数的编码").range.size(), 0);
}

TEST(NumberLexerTest, ReadsARangeWithBothEnds) {
  const core::Mention range = Lex("70%-80%");
  EXPECT_EQ(range.qualifier, Qualifier::kRange);
  EXPECT_EQ(range.value.ToString(), "70");
  EXPECT_EQ(range.range_end.ToString(), "80");
  EXPECT_EQ(range.range.size(), 7);
  EXPECT_EQ(Lex("20—30家").unit, "家");
}

struct RangeCase {
  const char* text;
  const char* lower;
  const char* upper;
  const char* unit;
};

TEST(NumberLexerTest, SharesScaleAndUnitBetweenTheEnds) {
  for (const auto& [text, lower, upper, unit] : {RangeCase{"20～30万人", "200000", "300000", "人"},
                                                 {"十八至三十万日元", "180000", "300000", "JPY"},
                                                 {"两到三千台", "2000", "3000", "台"},
                                                 {"8500到3万港元", "8500", "30000", "HKD"},
                                                 {"百分之三十到四十一", "30", "41", "%"},
                                                 {"1万元--5万元", "10000", "50000", "CNY"},
                                                 {"三四万吨", "30000", "40000", "吨"},
                                                 {"七八成", "70", "80", "%"}}) {
    const core::Mention range = Lex(text);
    EXPECT_EQ(range.qualifier, Qualifier::kRange) << text;
    EXPECT_EQ(range.value.ToString(), lower) << text;
    EXPECT_EQ(range.range_end.ToString(), upper) << text;
    EXPECT_EQ(range.unit, unit) << text;
    EXPECT_EQ(static_cast<size_t>(range.range.size()), std::string_view(text).size()) << text;
  }
}

TEST(NumberLexerTest, ReadsTwoNumbersWhereSomethingMoves) {
  EXPECT_EQ(Lex("20%至30%").qualifier, Qualifier::kRange);
  const core::Mention first = LexNumber("从20%至30%", 3, Words(), /*moves=*/true);
  EXPECT_EQ(first.qualifier, Qualifier::kExact);
  EXPECT_EQ(first.range.size(), 3);
}

TEST(NumberLexerTest, KeepsTheValueOfAnOrdinal) {
  const core::Mention ordinal = Lex("第二十一届");
  EXPECT_EQ(ordinal.kind, MentionKind::kLabel);
  EXPECT_TRUE(ordinal.ordinal);
  EXPECT_EQ(ordinal.value.ToString(), "21");
}

TEST(NumberLexerTest, FindsNoNumberWhereNoneStands) {
  for (const char* text : {"百姓", "千家", "负责", "半导体", "每人", "第几", "几个", "元100"}) {
    EXPECT_EQ(Lex(text).range.size(), 0) << text;
  }
}

TEST(NumberLexerTest, CallsNumeralsThatMakeNoNumberUnreadable) {
  EXPECT_EQ(Lex("三十五十").kind, MentionKind::kUnreadable);
  EXPECT_EQ(Lex("三十五十").range.size(), 12);
}

// One character that repeats must not make the time grow faster than the text.
TEST(NumberLexerTest, IsLinearOnRepeatedNumerals) {
  for (const std::string part : {"一百", "亿", "123,", "一", "1-", "十", "五分之", "1 ", "一到"}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    size_t at = 0;
    int mentions = 0;
    while (at < text.size()) {
      const core::Mention mention = Lex(text, at);
      at = mention.range.size() > 0 ? static_cast<size_t>(mention.range.end)
                                    : at + (static_cast<uint8_t>(text[at]) < 0x80 ? 1 : 3);
      ++mentions;
    }
    EXPECT_GT(mentions, 0) << part;
  }
}

TEST(NumberLexerTest, TellsLabelsFromNumbers) {
  for (const char* label : {"5G手机", "400G全光", "0851-86798090", "1.2.3", "1+5+12”的", "3号文件",
                            "211工程", "8时30分", "八点三十分", "4K电视"}) {
    EXPECT_EQ(Lex(label).kind, MentionKind::kLabel) << label;
  }
  EXPECT_EQ(Lex("IPv6 网络", 3).kind, MentionKind::kLabel);
}

TEST(NumberLexerTest, CallsANumberOfTooManyDigitsUnreadable) {
  const std::string digits(1'000'000, '7');
  const core::Mention number = Lex(digits);
  EXPECT_EQ(number.kind, MentionKind::kUnreadable);
  EXPECT_EQ(number.range.size(), 1'000'000);
}

// A slow and obvious reading of plain digits, to compare with.
std::string SlowValue(std::string text) {
  std::string plain;
  for (const char c : text) {
    if (c != ',') plain.push_back(c);
  }
  const size_t point = plain.find('.');
  if (point != std::string::npos) {
    while (plain.back() == '0') plain.pop_back();
    if (plain.back() == '.') plain.pop_back();
  }
  const size_t first = plain.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  plain = plain[first] == '.' ? "0" + plain.substr(first) : plain.substr(first);
  return plain;
}

TEST(NumberLexerTest, AgreesWithTheSlowReadingOnRandomDigits) {
  std::mt19937 random(20240115);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const int lead = 1 + static_cast<int>(random() % 12);
    for (int i = 0; i < lead; ++i) text.push_back(static_cast<char>('0' + random() % 10));
    const bool grouped = random() % 3 == 0;
    if (grouped) {
      for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<size_t>(at), ",");
    }
    if (random() % 2 == 0) {
      text.push_back('.');
      const int decimals = 1 + static_cast<int>(random() % 4);
      for (int i = 0; i < decimals; ++i) text.push_back(static_cast<char>('0' + random() % 10));
    }
    const core::Mention number = Lex(text + "元");
    ASSERT_EQ(number.kind, MentionKind::kNumber) << text;
    EXPECT_EQ(number.value.ToString(), SlowValue(text)) << text;
    EXPECT_EQ(number.unit, "CNY") << text;
  }
}

}  // namespace
}  // namespace crossfoot::mention
