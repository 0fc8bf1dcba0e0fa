#include "services/document/office/xlsx.h"

#include <cstdint>
#include <string>
#include <string_view>

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
  absl::StatusOr<OfficePackage> package = OfficePackage::Open("a.xlsx", bytes, options);
  if (!package.ok()) return package.status();
  return ReadXlsx(*package);
}

// The words of a workbook with tabs between cells.
std::string WordsOf(const std::string& parts) {
  const absl::StatusOr<Transcript> transcript = Read(OfficeFile(parts));
  return transcript.ok() ? transcript->text : transcript.status().ToString();
}

// The content of a sheet: rows divided by "\n", cells by "|"; those that begin with a digit are
// numbers, others words.
std::string Sheet(std::string_view grid, std::string_view rest = "") {
  std::string xml = "<sheetData><row>";
  std::string cell;
  const auto end_cell = [&] {
    if (cell.empty()) {
      xml += "<c/>";
    } else if (cell[0] >= '0' && cell[0] <= '9') {
      absl::StrAppend(&xml, "<c><v>", cell, "</v></c>");
    } else {
      absl::StrAppend(&xml, "<c t='inlineStr'><is><t>", cell, "</t></is></c>");
    }
    cell.clear();
  };
  for (const char c : grid) {
    if (c == '|' || c == '\n') end_cell();
    if (c == '\n') xml += "</row><row>";
    if (c != '|' && c != '\n') cell += c;
  }
  end_cell();
  return absl::StrCat(xml, "</row></sheetData>", std::string(rest));
}

TEST(XlsxTest, ReadsOtherPrefixes) {
  EXPECT_EQ(WordsOf("--- sheet 收入\n--- xl/worksheets/sheet1.xml\n"
                    "<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>"
                    "<x:c t='inlineStr'><x:is><x:t>亿元</x:t></x:is></x:c></x:row></x:sheetData>"
                    "</x:worksheet>"),
            "收入\n1\t亿元\n");
}

TEST(XlsxTest, LeavesOutWhatIsNotShown) {
  EXPECT_EQ(WordsOf("--- sheet Sheet1\n" + Sheet("地区|收入\n全国|0")), "地区\t收入\n全国\t0\n");
  EXPECT_EQ(WordsOf("--- sheet Sheet1\n<sheetViews><sheetView showZeros='0'/></sheetViews>" +
                    Sheet("地区|收入\n全国|0")),
            "地区\t收入\n全国\t\n");
  EXPECT_EQ(WordsOf("--- styles\n<cellXfs><xf/><xf numFmtId='200'/></cellXfs><numFmts>"
                    "<numFmt numFmtId='200' formatCode=';;;'/></numFmts>\n--- sheet Sheet1\n"
                    "<sheetData><row><c s='1'><v>1</v></c><c s='1' t='str'><v>a</v></c>"
                    "<c><v>2</v></c></row></sheetData>"),
            "2\n");
}

TEST(XlsxTest, KeepsLeftOversUnderMergedCellsOut) {
  EXPECT_EQ(WordsOf("--- sheet Sheet1\n" +
                    Sheet("地区|收入|增长\n全国|12|13\n东部|14|15",
                          "<mergeCells><mergeCell ref='B2:C3'/><mergeCell ref='C3:D4'/>"
                          "<mergeCell ref='X'/></mergeCells>")),
            "地区\t收入\t增长\n全国\t12\n东部\n");
}

TEST(XlsxTest, ShowsMergedCellsThatBeginInAHiddenColumn) {
  EXPECT_EQ(WordsOf("--- sheet Sheet1\n<cols><col min='1' max='1' hidden='1'/></cols>" +
                    Sheet("表1 分地区收入||\n序号|地区|收入\n1|全国|12",
                          "<mergeCells><mergeCell ref='A1:C1'/></mergeCells>")),
            "表1 分地区收入\n地区\t收入\n全国\t12\n");
}

TEST(XlsxTest, LeavesHiddenColumnsOutHoweverTheirRangesLie) {
  const std::string table = Sheet("地区|一|二|三|四|五\n全国|1|2|3|4|5");
  const auto words = [&table](const std::string& columns) {
    return WordsOf("--- sheet Sheet1\n<cols>" + columns + "</cols>" + table);
  };
  const std::string shown = "地区\t二\t五\n全国\t2\t5\n";
  EXPECT_EQ(words("<col min='2' max='2' hidden='1'/><col min='4' max='5' hidden='1'/>"), shown);
  EXPECT_EQ(words("<col min='5' max='5' hidden='1'/><col min='4' max='4' hidden='1'/>"
                  "<col min='2' max='2' hidden='1'/><col min='4' max='5' hidden='1'/>"),
            shown);
  EXPECT_EQ(words("<col min='0' max='0' hidden='1'/><col min='3' max='2' hidden='1'/>"
                  "<col min='1' max='9' hidden='0'/><col min='2' max='6'/>"
                  "<col min='7' max='99999' hidden='1'/>"),
            "地区\t一\t二\t三\t四\t五\n全国\t1\t2\t3\t4\t5\n");
}

TEST(XlsxTest, HeadsASheetByAGivenName) {
  const std::string table = Sheet("地区|收入\n全国|12");
  EXPECT_EQ(WordsOf("--- sheet 分地区收入\n" + table), "分地区收入\n地区\t收入\n全国\t12\n");
  for (const char* name : {"Sheet1", "工作表2", "表 3", "2024", "Sheet1 (2)"})
    EXPECT_EQ(WordsOf("--- sheet " + std::string(name) + "\n" + table), "地区\t收入\n全国\t12\n");
  // What the sheet says itself is enough.
  EXPECT_EQ(WordsOf("--- sheet 收入\n" + Sheet("表1 分地区收入||\n地区|收入|增长\n全国|12|3")),
            "表1 分地区收入\n地区\t收入\t增长\n全国\t12\t3\n");
}

TEST(XlsxTest, CutsRegions) {
  const absl::StatusOr<Transcript> transcript =
      Read(OfficeFile("--- sheet Sheet1\n" +
                      Sheet("全国收入平稳|\n单位：亿元|\n地区|收入\n全国|12\n|\n东部|4\n|\n|\n"
                            "西部|8\n附注|\n注：初步数|")));
  ASSERT_TRUE(transcript.ok());
  EXPECT_EQ(transcript->reading.tables.size(), 2u);  // two blank rows always divide
  EXPECT_EQ(transcript->text,
            "全国收入平稳\n单位：亿元\n地区\t收入\n全国\t12\n东部\t4\n西部\t8\n附注\n注：初步数\n");
}

TEST(XlsxTest, TakesNotesBelowATableForLines) {
  const absl::StatusOr<Transcript> transcript = Read(OfficeFile(
      "--- sheet Sheet1\n" +
      Sheet("地区|收入\n全国|12\n分地区|\n东部|4\n其他|\n注：口径如下|\n（1）东部不含直辖市|")));
  ASSERT_TRUE(transcript.ok());
  ASSERT_EQ(transcript->reading.tables.size(), 1u);
  EXPECT_EQ(transcript->reading.tables[0].row_count, 5);
  EXPECT_EQ(transcript->reading.lines.size(), 3u);
}

TEST(XlsxTest, KeepsAHeaderThatStandsAlone) {
  const absl::StatusOr<Transcript> transcript =
      Read(OfficeFile("--- sheet Sheet1\n" + Sheet("|收入\n全国|12\n东部|4")));
  ASSERT_TRUE(transcript.ok());
  ASSERT_EQ(transcript->reading.tables.size(), 1u);
  EXPECT_EQ(transcript->reading.tables[0].row_count, 3);
}

TEST(XlsxTest, LeavesEmptyCellsOfSparseSheetsOut) {
  std::string sheet = "<sheetData>";
  for (int row = 1; row <= 100; ++row)
    absl::StrAppend(&sheet, "<row r='", row, "'><c r='A", row, "'><v>1</v></c><c r='XFD", row,
                    "'><v>2</v></c></row>");
  const absl::StatusOr<Transcript> transcript =
      Read(OfficeFile("--- sheet Sheet1\n" + sheet + "</sheetData>"));
  ASSERT_TRUE(transcript.ok());
  ASSERT_EQ(transcript->reading.tables.size(), 1u);
  EXPECT_EQ(transcript->reading.tables[0].cells.size(), 200u);
  EXPECT_EQ(transcript->reading.tables[0].column_count, 16'384);
}

TEST(XlsxTest, IgnoresRowsAndColumnsThatCannotBe) {
  EXPECT_EQ(WordsOf("--- sheet Sheet1\n<sheetData><row r='5'><c r='ZZZZ1'><v>1</v></c>"
                    "<c r='B'><v>2</v></c></row><row r='2'><c r='A9'><v>3</v></c></row>"
                    "<row r='9999999'><c><v>4</v></c></row></sheetData>"),
            "1\t2\n3\t\n");
}

TEST(XlsxTest, RefusesMoreCellsThanTheLimit) {
  // Numbers of every length, for what packs too well looks like a bomb.
  std::string rows;
  uint32_t number = 1;
  for (int row = 0; row < 200'000; ++row) {
    number = number * 1664525 + 1013904223;
    absl::StrAppend(&rows, "<row><c><v>", number, "</v></c></row>");
  }
  const std::string bytes = testing::ZipOf(
      {{"[Content_Types].xml",
        "<Types><Default Extension='xml' ContentType='application/"
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"},
       {"_rels/.rels",
        "<Relationships><Relationship Id='r' Type='http://schemas.openxmlformats.org/"
        "officeDocument/2006/relationships/officeDocument' Target='b.xml'/></Relationships>"},
       {"b.xml", "<workbook><sheets><sheet name='收入' id='r'/></sheets></workbook>"},
       {"_rels/b.xml.rels",
        "<Relationships><Relationship Id='r' Type='http://schemas.openxmlformats.org/"
        "officeDocument/2006/relationships/worksheet' Target='s.xml'/></Relationships>"},
       {"s.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>", true}});
  EXPECT_TRUE(Read(bytes).ok());
  const absl::Status status = Read(bytes, {.max_document_bytes = int64_t{2} << 20}).status();
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentTooLarge);
  EXPECT_NE(status.message().find("in sheet 收入 row 1"), std::string::npos) << status;
}

TEST(XlsxTest, SaysWhatIsDamaged) {
  const std::string parts = "--- sheet Sheet1\n" + Sheet("a|1");
  EXPECT_EQ(core::ReasonOf(
                Read(OfficeFile(parts + "\n--- xl/worksheets/sheet1.xml\n<chartsheet/>")).status()),
            ErrorReason::kDocumentDamaged);
  EXPECT_EQ(core::ReasonOf(Read(OfficeFile(parts + "\n--- xl/workbook.xml\n<a/>")).status()),
            ErrorReason::kDocumentDamaged);
  EXPECT_EQ(Read(OfficeFile(parts + "\n--- xl/_rels/workbook.xml.rels\n<Relationships/>"))
                .status()
                .message(),
            "a.xlsx is damaged: its sheet Sheet1 has no part; save it again");
}

TEST(XlsxTest, IsGivenUp) {
  const std::string bytes = OfficeFile("--- sheet Sheet1\n" + Sheet("a|1"));
  core::Cancellation cancellation;
  absl::StatusOr<OfficePackage> package =
      OfficePackage::Open("a", bytes, {.cancellation = &cancellation});
  ASSERT_TRUE(package.ok());
  cancellation.Cancel();
  EXPECT_EQ(core::ReasonOf(ReadXlsx(*package).status()), ErrorReason::kCancelled);
}

}  // namespace
}  // namespace crossfoot::document
