#ifndef CROSSFOOT_TESTS_BENCHMARK_MADE_REPORT_H_
#define CROSSFOOT_TESTS_BENCHMARK_MADE_REPORT_H_

#include <cstdint>
#include <string>
#include <vector>

// Statistical reports of made-up numbers, of any length and in every format that is read, written
// as the usual programs write them.

namespace crossfoot::benchmarks {

// A table whose columns are the area, its code, and for each statistic an amount and a rate.
struct MadeTable {
  struct Row {
    std::string area;
    int32_t code = 0;
    std::vector<int64_t>
        tenths;  // 12345 is printed 1234.5; as many as there are columns of numbers
  };
  std::string title;
  std::string unit;
  std::vector<std::string> statistics;
  std::vector<Row> rows;
};

struct MadeSection {
  std::string heading;
  std::vector<std::string> paragraphs;
  MadeTable table;
};

struct MadeReport {
  std::string title;
  std::vector<MadeSection> sections;
};

// A paragraph of prose with figures; another one for each `number`.
std::string MakeParagraph(int number);

MadeReport MakeReport(int sections, int paragraphs_each, int rows_each);

// Paragraphs, and tables of columns that tabs divide.
std::string AsText(const MadeReport& report);
std::string AsMarkdown(const MadeReport& report);
// The tables alone, as a single one.
std::string AsCsv(const MadeReport& report);
// As the editors of web sites write it: a style for each paragraph, cell and stretch of text.
std::string AsHtml(const MadeReport& report);
// Without attributes but spans of cells.
std::string AsBareHtml(const MadeReport& report);
// As Word writes it.
std::string AsDocx(const MadeReport& report);
// A sheet for each table, as Excel writes it.
std::string AsXlsx(const MadeReport& report);
std::string AsPdf(const MadeReport& report);

}  // namespace crossfoot::benchmarks

#endif  // CROSSFOOT_TESTS_BENCHMARK_MADE_REPORT_H_
