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
  // The relation with its numbers: "7.81万亿元 + 6万亿元 = 13.81万亿元，印作 13.18万亿元".
  std::string expression_zh;
  std::string expression_en;
  // Which base binds, which words switched it off; may be empty.
  std::string note_zh;
  std::string note_en;

  std::string DebugString() const;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_CHECK_H_
