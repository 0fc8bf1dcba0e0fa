#include "core/period.h"

#include "absl/strings/str_cat.h"

namespace crossfoot::core {

std::string Period::ToString() const {
  return absl::StrCat(absl::FormatCivilTime(start), "/", absl::FormatCivilTime(end));
}

}  // namespace crossfoot::core
