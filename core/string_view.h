#ifndef CROSSFOOT_CORE_STRING_VIEW_H_
#define CROSSFOOT_CORE_STRING_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

// Debian builds Abseil with a string_view of its own, which does not convert to and from std's. Our
// interfaces use std::string_view; these two functions are the only border.

namespace crossfoot::core {

inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view FromAbsl(absl::string_view text) { return {text.data(), text.size()}; }

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_STRING_VIEW_H_
