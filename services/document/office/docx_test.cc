#include "services/document/office/docx.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "gtest/gtest.h"
#include "services/document/line.h"
#include "services/document/office/ooxml.h"
#include "services/document/transcript.h"
#include "tests/testing/office_file.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using testing::OfficeFile;

absl::StatusOr<Transcript> Read(const std::string& bytes,
                                const OfficePackage::Options& options = {}) {
  absl::StatusOr<OfficePackage> package = OfficePackage::Open("a.docx", bytes, options);
  if (!package.ok()) return package.status();
  return ReadDocx(*package);
}

// The words of a document, a line each.
std::string WordsOf(const std::string& parts) {
  const absl::StatusOr<Transcript> transcript = Read(OfficeFile(parts));
  return transcript.ok() ? transcript->text : transcript.status().ToString();
}

std::string Paragraph(std::string_view words) {
  return absl::StrCat("<w:p><w:r><w:t>", std::string(words), "</w:t></w:r></w:p>");
}

TEST(DocxTest, ReadsOtherPrefixesAndTheStrictForm) {
  const std::string main = "http://purl.oclc.org/ooxml/wordprocessingml/main";
  EXPECT_EQ(WordsOf("--- body\n--- word/document.xml\n<document xmlns='" + main +
                    "'><body><p><r><t>收入12亿元。</t></r></p></body></document>"),
            "收入12亿元。\n");
  EXPECT_EQ(WordsOf("--- body\n--- word/document.xml\n<ns0:document xmlns:ns0='" + main +
                    "'><ns0:body><ns0:p><ns0:r><ns0:t>收入</ns0:t></ns0:r></ns0:p></ns0:body>"
                    "</ns0:document>"),
            "收入\n");
}

TEST(DocxTest, TakesStylesThatAreBasedOnOneAnother) {
  EXPECT_EQ(WordsOf("--- styles\n<w:style w:type='paragraph' w:styleId='a'><w:name w:val='A'/>"
                    "<w:basedOn w:val='b'/></w:style><w:style w:type='paragraph' w:styleId='b'>"
                    "<w:name w:val='B'/><w:basedOn w:val='a'/></w:style>\n--- body\n"
                    "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>收入</w:t></w:r></w:p>"),
            "收入\n");
}

TEST(DocxTest, HidesWhatAStyleHides) {
  EXPECT_EQ(WordsOf("--- styles\n<w:style w:type='paragraph' w:default='1' w:styleId='c'>"
                    "<w:name w:val='C'/><w:rPr><w:vanish/></w:rPr></w:style>\n--- body\n" +
                    Paragraph("不见") +
                    "<w:p><w:r><w:rPr><w:vanish w:val='false'/></w:rPr><w:t>见</w:t></w:r></w:p>"),
            "见\n");
}

TEST(DocxTest, TakesSmallRaisedLettersForScripts) {
  const auto run = [](const std::string& properties) {
    return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>2</w:t></w:r>";
  };
  const absl::StatusOr<Transcript> transcript = Read(OfficeFile(
      "--- styles\n<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='24'/></w:rPr></w:rPrDefault>"
      "</w:docDefaults>\n--- body\n<w:p><w:r><w:t>1</w:t></w:r>" +
      run("<w:position w:val='8'/><w:sz w:val='19'/>") +
      run("<w:position w:val='-2'/><w:sz w:val='19'/>") + run("<w:position w:val='8'/>") +
      run("<w:sz w:val='19'/>") + run("<w:vertAlign w:val='superscript'/>") + "</w:p>"));
  ASSERT_TRUE(transcript.ok());
  ASSERT_EQ(transcript->reading.lines.size(), 1u);
  EXPECT_EQ(transcript->reading.draft.text(), "1²₂22²");
}

TEST(DocxTest, ReadsProseInTheStyleOfAHeadingAsProse) {
  std::string prose = "一季度，全国软件业务收入增长平稳。";
  while (prose.size() <= 150) prose += "收入增长。";
  const absl::StatusOr<Transcript> transcript = Read(
      OfficeFile("--- body\n<w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>" + prose +
                 "</w:t></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>总体"
                 "</w:t></w:r></w:p>"));
  ASSERT_TRUE(transcript.ok());
  ASSERT_EQ(transcript->reading.lines.size(), 2u);
  EXPECT_EQ(transcript->reading.lines[0].markup, Markup::kNone);
  EXPECT_EQ(transcript->reading.lines[1].markup, Markup::kHeading);
  EXPECT_EQ(transcript->reading.lines[1].level, 2);
}

TEST(DocxTest, TakesATitleAcrossATableForNoHeader) {
  const absl::StatusOr<Transcript> transcript = Read(OfficeFile(
      "--- body\n<w:tbl>"
      "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" +
      Paragraph("表1 收入") + "</w:tc></w:tr><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>" +
      Paragraph("地区") + "</w:tc><w:tc>" + Paragraph("2024") + "</w:tc></w:tr><w:tr><w:tc>" +
      Paragraph("全国") + "</w:tc><w:tc>" + Paragraph("12") + "</w:tc></w:tr></w:tbl>"));
  ASSERT_TRUE(transcript.ok());
  ASSERT_EQ(transcript->reading.tables.size(), 1u);
  const DraftTable& table = transcript->reading.tables[0];
  EXPECT_EQ(table.caption_cell, 0);
  EXPECT_FALSE(table.cells[0].header);
  EXPECT_TRUE(table.cells[1].header);
  EXPECT_FALSE(table.cells[4].header);
}

TEST(DocxTest, ReadsATableOfProseThrough) {
  std::string prose = "一季度，全国软件业务收入增长平稳。";
  while (prose.size() <= 150) prose += "收入增长。";
  const absl::StatusOr<Transcript> transcript =
      Read(OfficeFile("--- body\n<w:tbl><w:tr><w:tc>" + Paragraph(prose) + "</w:tc><w:tc>" +
                      Paragraph("附图") + "</w:tc></w:tr></w:tbl>"));
  ASSERT_TRUE(transcript.ok());
  EXPECT_TRUE(transcript->reading.tables.empty());
  EXPECT_EQ(transcript->text, prose + "\n附图\n");
}

TEST(DocxTest, SaysWhatIsMissing) {
  const std::string parts = "--- body\n" + Paragraph("收入");
  for (const auto& [from, message] : std::vector<std::pair<std::string, std::string>>{
           {"--- word/document.xml\n<w:other xmlns:w='x'/>",
            "a.docx is damaged: its part word/document.xml holds no Word text; save it again"},
           {"--- word/_rels/document.xml.rels\n<Relationships><Relationship Id='r' "
            "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes' "
            "Target='footnotes.xml'/></Relationships>",
            "a.docx is damaged: it lacks its part word/footnotes.xml; save it again"}}) {
    const absl::Status status = Read(OfficeFile(absl::StrCat(parts, "\n", from))).status();
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentDamaged);
    EXPECT_EQ(std::string(status.message()), message);
  }
}

TEST(DocxTest, StopsAtTheLimitAndWhenItIsGivenUp) {
  std::string body = "--- body\n";
  for (int count = 0; count < 2000; ++count) body += Paragraph("收入十二亿元。");
  const std::string bytes = OfficeFile(body);
  EXPECT_TRUE(Read(bytes).ok());
  // Packed as it would be, the file is smaller than its words.
  std::vector<testing::ZipEntry> entries = {
      {"[Content_Types].xml",
       "<Types><Default Extension='xml' ContentType='application/"
       "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"},
      {"_rels/.rels",
       "<Relationships><Relationship Id='r' Type='http://schemas.openxmlformats.org/"
       "officeDocument/2006/relationships/officeDocument' Target='d.xml'/></Relationships>"},
      {"d.xml", "<w:document xmlns:w='x'><w:body>" + body.substr(9) + "</w:body></w:document>",
       true}};
  const std::string packed = testing::ZipOf(entries);
  ASSERT_LT(packed.size(), 20'000u);
  const absl::Status status = Read(packed, {.max_document_bytes = 20'000}).status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentTooLarge) << status;
  core::Cancellation cancellation;
  absl::StatusOr<OfficePackage> package =
      OfficePackage::Open("a", bytes, {.cancellation = &cancellation});
  ASSERT_TRUE(package.ok());
  cancellation.Cancel();
  EXPECT_EQ(core::ReasonOf(ReadDocx(*package).status()), ErrorReason::kCancelled);
}

}  // namespace
}  // namespace crossfoot::document
