#include "services/document/plain_text.h"

#include <gtest/gtest.h>

#include <string>

#include "services/document/draft.h"
#include "services/document/line.h"

namespace crossfoot::document {
namespace {

TEST(PlainTextTest, EachLineStandsAlone) {
  const Reading reading = ReadPlainText("标题\r\n\r\n　　收入５％。\n注");
  ASSERT_EQ(reading.lines.size(), 3u);
  EXPECT_EQ(reading.draft.TextOf(reading.lines[0].range), "标题");
  EXPECT_EQ(reading.draft.TextOf(reading.lines[1].range), "收入5%。");
  EXPECT_EQ(reading.draft.TextOf(reading.lines[2].range), "注");
  EXPECT_TRUE(reading.lines[0].blank_before);
  EXPECT_TRUE(reading.lines[1].blank_before);
  EXPECT_FALSE(reading.lines[2].blank_before);
  EXPECT_EQ(reading.lines[1].indent, 2);
}

TEST(PlainTextTest, BlankTextHasNoLines) {
  EXPECT_TRUE(ReadPlainText(" \n\t\n　\u200B\n").lines.empty());
}

TEST(PlainTextTest, LastLineNeedsNoEnd) {
  EXPECT_EQ(ReadPlainText("一\n二").lines.size(), 2u);
  EXPECT_EQ(ReadPlainText("一\n二\n").lines.size(), 2u);
}

}  // namespace
}  // namespace crossfoot::document
