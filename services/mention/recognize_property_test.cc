#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "core/document.h"
#include "core/mention.h"
#include "services/document/segment.h"
#include "services/lexicon/lexicon.h"
#include "services/mention/recognize.h"

// What holds for the mentions of any text: they lie inside it, in order, side by side, on the
// borders of characters, and a number's digits lie inside it.

namespace crossfoot::mention {
namespace {

const lexicon::Lexicon& Words() {
  static const auto& lexicon = *lexicon::Lexicon::Load()->release();
  return lexicon;
}

bool OnBorder(std::string_view text, int32_t at) {
  return static_cast<size_t>(at) == text.size() ||
         (static_cast<uint8_t>(text[static_cast<size_t>(at)]) & 0xC0) != 0x80;
}

void ExpectWellFormed(const std::string& source) {
  const absl::StatusOr<core::Document> segmented = document::SegmentDocument("", source);
  if (!segmented.ok()) return;  // no text
  const core::Document& document = *segmented;
  RecognizeOptions options;
  options.reference_date = absl::CivilDay(2024, 3, 15);
  int32_t end = 0;
  int32_t cell = -1;
  for (const core::Mention& mention : RecognizeMentions(document, Words(), options)) {
    ASSERT_LT(mention.range.start, mention.range.end) << source;
    ASSERT_LE(static_cast<size_t>(mention.range.end), document.text.size()) << source;
    if (mention.cell == cell) {
      ASSERT_LE(end, mention.range.start) << source;
    }
    cell = mention.cell;
    end = mention.range.end;
    ASSERT_TRUE(OnBorder(document.text, mention.range.start)) << source;
    ASSERT_TRUE(OnBorder(document.text, mention.range.end)) << source;
    ASSERT_TRUE((mention.sentence >= 0) != (mention.cell >= 0)) << source;
    if (mention.kind != core::MentionKind::kNumber) continue;
    ASSERT_LE(mention.range.start, mention.digits.start) << source;
    ASSERT_LE(mention.digits.end, mention.range.end) << source;
    ASSERT_LT(mention.digits.start, mention.digits.end) << source;
    ASSERT_GE(mention.quantum.sign(), 0) << source;
    ASSERT_EQ(mention.bare, mention.unit.empty()) << source;
    if (mention.qualifier == core::Qualifier::kRange) {
      ASSERT_LT(Compare(mention.value, mention.range_end), 0) << source;
    }
  }
}

TEST(RecognizePropertyTest, HoldsOnRandomMixturesOfWords) {
  const std::vector<std::string_view> parts = {
      "一",   "二",   "两",   "三",   "五",   "九",     "十",   "百",     "千",   "万",     "亿",
      "零",   "〇",   "半",   "几",   "数",   "余",     "多",   "点",     "分之", "又",     "成",
      "负",   "第",   "个",   "元",   "角",   "分",     "块",   "钱",     "美元", "人民币", "US$",
      "%",    "‰",    "倍",   "吨",   "家",   "千瓦时", "/",    "每",     "小时", "年",     "月",
      "日",   "号",   "前",   "近",   "至",   "到",     "-",    "—",      "~",    ",",      "，",
      "、",   "。",   "（",   "）",   " ",    ".",      "1",    "20",     "345",  "2024",   "0",
      "增长", "下降", "约",   "超",   "以上", "从",     "同比", "上半年", "季度", "今年",   "去年",
      "末",   "旬",   "世纪", "年代", "民国", "期间",   "“",    "”",      "Q",    "G",      "K",
      "e",    "+",    "万元", "\n",   "|",    "翻",     "番",   "過",     "萬",   "億",     "兩",
      "叁",   "時",   "工程", "😀",   "１"};
  std::mt19937 random(20240315);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (uint32_t i = 1 + random() % 12; i > 0; --i) text += parts[random() % parts.size()];
    ExpectWellFormed(text);
    if (HasFatalFailure()) return;
  }
}

TEST(RecognizePropertyTest, HoldsOnBytesThatAreNoText) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string text;
    for (uint32_t i = 1 + random() % 40; i > 0; --i) text.push_back(static_cast<char>(random()));
    ExpectWellFormed(text);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace crossfoot::mention
