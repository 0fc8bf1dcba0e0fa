#include "services/document/segment.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "core/document.h"
#include "core/error.h"
#include "core/place.h"
#include "core/text_span.h"
#include "tests/testing/pdf_writer.h"
#include "tests/testing/process.h"

namespace crossfoot::document {
namespace {

using core::Document;
using core::ErrorReason;

std::string Repeated(std::string_view part, int64_t count) {
  std::string text;
  text.reserve(part.size() * count);
  for (int64_t index = 0; index < count; ++index) text += part;
  return text;
}

ErrorReason ReasonFor(std::string source) {
  const absl::StatusOr<Document> document = SegmentDocument("bad.txt", std::move(source));
  if (document.ok()) return ErrorReason::kInternal;
  EXPECT_NE(std::string(document.status().message()).find("bad.txt"), std::string::npos);
  return core::ReasonOf(document.status()).value_or(ErrorReason::kInternal);
}

// Hostile input is bounded by time as well: quadratic work on it takes minutes, linear work well
// below a second.  The bound leaves room for sanitisers and busy machines.
class Deadline {
 public:
  ~Deadline() { EXPECT_LT(std::chrono::steady_clock::now() - start_, std::chrono::seconds(10)); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

TEST(SegmentTest, RefusesWhatIsNoText) {
  EXPECT_EQ(ReasonFor(""), ErrorReason::kDocumentEmpty);
  EXPECT_EQ(ReasonFor(" \n\t　\u200B\r\n"), ErrorReason::kDocumentEmpty);
  EXPECT_EQ(ReasonFor("<html><script>5</script></html>"), ErrorReason::kDocumentEmpty);
  EXPECT_EQ(ReasonFor("收入\xFF"), ErrorReason::kEncodingInvalid);
  EXPECT_EQ(ReasonFor(std::string("收入\0", 7)), ErrorReason::kBinaryContent);
  EXPECT_EQ(ReasonFor(Repeated("<div>", 600)), ErrorReason::kNestingTooDeep);
}

TEST(SegmentTest, RefusesOneByteAboveTheLimit) {
  const int64_t limit = SegmentOptions().max_document_bytes;
  EXPECT_EQ(limit, 16777216);
  EXPECT_EQ(ReasonFor(std::string(limit + 1, 'a')), ErrorReason::kDocumentTooLarge);
  SegmentOptions options;
  options.max_document_bytes = 6;
  EXPECT_TRUE(SegmentDocument("a.txt", "收入", options).ok());
  EXPECT_FALSE(SegmentDocument("a.txt", "收入 ", options).ok());
}

TEST(SegmentTest, KeepsTheSourceAndSpeaksOfIt) {
  const std::string source = "\xEF\xBB\xBF标题\r\n\r\n收入２０％。";
  const absl::StatusOr<Document> document = SegmentDocument("a.txt", source);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->uri, "a.txt");
  EXPECT_EQ(document->source, source);
  const core::TextRange last = document->sentences.back().range;
  EXPECT_EQ(document->TextOf(last), "收入20%。");
  const core::TextSpan span = document->SpanOf(last);
  EXPECT_EQ(document->ContentOf(span), "收入２０％。");
  EXPECT_EQ(span.line, 3);
  EXPECT_EQ(span.column, 1);
}

TEST(SegmentTest, ReadsOneLongLine) {
  Deadline deadline;
  std::string source = Repeated("全市收入增长5.4%，利润下降1.1%；", 200000);
  ASSERT_GT(source.size(), 8000000u);
  const absl::StatusOr<Document> document = SegmentDocument("a.txt", std::move(source));
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->blocks.size(), 1u);
  const int32_t size = static_cast<int32_t>(document->text.size());
  EXPECT_EQ(document->SpanOf({size - 3, size}).line, 1);
}

TEST(SegmentTest, ReadsAMillionDigits) {
  Deadline deadline;
  const absl::StatusOr<Document> document = SegmentDocument("a.txt", std::string(1000000, '7'));
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text.size(), 1000000u);
}

TEST(SegmentTest, RefusesDeepNestingFast) {
  Deadline deadline;
  EXPECT_EQ(ReasonFor(Repeated("<div>", 100000)), ErrorReason::kNestingTooDeep);
}

TEST(SegmentTest, ReadsUnclosedParagraphsFast) {
  Deadline deadline;
  const absl::StatusOr<Document> document =
      SegmentDocument("a.html", Repeated("<p>收入增长。", 100000));
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->blocks.size(), 100000u);
}

// Each of these is quadratic in a naive reader.
TEST(SegmentTest, ReadsHostileMarkupFast) {
  const std::string_view parts[] = {
      "<b><p></b>甲",
      "<a href=x>甲",
      "<table>甲",
      "<table><tr><td>甲</table>",
      "</p>",
      "</div>甲",
      "<p x=\"",
      "<p x='甲",
      "<!-- 甲",
      "<!甲",
      "<script>甲",
      "</script",
      "<",
      "<a",
      "&",
      "&a",
      "&#",
      "<td colspan=1000 rowspan=65534>甲",
      "<table><td rowspan=65534 colspan=1000>",
      "<tr><td>",
      "<li><ul>甲</ul>",
      "<sup>1</sup>",
      "<select><option>甲",
      "<font a=1><p>",
      "<svg><p>甲",
      "<math><mi>甲",
      "<template><p>甲</template>",
      "甲  ",
      "（",
      "）",
      "“甲。",
      "|",
      "|-\n",
      "甲\n1\n",
      "#",
      "- ",
      "1\n",
      "　",
      "\r",
  };
  for (const std::string_view part : parts) {
    SCOPED_TRACE(part);
    Deadline deadline;
    std::string source = "<p>始</p>" + Repeated(part, 60000 / static_cast<int64_t>(part.size()));
    const absl::StatusOr<Document> document = SegmentDocument("a.html", std::move(source));
    if (!document.ok()) {
      EXPECT_EQ(core::ReasonOf(document.status()), ErrorReason::kNestingTooDeep);
    }
    std::string plain = "始\n" + Repeated(part, 60000 / static_cast<int64_t>(part.size()));
    const absl::StatusOr<Document> text = SegmentDocument("a.txt", std::move(plain));
    if (!text.ok()) {
      EXPECT_EQ(core::ReasonOf(text.status()), ErrorReason::kNestingTooDeep);
    }
  }
}

TEST(SegmentTest, ReadsAHugeAttribute) {
  Deadline deadline;
  std::string attributes;
  for (int index = 0; index < 100000; ++index) attributes += " a" + std::to_string(index) + "=1";
  const absl::StatusOr<Document> document = SegmentDocument(
      "a.html", "<p" + attributes + " title=\"" + std::string(1000000, 'x') + "\">收入增长。</p>");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text, "收入增长。");
}

TEST(SegmentTest, LosesNoWordsToBrokenMarkup) {
  for (const std::string_view source : {"<p title=\"x>收入5%</p><p>利润</p>", "<p>收入5%<",
                                        "<p>收入5%&", "<p>收入5%<p", "<p>收入5%<!--"}) {
    const absl::StatusOr<Document> document = SegmentDocument("a.html", std::string(source));
    ASSERT_TRUE(document.ok());
    EXPECT_NE(document->text.find("收入5%"), std::string::npos) << source;
  }
}

TEST(SegmentTest, ReadsPdfAndKnowsWhereWordsStand) {
  const std::string pdf =
      testing::WritePdf({{{{.x = 200, .y = 80, .size = 18, .words = "工业企业利润情况"},
                           {.x = 81, .y = 120, .words = "收入增长5.1%，其中出口增长3.2%。"}}},
                         {{{.x = 57, .y = 100, .words = "地区"},
                           {.x = 200, .y = 100, .words = "收入（亿元）"},
                           {.x = 300, .y = 100, .words = "增长（%）"},
                           {.x = 57, .y = 120, .words = "北京"},
                           {.x = 200, .y = 120, .words = "100.1"},
                           {.x = 300, .y = 120, .words = "2.1"},
                           {.x = 57, .y = 140, .words = "天津"},
                           {.x = 200, .y = 140, .words = "200.2"},
                           {.x = 300, .y = 140, .words = "-3.1"}}}});
  SegmentOptions options;
  options.pdf_reader = testing::RunfilePath("services/document/pdf/reader/crossfoot-pdf-reader");
  const absl::StatusOr<Document> document = SegmentDocument("a.pdf", pdf, options);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->source,
            "工业企业利润情况\n收入增长5.1%，其中出口增长3.2%。\n"
            "地区\t收入（亿元）\t增长（%）\n北京\t100.1\t2.1\n天津\t200.2\t-3.1\n");
  ASSERT_EQ(document->tables.size(), 1u);
  const auto at = [&](std::string_view words) {
    const auto start = static_cast<int32_t>(document->text.find(words));
    const auto place = document->PlaceOf(
        document->SpanOf(core::TextRange{start, start + static_cast<int32_t>(words.size())}));
    return place.value_or(core::Place());
  };
  const core::Place rate = at("3.2%");
  EXPECT_EQ(rate.kind, core::Place::Kind::kPage);
  EXPECT_EQ(rate.page, 1);
  ASSERT_EQ(rate.boxes.size(), 1u);
  // Behind eleven characters of 12 points and four of 6.
  EXPECT_FLOAT_EQ(rate.boxes[0].left, 81 + 11 * 12 + 4 * 6);
  EXPECT_FLOAT_EQ(rate.boxes[0].right, 81 + 11 * 12 + 8 * 6);
  EXPECT_LT(rate.boxes[0].top, 120);
  EXPECT_GT(rate.boxes[0].bottom, 120);
  const core::Place cell = at("200.2");
  EXPECT_EQ(cell.page, 2);
  ASSERT_EQ(cell.boxes.size(), 1u);
  EXPECT_FLOAT_EQ(cell.boxes[0].left, 200);
  EXPECT_FLOAT_EQ(cell.boxes[0].right, 230);
  // Without the program PDF is a format like others that are not read.
  EXPECT_EQ(core::ReasonOf(SegmentDocument("a.pdf", pdf).status()),
            core::ErrorReason::kFormatUnsupported);
}

}  // namespace
}  // namespace crossfoot::document
