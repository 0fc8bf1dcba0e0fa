#ifndef CROSSFOOT_SERVICES_TELEMETRY_LOGGER_H_
#define CROSSFOOT_SERVICES_TELEMETRY_LOGGER_H_

#include <charconv>
#include <concepts>
#include <functional>
#include <string>
#include <string_view>

#include "absl/time/clock.h"
#include "absl/time/time.h"

// Structured logs: one JSON object a line (RFC 8259), as log collectors read it.
//
//   Logger logger(Level::kInfo, [&](std::string_view line) { sink.Write(line); });
//   if (logger.Enabled(Level::kInfo)) {
//     logger.Write(LogRecord(Level::kInfo, "call").Add("method", method).Add("ms", 1.25));
//   }
//
//   {"time":"2024-06-30T08:15:00.123Z","severity":"INFO","message":"call","method":"…","ms":1.25}

namespace crossfoot::telemetry {

enum class Level { kInfo, kWarning, kError };  // least severe first

// "INFO", "WARNING", "ERROR".
std::string_view ToString(Level level);

// One line of the log, written as it grows.  Whatever bytes the message, the keys and the values
// hold, it stays one line, one object and UTF-8: line breaks of every kind, controls, quotes and
// backslashes are escaped, and bytes that are no UTF-8 become U+FFFD.
class LogRecord {
 public:
  LogRecord(Level level, std::string_view message, absl::Time time = absl::Now());

  // Appends a field.  Each key once, and none of "time", "severity" and "message".
  LogRecord& Add(std::string_view key, std::string_view value);
  LogRecord& Add(std::string_view key, std::same_as<bool> auto value) {
    return AddRaw(key, value ? "true" : "false");
  }
  LogRecord& Add(std::string_view key, std::integral auto value)
    requires(!std::same_as<decltype(value), bool> && !std::same_as<decltype(value), char>)
  {
    char digits[24];
    const std::to_chars_result end = std::to_chars(digits, digits + sizeof digits, value);
    return AddRaw(key, std::string_view(digits, end.ptr - digits));
  }
  // The shortest digits that read back as `value`; null for what is not finite, as JSON has no name
  // for it.
  LogRecord& Add(std::string_view key, std::floating_point auto value) {
    return AddDouble(key, static_cast<double>(value));
  }

  Level level() const { return level_; }

  // The whole line, the '\n' at its end included.  It points into the record.
  std::string_view line() const { return line_; }

 private:
  // `json` is a JSON value.
  LogRecord& AddRaw(std::string_view key, std::string_view json);
  LogRecord& AddDouble(std::string_view key, double value);
  void OpenField(std::string_view key);

  Level level_;
  std::string line_;
};

// Hands records to where they go.  Immutable and thread-safe where its sink is.
class Logger {
 public:
  // `sink` is given each line, its '\n' included, and may be called by several threads at once.
  // Records less severe than `least` are left out.
  Logger(Level least, std::function<void(std::string_view line)> sink);

  // Whether records of `level` are written; saves the work of making one that is not.
  bool Enabled(Level level) const { return level >= least_; }

  void Write(const LogRecord& record) const;

 private:
  const Level least_;
  const std::function<void(std::string_view)> sink_;
};

}  // namespace crossfoot::telemetry

#endif  // CROSSFOOT_SERVICES_TELEMETRY_LOGGER_H_
