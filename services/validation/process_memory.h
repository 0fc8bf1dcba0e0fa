#ifndef CROSSFOOT_SERVICES_VALIDATION_PROCESS_MEMORY_H_
#define CROSSFOOT_SERVICES_VALIDATION_PROCESS_MEMORY_H_

namespace crossfoot::validation {

// Lets the process keep the memory of one document for the next instead of giving it back to the
// system and fetching it again, page by page, which takes a quarter of the time that reading one
// takes.  What one document leaves above 64 MB is still given back.  Freed pieces are merged with
// their neighbours one by one: otherwise whoever next needs a large piece merges all that a large
// document has left, for 20 ms.  To be called once, before other threads start.
void KeepFreedMemory();

}  // namespace crossfoot::validation

#endif  // CROSSFOOT_SERVICES_VALIDATION_PROCESS_MEMORY_H_
