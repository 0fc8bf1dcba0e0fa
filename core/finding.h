#ifndef CROSSFOOT_CORE_FINDING_H_
#define CROSSFOOT_CORE_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/interval.h"
#include "core/verdict.h"

namespace crossfoot::core {

// What to print instead.
struct Repair {
  int32_t figure = -1;  // index into the document's figures
  std::string content;  // the digits that would make every check hold: "2178"
  std::string reason_zh;  // which usual misprint leads from them to what is printed: 相邻两位颠倒
  std::string reason_en;  // "digits swapped"
};

// A check that a person should look at.
struct Finding {
  std::string rule_id;
  Severity severity = Severity::kError;
  std::string message_zh;
  std::string message_en;
  std::vector<int32_t> checks;   // indices into the document's checks, the one that speaks first
  std::vector<int32_t> figures;  // indices into the document's figures: all operands
  int32_t suspect = -1;  // the figure that is most likely wrong; -1 when the checks cannot tell
  // The values of the suspect, in its base unit, that make every check that fails with it hold,
  // given how the others are rounded.
  std::optional<Interval> admissible;
  std::vector<Repair> repairs;
  // Of rule id and the facts that take part, without values and places: the same finding keeps its
  // fingerprint when the text around it moves.  16 lower-case hexadecimal digits.
  std::string fingerprint;

  std::string DebugString() const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_FINDING_H_
