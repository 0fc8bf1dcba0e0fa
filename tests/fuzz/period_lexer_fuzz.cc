// The period at every character of a text, and its days in some years.

#include <string>

#include "core/period.h"
#include "services/document/text_decoder.h"
#include "services/mention/period_lexer.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kMaxBytes = 512;
  const std::string_view text = crossfoot::fuzz::ToText(data, size);
  if (size > kMaxBytes || crossfoot::document::FindInvalidUtf8(text) != size) return 0;
  for (size_t at = 0; at < size; ++at) {
    if ((data[at] & 0xC0) == 0x80) continue;
    const auto period = crossfoot::mention::LexPeriod(text, at, crossfoot::fuzz::Words());
    crossfoot::fuzz::CheckRange(text,
                                {static_cast<int32_t>(at), static_cast<int32_t>(at + period.size)});
    if (period.size == 0) continue;
    CROSSFOOT_FUZZ_CHECK(!period.Key().empty());
    for (const int32_t year : {0, 2000, 2023, 2024}) {
      const auto days = crossfoot::mention::ResolvePeriod(period, year);
      CROSSFOOT_FUZZ_CHECK(!days.has_value() || days->start <= days->end);
    }
  }
  return 0;
}
