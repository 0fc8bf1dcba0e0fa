#include "core/finding.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/string_view.h"

namespace crossfoot::core {

std::string Finding::DebugString() const {
  std::string text =
      absl::StrCat(ToAbsl(ToString(severity)), " ", rule_id, " checks=", absl::StrJoin(checks, ","),
                   " figures=", absl::StrJoin(figures, ","));
  if (suspect >= 0) absl::StrAppend(&text, " suspect=", suspect);
  if (admissible) absl::StrAppend(&text, " admissible=", admissible->ToString());
  absl::StrAppend(&text, " fingerprint=", fingerprint, "\n  zh: ", message_zh,
                  "\n  en: ", message_en);
  for (const Repair& repair : repairs) {
    absl::StrAppend(&text, "\n  repair: figure=", repair.figure, " ", repair.content, " (",
                    repair.reason_zh, ", ", repair.reason_en, ")");
  }
  return text;
}

}  // namespace crossfoot::core
