#include "services/report/utf8.h"

#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

TEST(Utf8Test, ReplacesMalformedBytesOnly) {
  EXPECT_EQ(ToValidUtf8("简报\xff.txt"), "简报\uFFFD.txt");
  EXPECT_EQ(ToValidUtf8("\xe4\xbd"), "\uFFFD");
  EXPECT_EQ(ToValidUtf8("a\nb\x1b[31m"), "a\nb\x1b[31m");
  EXPECT_EQ(ToValidUtf8(""), "");
}

TEST(Utf8Test, PrintableTextHoldsNoControls) {
  EXPECT_EQ(ToPrintable("a\x1b[31mb\r\nc\td"), "a [31mb  c d");
  EXPECT_EQ(ToPrintable("x\u202Ey\u2028z"), "x y z");
  EXPECT_EQ(ToPrintable("同比增长5.4%"), "同比增长5.4%");
}

TEST(Utf8Test, ChineseCharactersAreTwoColumnsWide) {
  EXPECT_EQ(DisplayWidth("7.6%"), 4);
  EXPECT_EQ(DisplayWidth("亿元，"), 6);
  EXPECT_EQ(DisplayWidth("％"), 2);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("…"), 1);
}

TEST(Utf8Test, CutsAtACharacterAndSaysSo) {
  EXPECT_EQ(CutToWidth("东部地区", 8), "东部地区");
  EXPECT_EQ(CutToWidth("东部地区", 7), "东部地…");
  EXPECT_EQ(CutToWidth("东部地区", 6), "东部…");
  EXPECT_EQ(CutToWidth("", 6), "");
  for (int columns = 1; columns < 12; ++columns) {
    EXPECT_LE(DisplayWidth(CutToWidth("1—2月份东部地区", columns)), columns);
  }
}

}  // namespace
}  // namespace crossfoot::report
