#include "services/document/office/xml_part.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::document {
namespace {

using std::string_view_literals::operator""sv;

absl::StatusOr<XmlPart> Open(std::string bytes, std::string_view container = "") {
  return XmlPart::Open("a.xlsx", "xl/a.xml", std::move(bytes), container, nullptr);
}

absl::Status OpenAndLoad(std::string bytes) {
  const absl::StatusOr<XmlPart> part = Open(std::move(bytes));
  if (!part.ok()) return part.status();
  pugi::xml_document frame;
  return part->LoadFrame(&frame);
}

// The names and texts of the container's children.
std::vector<std::string> ChildrenOf(std::string bytes, std::string_view container) {
  absl::StatusOr<XmlPart> part = Open(std::move(bytes), container);
  std::vector<std::string> children;
  if (!part.ok()) return {part.status().ToString()};
  const absl::Status status = part->VisitChildren([&](const pugi::xml_node& child) {
    children.push_back(std::string(child.name()) + "=" + TextOf(child));
    return absl::OkStatus();
  });
  if (!status.ok()) children.push_back(status.ToString());
  return children;
}

std::string InUtf16(std::string_view ascii, bool big_endian) {
  std::string wide = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) {
    if (big_endian) wide += '\0';
    wide += c;
    if (!big_endian) wide += '\0';
  }
  return wide;
}

TEST(XmlPartTest, CutsTheContainerOut) {
  const std::string xml =
      "<?xml version=\"1.0\"?><x:a xmlns:x='y'><!-- <x:b> --><x:b k='>'><x:r>1</x:r>\n"
      "<x:r><x:b>2</x:b></x:r> <x:r/></x:b><x:c><![CDATA[<x:d>]]></x:c></x:a>";
  absl::StatusOr<XmlPart> part = Open(xml, "b");
  ASSERT_TRUE(part.ok()) << part.status();
  EXPECT_EQ(part->root(), "a");
  EXPECT_EQ(part->prefix(), "x:");
  pugi::xml_document frame;
  ASSERT_TRUE(part->LoadFrame(&frame).ok());
  const pugi::xml_node root = frame.document_element();
  EXPECT_EQ(NameWithin("x:", root.first_child()), "b");
  EXPECT_EQ(NameWithin("", root.first_child()), "");
  EXPECT_FALSE(root.first_child().first_child());
  EXPECT_EQ(TextOf(ChildOf(root, "c")), "<x:d>");
  EXPECT_EQ(ChildrenOf(xml, "b"), (std::vector<std::string>{"x:r=1", "x:r=", "x:r="}));
  EXPECT_EQ(ChildrenOf(xml, "a"), (std::vector<std::string>{"x:b=", "x:c=<x:d>"}));
  EXPECT_TRUE(ChildrenOf(xml, "d").empty());
}

TEST(XmlPartTest, VisitsManyChildrenInOrder) {
  std::string xml = "<a>";
  for (int child = 0; child < 20'000; ++child) xml += "<b>" + std::to_string(child) + "</b>";
  const std::vector<std::string> children = ChildrenOf(xml + "</a>", "a");
  ASSERT_EQ(children.size(), 20'000u);
  EXPECT_EQ(children[0], "b=0");
  EXPECT_EQ(children[9'999], "b=9999");
  EXPECT_EQ(children[19'999], "b=19999");
}

TEST(XmlPartTest, KeepsBlanksThatAreAll) {
  EXPECT_EQ(ChildrenOf("<a> <t> </t> <t> x </t></a>", "a"),
            (std::vector<std::string>{"t= ", "t= x "}));
}

TEST(XmlPartTest, ReadsUtf16) {
  for (const bool big_endian : {false, true}) {
    EXPECT_EQ(ChildrenOf(InUtf16("<a><t>12</t></a>", big_endian), "a"),
              (std::vector<std::string>{"t=12"}));
  }
  EXPECT_EQ(ChildrenOf("\xEF\xBB\xBF<a><t>收入</t></a>", "a"),
            (std::vector<std::string>{"t=收入"}));
}

TEST(XmlPartTest, RefusesWhatIsHostile) {
  const std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
  std::string nested;
  for (int32_t depth = 0; depth <= XmlPart::kMaxDepth; ++depth) nested += "<a>";
  for (const std::string& xml :
       {laughs, nested, std::string("<a>"), std::string("<a></a></a>"), std::string("<a"),
        std::string("<a b='>"), std::string("<a><!-- "), std::string(""), std::string("12"),
        std::string("<a/><b/>"), std::string("\0\0\0<"sv), std::string("<a><b></c></a>")}) {
    const absl::Status status = OpenAndLoad(xml);
    EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDocumentDamaged) << xml << status;
  }
  EXPECT_EQ(OpenAndLoad(laughs).message(),
            "a.xlsx is damaged: its part xl/a.xml has a document type, which Office files never "
            "have at byte 21; save it again");
  // Unknown entities are left alone.
  EXPECT_EQ(ChildrenOf("<a><t>&b;&amp;&#49;</t></a>", "a"), (std::vector<std::string>{"t=&b;&1"}));
}

TEST(XmlPartTest, TakesNoMoreThanItSays) {
  std::string nested;
  for (int32_t depth = 0; depth < XmlPart::kMaxDepth; ++depth) nested += "<a>";
  for (int32_t depth = 0; depth < XmlPart::kMaxDepth; ++depth) nested += "</a>";
  EXPECT_TRUE(OpenAndLoad(nested).ok());
  const std::string large(XmlPart::kMaxTreeBytes + 1, ' ');
  EXPECT_EQ(core::ReasonOf(OpenAndLoad("<a>" + large + "</a>")),
            core::ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(core::ReasonOf(Open("<a><b>" + large + "</b></a>", "a").status()),
            core::ErrorReason::kDocumentTooLarge);
}

TEST(XmlPartTest, FindsFaultsInThePieces) {
  const std::vector<std::string> children = ChildrenOf("<a><b>1</b><c></d></a>", "a");
  EXPECT_NE(children.back().find("damaged"), std::string::npos) << children.back();
}

TEST(XmlPartTest, IsGivenUp) {
  absl::StatusOr<XmlPart> part = Open("<a><b/></a>", "a");
  ASSERT_TRUE(part.ok());
  core::Cancellation cancellation;
  cancellation.Cancel();
  absl::StatusOr<XmlPart> other =
      XmlPart::Open("a.xlsx", "xl/a.xml", "<a><b/></a>", "a", &cancellation);
  ASSERT_TRUE(other.ok());  // a few steps are not worth a look
  EXPECT_EQ(core::ReasonOf(other->VisitChildren([](const auto&) { return absl::OkStatus(); })),
            core::ErrorReason::kCancelled);
}

TEST(XmlPartTest, ReadsAttributes) {
  pugi::xml_document tree;
  ASSERT_TRUE(tree.load_string("<a w:val='0' b='12' c='x'><d/></a>"));
  const pugi::xml_node a = tree.document_element();
  EXPECT_EQ(AttributeOf(a, "val"), "0");
  EXPECT_TRUE(HasAttribute(a, "c"));
  EXPECT_FALSE(HasAttribute(a, "d"));
  EXPECT_EQ(NumberOf(a, "b", -1), 12);
  EXPECT_EQ(NumberOf(a, "c", -1), -1);
  EXPECT_FALSE(IsOn(a, "val", true));
  EXPECT_TRUE(IsOn(a.first_child(), "val", false));
  EXPECT_TRUE(IsOn({}, "val", true));
}

}  // namespace
}  // namespace crossfoot::document
