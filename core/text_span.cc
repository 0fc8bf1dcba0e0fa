#include "core/text_span.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace crossfoot::core {

std::string DebugString(const TextSpan& span) {
  return absl::StrCat(span.start_byte, "..", span.end_byte, "@", span.line, ":", span.column);
}

}  // namespace crossfoot::core
