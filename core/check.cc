#include "core/check.h"

#include "absl/strings/str_cat.h"
#include "core/string_view.h"

namespace crossfoot::core {

std::string Check::DebugString() const {
  std::string text = absl::StrCat(id, " ", rule_id, " ", ToAbsl(ToString(verdict)));
  for (size_t i = 0; i < figures.size(); ++i) {
    absl::StrAppend(&text, " ", i < roles.size() ? roles[i] : "?", "=", figures[i]);
  }
  absl::StrAppend(&text, " left=", left.ToString(), " right=", right.ToString());
  if (!imbalance.zero()) absl::StrAppend(&text, " imbalance=", imbalance.ToString());
  if (!expression_zh.empty()) absl::StrAppend(&text, " | ", expression_zh);
  if (!note_zh.empty()) absl::StrAppend(&text, " | ", note_zh);
  return text;
}

}  // namespace crossfoot::core
