#include "services/telemetry/trace_context.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>

namespace crossfoot::telemetry {
namespace {

// version "-" trace-id "-" parent-id "-" trace-flags
constexpr size_t kTraceIdAt = 3;
constexpr size_t kSpanIdAt = 36;
constexpr size_t kFlagsAt = 53;
constexpr size_t kLength = 55;
constexpr std::string_view kDigits = "0123456789abcdef";

bool IsHex(std::string_view text) {
  return text.find_first_not_of(kDigits) == std::string_view::npos;
}

bool IsId(std::string_view text) {
  return IsHex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

std::mt19937_64 MakeGenerator() {
  std::array<uint32_t, 8> seed = {};
  ssize_t size = 0;
  do {
    size = getrandom(seed.data(), sizeof seed, 0);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof seed) {
    // A sandbox that forbids it: the clock and the place of this thread still tell ids apart.
    const auto now = std::chrono::system_clock::now().time_since_epoch().count();
    const auto place = reinterpret_cast<uintptr_t>(&errno);
    seed = {static_cast<uint32_t>(now), static_cast<uint32_t>(now >> 32),
            static_cast<uint32_t>(place), static_cast<uint32_t>(place >> 32)};
  }
  std::seed_seq sequence(seed.begin(), seed.end());
  return std::mt19937_64(sequence);
}

uint64_t Random() {
  thread_local std::mt19937_64 generator = MakeGenerator();
  return generator();
}

// Fills `digits`, whose number is a multiple of 16, with a random id.
template <size_t size>
void MakeId(std::array<char, size>* digits) {
  static_assert(size % 16 == 0);
  do {
    for (size_t at = 0; at < size; at += 16) {
      uint64_t bits = Random();
      for (size_t i = 0; i < 16; ++i, bits >>= 4) (*digits)[at + i] = kDigits[bits & 15];
    }
  } while (!IsId({digits->data(), size}));
}

}  // namespace

std::optional<TraceContext> TraceContext::Parse(std::string_view traceparent) {
  if (traceparent.size() < kLength) return std::nullopt;
  const std::string_view version = traceparent.substr(0, 2);
  if (!IsHex(version) || version == "ff") return std::nullopt;
  if (traceparent.size() > kLength && (version == "00" || traceparent[kLength] != '-')) {
    return std::nullopt;
  }
  if (traceparent[kTraceIdAt - 1] != '-' || traceparent[kSpanIdAt - 1] != '-' ||
      traceparent[kFlagsAt - 1] != '-') {
    return std::nullopt;
  }
  TraceContext context;
  const std::string_view trace_id = traceparent.substr(kTraceIdAt, context.trace_id_.size());
  const std::string_view span_id = traceparent.substr(kSpanIdAt, context.span_id_.size());
  const std::string_view flags = traceparent.substr(kFlagsAt, 2);
  if (!IsId(trace_id) || !IsId(span_id) || !IsHex(flags)) return std::nullopt;
  std::copy(trace_id.begin(), trace_id.end(), context.trace_id_.begin());
  std::copy(span_id.begin(), span_id.end(), context.span_id_.begin());
  context.sampled_ = kDigits.find(flags[1]) % 2 == 1;
  return context;
}

TraceContext TraceContext::NewTrace() {
  TraceContext context;
  MakeId(&context.trace_id_);
  MakeId(&context.span_id_);
  return context;
}

TraceContext TraceContext::ForCall(std::string_view traceparent) {
  const std::optional<TraceContext> caller = Parse(traceparent);
  return caller.has_value() ? caller->Child() : NewTrace();
}

TraceContext TraceContext::Child() const {
  TraceContext child = *this;
  MakeId(&child.span_id_);
  return child;
}

std::string TraceContext::ToString() const {
  std::string text = "00-";
  text.reserve(kLength);
  text += trace_id();
  text += '-';
  text += span_id();
  // The other flags are to be zero in what is sent on.
  text += sampled_ ? "-01" : "-00";
  return text;
}

}  // namespace crossfoot::telemetry
