#include "services/validation/process_memory.h"

#include <malloc.h>

namespace crossfoot::validation {

void KeepFreedMemory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 16 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
  mallopt(M_MXFAST, 0);  // no heap of small pieces to be merged all at once
#endif
}

}  // namespace crossfoot::validation
