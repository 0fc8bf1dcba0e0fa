// One report in every encoding and both scripts gives the same figures and findings.

#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <memory>
#include <string>
#include <vector>

#include "core/figure.h"
#include "core/finding.h"
#include "services/validation/pipeline.h"

namespace crossfoot::validation {
namespace {

constexpr std::string_view kSimplified =
    "2024年一季度全省经济运行情况\n\n"
    "一季度，全省进出口总额1200亿元，同比增长5.5%。其中，出口800亿元，增长7.2%；进口300亿元，下降2."
    "1%。\n"
    "截至3月末，企业达3.5万家，较上年同期增加1200家，占全国比重为4.8%。\n";
constexpr std::string_view kTraditional =
    "2024年一季度全省經濟運行情況\n\n"
    "一季度，全省進出口總額1200億元，同比增長5.5%。其中，出口800億元，增長7.2%；進口300億元，下降2."
    "1%。\n"
    "截至3月末，企業達3.5萬家，較上年同期增加1200家，佔全國比重為4.8%。\n";

std::string Encode(std::string_view text, const char* charset, std::string mark = "") {
  const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset, &error);
  std::string bytes(text.size() * 4, '\0');
  const int32_t size = ucnv_fromUChars(converter, bytes.data(), static_cast<int32_t>(bytes.size()),
                                       wide.getBuffer(), wide.length(), &error);
  ucnv_close(converter);
  EXPECT_TRUE(U_SUCCESS(error)) << charset;
  bytes.resize(size);
  return mark + bytes;
}

// What is read, without the words as printed, which differ between the scripts.
std::string ReadingOf(const Validation& validation) {
  std::string reading;
  for (const core::Figure& figure : validation.figures) {
    reading += figure.id + " " + std::string(core::ToString(figure.kind)) + " " +
               figure.value.ToString() + " " + figure.quantum.ToString() + " " + figure.unit + " " +
               figure.indicator + " " + figure.ref_area + " " + figure.period_key + " " +
               std::string(core::ToString(figure.basis)) + "\n";
  }
  for (const core::Finding& finding : validation.findings) reading += finding.rule_id + "\n";
  return reading;
}

TEST(EncodingTest, AllEncodingsAndBothScriptsReadTheSame) {
  const std::unique_ptr<Pipeline> pipeline = Pipeline::Create().value();
  struct Case {
    const char* name;
    std::string bytes;
  };
  const std::vector<Case> cases = {
      {"UTF-8", std::string(kSimplified)},
      {"UTF-8 with a mark", "\xEF\xBB\xBF" + std::string(kSimplified)},
      {"UTF-16LE with a mark", Encode(kSimplified, "UTF-16LE", "\xFF\xFE")},
      {"UTF-16BE with a mark", Encode(kSimplified, "UTF-16BE", "\xFE\xFF")},
      {"UTF-16LE", Encode(kSimplified, "UTF-16LE")},
      {"GB18030", Encode(kSimplified, "GB18030")},
      {"GBK", Encode(kSimplified, "GBK")},
      {"Traditional UTF-8", std::string(kTraditional)},
      {"Traditional Big5", Encode(kTraditional, "Big5")},
      {"Traditional UTF-16BE", Encode(kTraditional, "UTF-16BE", "\xFE\xFF")},
  };
  std::string expected;
  for (const Case& report : cases) {
    SCOPED_TRACE(report.name);
    const absl::StatusOr<Validation> validation = pipeline->Validate(report.name, report.bytes, {});
    ASSERT_TRUE(validation.ok()) << validation.status();
    const std::string reading = ReadingOf(*validation);
    if (expected.empty()) {
      expected = reading;
      ASSERT_EQ(validation->figures.size(), 9u);
      ASSERT_FALSE(validation->findings.empty()) << "800 and 300 do not make 1200";
    }
    EXPECT_EQ(reading, expected);
    // Spans are of the original bytes.
    for (const core::Figure& figure : validation->figures) {
      const core::TextSpan span = validation->document.SpanOf(figure.range);
      EXPECT_GE(span.start_byte, 0);
      EXPECT_LT(span.start_byte, span.end_byte);
      EXPECT_LE(span.end_byte, static_cast<int32_t>(report.bytes.size()));
    }
  }
}

}  // namespace
}  // namespace crossfoot::validation
