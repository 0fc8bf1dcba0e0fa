// What holds for DOCX and XLSX alike: the same tables as in HTML, and bounds on what is hostile.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/document.h"
#include "core/error.h"
#include "gtest/gtest.h"
#include "services/document/segment.h"
#include "tests/testing/office_file.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using testing::OfficeFile;
using testing::ZipEntry;
using testing::ZipOf;

// A cell of a table that is written in three formats.
struct SourceCell {
  std::string words;
  int32_t row_span = 1;
  int32_t column_span = 1;
  bool number = false;
};
using SourceTable = std::vector<std::vector<SourceCell>>;

const SourceTable& Revenue() {
  static const SourceTable& table = *new SourceTable{
      {{"地区", 2}, {"软件业务收入", 1, 2}, {"从业人员"}},
      {{"绝对额"}, {"同比增长（%）"}, {"万人"}},
      {{"全国"}, {"2463.0", 1, 1, true}, {"7.6", 1, 1, true}, {"12.0", 1, 1, true}},
      {{"　东部"}, {"2178.5", 1, 1, true}, {"-6.5", 1, 1, true}, {""}},
      {{"　西部"}, {"284.5", 1, 1, true}, {"持平"}, {"1.5", 1, 1, true}}};
  return table;
}

std::string AsHtml(const SourceTable& table) {
  std::string html = "<!DOCTYPE html><html><body><p>表1 分地区收入</p><p>单位：亿元</p><table>";
  for (const auto& row : table) {
    html += "<tr>";
    for (const SourceCell& cell : row) {
      absl::StrAppend(&html, "<td rowspan=", cell.row_span, " colspan=", cell.column_span, ">",
                      cell.words, "</td>");
    }
    html += "</tr>";
  }
  return html + "</table><p>注：数据为初步数。</p></body></html>";
}

std::string AsWord(const SourceTable& table) {
  const auto paragraph = [](const std::string& words) {
    return "<w:p><w:r><w:t>" + words + "</w:t></w:r></w:p>";
  };
  std::string body =
      "--- body\n" + paragraph("表1 分地区收入") + paragraph("单位：亿元") + "<w:tbl>";
  int32_t tall = 0;  // rows below that the first cell reaches
  for (const auto& row : table) {
    body += "<w:tr>";
    if (tall > 0) body += "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>";
    --tall;
    for (const SourceCell& cell : row) {
      absl::StrAppend(&body, "<w:tc><w:tcPr><w:gridSpan w:val='", cell.column_span, "'/>",
                      cell.row_span > 1 ? "<w:vMerge w:val='restart'/>" : "", "</w:tcPr>",
                      paragraph(cell.words), "</w:tc>");
      if (cell.row_span > 1) tall = cell.row_span - 1;
    }
    body += "</w:tr>";
  }
  return OfficeFile(body + "</w:tbl>" + paragraph("注：数据为初步数。"));
}

std::string AsExcel(const SourceTable& table) {
  const auto words = [](const std::string& text) {
    return "<c t='inlineStr'><is><t>" + text + "</t></is></c>";
  };
  std::string rows = "<row r='1'>" + words("表1 分地区收入") + "</row><row r='2'>" +
                     words("单位：亿元") + "</row>";
  std::string merges;
  int32_t number = 3;
  int32_t tall = 0;
  for (const auto& row : table) {
    absl::StrAppend(&rows, "<row r='", number, "'>");
    char column = 'A';
    if (tall-- > 0) {
      rows += "<c/>";
      ++column;
    }
    for (const SourceCell& cell : row) {
      rows += cell.words.empty() ? "<c/>"
              : cell.number      ? "<c s='1'><v>" + cell.words + "</v></c>"
                                 : words(cell.words);
      const char right = static_cast<char>(column + cell.column_span - 1);
      if (cell.row_span > 1 || cell.column_span > 1) {
        absl::StrAppend(&merges, "<mergeCell ref='", std::string(1, column), number, ":",
                        std::string(1, right), number + cell.row_span - 1, "'/>");
      }
      for (; column < right; ++column) rows += "<c/>";
      ++column;
      if (cell.row_span > 1) tall = cell.row_span - 1;
    }
    rows += "</row>";
    ++number;
  }
  absl::StrAppend(&rows, "<row r='", number, "'>", words("注：数据为初步数。"), "</row>");
  return OfficeFile(
      "--- styles\n<numFmts><numFmt numFmtId='176' formatCode='0.0_ '/></numFmts>"
      "<cellXfs><xf/><xf numFmtId='176'/></cellXfs>\n--- sheet Sheet1\n<sheetData>" +
      rows + "</sheetData><mergeCells>" + merges + "</mergeCells>");
}

// Everything but where it stands in the source.
std::string Describe(const std::string& bytes) {
  const absl::StatusOr<core::Document> document = SegmentDocument("a", bytes);
  if (!document.ok()) return document.status().ToString();
  std::string out;
  for (const core::Block& block : document->blocks) {
    absl::StrAppend(&out, static_cast<int>(block.kind), " ", block.level);
    if (block.table < 0) {
      const absl::string_view words(document->text.data() + block.range.start,
                                    static_cast<size_t>(block.range.size()));
      absl::StrAppend(&out, " ", words, "\n");
      continue;
    }
    const core::Table& table = document->tables[static_cast<size_t>(block.table)];
    absl::StrAppend(&out, " ", table.row_count, "x", table.column_count, "\n");
    for (const core::TextRange range : {table.caption, table.unit_note})
      absl::StrAppend(&out, "  ", std::string(document->TextOf(range)), "\n");
    for (const core::Cell& cell : table.cells) {
      absl::StrAppend(&out, "  ", cell.row, ",", cell.column, " ", cell.row_span, "x",
                      cell.column_span, cell.header ? " header " : " ", cell.indent, " ",
                      std::string(document->TextOf(cell.range)), "\n");
    }
  }
  return out;
}

TEST(SegmentOfficeTest, ReadsTheSameTableInEveryFormat) {
  const std::string html = Describe(AsHtml(Revenue()));
  EXPECT_NE(html.find("2,2 1x1 0 7.6\n"), std::string::npos) << html;
  EXPECT_EQ(Describe(AsWord(Revenue())), html);
  EXPECT_EQ(Describe(AsExcel(Revenue())), html);
}

TEST(SegmentOfficeTest, SurvivesFilesThatAreCutOff) {
  for (const std::string& whole : {AsWord(Revenue()), AsExcel(Revenue())}) {
    for (size_t size = 64; size < whole.size(); size += 64) {
      const absl::Status status = SegmentDocument("a", whole.substr(0, size)).status();
      EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentDamaged) << size << status;
    }
  }
}

TEST(SegmentOfficeTest, SurvivesBytesThatAreOthers) {
  for (const std::string& whole : {AsWord(Revenue()), AsExcel(Revenue())}) {
    for (size_t at = 4; at < whole.size(); at += 7) {
      std::string broken = whole;
      broken[at] = static_cast<char>(broken[at] ^ 0x55);
      const absl::StatusOr<core::Document> document = SegmentDocument("a", broken);
      if (document.ok()) continue;  // what it says may not matter: a date, say
      const auto reason = core::ReasonOf(document.status());
      EXPECT_TRUE(reason == ErrorReason::kDocumentDamaged ||
                  reason == ErrorReason::kDocumentEncrypted ||
                  reason == ErrorReason::kFormatUnsupported)
          << at << document.status();
    }
  }
}

std::vector<ZipEntry> WordEntries(std::string document) {
  return {{"[Content_Types].xml",
           "<Types><Default Extension='xml' ContentType='application/"
           "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"},
          {"_rels/.rels",
           "<Relationships><Relationship Id='r' Type='http://schemas.openxmlformats.org/"
           "officeDocument/2006/relationships/officeDocument' Target='d.xml'/></Relationships>"},
          {"d.xml", std::move(document), true}};
}

TEST(SegmentOfficeTest, RefusesBombsAndLaughs) {
  // 64 MiB of blanks in 64 KiB.
  const absl::Status bomb =
      SegmentDocument("a.docx", ZipOf(WordEntries("<a>" + std::string(64u << 20, ' ') + "</a>")))
          .status();
  EXPECT_EQ(core::ReasonOf(bomb), ErrorReason::kDocumentDamaged) << bomb;
  std::string laughs = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>";
  for (int level = 1; level < 10; ++level) {
    absl::StrAppend(&laughs, "<!ENTITY lol", level, " '");
    for (int copy = 0; copy < 10; ++copy)
      absl::StrAppend(&laughs, "&lol", level == 1 ? "" : std::to_string(level - 1), ";");
    laughs += "'>";
  }
  laughs += "]><w:document><w:body><w:p><w:r><w:t>&lol9;</w:t></w:r></w:p></w:body></w:document>";
  EXPECT_EQ(core::ReasonOf(SegmentDocument("a.docx", ZipOf(WordEntries(laughs))).status()),
            ErrorReason::kDocumentDamaged);
  const std::string external =
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><w:document><w:body/></w:document>";
  EXPECT_EQ(core::ReasonOf(SegmentDocument("a.docx", ZipOf(WordEntries(external))).status()),
            ErrorReason::kDocumentDamaged);
}

TEST(SegmentOfficeTest, SaysThatThereAreNoWords) {
  EXPECT_EQ(core::ReasonOf(SegmentDocument("a.docx", OfficeFile("--- body\n<w:p/>")).status()),
            ErrorReason::kDocumentEmpty);
  EXPECT_EQ(core::ReasonOf(
                SegmentDocument("a.xlsx", OfficeFile("--- sheet Sheet1\n<sheetData/>")).status()),
            ErrorReason::kDocumentEmpty);
}

}  // namespace
}  // namespace crossfoot::document
