#include "services/telemetry/logger.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/time/civil_time.h"
#include "services/report/utf8.h"

namespace crossfoot::telemetry {
namespace {

// What every record ends with.
constexpr std::string_view kEnd = "}\n";
// Enough for the record of a call.
constexpr size_t kUsualBytes = 640;

// Whether a byte stands for itself in a JSON string, whatever surrounds it: printable ASCII but for
// the quote and the backslash.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain = {};
  for (int c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

void AppendUnicodeEscape(uint32_t code_unit, std::string* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  *out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) *out += kDigits[(code_unit >> shift) & 15];
}

// Appends the escape of the ASCII character `c`, which is not plain.
void AppendAsciiEscape(char c, std::string* out) {
  switch (c) {
    case '"':
      *out += "\\\"";
      return;
    case '\\':
      *out += "\\\\";
      return;
    case '\n':
      *out += "\\n";
      return;
    case '\r':
      *out += "\\r";
      return;
    case '\t':
      *out += "\\t";
      return;
    default:
      AppendUnicodeEscape(static_cast<uint8_t>(c), out);
  }
}

// The code point at the start of `text`, which is UTF-8, if programs may take it for a line break
// or a command of the terminal: U+0080 to U+009F, U+2028, U+2029.  Else 0.
uint32_t UnsafeAt(std::string_view text) {
  const auto byte = [&](size_t at) { return static_cast<uint8_t>(text[at]); };
  if (byte(0) == 0xC2 && byte(1) < 0xA0) return byte(1);
  if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) & 0xFE) == 0xA8)
    return 0x2000 + byte(2) - 0x80;
  return 0;
}

// Appends `text`, which is UTF-8, to the inside of a JSON string.
void AppendUtf8(std::string_view text, std::string* out) {
  size_t done = 0;
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<uint8_t>(text[at]);
    const uint32_t unsafe = byte < 0x80 ? 0 : UnsafeAt(text.substr(at));
    if (kPlain[byte] || (byte >= 0x80 && unsafe == 0)) {
      ++at;
      continue;
    }
    *out += text.substr(done, at - done);
    if (byte < 0x80) {
      AppendAsciiEscape(text[at], out);
      at += 1;
    } else {
      AppendUnicodeEscape(unsafe, out);
      at += unsafe < 0x800 ? 2 : 3;
    }
    done = at;
  }
  *out += text.substr(done);
}

void AppendString(std::string_view text, std::string* out) {
  *out += '"';
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return kPlain[static_cast<uint8_t>(c)]; })) {
    *out += text;
  } else {
    AppendUtf8(report::ToValidUtf8(text), out);
  }
  *out += '"';
}

// Appends the `count` last decimal digits of `value`, which is not negative.
void AppendDigits(int64_t value, int count, std::string* out) {
  out->resize(out->size() + count);
  for (int i = 1; i <= count; ++i, value /= 10) {
    (*out)[out->size() - i] = static_cast<char>('0' + value % 10);
  }
}

// RFC 3339 in UTC, cut to milliseconds.  Its years have four digits; a time outside them becomes
// the nearest one inside.
void AppendTime(absl::Time time, std::string* out) {
  constexpr int64_t kFirst = -62'167'219'200'000;  // 0000-01-01T00:00:00.000Z
  constexpr int64_t kLast = 253'402'300'799'999;   // 9999-12-31T23:59:59.999Z
  const int64_t ms = std::clamp(absl::ToUnixMillis(time), kFirst, kLast);
  const absl::CivilSecond second =
      absl::ToCivilSecond(absl::FromUnixMillis(ms), absl::UTCTimeZone());
  AppendDigits(second.year(), 4, out);
  *out += '-';
  AppendDigits(second.month(), 2, out);
  *out += '-';
  AppendDigits(second.day(), 2, out);
  *out += 'T';
  AppendDigits(second.hour(), 2, out);
  *out += ':';
  AppendDigits(second.minute(), 2, out);
  *out += ':';
  AppendDigits(second.second(), 2, out);
  *out += '.';
  AppendDigits((ms - kFirst) % 1000, 3, out);
  *out += 'Z';
}

}  // namespace

std::string_view ToString(Level level) {
  switch (level) {
    case Level::kInfo:
      return "INFO";
    case Level::kWarning:
      return "WARNING";
    case Level::kError:
      return "ERROR";
  }
  return "";
}

LogRecord::LogRecord(Level level, std::string_view message, absl::Time time) : level_(level) {
  line_.reserve(kUsualBytes);
  line_ += "{\"time\":\"";
  AppendTime(time, &line_);
  line_ += "\",\"severity\":\"";
  line_ += ToString(level);
  line_ += "\",\"message\":";
  AppendString(message, &line_);
  line_ += kEnd;
}

void LogRecord::OpenField(std::string_view key) {
  line_.resize(line_.size() - kEnd.size());
  line_ += ',';
  AppendString(key, &line_);
  line_ += ':';
}

LogRecord& LogRecord::Add(std::string_view key, std::string_view value) {
  OpenField(key);
  AppendString(value, &line_);
  line_ += kEnd;
  return *this;
}

LogRecord& LogRecord::AddRaw(std::string_view key, std::string_view json) {
  OpenField(key);
  line_ += json;
  line_ += kEnd;
  return *this;
}

LogRecord& LogRecord::AddDouble(std::string_view key, double value) {
  if (!std::isfinite(value)) return AddRaw(key, "null");
  char digits[32];
  const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, value);
  return AddRaw(key, std::string_view(digits, end.ptr - digits));
}

Logger::Logger(Level least, std::function<void(std::string_view line)> sink)
    : least_(least), sink_(std::move(sink)) {}

void Logger::Write(const LogRecord& record) const {
  if (Enabled(record.level())) sink_(record.line());
}

}  // namespace crossfoot::telemetry
