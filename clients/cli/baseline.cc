#include "clients/cli/baseline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/report/civil_day.h"

namespace crossfoot::cli {
namespace {

constexpr size_t kFingerprintSize = 16;
constexpr std::string_view kUntil = "until=";

absl::Status LineError(const std::string& path, int line, const report::Word& problem) {
  const std::string number = std::to_string(line);
  return AtPlace(path + ":" + number, MakeError(core::ErrorReason::kDataInvalid, problem, {},
                                                {{"file", path}, {"line", number}}));
}

// Takes the first word off `text`.
std::string_view TakeWord(std::string_view& text) {
  const size_t start = std::min(text.find_first_not_of(" \t\r"), text.size());
  const size_t end = std::min(text.find_first_of(" \t\r", start), text.size());
  const std::string_view word = text.substr(start, end - start);
  text.remove_prefix(end);
  return word;
}

std::string_view Trim(std::string_view text) {
  return core::FromAbsl(absl::StripAsciiWhitespace(core::ToAbsl(text)));
}

}  // namespace

absl::StatusOr<Baseline> Baseline::Parse(const std::string& path, std::string_view text) {
  Baseline baseline;
  int number = 0;
  while (!text.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::string_view fingerprint = TakeWord(line);
    if (fingerprint.size() != kFingerprintSize ||
        fingerprint.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
      return LineError(path, number, messages::kNoFingerprint);
    }
    Entry entry;
    entry.rule_id = std::string(TakeWord(line));
    if (entry.rule_id.empty()) return LineError(path, number, messages::kNoRuleBehind);
    line = Trim(line);
    if (line.substr(0, kUntil.size()) == kUntil) {
      entry.until = report::ParseCivilDay(TakeWord(line).substr(kUntil.size()));
      if (!entry.until.has_value()) return LineError(path, number, messages::kUntilTakesDay);
    }
    entry.reason = std::string(Trim(line));
    if (!baseline.entries_.emplace(fingerprint, std::move(entry)).second)
      return LineError(path, number, messages::kFingerprintTwice);
  }
  return baseline;
}

bool Baseline::Accepts(const core::Finding& finding, absl::CivilDay day) const {
  const auto entry = entries_.find(finding.fingerprint);
  return entry != entries_.end() && (!entry->second.until || day <= *entry->second.until);
}

std::string Baseline::Renewed(const std::vector<core::Finding>& findings) const {
  std::map<std::string, Entry> renewed;
  for (const core::Finding& finding : findings) {
    const auto before = entries_.find(finding.fingerprint);
    renewed.emplace(finding.fingerprint,
                    before == entries_.end() ? Entry{finding.rule_id, {}, ""} : before->second);
  }
  std::string text = "# FINGERPRINT RULE [until=YYYY-MM-DD] [reason]\n";
  for (const auto& [fingerprint, entry] : renewed) {
    text += fingerprint + " " + entry.rule_id;
    if (entry.until.has_value()) text += " until=" + report::FormatCivilDay(*entry.until);
    if (!entry.reason.empty()) text += " " + entry.reason;
    text += "\n";
  }
  return text;
}

}  // namespace crossfoot::cli
