#include "core/mention.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/string_view.h"

namespace crossfoot::core {

std::string_view ToString(MentionKind kind) {
  switch (kind) {
    case MentionKind::kNumber:
      return "NUMBER";
    case MentionKind::kPeriod:
      return "PERIOD";
    case MentionKind::kArea:
      return "AREA";
    case MentionKind::kHedge:
      return "HEDGE";
    case MentionKind::kDirection:
      return "DIRECTION";
    case MentionKind::kCue:
      return "CUE";
    case MentionKind::kLabel:
      return "LABEL";
    case MentionKind::kUnreadable:
      return "UNREADABLE";
  }
  return "";
}

std::string_view ToString(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::kExact:
      return "EXACT";
    case Qualifier::kAbout:
      return "ABOUT";
    case Qualifier::kAlmost:
      return "ALMOST";
    case Qualifier::kOver:
      return "OVER";
    case Qualifier::kRange:
      return "RANGE";
  }
  return "";
}

std::string Mention::DebugString(const Document& document) const {
  std::string text = absl::StrCat(ToAbsl(ToString(kind)), " ",
                                  absl::Utf8SafeCEscape(ToAbsl(document.TextOf(range))));
  switch (kind) {
    case MentionKind::kNumber:
      absl::StrAppend(&text, " = ", value.ToString());
      if (qualifier == Qualifier::kRange) absl::StrAppend(&text, "..", range_end.ToString());
      if (!unit.empty()) absl::StrAppend(&text, " ", ToAbsl(unit));
      if (!quantum.zero()) absl::StrAppend(&text, " ±", quantum.ToString());
      break;
    case MentionKind::kPeriod:
      absl::StrAppend(&text, " = ", period.has_value() ? period->ToString() : "?");
      if (period.has_value() && period->assumed) text += " assumed";
      if (relative) text += " relative";
      break;
    case MentionKind::kDirection:
      absl::StrAppend(&text, " = ", sign > 0 ? "+1" : sign < 0 ? "-1" : "0");
      if (of_rate) text += " of rate";
      break;
    case MentionKind::kCue:
      absl::StrAppend(&text, " = #", static_cast<int>(cue));
      if (sign != 0) absl::StrAppend(&text, sign > 0 ? " +1" : " -1");
      break;
    case MentionKind::kArea:
    case MentionKind::kHedge:
    case MentionKind::kLabel:
    case MentionKind::kUnreadable:
      break;
  }
  if (kind != MentionKind::kNumber && !canonical.empty()) {
    absl::StrAppend(&text, " = ", ToAbsl(canonical));
    if (!code.empty()) absl::StrAppend(&text, " ", ToAbsl(code));
  }
  if (qualifier != Qualifier::kExact) absl::StrAppend(&text, " ", ToAbsl(ToString(qualifier)));
  const TextSpan span = document.SpanOf(range);
  absl::StrAppend(&text, " @", span.start_byte, "..", span.end_byte);
  if (table >= 0) absl::StrAppend(&text, " table ", table, " cell ", cell);
  return text;
}

}  // namespace crossfoot::core
