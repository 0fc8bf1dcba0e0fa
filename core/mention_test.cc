#include "core/mention.h"

#include <gtest/gtest.h>

#include "absl/time/civil_time.h"

namespace crossfoot::core {
namespace {

Document DocumentOf(std::string text) {
  Document document;
  document.source = text;
  document.text = std::move(text);
  document.source_map.AppendCopied(0, static_cast<int32_t>(document.text.size()));
  return document;
}

Mention MentionOf(MentionKind kind, const Document& document) {
  Mention mention;
  mention.kind = kind;
  mention.range = {0, static_cast<int32_t>(document.text.size())};
  return mention;
}

TEST(MentionTest, PrintsNumbersWithUnitAndQuantum) {
  const Document document = DocumentOf("2463亿元");
  Mention mention = MentionOf(MentionKind::kNumber, document);
  mention.value = Decimal(2463, 8);
  mention.quantum = Decimal(1, 8);
  mention.unit = "CNY";
  EXPECT_EQ(mention.DebugString(document), "NUMBER 2463亿元 = 246300000000 CNY ±100000000 @0..10");
  mention.qualifier = Qualifier::kOver;
  EXPECT_EQ(mention.DebugString(document),
            "NUMBER 2463亿元 = 246300000000 CNY ±100000000 OVER @0..10");
}

TEST(MentionTest, PrintsRangesAndCells) {
  const Document document = DocumentOf("20—30");
  Mention mention = MentionOf(MentionKind::kNumber, document);
  mention.value = 20;
  mention.range_end = 30;
  mention.qualifier = Qualifier::kRange;
  mention.table = 0;
  mention.cell = 7;
  EXPECT_EQ(mention.DebugString(document), "NUMBER 20—30 = 20..30 RANGE @0..7 table 0 cell 7");
}

TEST(MentionTest, PrintsPeriods) {
  const Document document = DocumentOf("1—2月份");
  Mention mention = MentionOf(MentionKind::kPeriod, document);
  EXPECT_EQ(mention.DebugString(document), "PERIOD 1—2月份 = ? @0..11");
  mention.period =
      Period{absl::CivilDay(2024, 1, 1), absl::CivilDay(2024, 2, 29), /*assumed=*/true};
  mention.relative = true;
  EXPECT_EQ(mention.DebugString(document),
            "PERIOD 1—2月份 = 2024-01-01/2024-02-29 assumed relative @0..11");
}

TEST(MentionTest, PrintsWords) {
  Document document = DocumentOf("东部");
  Mention area = MentionOf(MentionKind::kArea, document);
  area.canonical = "东部地区";
  EXPECT_EQ(area.DebugString(document), "AREA 东部 = 东部地区 @0..6");
  document = DocumentOf("北京");
  area.canonical = "北京";
  area.code = "CN-BJ";
  EXPECT_EQ(area.DebugString(document), "AREA 北京 = 北京 CN-BJ @0..6");
  document = DocumentOf("收窄");
  Mention direction = MentionOf(MentionKind::kDirection, document);
  direction.sign = -1;
  direction.of_rate = true;
  EXPECT_EQ(direction.DebugString(document), "DIRECTION 收窄 = -1 of rate @0..6");
  document = DocumentOf("高于");
  Mention cue = MentionOf(MentionKind::kCue, document);
  cue.cue = Cue::kAbove;
  cue.sign = 1;
  EXPECT_EQ(cue.DebugString(document), "CUE 高于 = #6 +1 @0..6");
}

TEST(MentionTest, StaysOnOneLine) {
  const Document document = DocumentOf("5\nG");
  EXPECT_EQ(MentionOf(MentionKind::kLabel, document).DebugString(document), "LABEL 5\\nG @0..3");
}

TEST(MentionTest, NamesKindsAndQualifiers) {
  EXPECT_EQ(ToString(MentionKind::kUnreadable), "UNREADABLE");
  EXPECT_EQ(ToString(MentionKind::kHedge), "HEDGE");
  EXPECT_EQ(ToString(Qualifier::kExact), "EXACT");
  EXPECT_EQ(ToString(Qualifier::kAbout), "ABOUT");
  EXPECT_EQ(ToString(Qualifier::kAlmost), "ALMOST");
}

}  // namespace
}  // namespace crossfoot::core
