#ifndef CROSSFOOT_CORE_LARGE_MEMORY_H_
#define CROSSFOOT_CORE_LARGE_MEMORY_H_

#include <cstddef>

namespace crossfoot::core {

// Asks the system to back memory of many megabytes, which is about to be filled once from its
// start, with large pages: fetching it in pages of 4 KB takes an eighth of the time that reading a
// large document takes (Linux, transparent huge pages).  Changes nothing else; does nothing for
// less than a few megabytes and where the system has no such pages.
void PreferLargePages(const void* memory, size_t bytes);

// Makes room in `container`, a vector or string, for `count` elements, in large pages.
template <typename Container>
void ReserveLarge(Container& container, size_t count) {
  container.reserve(count);
  PreferLargePages(container.data(), count * sizeof(typename Container::value_type));
}

// Makes room in `vector` for `count` more elements, and for as many again as it holds: asking often
// costs no more than asking once.
template <typename Vector>
void ReserveMore(Vector& vector, size_t count) {
  if (vector.capacity() - vector.size() < count) vector.reserve(2 * vector.size() + count);
}

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_LARGE_MEMORY_H_
