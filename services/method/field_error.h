#ifndef CROSSFOOT_SERVICES_METHOD_FIELD_ERROR_H_
#define CROSSFOOT_SERVICES_METHOD_FIELD_ERROR_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "core/error.h"

namespace crossfoot::method {

// kArgumentInvalid for a field of a request, named by its path, which is also the metadata "field".
inline absl::Status FieldError(std::string_view field, std::string_view message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid,
                         std::string(field) + ": " + std::string(message),
                         {{"field", std::string(field)}});
}

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_FIELD_ERROR_H_
