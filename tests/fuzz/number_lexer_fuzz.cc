// The number at every digit of a text.

#include <string>

#include "core/decimal.h"
#include "core/mention.h"
#include "core/rational.h"
#include "services/document/text_decoder.h"
#include "services/mention/number_lexer.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using crossfoot::core::MentionKind;
  // Long runs of digits are read again at each of them.
  constexpr size_t kMaxBytes = 512;
  const std::string_view text = crossfoot::fuzz::ToText(data, size);
  if (size > kMaxBytes || crossfoot::document::FindInvalidUtf8(text) != size) return 0;
  for (size_t at = 0; at < size; ++at) {
    if (text[at] < '0' || text[at] > '9') continue;
    const auto number = crossfoot::mention::LexNumber(text, at, crossfoot::fuzz::Words());
    crossfoot::fuzz::CheckRange(text, number.range);
    crossfoot::fuzz::CheckRange(text, number.digits);
    CROSSFOOT_FUZZ_CHECK(!number.range.empty());
    CROSSFOOT_FUZZ_CHECK(number.kind == MentionKind::kNumber ||
                         number.kind == MentionKind::kLabel ||
                         number.kind == MentionKind::kUnreadable);
    if (number.kind != MentionKind::kNumber) continue;
    CROSSFOOT_FUZZ_CHECK(number.quantum.sign() >= 0);
    CROSSFOOT_FUZZ_CHECK(number.bare == number.unit.empty());
    // What is printed reads back, unless a scale made it longer than a number may be.
    const std::string printed = number.value.ToString();
    if (printed.size() <= crossfoot::core::Decimal::kMaxDigits) {
      const auto value = crossfoot::core::Rational::Parse(printed);
      CROSSFOOT_FUZZ_CHECK(value.ok() && *value == number.value);
    }
    if (number.qualifier == crossfoot::core::Qualifier::kRange) {
      CROSSFOOT_FUZZ_CHECK(number.value <= number.range_end);
    }
  }
  return 0;
}
