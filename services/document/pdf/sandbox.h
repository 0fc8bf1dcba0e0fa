#ifndef CROSSFOOT_SERVICES_DOCUMENT_PDF_SANDBOX_H_
#define CROSSFOOT_SERVICES_DOCUMENT_PDF_SANDBOX_H_

#include <cstdint>

namespace crossfoot::document {

struct SandboxLimits {
  int64_t address_space_bytes = int64_t{1} << 30;
  int64_t cpu_seconds = 60;
  // How large a file that is open may grow; none can be opened for writing.
  int64_t file_bytes = 0;
};

// Gives up, for the rest of the process, all that reading a PDF does not need: memory and time
// beyond the limits, new processes and programs, the network, signals to others, and every file but
// those that are open and, read-only, the character maps of poppler-data (where there is no
// Landlock: any file, read-only).  The process dies with the thread that started it.  False when
// the kernel refuses one of the limits; nothing must be read then.
//
// Under the address sanitiser addresses, of which it needs terabytes, are not limited, and pipes
// are allowed.
bool EnterSandbox(const SandboxLimits& limits);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_PDF_SANDBOX_H_
