#ifndef CROSSFOOT_SERVICES_VALIDATION_SUPPRESSION_H_
#define CROSSFOOT_SERVICES_VALIDATION_SUPPRESSION_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"

namespace crossfoot::validation {

// A comment of the report that accepts what a rule finds in one place:
//
//   <!-- crossfoot:ignore parts-sum-to-total the annex counts one province twice -->
//
// It holds for the block that it stands in or, on a line of its own, for the next one: a paragraph,
// a heading, a table.  The rule and the reason must both be there; a comment without them accepts
// nothing.
struct Suppression {
  std::string rule_id;
  std::string reason;
  int32_t block = -1;  // index into Document::blocks
};

// In text order.
std::vector<Suppression> FindSuppressions(const core::Document& document);

// Takes the findings away of which a figure stands in an accepting block, and returns how many.
int32_t Suppress(std::span<const Suppression> suppressions,
                 const std::vector<core::Figure>& figures, std::vector<core::Finding>& findings);

}  // namespace crossfoot::validation

#endif  // CROSSFOOT_SERVICES_VALIDATION_SUPPRESSION_H_
