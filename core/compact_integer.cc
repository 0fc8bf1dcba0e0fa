#include "core/compact_integer.h"

namespace crossfoot::core {

static_assert(sizeof(void*) == sizeof(uint64_t) && alignof(Integer) > 1);

CompactInteger::CompactInteger(Integer value) {
  if (value >= -kMaxSmall && value <= kMaxSmall) {
    word_ = Tag(static_cast<int64_t>(value));
  } else {
    word_ = Box(std::move(value));
  }
}

uint64_t CompactInteger::Box(Integer value) {
  return reinterpret_cast<uint64_t>(new Integer(std::move(value)));
}

void CompactInteger::Free() { delete reinterpret_cast<Integer*>(word_); }

}  // namespace crossfoot::core
