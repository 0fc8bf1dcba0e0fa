#ifndef CROSSFOOT_TESTS_LOAD_ECHO_H_
#define CROSSFOOT_TESTS_LOAD_ECHO_H_

#include <cstddef>

#include "load/echo.pb.h"

namespace crossfoot::load {

// Serves EchoService on a free port of 127.0.0.1, with gRPC's defaults, until it is killed.  Writes
// "listening on HOST:PORT" and a line break to standard output first.  Returns only when it cannot
// listen.
void ServeEcho();

// A request of `request_bytes` bytes, serialised, that asks for a response of `response_bytes`
// bytes, serialised; without ids.  Both at least 16.
EchoRequest EchoRequestOf(size_t request_bytes, size_t response_bytes);

}  // namespace crossfoot::load

#endif  // CROSSFOOT_TESTS_LOAD_ECHO_H_
