#ifndef CROSSFOOT_SERVICES_ACCESS_QUOTA_H_
#define CROSSFOOT_SERVICES_ACCESS_QUOTA_H_

#include <cstdint>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/access/client.h"

namespace crossfoot::access {

// How much of their quotas the clients have left: for each name a bucket of calls and one of bytes.
// A bucket holds what is allowed in a minute, begins full and fills evenly.  The names are those of
// directories, so that there are few.  What a bucket holds outlives a reload of the directory; a
// changed limit holds from the next call on.  Thread-safe.
class Quotas {
 public:
  // Takes one call and `bytes` bytes, 0 or more, from what `client` has left at `now`, or nothing.
  // kQuotaExceeded with metadata "client", "quota" ("calls_per_minute" or "bytes_per_minute", the
  // one that takes longer to recover) and "retry_after_ms", after which the same call will be
  // accepted unless others come before it.  A call of more bytes than the whole bucket is accepted
  // when the bucket is full and leaves it in debt.
  absl::Status Take(const Client& client, int64_t bytes, absl::Time now);

 private:
  // Counted in 1/60,000,000,000 of a call or byte, what a limit of 1 a minute gains in a
  // nanosecond, so that nothing is ever rounded.
  struct Bucket {
    absl::int128 left = 0;
    bool limited = false;  // whether `left` means anything
  };
  struct State {
    Bucket calls;
    Bucket bytes;
    absl::Time time;  // to which both are filled
  };

  // Fills `bucket` by what `per_minute` gains in `elapsed`.
  static void Fill(int64_t per_minute, absl::Duration elapsed, Bucket* bucket);
  // How long until `bucket` can give `amount`; zero when it can now.
  static absl::Duration WaitFor(int64_t amount, int64_t per_minute, const Bucket& bucket);

  std::mutex mutex_;
  absl::flat_hash_map<std::string, State> states_;  // by name; guarded by mutex_
};

}  // namespace crossfoot::access

#endif  // CROSSFOOT_SERVICES_ACCESS_QUOTA_H_
