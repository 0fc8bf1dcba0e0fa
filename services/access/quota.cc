#include "services/access/quota.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/error.h"

namespace crossfoot::access {
namespace {

constexpr absl::int128 kUnit = 60'000'000'000;

absl::Status Exceeded(const Client& client, const std::string& quota, int64_t per_minute,
                      absl::Duration wait) {
  const int64_t wait_ms = absl::ToInt64Milliseconds(absl::Ceil(wait, absl::Milliseconds(1)));
  return core::MakeError(
      core::ErrorReason::kQuotaExceeded,
      absl::StrCat("client ", client.name, " has used up its ", quota, " of ", per_minute,
                   "; try again in ", wait_ms, " ms"),
      {{"client", client.name}, {"quota", quota}, {"retry_after_ms", absl::StrCat(wait_ms)}});
}

}  // namespace

void Quotas::Fill(int64_t per_minute, absl::Duration elapsed, Bucket* bucket) {
  const absl::int128 full = absl::int128(per_minute) * kUnit;
  if (per_minute == 0) {
    bucket->limited = false;
  } else if (!bucket->limited) {
    *bucket = {full, true};
  } else {
    bucket->left =
        std::min(full, bucket->left + absl::int128(per_minute) * absl::ToInt64Nanoseconds(elapsed));
  }
}

absl::Duration Quotas::WaitFor(int64_t amount, int64_t per_minute, const Bucket& bucket) {
  if (!bucket.limited) return absl::ZeroDuration();
  const absl::int128 missing = absl::int128(std::min(amount, per_minute)) * kUnit - bucket.left;
  if (missing <= 0) return absl::ZeroDuration();
  const absl::int128 gain = per_minute;
  return absl::Nanoseconds(static_cast<int64_t>((missing + gain - 1) / gain));
}

absl::Status Quotas::Take(const Client& client, int64_t bytes, absl::Time now) {
  // How far apart the clocks of two threads may be read; beyond it the clock was set back.
  constexpr absl::Duration kDisorder = absl::Minutes(1);
  if (client.calls_per_minute == 0 && client.bytes_per_minute == 0) return absl::OkStatus();
  const std::lock_guard<std::mutex> lock(mutex_);
  State& state = states_.try_emplace(client.name, State{{}, {}, now}).first->second;
  if (now < state.time - kDisorder) state.time = now;
  const absl::Duration elapsed = std::max(now - state.time, absl::ZeroDuration());
  Fill(client.calls_per_minute, elapsed, &state.calls);
  Fill(client.bytes_per_minute, elapsed, &state.bytes);
  state.time = std::max(state.time, now);
  const absl::Duration calls_wait = WaitFor(1, client.calls_per_minute, state.calls);
  const absl::Duration bytes_wait = WaitFor(bytes, client.bytes_per_minute, state.bytes);
  const absl::Duration wait = std::max(calls_wait, bytes_wait);
  if (wait > absl::ZeroDuration()) {
    // What `now` is behind the bucket has to pass as well.
    const absl::Duration until = wait + (state.time - now);
    return calls_wait >= bytes_wait
               ? Exceeded(client, "calls_per_minute", client.calls_per_minute, until)
               : Exceeded(client, "bytes_per_minute", client.bytes_per_minute, until);
  }
  if (state.calls.limited) state.calls.left -= kUnit;
  if (state.bytes.limited) state.bytes.left -= absl::int128(bytes) * kUnit;
  return absl::OkStatus();
}

}  // namespace crossfoot::access
