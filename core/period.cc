#include "core/period.h"

#include "absl/strings/str_cat.h"

namespace crossfoot::core {
namespace {

// As absl::FormatCivilTime, which is slow: every join on periods asks for this.
void AppendDay(absl::CivilDay day, std::string& text) {
  absl::StrAppend(&text, absl::Dec(day.year(), absl::kZeroPad4), "-",
                  absl::Dec(day.month(), absl::kZeroPad2), "-",
                  absl::Dec(day.day(), absl::kZeroPad2));
}

}  // namespace

std::string Period::ToString() const {
  std::string text;
  AppendDay(start, text);
  text.push_back('/');
  AppendDay(end, text);
  return text;
}

}  // namespace crossfoot::core
