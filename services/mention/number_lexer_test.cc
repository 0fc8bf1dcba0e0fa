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
        NumberCase{"4.46万人", "44600", "100", "人", 10}));

TEST(NumberLexerTest, KeepsTrailingZerosInTheQuantum) {
  EXPECT_EQ(Lex("61.0%").quantum.ToString(), "0.1");
  EXPECT_EQ(Lex("61.0%").value.ToString(), "61");
}

TEST(NumberLexerTest, ReadsMoreThanAsAQualifier) {
  EXPECT_EQ(Lex("3400余家").qualifier, Qualifier::kOver);
  EXPECT_EQ(Lex("1700多项").qualifier, Qualifier::kOver);
  EXPECT_EQ(Lex("1700项").qualifier, Qualifier::kExact);
}

TEST(NumberLexerTest, ReadsARangeWithBothEnds) {
  const core::Mention range = Lex("70%-80%");
  EXPECT_EQ(range.qualifier, Qualifier::kRange);
  EXPECT_EQ(range.value.ToString(), "70");
  EXPECT_EQ(range.range_end.ToString(), "80");
  EXPECT_EQ(range.range.size(), 7);
  EXPECT_EQ(Lex("20—30家").unit, "家");
}

TEST(NumberLexerTest, TellsLabelsFromNumbers) {
  for (const char* label : {"5G手机", "400G全光", "0851-86798090", "1.2.3", "1+5+12”的"}) {
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
