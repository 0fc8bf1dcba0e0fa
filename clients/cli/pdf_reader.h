#ifndef CROSSFOOT_CLIENTS_CLI_PDF_READER_H_
#define CROSSFOOT_CLIENTS_CLI_PDF_READER_H_

#include <string>

namespace crossfoot::cli {

// The path of crossfoot-pdf-reader, which reads PDF for this program: beside it, where Bazel puts
// it, or in ../libexec/crossfoot, where an installation does.  Empty when it is in neither.
std::string FindPdfReader();

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_PDF_READER_H_
