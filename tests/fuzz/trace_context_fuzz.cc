// A traceparent header: what is read reads back, and a call always has a trace.

#include <optional>
#include <string>

#include "services/telemetry/trace_context.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using crossfoot::telemetry::TraceContext;
  const std::string_view text = crossfoot::fuzz::ToText(data, size);
  const std::optional<TraceContext> parsed = TraceContext::Parse(text);
  const TraceContext call = TraceContext::ForCall(text);
  CROSSFOOT_FUZZ_CHECK(TraceContext::Parse(call.ToString()).has_value());
  if (!parsed.has_value()) return 0;
  CROSSFOOT_FUZZ_CHECK(size >= 55 && (size == 55 || !text.starts_with("00")));
  CROSSFOOT_FUZZ_CHECK(!text.starts_with("ff"));
  CROSSFOOT_FUZZ_CHECK(call.trace_id() == parsed->trace_id());
  CROSSFOOT_FUZZ_CHECK(call.span_id() != parsed->span_id());
  CROSSFOOT_FUZZ_CHECK(call.sampled() == parsed->sampled());
  // Version and flags may be others; between them it is the same.
  const std::string printed = parsed->ToString();
  CROSSFOOT_FUZZ_CHECK(printed.size() == 55 && printed.substr(2, 51) == text.substr(2, 51));
  const std::optional<TraceContext> again = TraceContext::Parse(printed);
  CROSSFOOT_FUZZ_CHECK(again.has_value() && again->ToString() == printed);
  return 0;
}
