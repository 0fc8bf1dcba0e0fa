#include "services/document/annotator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/document.h"
#include "core/error.h"
#include "core/place.h"
#include "core/text_span.h"
#include "core/verdict.h"
#include "gtest/gtest.h"
#include "services/document/office/ooxml.h"
#include "services/document/segment.h"
#include "tests/testing/office_file.h"
#include "tests/testing/pdf_writer.h"
#include "tests/testing/process.h"

namespace crossfoot::document {
namespace {

using testing::OfficeFile;

const SegmentOptions& Reading() {
  static const SegmentOptions& options = *new SegmentOptions{
      .pdf_reader = testing::RunfilePath("services/document/pdf/reader/crossfoot-pdf-reader")};
  return options;
}

const AnnotatorOptions& Writing() {
  static const AnnotatorOptions& options =
      *new AnnotatorOptions{.pdf_annotator = testing::RunfilePath(
                                "services/document/pdf/annotator/crossfoot-pdf-annotator")};
  return options;
}

// A remark about the words that stand for the `occurrence`-th time, from 1.
Remark About(const core::Document& document, std::string_view words, int occurrence = 1,
             std::string text = "remark") {
  size_t at = document.text.find(words);
  for (; occurrence > 1; --occurrence) at = document.text.find(words, at + 1);
  EXPECT_NE(at, std::string::npos) << words;
  return {core::TextRange{static_cast<int32_t>(at), static_cast<int32_t>(at + words.size())},
          std::move(text), core::Severity::kError};
}

core::Document DocumentOf(std::string bytes) {
  absl::StatusOr<core::Document> document = SegmentDocument("a", std::move(bytes), Reading());
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : core::Document();
}

// The copy with a remark about each of `words`; it reads as the original does.
std::string CopyWith(const std::string& bytes, const std::vector<std::string_view>& words) {
  const core::Document document = DocumentOf(bytes);
  std::vector<Remark> remarks;
  for (const std::string_view word : words) remarks.push_back(About(document, word));
  const absl::StatusOr<std::string> copy = AnnotateDocument(document, remarks, Writing());
  EXPECT_TRUE(copy.ok()) << copy.status();
  if (!copy.ok()) return "";
  EXPECT_EQ(DocumentOf(*copy).DebugString(), document.DebugString());
  return *copy;
}

std::string PartOf(const std::string& bytes, std::string_view part) {
  absl::StatusOr<OfficePackage> package = OfficePackage::Open("a", bytes, {});
  EXPECT_TRUE(package.ok()) << package.status();
  const absl::StatusOr<XmlPart> xml = package->Read(part);
  EXPECT_TRUE(xml.ok()) << xml.status();
  return xml.ok() ? std::string(xml->text()) : "";
}

// The body of a DOCX with "[0:" and ":0]" for the ends of comment 0, and without what it is marked
// up with.
std::string Marked(const std::string& bytes) {
  std::string body = PartOf(bytes, "word/document.xml");
  for (int id = 0; id < 10; ++id) {
    body = absl::StrReplaceAll(
        body,
        {{absl::StrCat("<w:commentRangeStart w:id=\"", id, "\"/>"), absl::StrCat("[", id, ":")},
         {absl::StrCat("<w:commentRangeEnd w:id=\"", id, "\"/><w:r><w:commentReference w:id=\"", id,
                       "\"/></w:r>"),
          absl::StrCat(":", id, "]")},
         {"<w:footnoteReference w:id=\"3\"/>", "*"}});
  }
  EXPECT_EQ(body.find("comment"), std::string::npos) << body;
  std::string text;
  bool inside = false;
  for (const char c : body) {
    if (c == '<') inside = true;
    if (!inside) text += c;
    if (c == '>') inside = false;
  }
  return text;
}

std::string WordFile(std::string_view body) {
  return OfficeFile(absl::StrCat("--- body\n", std::string(body)));
}

TEST(AnnotatorTest, MarksWordsWithinARun) {
  EXPECT_EQ(Marked(CopyWith(WordFile("<w:p><w:r><w:t>收入12亿元，增长3%。</w:t></w:r></w:p>"),
                            {"12亿元", "3%"})),
            "收入[0:12亿元:0]，增长[1:3%:1]。");
}

TEST(AnnotatorTest, MarksWordsAtTheEndsOfRunsAndOverSeveral) {
  EXPECT_EQ(Marked(CopyWith(WordFile("<w:p><w:r><w:t>收入</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>"
                                     "<w:t>1</w:t></w:r><w:r><w:t>2亿元</w:t></w:r></w:p>"),
                            {"12亿元"})),
            "收入[0:12亿元:0]");
  EXPECT_EQ(Marked(CopyWith(WordFile("<w:p><w:r><w:t>12亿</w:t><w:t>元。</w:t></w:r></w:p>"),
                            {"12亿元"})),
            "[0:12亿元:0]。");
}

TEST(AnnotatorTest, KeepsTheLookOfWhatItSplits) {
  const std::string body = PartOf(
      CopyWith(
          WordFile("<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:tab/><w:t>收入12亿元 </w:t>"
                   "<w:t xml:space=\"preserve\"> 。</w:t></w:r></w:p>"),
          {"12亿元"}),
      "word/document.xml");
  EXPECT_NE(body.find("<w:p><w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:tab/>"
                      "<w:t xml:space=\"preserve\">收入</w:t></w:r>"
                      "<w:commentRangeStart w:id=\"0\"/>"
                      "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr>"
                      "<w:t xml:space=\"preserve\">12亿元</w:t></w:r>"
                      "<w:commentRangeEnd w:id=\"0\"/>"
                      "<w:r><w:commentReference w:id=\"0\"/></w:r>"
                      "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr>"
                      "<w:t xml:space=\"preserve\"> </w:t>"
                      "<w:t xml:space=\"preserve\"> 。</w:t></w:r></w:p>"),
            std::string::npos)
      << body;
}

TEST(AnnotatorTest, MarksTheOccurrenceThatIsMeant) {
  const core::Document document = DocumentOf(
      WordFile("<w:p><w:r><w:t>增长3%，</w:t></w:r><w:r><w:t>其中甲3%，乙3%。</w:t></w:r></w:p>"
               "<w:p><w:r><w:t>丙3%。</w:t></w:r></w:p>"));
  const absl::StatusOr<std::string> copy =
      AnnotateDocument(document, {About(document, "3%", 3), About(document, "3%", 4)}, Writing());
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ(Marked(*copy), "增长3%，其中甲3%，乙[0:3%:0]。丙[1:3%:1]。");
}

TEST(AnnotatorTest, TwoRemarksMayBeAboutTheSameWords) {
  EXPECT_EQ(Marked(CopyWith(WordFile("<w:p><w:r><w:t>收入12亿元。</w:t></w:r></w:p>"),
                            {"12亿元", "12亿元", "2亿"})),
            "收入[0:[1:1[2:2亿:1]:0]:2]元。");
}

TEST(AnnotatorTest, ReadsThroughTrackedChangesLinksAndTables) {
  EXPECT_EQ(Marked(CopyWith(
                WordFile("<w:p><w:del w:id=\"1\"><w:r><w:delText>11亿元</w:delText></w:r></w:del>"
                         "<w:ins w:id=\"2\"><w:r><w:t>收入12亿元</w:t></w:r></w:ins></w:p>"
                         "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>地区</w:t></w:r></w:p></w:tc>"
                         "<w:tc><w:p><w:r><w:t>收入</w:t></w:r></w:p></w:tc></w:tr>"
                         "<w:tr><w:tc><w:p><w:r><w:t>东部</w:t></w:r></w:p></w:tc>"
                         "<w:tc><w:p><w:hyperlink><w:r><w:t>34.5</w:t></w:r></w:hyperlink></w:p>"
                         "</w:tc></w:tr></w:tbl>"),
                {"12亿元", "34.5"})),
            "11亿元收入[0:12亿元:0]地区收入东部[1:34.5:1]");
}

TEST(AnnotatorTest, RemarksAboutNotesStandAtTheirMarks) {
  EXPECT_EQ(
      Marked(CopyWith(
          OfficeFile("--- body\n<w:p><w:r><w:t>收入12亿元</w:t></w:r>"
                     "<w:r><w:footnoteReference w:id=\"3\"/></w:r></w:p>\n--- footnotes\n"
                     "<w:footnote w:id=\"2\"><w:p><w:r><w:t>甲。</w:t></w:r></w:p></w:footnote>"
                     "<w:footnote w:id=\"3\"><w:p><w:r><w:t>不含丁地区的7亿元。</w:t></w:r></w:p>"
                     "</w:footnote>\n"),
          {"7亿元"})),
      "收入12亿元[0:*:0]");
}

TEST(AnnotatorTest, RemarksAboutTextBoxesStandAtTheirAnchors) {
  EXPECT_EQ(
      Marked(CopyWith(WordFile("<w:p><w:r><w:t>收入12亿元。</w:t></w:r><w:r><w:drawing><wps:wsp>"
                               "<wps:txbx><w:txbxContent><w:p><w:r><w:t>增长3%。</w:t></w:r></w:p>"
                               "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></w:r></w:p>"),
                      {"3%"})),
      "收入12亿元。[0:增长3%。:0]");
}

TEST(AnnotatorTest, GoesOnWithTheCommentsThatAreThere) {
  const std::string bytes = OfficeFile(
      "--- body\n<w:p><w:r><w:t>收入12亿元。</w:t></w:r></w:p>\n"
      "--- word/_rels/document.xml.rels\n"
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
      "relationships/comments\" Target=\"notes.xml\"/></Relationships>\n"
      "--- word/notes.xml\n"
      "<x:comments xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
      "<x:comment x:id=\"4\"><x:p/></x:comment></x:comments>\n");
  const std::string copy = CopyWith(bytes, {"12亿元"});
  EXPECT_EQ(Marked(copy), "收入[5:12亿元:5]。");
  EXPECT_NE(PartOf(copy, "word/notes.xml")
                .find("<x:comment x:id=\"4\"><x:p/></x:comment><x:comment x:id=\"5\" "
                      "x:author=\"Crossfoot\" x:initials=\"CF\"><x:p><x:r><x:t "
                      "xml:space=\"preserve\">remark</x:t></x:r></x:p></x:comment>"),
            std::string::npos);
}

TEST(AnnotatorTest, WritesALineOfARemarkAsAParagraph) {
  const core::Document document =
      DocumentOf(WordFile("<w:p><w:r><w:t>收入12亿元。</w:t></w:r></w:p>"));
  const absl::StatusOr<std::string> copy =
      AnnotateDocument(document, {About(document, "12亿元", 1, "一 < 二\n三")}, Writing());
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_NE(PartOf(*copy, "word/crossfoot-comments1.xml")
                .find("<w:p><w:r><w:t xml:space=\"preserve\">一 &lt; 二</w:t></w:r></w:p>"
                      "<w:p><w:r><w:t xml:space=\"preserve\">三</w:t></w:r></w:p>"),
            std::string::npos);
  // The same remarks make the same bytes.
  EXPECT_EQ(*copy,
            *AnnotateDocument(document, {About(document, "12亿元", 1, "一 < 二\n三")}, Writing()));
}

TEST(AnnotatorTest, StrictFilesStayStrict) {
  constexpr absl::string_view kTransitional =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  constexpr absl::string_view kStrict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
  const std::string relationships =
      PartOf(WordFile("<w:p><w:r><w:t>收入12亿元。</w:t></w:r></w:p>"), "_rels/.rels");
  const std::string copy =
      CopyWith(OfficeFile(absl::StrCat(
                   "--- body\n<w:p><w:r><w:t>收入12亿元。</w:t></w:r></w:p>\n", "--- _rels/.rels\n",
                   absl::StrReplaceAll(relationships, {{kTransitional, kStrict}}), "\n")),
               {"12亿元"});
  EXPECT_NE(PartOf(copy, "word/_rels/document.xml.rels").find(absl::StrCat(kStrict, "comments")),
            std::string::npos);
}

std::string SheetFile(std::string_view behind) {
  return OfficeFile(absl::StrCat(
      "--- sheet 收入\n<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>地区</t></is></c>"
      "<c r=\"B1\" t=\"inlineStr\"><is><t>收入（亿元）</t></is></c></row>"
      "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>东部</t></is></c><c r=\"B2\"><v>12.5</v></c>"
      "</row><row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>西部</t></is></c><c "
      "r=\"B3\"><v>34.5</v>"
      "</c></row></sheetData>",
      std::string(behind), "\n"));
}

TEST(AnnotatorTest, PutsNotesOnCells) {
  const std::string copy =
      CopyWith(SheetFile("<pageMargins left=\"1\"/><tableParts count=\"0\"/>"), {"12.5", "34.5"});
  const std::string notes = PartOf(copy, "xl/crossfoot-comments1.xml");
  EXPECT_NE(notes.find("<authors><author>Crossfoot</author></authors><commentList>"
                       "<comment ref=\"B2\" authorId=\"0\"><text><r><t xml:space=\"preserve\">"
                       "remark</t></r></text></comment><comment ref=\"B3\""),
            std::string::npos)
      << notes;
  const std::string drawing = PartOf(copy, "xl/drawings/crossfoot-notes1.vml");
  EXPECT_NE(drawing.find("<x:Row>1</x:Row><x:Column>1</x:Column>"), std::string::npos);
  EXPECT_NE(drawing.find("<x:Row>2</x:Row><x:Column>1</x:Column>"), std::string::npos);
  // Where the schema wants it.
  EXPECT_NE(
      PartOf(copy, "xl/worksheets/sheet1.xml")
          .find("<pageMargins left=\"1\"/><legacyDrawing xmlns:r=\"http://schemas.openxmlformats."
                "org/officeDocument/2006/relationships\" r:id=\"rIdCrossfoot2\"/><tableParts "),
      std::string::npos);
  EXPECT_NE(PartOf(copy, "[Content_Types].xml").find("Extension=\"vml\""), std::string::npos);
}

TEST(AnnotatorTest, GoesOnWithTheNotesThatAreThere) {
  // A copy of a copy: one cell has a note with its window, the other has none.
  const std::string first = CopyWith(SheetFile(""), {"12.5"});
  const std::string second = CopyWith(first, {"34.5", "12.5"});
  const std::string notes = PartOf(second, "xl/crossfoot-comments1.xml");
  EXPECT_NE(notes.find("<text><r><t xml:space=\"preserve\">remark</t></r><r><t "
                       "xml:space=\"preserve\">\n\nremark</t></r></text>"),
            std::string::npos)
      << notes;
  EXPECT_NE(notes.find("<comment ref=\"B3\" authorId=\"1\">"), std::string::npos) << notes;
  const std::string drawing = PartOf(second, "xl/drawings/crossfoot-notes1.vml");
  EXPECT_NE(drawing.find("_x0000_s1025"), std::string::npos);
  EXPECT_NE(drawing.find("_x0000_s1026"), std::string::npos);
  EXPECT_EQ(drawing.find("_x0000_s1027"), std::string::npos);
  const std::string sheet = PartOf(second, "xl/worksheets/sheet1.xml");
  EXPECT_EQ(sheet.find("legacyDrawing"), sheet.rfind("legacyDrawing"));
}

TEST(AnnotatorTest, PartsThatDoNotChangeMayStandBeforeThoseThatDo) {
  // What is written within an archive behind much else.
  std::string parts = "--- word/media/a.xml\n<a>";
  for (int i = 0; i < 40'000; ++i) parts += std::to_string(i * 7919 % 10007);
  parts += "</a>\n--- body\n<w:p><w:r><w:t>收入12亿元，支出3亿元。</w:t></w:r></w:p>\n";
  const std::string first = CopyWith(OfficeFile(parts), {"12亿元"});
  const std::string second = CopyWith(first, {"3亿元"});
  EXPECT_EQ(Marked(CopyWith(second, {"12亿元"})), "收入[0:[2:12亿元:2]:0]，支出[1:3亿元:1]。\n");
}

TEST(AnnotatorTest, WordsThatCommentsOfXmlDivideStayWords) {
  EXPECT_EQ(Marked(CopyWith(
                WordFile("<w:p><w:r><w:t>收入12亿元，<!-- c -->支出3亿元。</w:t></w:r></w:p>"),
                {"12亿元", "3亿元"})),
            "收入[0:12亿元:0]，支出[1:3亿元:1]。");
}

TEST(AnnotatorTest, SeveralRemarksShareTheNoteOfACell) {
  const std::string notes =
      PartOf(CopyWith(SheetFile(""), {"34.5", "4.5"}), "xl/crossfoot-comments1.xml");
  EXPECT_NE(notes.find(">remark\n\nremark<"), std::string::npos) << notes;
}

// Numbers behind `name` and "[" in the part of `bytes` from `start` on.
std::vector<double> NumbersOf(std::string_view bytes, size_t start, std::string_view name) {
  std::vector<double> numbers;
  const size_t begin = bytes.find('[', bytes.find(name, start)) + 1;
  for (const absl::string_view word :
       absl::StrSplit(absl::string_view(bytes.data() + begin, bytes.find(']', begin) - begin), ' ',
                      absl::SkipEmpty()))
    numbers.push_back(std::stod(std::string(word)));
  return numbers;
}

TEST(AnnotatorTest, HighlightsWordsOfPdf) {
  constexpr double kHeight = 842;  // of A4
  for (const bool turned : {false, true}) {
    // A page that is turned clockwise when it is shown, with words that are upright then.
    const std::string bytes = testing::WritePdf(
        {{.texts = {{.x = 81, .y = 120, .words = "收入增长5.1%，其中出口增长3.2%。"}}},
         {.texts = {{.x = 120,
                     .y = 400,
                     .words = "收入12亿元，支出34亿元，结余5亿元。",
                     .degrees = turned ? 90.0F : 0.0F}},
          .rotation = turned ? 90 : 0}});
    const core::Document document = DocumentOf(bytes);
    const Remark remark = About(document, "34亿元");
    const core::Place place = *document.PlaceOf(document.SpanOf(remark.range));
    EXPECT_EQ(place.page, 2);
    const absl::StatusOr<std::string> copy = AnnotateDocument(document, {remark}, Writing());
    ASSERT_TRUE(copy.ok()) << copy.status();
    EXPECT_EQ(DocumentOf(*copy).DebugString(), document.DebugString());
    // Nothing of the original changes.
    ASSERT_GT(copy->size(), bytes.size());
    EXPECT_EQ(copy->substr(0, bytes.size()), bytes);
    EXPECT_NE(copy->find("/Highlight", bytes.size()), std::string::npos);
    std::vector<double> xs;
    std::vector<double> ys;
    for (const double number : NumbersOf(*copy, bytes.size(), "/QuadPoints"))
      (xs.size() == ys.size() ? xs : ys).push_back(number);
    ASSERT_EQ(ys.size(), 4u);
    std::sort(xs.begin(), xs.end());
    std::sort(ys.begin(), ys.end());
    const core::Box& box = place.boxes[0];
    // Turned, x of the page runs down and y to the right.
    EXPECT_NEAR(xs.front(), turned ? box.top : box.left, 0.5);
    EXPECT_NEAR(xs.back(), turned ? box.bottom : box.right, 0.5);
    EXPECT_NEAR(ys.front(), turned ? box.left : kHeight - box.bottom, 0.5);
    EXPECT_NEAR(ys.back(), turned ? box.right : kHeight - box.top, 0.5);
  }
}

TEST(AnnotatorTest, SaysWhatItCannotDo) {
  const std::string pdf =
      testing::WritePdf({{.texts = {{.x = 81, .y = 120, .words = "收入增长5.1%。"}}}});
  const core::Document document = DocumentOf(pdf);
  AnnotatorOptions none;
  EXPECT_EQ(core::ReasonOf(AnnotateDocument(document, {About(document, "5.1%")}, none).status()),
            core::ErrorReason::kFormatUnsupported);
  none.pdf_annotator = "/bin/false";
  EXPECT_EQ(core::ReasonOf(AnnotateDocument(document, {About(document, "5.1%")}, none).status()),
            core::ErrorReason::kDocumentDamaged);
  none.pdf_annotator = "/bin/true";
  EXPECT_EQ(core::ReasonOf(AnnotateDocument(document, {About(document, "5.1%")}, none).status()),
            core::ErrorReason::kDocumentDamaged);
  const core::Document text = DocumentOf("收入增长5.1%。");
  EXPECT_FALSE(CanAnnotate(text));
  EXPECT_EQ(core::ReasonOf(AnnotateDocument(text, {About(text, "5.1%")}, Writing()).status()),
            core::ErrorReason::kFormatUnsupported);
  // Without a remark it is the original.
  EXPECT_EQ(*AnnotateDocument(document, {}, Writing()), pdf);
}

}  // namespace
}  // namespace crossfoot::document
