// The readers of data files: whatever stands in one, they take it or say what is wrong and where.

#include <string>

#include "core/error.h"
#include "rules/engine/rule_pack.h"
#include "rules/engine/taxonomy.h"
#include "services/lexicon/lexicon.h"
#include "tests/fuzz/fuzz.h"

namespace {

void CheckStatus(const absl::Status& status) {
  if (status.ok()) return;
  CROSSFOOT_FUZZ_CHECK(crossfoot::core::ReasonOf(status) ==
                       crossfoot::core::ErrorReason::kDataInvalid);
  const auto metadata = crossfoot::core::MetadataOf(status);
  CROSSFOOT_FUZZ_CHECK(metadata.count("file") == 1 && metadata.count("line") == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The first byte chooses the reader.
  if (size == 0) return 0;
  const std::string text(crossfoot::fuzz::ToText(data + 1, size - 1));
  switch (data[0] % 3) {
    case 0:
      CheckStatus(crossfoot::lexicon::Lexicon::Parse({{"fuzz.textproto", text}}).status());
      break;
    case 1:
      CheckStatus(crossfoot::rules::ParseRulePacks({{"fuzz.textproto", text}}).status());
      break;
    default:
      CheckStatus(crossfoot::rules::Taxonomy::Parse({{"fuzz.textproto", text}}).status());
  }
  return 0;
}
