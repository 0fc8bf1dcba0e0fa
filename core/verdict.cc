#include "core/verdict.h"

namespace crossfoot::core {

std::string_view ToString(Verdict verdict) {
  switch (verdict) {
    case Verdict::kExact:
      return "EXACT";
    case Verdict::kWithinRounding:
      return "WITHIN_ROUNDING";
    case Verdict::kTruncated:
      return "TRUNCATED";
    case Verdict::kInconsistent:
      return "INCONSISTENT";
    case Verdict::kUndetermined:
      return "UNDETERMINED";
    case Verdict::kNotApplicable:
      return "NOT_APPLICABLE";
    case Verdict::kBlocked:
      return "BLOCKED";
  }
  return "";
}

std::string_view ToString(Severity severity) {
  switch (severity) {
    case Severity::kUnspecified:
      return "UNSPECIFIED";
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kError:
      return "ERROR";
  }
  return "";
}

}  // namespace crossfoot::core
