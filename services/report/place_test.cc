#include "services/report/place.h"

#include <limits>
#include <optional>
#include <string>

#include "core/document.h"
#include "core/place.h"
#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

core::Place Page() {
  core::Place place;
  place.kind = core::Place::Kind::kPage;
  place.page = 3;
  place.boxes = {{1, 2, 3, 4}, {1, 5, 2.5f, 7}};
  return place;
}

core::Place Cell() {
  core::Place place;
  place.kind = core::Place::Kind::kCell;
  place.sheet = "表\n1";
  place.row = 7;
  place.column = 28;
  return place;
}

core::Place Paragraph() {
  core::Place place;
  place.kind = core::Place::Kind::kParagraph;
  place.part = "document";
  place.paragraph = 12;
  place.run = 2;
  return place;
}

TEST(PlaceTest, FollowsThePath) {
  const core::TextSpan span = {0, 3, 5, 62};
  EXPECT_EQ(PlaceSuffix(span, std::nullopt), ":5:62");
  EXPECT_EQ(PlaceSuffix(span, Page()), "#page=3");
  EXPECT_EQ(PlaceSuffix(span, Paragraph()), "#paragraph=12");
  // A name with a line break does not break the line.
  EXPECT_EQ(PlaceSuffix(span, Cell()).find('\n'), std::string::npos);
}

TEST(PlaceTest, GoesByTheDocument) {
  validation::Validation validation;
  core::Document& document = validation.document;
  document.uri = "a.xlsx";
  document.source = document.text = "12\t34";
  document.source_map.AppendCopied(0, 5);
  document.line_index = core::LineIndex(document.source);
  EXPECT_EQ(PlaceOf(validation, {3, 5}), "a.xlsx:1:4");
  document.places.AddCell({0, 2}, "表1", 1, 1);
  document.places.AddCell({3, 5}, "表1", 1, 2);
  EXPECT_EQ(PlaceOf(validation, {3, 5}), "a.xlsx#表1!B1");
  EXPECT_EQ(PlaceWithin(document, {0, 2}), "表1!A1");
}

TEST(PlaceTest, GoesOverTheWireAndBack) {
  for (const core::Place& place : {Page(), Paragraph(), Cell()}) {
    v1::Place proto;
    SetPlace(place, &proto);
    EXPECT_EQ(ReadPlace(proto), place);
  }
}

TEST(PlaceTest, RefusesWhatIsNoPlace) {
  EXPECT_EQ(ReadPlace({}), std::nullopt);
  v1::Place page;
  page.mutable_page()->set_page_number(0);
  EXPECT_EQ(ReadPlace(page), std::nullopt);
  page.mutable_page()->set_page_number(1);
  EXPECT_TRUE(ReadPlace(page).has_value());
  page.mutable_page()->add_boxes()->set_left(1);  // right of its right edge
  EXPECT_EQ(ReadPlace(page), std::nullopt);
  page.mutable_page()->mutable_boxes(0)->set_right(std::numeric_limits<float>::infinity());
  EXPECT_EQ(ReadPlace(page), std::nullopt);
  v1::Place paragraph;
  paragraph.mutable_paragraph()->set_part("document");
  EXPECT_EQ(ReadPlace(paragraph), std::nullopt);
  for (const char* const reference :
       {"", "B", "7", "B0", "B07", "7B", "B7 ", "b7", "ABCDE1", "B99999999999999999999"}) {
    v1::Place cell;
    cell.mutable_cell()->set_reference(reference);
    EXPECT_EQ(ReadPlace(cell), std::nullopt) << reference;
  }
}

}  // namespace
}  // namespace crossfoot::report
