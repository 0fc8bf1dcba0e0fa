#ifndef CROSSFOOT_SERVICES_TELEMETRY_TRACE_CONTEXT_H_
#define CROSSFOOT_SERVICES_TELEMETRY_TRACE_CONTEXT_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace crossfoot::telemetry {

// To which trace, and to which span of it, a call belongs: W3C Trace Context, level 1
// (https://www.w3.org/TR/trace-context/), the header "traceparent".  A plain value; all functions
// are thread-safe.  Its ids are there to be told apart, not to be secret.
class TraceContext {
 public:
  // What `traceparent` says; nullopt when it is malformed, of version "ff" or with an id of zeros
  // only.  Of a version above 00 the part that version 00 has is read, whatever comes behind it.
  static std::optional<TraceContext> Parse(std::string_view traceparent);

  // A new trace, not sampled, and its first span.
  static TraceContext NewTrace();

  // The span of a call that came with `traceparent`: a child of it, or a new trace where it is
  // empty or cannot be read.
  static TraceContext ForCall(std::string_view traceparent);

  // 32 and 16 lower-case hexadecimal digits, never zeros only.  They point into this object.
  std::string_view trace_id() const { return {trace_id_.data(), trace_id_.size()}; }
  std::string_view span_id() const { return {span_id_.data(), span_id_.size()}; }

  // Whether the caller may have recorded the trace.
  bool sampled() const { return sampled_; }

  // This span as a header, version 00, 55 characters.
  std::string ToString() const;

 private:
  TraceContext() = default;
  // A new span of the same trace.
  TraceContext Child() const;

  std::array<char, 32> trace_id_;
  std::array<char, 16> span_id_;
  bool sampled_ = false;
};

}  // namespace crossfoot::telemetry

#endif  // CROSSFOOT_SERVICES_TELEMETRY_TRACE_CONTEXT_H_
