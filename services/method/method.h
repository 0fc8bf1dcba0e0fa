#ifndef CROSSFOOT_SERVICES_METHOD_METHOD_H_
#define CROSSFOOT_SERVICES_METHOD_METHOD_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/access/client.h"
#include "services/method/call.h"

namespace crossfoot::method {

// A method of crossfoot.v1 with one request and one response, without a transport.
struct Method {
  // Answers `request`, which is of the method's type.  `arena` owns the response.
  using Run = absl::StatusOr<google::protobuf::Message*> (*)(
      const Call& call, const google::protobuf::Message& request, google::protobuf::Arena* arena);

  const google::protobuf::MethodDescriptor* descriptor;
  access::Role role;  // that its caller must have
  Run run;

  // "crossfoot.v1.ValidationService/ValidateDocument", as gRPC writes it.
  std::string FullName() const;
};

// All of them, in the order of the services and of their .proto files.
std::span<const Method> Methods();

// The one with requests of this type; by AIP no two methods share one.  There must be one.
const Method& MethodFor(const google::protobuf::Descriptor& request);

}  // namespace crossfoot::method

#endif  // CROSSFOOT_SERVICES_METHOD_METHOD_H_
