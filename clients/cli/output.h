#ifndef CROSSFOOT_CLIENTS_CLI_OUTPUT_H_
#define CROSSFOOT_CLIENTS_CLI_OUTPUT_H_

#include <string>
#include <string_view>
#include <system_error>

namespace crossfoot::cli {

// Makes `bytes` the content of the file at `path`, which need not be there.  Whoever opens it finds
// what it held before or all of `bytes`, never a part, also when this fails; the folder holds
// nothing else afterwards.  What is no regular file, such as a pipe, is written to as it is.
std::error_code WriteFile(const std::string& path, std::string_view bytes);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_OUTPUT_H_
