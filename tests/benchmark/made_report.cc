#include "tests/benchmark/made_report.h"

#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "core/place.h"
#include "tests/testing/office_file.h"
#include "tests/testing/pdf_writer.h"

namespace crossfoot::benchmarks {
namespace {

constexpr const char* kAreas[] = {
    "北京市", "天津市", "河北省", "山西省", "辽宁省", "吉林省", "上海市", "江苏省",  "浙江省",
    "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省",  "海南省",
    "重庆市", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "黑龙江省"};
constexpr const char* kStatistics[] = {"业务收入", "利润总额", "出口额", "研发经费"};
constexpr char kUnit[] = "单位：亿元、%";
constexpr char kAreaHead[] = "地区";
constexpr char kCodeHead[] = "代码";
constexpr char kAmountHead[] = "1—2月";
constexpr char kRateHead[] = "同比增长";

std::string Tenths(int64_t tenths) {
  return absl::StrCat(tenths < 0 ? "-" : "", std::abs(tenths) / 10, ".", std::abs(tenths) % 10);
}

// Calls `cell(text, row_span, column_span)` for each cell of the two rows of a table's head, and
// `end_row()` behind each of them.
template <typename Cell, typename EndRow>
void WriteHead(const MadeTable& table, Cell cell, EndRow end_row) {
  cell(kAreaHead, 2, 1);
  cell(kCodeHead, 2, 1);
  for (const std::string& statistic : table.statistics) cell(statistic, 1, 2);
  end_row();
  for (size_t index = 0; index < table.statistics.size(); ++index) {
    cell(kAmountHead, 1, 1);
    cell(kRateHead, 1, 1);
  }
  end_row();
}

// Calls `cell(text)` for each cell of a row.
template <typename Cell>
void WriteRow(const MadeTable::Row& row, Cell cell) {
  cell(row.area);
  cell(std::to_string(row.code));
  for (const int64_t tenths : row.tenths) cell(Tenths(tenths));
}

// The heads of the columns in one row.
std::vector<std::string> FlatHead(const MadeTable& table) {
  std::vector<std::string> heads = {kAreaHead, kCodeHead};
  for (const std::string& statistic : table.statistics) {
    heads.push_back(statistic);
    heads.push_back(absl::StrCat(statistic, kRateHead));
  }
  return heads;
}

std::string HtmlOf(const MadeReport& report, bool bare) {
  const std::string_view html_style = bare ? "" : " lang=\"zh-CN\"";
  const std::string_view paragraph_style =
      bare ? "" : " style=\"text-indent: 2em; text-align: justify; line-height: 1.75em;\"";
  const std::string_view cell_style =
      bare ? "" : " style=\"border: 1px solid #000000; padding: 0 5px; text-align: center;\"";
  const std::string_view before =
      bare ? "" : "<span style=\"font-family: 宋体; font-size: 16px;\">";
  const std::string_view after = bare ? "" : "</span>";
  std::string html = absl::StrCat("<!DOCTYPE html>\n<html", std::string(html_style),
                                  "><head><meta charset=\"utf-8\"><title>", report.title,
                                  "</title></head>\n<body>\n<h1>", report.title, "</h1>\n");
  const auto paragraph = [&](std::string_view words) {
    html.append("<p").append(paragraph_style).append(">").append(before).append(words);
    html.append(after).append("</p>\n");
  };
  for (const MadeSection& section : report.sections) {
    absl::StrAppend(&html, "<h2>", section.heading, "</h2>\n");
    for (const std::string& words : section.paragraphs) paragraph(words);
    paragraph(section.table.title);
    paragraph(section.table.unit);
    html += "<table><tbody>\n<tr>";
    const auto cell = [&](std::string_view words, int row_span, int column_span) {
      html.append("<td").append(cell_style);
      if (row_span > 1) absl::StrAppend(&html, " rowspan=\"", row_span, "\"");
      if (column_span > 1) absl::StrAppend(&html, " colspan=\"", column_span, "\"");
      html.append(">").append(before).append(words).append(after).append("</td>");
    };
    WriteHead(section.table, cell, [&html] { html += "</tr>\n<tr>"; });
    for (const MadeTable::Row& row : section.table.rows) {
      WriteRow(row, [&cell](const std::string& words) { cell(words, 1, 1); });
      html += "</tr>\n<tr>";
    }
    html += "</tr></tbody></table>\n";
  }
  return html + "</body></html>\n";
}

}  // namespace

std::string MakeParagraph(int number) {
  return absl::StrCat("1—2月份，第", number, "组企业完成业务收入", 1000 + number % 900,
                      "亿元，同比增长", number % 30, ".", number % 10,
                      "%，增速较上年回落0.4个百分点。其中，东部地区完成业务收入",
                      500 + number % 400, "亿元，同比增长6.5%，占全国业务收入的", 30 + number % 40,
                      ".2%；各项工作有序推进，市场主体信心继续增强，行业总体保持平稳运行态势。");
}

MadeReport MakeReport(int sections, int paragraphs_each, int rows_each) {
  MadeReport report;
  report.title = "2024年1—2月份业务运行情况";
  int paragraph = 0;
  for (int number = 1; number <= sections; ++number) {
    MadeSection section;
    section.heading = absl::StrCat("第", number, "部分 分地区情况");
    for (int index = 0; index < paragraphs_each; ++index)
      section.paragraphs.push_back(MakeParagraph(paragraph++));
    section.table.title = absl::StrCat("表", number, " 各地区主要指标");
    section.table.unit = kUnit;
    section.table.statistics.assign(std::begin(kStatistics), std::end(kStatistics));
    for (int index = 0; index < rows_each; ++index) {
      MadeTable::Row row;
      const int seed = number * 7919 + index * 104729;
      row.area = kAreas[static_cast<size_t>(index) % std::size(kAreas)];
      if (index >= static_cast<int>(std::size(kAreas)))
        absl::StrAppend(&row.area, "第", index / std::size(kAreas), "片区");
      row.code = 110000 + index;
      for (size_t column = 0; column < std::size(kStatistics); ++column) {
        const int64_t turn = seed / static_cast<int64_t>(column + 1);
        row.tenths.push_back(turn % 100'000);
        row.tenths.push_back(turn % 400 - 100);
      }
      section.table.rows.push_back(row);
    }
    report.sections.push_back(std::move(section));
  }
  return report;
}

std::string AsText(const MadeReport& report) {
  std::string text = report.title + "\n\n";
  for (const MadeSection& section : report.sections) {
    absl::StrAppend(&text, section.heading, "\n\n");
    for (const std::string& words : section.paragraphs) absl::StrAppend(&text, words, "\n\n");
    absl::StrAppend(&text, section.table.title, "\n", section.table.unit, "\n",
                    absl::StrJoin(FlatHead(section.table), "\t"), "\n");
    for (const MadeTable::Row& row : section.table.rows) {
      WriteRow(row, [&text](const std::string& words) { absl::StrAppend(&text, words, "\t"); });
      text.back() = '\n';
    }
    text += '\n';
  }
  return text;
}

std::string AsMarkdown(const MadeReport& report) {
  std::string text = absl::StrCat("# ", report.title, "\n\n");
  for (const MadeSection& section : report.sections) {
    absl::StrAppend(&text, "## ", section.heading, "\n\n");
    for (const std::string& words : section.paragraphs) absl::StrAppend(&text, words, "\n\n");
    const std::vector<std::string> heads = FlatHead(section.table);
    absl::StrAppend(&text, section.table.title, "\n\n", section.table.unit, "\n\n| ",
                    absl::StrJoin(heads, " | "), " |\n|");
    for (size_t column = 0; column < heads.size(); ++column) text += "---|";
    text += '\n';
    for (const MadeTable::Row& row : section.table.rows) {
      WriteRow(row,
               [&text](const std::string& words) { absl::StrAppend(&text, "| ", words, " "); });
      text += "|\n";
    }
    text += '\n';
  }
  return text;
}

std::string AsCsv(const MadeReport& report) {
  const MadeTable& first = report.sections.front().table;
  std::string text =
      absl::StrCat(first.title, "\n", first.unit, "\n", absl::StrJoin(FlatHead(first), ","), "\n");
  for (const MadeSection& section : report.sections) {
    for (const MadeTable::Row& row : section.table.rows) {
      WriteRow(row, [&text](const std::string& words) { absl::StrAppend(&text, words, ","); });
      text.back() = '\n';
    }
  }
  return text;
}

std::string AsHtml(const MadeReport& report) { return HtmlOf(report, /*bare=*/false); }
std::string AsBareHtml(const MadeReport& report) { return HtmlOf(report, /*bare=*/true); }

std::string AsDocx(const MadeReport& report) {
  constexpr char kFonts[] =
      "<w:rPr><w:rFonts w:ascii=\"宋体\" w:eastAsia=\"宋体\" w:hAnsi=\"宋体\" w:hint=\"eastAsia\"/>"
      "<w:color w:val=\"000000\"/><w:sz w:val=\"24\"/></w:rPr>";
  std::string xml = "--- body\n";
  const auto paragraph = [&](std::string_view words, std::string_view properties) {
    xml.append("<w:p w:rsidR=\"00A77427\" w:rsidRDefault=\"007F1D13\"><w:pPr>").append(properties);
    xml.append(kFonts).append("</w:pPr>");
    // Word begins another run wherever somebody has edited, and between scripts.
    for (size_t at = 0; at < words.size();) {
      const size_t comma = words.find("，", at);
      const size_t end = comma == std::string_view::npos ? words.size() : comma + 3;
      xml.append("<w:r w:rsidRPr=\"00C12D9A\">").append(kFonts).append("<w:t>");
      xml.append(words.substr(at, end - at)).append("</w:t></w:r>");
      at = end;
    }
    xml.append("</w:p>");
  };
  constexpr std::string_view kIndent =
      "<w:spacing w:line=\"360\" w:lineRule=\"auto\"/><w:ind w:firstLineChars=\"200\" "
      "w:firstLine=\"480\"/>";
  paragraph(report.title, "<w:pStyle w:val=\"1\"/>");
  for (const MadeSection& section : report.sections) {
    paragraph(section.heading, "<w:pStyle w:val=\"2\"/>");
    for (const std::string& words : section.paragraphs) paragraph(words, kIndent);
    paragraph(section.table.title, "<w:jc w:val=\"center\"/>");
    paragraph(section.table.unit, "<w:jc w:val=\"right\"/>");
    xml += "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>";
    for (size_t column = 0; column < FlatHead(section.table).size(); ++column)
      xml += "<w:gridCol w:w=\"1000\"/>";
    constexpr std::string_view kBeginRow =
        "<w:tr w:rsidR=\"00A77427\"><w:trPr><w:trHeight w:val=\"285\"/></w:trPr>";
    xml.append("</w:tblGrid>").append(kBeginRow);
    const auto cell = [&](std::string_view words, std::string_view properties) {
      xml.append("<w:tc><w:tcPr><w:tcW w:w=\"1000\" w:type=\"dxa\"/>").append(properties);
      xml.append("<w:vAlign w:val=\"center\"/></w:tcPr>");
      paragraph(words, "<w:jc w:val=\"center\"/>");
      xml.append("</w:tc>");
    };
    int row = 0;
    WriteHead(
        section.table,
        [&](std::string_view words, int row_span, int column_span) {
          // A cell that goes on below stands there again, empty.
          if (row == 1 && words == kAmountHead && xml.ends_with(kBeginRow)) {
            cell("", "<w:vMerge/>");
            cell("", "<w:vMerge/>");
          }
          cell(words, row_span > 1      ? "<w:vMerge w:val=\"restart\"/>"
                      : column_span > 1 ? "<w:gridSpan w:val=\"2\"/>"
                                        : "");
        },
        [&] {
          ++row;
          xml.append("</w:tr>").append(row == 1 ? kBeginRow : "");
        });
    for (const MadeTable::Row& values : section.table.rows) {
      xml.append(kBeginRow);
      WriteRow(values, [&cell](const std::string& words) { cell(words, ""); });
      xml.append("</w:tr>");
    }
    xml += "</w:tbl>";
  }
  xml +=
      "\n--- styles\n"
      "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/></w:style>";
  return testing::OfficeFile(xml, /*packed=*/true);
}

std::string AsXlsx(const MadeReport& report) {
  std::vector<std::string> strings;
  absl::flat_hash_map<std::string, size_t> known;
  std::string parts;
  for (const MadeSection& section : report.sections) {
    const MadeTable& table = section.table;
    int32_t row = 1;
    int32_t column = 1;
    std::string merges;
    // Styles by number: text, the code, an amount, a rate.
    const auto begin_cell = [&](int style) {
      absl::StrAppend(&parts, "<c r=\"", core::CellReference(row, column++), "\" s=\"", style,
                      "\"");
    };
    const auto text = [&](std::string_view words) {
      const auto [entry, added] = known.try_emplace(std::string(words), strings.size());
      if (added) strings.emplace_back(words);
      begin_cell(0);
      absl::StrAppend(&parts, " t=\"s\"><v>", entry->second, "</v></c>");
    };
    const auto end_row = [&] {
      parts += "</row>";
      ++row;
      column = 1;
    };
    const auto begin_row = [&] {
      absl::StrAppend(&parts, "<row r=\"", row, "\" spans=\"1:", 2 + 2 * table.statistics.size(),
                      "\" ht=\"14.25\" customHeight=\"1\">");
    };
    const auto merge = [&](int32_t bottom, int32_t right) {
      absl::StrAppend(&merges, "<mergeCell ref=\"", core::CellReference(row, column - 1), ":",
                      core::CellReference(bottom, right), "\"/>");
    };
    absl::StrAppend(&parts, "--- sheet ", table.title,
                    "\n<sheetViews><sheetView workbookViewId=\"0\"/></sheetViews>"
                    "<cols><col min=\"1\" max=\"1\" width=\"20.5\" customWidth=\"1\"/></cols>"
                    "<sheetData>");
    begin_row();
    text(table.title);
    merge(row, static_cast<int32_t>(2 + 2 * table.statistics.size()));
    end_row();
    begin_row();
    text(table.unit);
    end_row();
    begin_row();
    WriteHead(
        table,
        [&](std::string_view words, int row_span, int column_span) {
          if (row == 4 && column == 1) column = 3;
          text(words);
          if (row_span > 1 || column_span > 1) merge(row + row_span - 1, column + column_span - 2);
          column += column_span - 1;
        },
        [&] {
          end_row();
          if (row == 4) begin_row();
        });
    for (const MadeTable::Row& values : table.rows) {
      begin_row();
      text(values.area);
      begin_cell(1);
      absl::StrAppend(&parts, "><v>", values.code, "</v></c>");
      for (size_t index = 0; index < values.tenths.size(); ++index) {
        const double value = static_cast<double>(values.tenths[index]) / 10;
        const bool rate = index % 2 == 1;
        begin_cell(rate ? 3 : 2);
        // Computed numbers are stored with 17 digits.
        absl::StrAppend(&parts, "><v>",
                        rate ? absl::StrFormat("%.17g", value) : Tenths(values.tenths[index]),
                        "</v></c>");
      }
      end_row();
    }
    absl::StrAppend(&parts, "</sheetData><mergeCells>", merges, "</mergeCells>\n");
  }
  parts += "--- strings\n";
  for (const std::string& words : strings) {
    absl::StrAppend(&parts, "<si><t>", words,
                    "</t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si>");
  }
  parts +=
      "\n--- styles\n<numFmts count=\"2\"><numFmt numFmtId=\"176\" formatCode=\"#,##0.0_ \"/>"
      "<numFmt numFmtId=\"177\" formatCode=\"0.0_);[Red]\\(0.0\\)\"/></numFmts><cellXfs>"
      "<xf numFmtId=\"0\"/><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/>"
      "</cellXfs>";
  return testing::OfficeFile(parts, /*packed=*/true);
}

std::string AsPdf(const MadeReport& report) {
  constexpr float kLeft = 72, kTop = 72, kBottom = 770, kLeading = 18, kSize = 12, kHeadSize = 16;
  constexpr size_t kLineCharacters = 37;
  std::vector<testing::PdfPageContent> pages(1);
  float y = kTop;
  const auto advance = [&] {
    y += kLeading;
    if (y <= kBottom) return;
    pages.back().texts.push_back(
        {.x = 280, .y = 800, .size = kSize, .words = absl::StrCat("- ", pages.size(), " -")});
    pages.emplace_back();
    y = kTop;
  };
  const auto line = [&](std::string_view words, float x, float size) {
    pages.back().texts.push_back({.x = x, .y = y, .size = size, .words = std::string(words)});
    advance();
  };
  const auto paragraph = [&](std::string_view words) {
    // The first line is indented by two characters.
    for (size_t room = kLineCharacters - 2; !words.empty(); room = kLineCharacters) {
      size_t end = 0;
      for (size_t count = 0; count < room && end < words.size(); ++count) {
        do {
          ++end;
        } while (end < words.size() && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80);
      }
      line(words.substr(0, end), kLeft + (room < kLineCharacters ? 2 * kSize : 0), kSize);
      words.remove_prefix(end);
    }
  };
  line(report.title, 150, kHeadSize);
  for (const MadeSection& section : report.sections) {
    line(section.heading, kLeft, kHeadSize);
    for (const std::string& words : section.paragraphs) paragraph(words);
    line(section.table.title, 220, kSize);
    line(section.table.unit, 430, kSize);
    constexpr float kTableSize = 8, kColumn = 44;
    const auto cell = [&](std::string_view words, float x) {
      pages.back().texts.push_back(
          {.x = x, .y = y, .size = kTableSize, .words = std::string(words)});
    };
    float x = kLeft;
    WriteHead(
        section.table,
        [&](std::string_view words, int, int column_span) {
          if (x == kLeft && words == kAmountHead) x += 3 * kColumn;
          cell(words, x + static_cast<float>(column_span - 1) * kColumn / 2);
          x += kColumn * static_cast<float>(words == kAreaHead ? 2 : column_span);
        },
        [&] {
          x = kLeft;
          advance();
        });
    for (const MadeTable::Row& row : section.table.rows) {
      x = kLeft;
      WriteRow(row, [&](const std::string& words) {
        cell(words, x);
        x += x == kLeft ? 2 * kColumn : kColumn;
      });
      advance();
    }
  }
  return testing::WritePdf(pages);
}

}  // namespace crossfoot::benchmarks
