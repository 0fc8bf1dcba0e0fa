#ifndef CROSSFOOT_CORE_CODE_POINTS_H_
#define CROSSFOOT_CORE_CODE_POINTS_H_

#include <cstdint>
#include <cstring>
#include <string_view>

namespace crossfoot::core {

// How many code points `text`, valid UTF-8, has: its bytes that are not 10xxxxxx.
inline int32_t CountCodePoints(std::string_view text) {
  constexpr uint64_t kLowBits = 0x0101010101010101;
  const char* cursor = text.data();
  const char* const end = cursor + text.size();
  int32_t continuations = 0;
  for (; end - cursor >= 8; cursor += 8) {
    uint64_t word;
    std::memcpy(&word, cursor, sizeof(word));
    // One bit a continuation byte; the product adds the bytes up in its highest one.
    const uint64_t marks = (word >> 7) & ~(word >> 6) & kLowBits;
    continuations += static_cast<int32_t>((marks * kLowBits) >> 56);
  }
  for (; cursor != end; ++cursor) continuations += (static_cast<unsigned char>(*cursor) >> 6) == 2;
  return static_cast<int32_t>(text.size()) - continuations;
}

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_CODE_POINTS_H_
