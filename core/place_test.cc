#include "core/place.h"

#include <optional>
#include <string_view>

#include "gtest/gtest.h"

namespace crossfoot::core {
namespace {

TEST(PlaceTest, NamesCellsAsSpreadsheetsDo) {
  EXPECT_EQ(CellReference(1, 1), "A1");
  EXPECT_EQ(CellReference(7, 26), "Z7");
  EXPECT_EQ(CellReference(7, 27), "AA7");
  EXPECT_EQ(CellReference(1048576, 16384), "XFD1048576");
}

TEST(PlaceTest, WritesFragments) {
  EXPECT_EQ(ToFragment({.kind = Place::Kind::kPage, .page = 3}), "#page=3");
  EXPECT_EQ(ToFragment({.kind = Place::Kind::kParagraph, .part = "document", .paragraph = 12}),
            "#paragraph=12");
  EXPECT_EQ(ToFragment({.kind = Place::Kind::kParagraph, .part = "footnotes", .paragraph = 2}),
            "#footnotes:paragraph=2");
  const auto cell = [](std::string_view sheet) {
    return ToFragment(
        {.kind = Place::Kind::kCell, .sheet = std::string(sheet), .row = 7, .column = 2});
  };
  EXPECT_EQ(cell("表1"), "#表1!B7");
  EXPECT_EQ(cell("2024 Q1"), "#'2024 Q1'!B7");
  EXPECT_EQ(cell("it's"), "#'it''s'!B7");
}

TEST(PlaceMapTest, CutsTheBoxOfALineByItsCharacters) {
  // 收入12亿元 on one line, 增长5% on the next and the page after it.
  const std::string_view text = "收入12亿元\n增长5%\n尾";
  PlaceMap map;
  map.AddLine({0, 14}, 1, 100, 112, {10, 20, 30, 35, 40, 50, 60});
  map.AddLine({15, 23}, 1, 120, 132, {10, 20, 30, 35, 40});
  map.AddLine({24, 27}, 2, 100, 112, {10, 20});
  const std::optional<Place> amount = map.PlaceOf(text, {6, 14});
  ASSERT_TRUE(amount.has_value());
  EXPECT_EQ(amount->page, 1);
  ASSERT_EQ(amount->boxes.size(), 1u);
  EXPECT_EQ(amount->boxes[0], (Box{30, 100, 60, 112}));
  // Words on two lines have two boxes; those of the next page are left out.
  const std::optional<Place> both = map.PlaceOf(text, {11, 27});
  ASSERT_TRUE(both.has_value());
  ASSERT_EQ(both->boxes.size(), 2u);
  EXPECT_EQ(both->boxes[0], (Box{50, 100, 60, 112}));
  EXPECT_EQ(both->boxes[1], (Box{10, 120, 40, 132}));
}

TEST(PlaceMapTest, JoinsPiecesOfALine) {
  const std::string_view text = "12亿元";
  PlaceMap map;
  map.AddLine({0, 2}, 1, 100, 112, {10, 15, 20});
  map.AddLine({2, 8}, 1, 100, 112, {21, 30, 40});
  const std::optional<Place> place = map.PlaceOf(text, {0, 8});
  ASSERT_TRUE(place.has_value());
  ASSERT_EQ(place->boxes.size(), 1u);
  EXPECT_EQ(place->boxes[0], (Box{10, 100, 40, 112}));
}

TEST(PlaceMapTest, GivesTheFirstOfSeveralPlaces) {
  PlaceMap map;
  map.AddRun({0, 2}, "document", 1, 1);
  map.AddRun({2, 4}, "document", 1, 2);
  map.AddRun({5, 8}, "footnotes", 1, 1);
  EXPECT_EQ(map.PlaceOf("ab12\nxyz", {1, 4})->run, 1);
  EXPECT_EQ(map.PlaceOf("ab12\nxyz", {2, 4})->run, 2);
  EXPECT_EQ(map.PlaceOf("ab12\nxyz", {5, 6})->part, "footnotes");
  EXPECT_EQ(map.PlaceOf("ab12\nxyz", {4, 5}), std::nullopt);  // the line break
  EXPECT_EQ(map.PlaceOf("ab12\nxyz", {8, 8}), std::nullopt);
  EXPECT_EQ(PlaceMap().PlaceOf("", {0, 0}), std::nullopt);
}

TEST(PlaceMapTest, KnowsCells) {
  PlaceMap map;
  map.AddCell({0, 2}, "表1", 3, 2);
  map.AddCell({3, 5}, "表2", 1, 1);
  const std::optional<Place> place = map.PlaceOf("12\t34", {3, 5});
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(ToFragment(*place), "#表2!A1");
}

}  // namespace
}  // namespace crossfoot::core
