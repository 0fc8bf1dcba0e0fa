#ifndef CROSSFOOT_CLIENTS_CLI_COMPANION_H_
#define CROSSFOOT_CLIENTS_CLI_COMPANION_H_

#include <string>
#include <string_view>

namespace crossfoot::cli {

// The path of a program that works for this one, such as crossfoot-pdf-reader: beside it, where
// Bazel puts it, or in ../libexec/crossfoot, where an installation does.  Empty when it is in
// neither.
std::string FindCompanion(std::string_view name);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_COMPANION_H_
