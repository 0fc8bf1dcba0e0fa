#include "services/document/office/word_numbering.h"

#include <cstdint>
#include <pugixml.hpp>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "gtest/gtest.h"

namespace crossfoot::document {
namespace {

TEST(WordNumberingTest, FormatsNumbers) {
  struct Case {
    const char* format;
    int32_t number;
    const char* text;
  };
  for (const Case& expected : {
           Case{"decimal", 12, "12"},
           Case{"decimal", 0, "0"},
           Case{"decimalZero", 7, "07"},
           Case{"chineseCounting", 1, "一"},
           Case{"chineseCounting", 10, "十"},
           Case{"chineseCounting", 12, "十二"},
           Case{"chineseCounting", 20, "二十"},
           Case{"chineseCountingThousand", 101, "一百零一"},
           Case{"chineseCountingThousand", 110, "一百一十"},
           Case{"chineseCountingThousand", 1001, "一千零一"},
           Case{"chineseCountingThousand", 10203, "一万零二百零三"},
           Case{"chineseCountingThousand", 100000, "十万"},
           Case{"chineseLegalSimplified", 12, "壹拾贰"},
           Case{"ideographDigital", 2024, "二〇二四"},
           Case{"ideographTraditional", 3, "丙"},
           Case{"ideographTraditional", 11, "11"},
           Case{"ideographZodiac", 12, "亥"},
           Case{"decimalEnclosedCircle", 3, "③"},
           Case{"decimalEnclosedCircle", 21, "21"},
           Case{"decimalEnclosedParen", 2, "⑵"},
           Case{"decimalEnclosedFullstop", 4, "⒋"},
           Case{"ideographEnclosedCircle", 2, "㊁"},
           Case{"upperRoman", 14, "XIV"},
           Case{"lowerRoman", 1999, "mcmxcix"},
           Case{"upperLetter", 27, "AA"},
           Case{"lowerLetter", 3, "c"},
           Case{"numberInDash", 5, "- 5 -"},
           Case{"bullet", 5, ""},
           Case{"none", 5, ""},
           Case{"hebrew1", 5, "5"},
       }) {
    EXPECT_EQ(FormatListNumber(expected.format, expected.number), expected.text)
        << expected.format << " " << expected.number;
  }
}

class NumberingTest : public testing::Test {
 protected:
  WordNumbering Parse(const std::string& xml,
                      const absl::flat_hash_map<std::string, int32_t>& style_numbers = {}) {
    EXPECT_TRUE(tree_.load_string(("<numbering>" + xml + "</numbering>").c_str()));
    return WordNumbering(tree_.document_element(), style_numbers);
  }
  static std::string Text(WordNumbering& numbering, int32_t id, int32_t level) {
    const auto mark = numbering.Next(id, level);
    return !mark.has_value() ? "none" : mark->bullet ? "bullet" : mark->text;
  }

 private:
  pugi::xml_document tree_;
};

constexpr char kOutline[] =
    "<abstractNum abstractNumId='7'>"
    "<lvl ilvl='0'><numFmt val='chineseCounting'/><lvlText val='%1、'/></lvl>"
    "<lvl ilvl='1'><numFmt val='decimal'/><isLgl/><lvlText val='%1.%2'/><suff val='space'/></lvl>"
    "<lvl ilvl='2'><lvlRestart val='0'/><numFmt val='decimal'/><lvlText val='（%3）'/></lvl>"
    "<lvl ilvl='3'><numFmt val='bullet'/><lvlText val='*'/></lvl></abstractNum>"
    "<num numId='1'><abstractNumId val='7'/></num>"
    "<num numId='2'><abstractNumId val='7'/>"
    "<lvlOverride ilvl='0'><startOverride val='5'/></lvlOverride>"
    "<lvlOverride ilvl='1'><lvl><numFmt val='decimal'/><lvlText val='%2)'/></lvl></lvlOverride>"
    "</num>";

TEST_F(NumberingTest, CountsLevels) {
  WordNumbering numbering = Parse(kOutline);
  EXPECT_EQ(Text(numbering, 1, 0), "一、");
  EXPECT_EQ(Text(numbering, 1, 1), "1.1 ");
  EXPECT_EQ(Text(numbering, 1, 1), "1.2 ");
  EXPECT_EQ(Text(numbering, 1, 2), "（1）");
  EXPECT_EQ(Text(numbering, 1, 0), "二、");
  EXPECT_EQ(Text(numbering, 1, 1), "2.1 ");   // begins anew
  EXPECT_EQ(Text(numbering, 1, 2), "（2）");  // never does
  EXPECT_EQ(Text(numbering, 1, 3), "bullet");
  EXPECT_EQ(Text(numbering, 1, 4), "none");
  EXPECT_EQ(Text(numbering, 9, 0), "none");
  EXPECT_EQ(Text(numbering, 1, -1), "none");
}

TEST_F(NumberingTest, ShowsALevelThatWasNotUsedAtItsStart) {
  WordNumbering numbering = Parse(kOutline);
  EXPECT_EQ(Text(numbering, 1, 1), "1.1 ");
}

TEST_F(NumberingTest, BeginsAnewWhereItIsTold) {
  WordNumbering numbering = Parse(kOutline);
  EXPECT_EQ(Text(numbering, 1, 0), "一、");
  EXPECT_EQ(Text(numbering, 2, 0), "五、");
  EXPECT_EQ(Text(numbering, 2, 1), "1) ");
  EXPECT_EQ(Text(numbering, 1, 0), "六、");  // two numbers of one list go on with each other
}

TEST_F(NumberingTest, FollowsStyles) {
  WordNumbering numbering = Parse(
      "<abstractNum abstractNumId='1'><numStyleLink val='s'/></abstractNum>"
      "<abstractNum abstractNumId='2'><styleLink val='s'/>"
      "<lvl ilvl='1'><pStyle val='h2'/><lvlText val='%2.'/></lvl></abstractNum>"
      "<num numId='1'><abstractNumId val='1'/></num><num numId='2'><abstractNumId val='2'/></num>",
      {{"s", 2}});
  EXPECT_EQ(numbering.LevelOfStyle(1, "h2"), 1);
  EXPECT_EQ(numbering.LevelOfStyle(1, "h1"), -1);
  EXPECT_EQ(numbering.LevelOfStyle(3, "h2"), -1);
  EXPECT_EQ(Text(numbering, 1, 1), "1. ");
}

}  // namespace
}  // namespace crossfoot::document
