#include "services/telemetry/logger.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"

namespace crossfoot::telemetry {
namespace {

using testing::ElementsAre;

const absl::Time kTime = absl::FromUnixMillis(1'719'735'300'123);

// The fields of a line as another JSON reader sees them.
google::protobuf::Struct Parsed(std::string_view line) {
  google::protobuf::Struct fields;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(
                  google::protobuf::StringPiece(line.data(), line.size()), &fields)
                  .ok())
      << line;
  return fields;
}

std::string Value(const std::string& value) {
  const LogRecord record = LogRecord(Level::kInfo, "m", kTime).Add("k", value);
  return Parsed(record.line()).fields().at("k").string_value();
}

// What the value becomes between its quotes.
std::string Escaped(const std::string& value) {
  const std::string line(LogRecord(Level::kInfo, "m", kTime).Add("k", value).line());
  const size_t start = line.find("\"k\":\"") + 5;
  return line.substr(start, line.size() - start - 3);
}

TEST(LogRecordTest, IsOneObjectInTheOrderOfItsFields) {
  const LogRecord record = LogRecord(Level::kWarning, "call", kTime)
                               .Add("method", "ValidateDocument")
                               .Add("bytes", int64_t{-9'007'199'254'740'993})
                               .Add("figures", 12)
                               .Add("most", std::numeric_limits<uint64_t>::max())
                               .Add("ms", 1.25)
                               .Add("ok", true)
                               .Add("cut", false);
  EXPECT_EQ(record.line(),
            "{\"time\":\"2024-06-30T08:15:00.123Z\",\"severity\":\"WARNING\",\"message\":\"call\","
            "\"method\":\"ValidateDocument\",\"bytes\":-9007199254740993,\"figures\":12,"
            "\"most\":18446744073709551615,\"ms\":1.25,\"ok\":true,\"cut\":false}\n");
  EXPECT_EQ(Parsed(record.line()).fields_size(), 10);
}

TEST(LogRecordTest, WritesTimesAsRfc3339SaysInUtc) {
  const auto time = [](absl::Time time) {
    return std::string(LogRecord(Level::kInfo, "m", time).line().substr(9, 24));
  };
  EXPECT_EQ(time(absl::UnixEpoch()), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(time(absl::FromUnixNanos(999'999)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(time(absl::FromUnixMillis(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(time(absl::FromUnixSeconds(951'782'400)), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(time(absl::InfiniteFuture()), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(time(absl::InfinitePast()), "0000-01-01T00:00:00.000Z");
}

TEST(LogRecordTest, WritesNumbersThatReadBack) {
  for (const double value : {0.1, 1e300, 5e-324, -2.5, 1e21, 123456789.125}) {
    const LogRecord record = LogRecord(Level::kInfo, "m", kTime).Add("k", value);
    EXPECT_EQ(Parsed(record.line()).fields().at("k").number_value(), value) << record.line();
  }
  for (const double value : {NAN, INFINITY, -INFINITY}) {
    const LogRecord record = LogRecord(Level::kInfo, "m", kTime).Add("k", value);
    EXPECT_TRUE(Parsed(record.line()).fields().at("k").has_null_value()) << record.line();
  }
}

TEST(LogRecordTest, EscapesWhatJsonAndReadersOfLinesTrip) {
  EXPECT_EQ(Escaped("a\"b\\c/"), "a\\\"b\\\\c/");
  EXPECT_EQ(Escaped("\r\n\t\b"), "\\r\\n\\t\\u0008");
  EXPECT_EQ(Escaped(std::string("\0\x1f\x7f", 3)), "\\u0000\\u001f\\u007f");
  EXPECT_EQ(Escaped("\u0080\u0085\u009f\u00a0"), "\\u0080\\u0085\\u009f\u00a0");
  EXPECT_EQ(Escaped("\u2027\u2028\u2029\u202a"), "\u2027\\u2028\\u2029\u202a");
  EXPECT_EQ(Escaped("工业增加值增长5.8%😀"), "工业增加值增长5.8%😀");
}

TEST(LogRecordTest, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(Escaped("a\xff\"b"), "a\uFFFD\\\"b");
  EXPECT_EQ(Escaped("\xe5\xb7"), "\uFFFD");
  EXPECT_EQ(Escaped("\xc2"), "\uFFFD");
  EXPECT_EQ(Escaped("\xe2\x80"), "\uFFFD");
  EXPECT_EQ(Escaped("\xc0\xaf"), "\uFFFD\uFFFD");
}

TEST(LogRecordTest, EveryByteComesBackAndNeverEndsTheLine) {
  for (int c = 0; c < 256; ++c) {
    const std::string text = {'x', static_cast<char>(c), 'y'};
    const std::string expected = c < 0x80 ? text : std::string("x\uFFFDy");
    EXPECT_EQ(Value(text), expected) << c;
    EXPECT_EQ(Escaped(text).find('\n'), std::string::npos);
  }
  // Each code point below U+3000, those that are escaped among them.
  for (int c = 0x80; c < 0x3000; ++c) {
    std::string text = "x";
    if (c >= 0x800) {
      text += static_cast<char>(0xE0 | c >> 12);
      text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    } else {
      text += static_cast<char>(0xC0 | c >> 6);
    }
    text += static_cast<char>(0x80 | (c & 0x3F));
    ASSERT_EQ(Value(text), text) << c;
  }
}

TEST(LogRecordTest, NoTextForgesARecordOrAField) {
  const std::string forged = "\"}\n{\"time\":\"1\",\"severity\":\"ERROR\"}\n";
  const LogRecord record = LogRecord(Level::kInfo, forged, kTime).Add(forged, forged);
  EXPECT_EQ(record.line().find('\n'), record.line().size() - 1);
  const google::protobuf::Struct fields = Parsed(record.line());
  ASSERT_EQ(fields.fields_size(), 4);
  EXPECT_EQ(fields.fields().at("severity").string_value(), "INFO");
  EXPECT_EQ(fields.fields().at("message").string_value(), forged);
  EXPECT_EQ(fields.fields().at(forged).string_value(), forged);
}

TEST(LoggerTest, LeavesOutWhatIsLessSevere) {
  std::vector<std::string> lines;
  const Logger logger(Level::kWarning, [&](std::string_view line) { lines.emplace_back(line); });
  EXPECT_FALSE(logger.Enabled(Level::kInfo));
  EXPECT_TRUE(logger.Enabled(Level::kWarning));
  EXPECT_TRUE(logger.Enabled(Level::kError));
  logger.Write(LogRecord(Level::kInfo, "no", kTime));
  logger.Write(LogRecord(Level::kError, "yes", kTime).Add("n", 1));
  EXPECT_THAT(lines, ElementsAre("{\"time\":\"2024-06-30T08:15:00.123Z\",\"severity\":\"ERROR\","
                                 "\"message\":\"yes\",\"n\":1}\n"));
}

}  // namespace
}  // namespace crossfoot::telemetry
