#ifndef CROSSFOOT_SERVICES_REPORT_JSON_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_JSON_WRITER_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "google/protobuf/message.h"

// Messages as proto-JSON (protobuf.dev, "JSON mapping"): lowerCamelCase names, enumerators by name,
// fields at their default left out unless they are declared `optional`.  kInternal when a string of
// the message is not UTF-8.

namespace crossfoot::report {

// One line without its line break; line breaks inside strings are escaped.  The status of
// `cancellation`, which may be null, when the work is given up.
absl::StatusOr<std::string> ToJsonLine(const google::protobuf::Message& message,
                                       const core::Cancellation* cancellation = nullptr);

// Indented lines, without the last line break.
absl::StatusOr<std::string> ToPrettyJson(const google::protobuf::Message& message);

// The same with every field that is not declared `optional`, empty lists too.
absl::StatusOr<std::string> ToFullJson(const google::protobuf::Message& message);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_JSON_WRITER_H_
