#ifndef CROSSFOOT_TESTS_LOAD_CLIENT_H_
#define CROSSFOOT_TESTS_LOAD_CLIENT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/message_lite.h"

// A client that makes as many calls as a server can take, or so many a second, and notes how long
// each took.  It spends as little as gRPC's C++ library lets it: one channel, one thread that takes
// what is done from one completion queue, requests serialised once, responses parsed into one
// message again and again.

namespace crossfoot::load {

// What is called, and with what.
struct Method {
  std::string path;  // "/package.Service/Method"

  // Whether it is a bidirectional stream, whose messages have a string `id` as field 1.
  bool stream = false;

  // The serialised request; of a stream what follows the id.
  std::string request;

  // How long each serialised response must be, of a stream with the id of `kIdBytes` bytes; another
  // one is a failure.
  size_t response_bytes = 0;

  // An empty message of the responses' type.  Not owned.
  const google::protobuf::MessageLite* response_type = nullptr;

  // The id of a message of that type; of a stream only.
  const std::string& (*id_of)(const google::protobuf::MessageLite&) = nullptr;
};

// Length of the ids that requests of a stream are given: decimal digits.
inline constexpr size_t kIdBytes = 10;

// How many streams the documents of a stream method are dealt to in turn.
inline constexpr int32_t kStreams = 4;

struct Pace {
  // Closed loop: so many calls are under way at any time; each that ends starts the next.
  int32_t outstanding = 0;
  // Open loop, when `outstanding` is 0: so many calls a second start at fixed times, however long
  // others take.
  double per_second = 0;
};

// What was measured in the window of time; milliseconds.
struct Measurement {
  double per_second = 0;  // responses in the window
  int64_t responses = 0;  // at any time, also before and after the window
  // How long the calls took until the response was parsed: those that ended in the window; in an
  // open loop those that should have started in it, counted from when they should have.
  double p50_ms = 0;
  double p99_ms = 0;
  int64_t failures = 0;       // at any time, also before and after the window
  std::string first_failure;  // empty when there is none
};

// Calls the server at `address` (host:port) at this pace for half a second to warm up and for
// `window`, then waits for the calls under way.
Measurement Call(const std::string& address, const Method& method, Pace pace,
                 absl::Duration window);

}  // namespace crossfoot::load

#endif  // CROSSFOOT_TESTS_LOAD_CLIENT_H_
