#ifndef CROSSFOOT_CORE_VERDICT_H_
#define CROSSFOOT_CORE_VERDICT_H_

#include <string_view>

namespace crossfoot::core {

// The outcome of one check, best first.
enum class Verdict {
  kExact,           // the printed digits satisfy the relation
  kWithinRounding,  // the nearest-rounding intervals of both sides meet
  kTruncated,       // it holds only when the digits are read as cut off
  kInconsistent,    // no admissible reading makes it hold
  kUndetermined,    // some admissible value passes and another fails (a hedged operand)
  kNotApplicable,   // the text says that another base or basis applies
  kBlocked,         // an operand contradicts itself elsewhere and is reported there
};

enum class Severity { kUnspecified, kInfo, kWarning, kError };

// "EXACT", "WITHIN_ROUNDING", …: the enumerator of the proto without its prefix.
std::string_view ToString(Verdict verdict);
// "INFO", "WARNING", "ERROR", "UNSPECIFIED".
std::string_view ToString(Severity severity);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_VERDICT_H_
