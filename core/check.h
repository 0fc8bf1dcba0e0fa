#ifndef CROSSFOOT_CORE_CHECK_H_
#define CROSSFOOT_CORE_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/interval.h"
#include "core/verdict.h"

namespace crossfoot::core {

// One rule applied to one tuple of figures.
struct Check {
  std::string id;       // "c1", "c2", … in the order of the rules, then of the text
  std::string rule_id;  // kebab-case, of the pack
  Verdict verdict = Verdict::kExact;
  std::vector<int32_t>
      figures;  // indices into the document's figures, the checked (left) one first
  std::vector<std::string> roles;  // of each figure: "total", "part", "share", "base", …
  Interval left;                   // what the left figure admits, nearest rounding
  Interval right;                  // what the others imply
  Rational imbalance;              // distance between the two, 0 when they meet
  std::string expression;  // the relation with its numbers: "2178亿 + 129.1亿 + 150亿 + 5.78亿 =
                           // 2462.88亿, 印作 2463亿"
  std::string note;  // which base binds, which words switched it off; may be empty

  std::string DebugString() const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_CHECK_H_
