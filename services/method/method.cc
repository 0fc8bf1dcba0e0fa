#include "services/method/method.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "crossfoot/v1/document_service.pb.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "services/method/documents.h"
#include "services/method/rules.h"
#include "services/method/validation.h"

namespace crossfoot::method {
namespace {

using access::Role;
using google::protobuf::Arena;
using google::protobuf::Message;

// Gives `handler` its types back.
template <auto handler>
struct Typed;
template <typename Request, typename Response,
          absl::StatusOr<Response> (*handler)(const Call&, const Request&)>
struct Typed<handler> {
  static absl::StatusOr<Message*> Run(const Call& call, const Message& request, Arena* arena) {
    absl::StatusOr<Response> result = handler(call, static_cast<const Request&>(request));
    if (!result.ok()) return result.status();
    // Moved and not copied, which a message on the arena would be.
    auto* const response = new Response(*std::move(result));
    arena->Own(response);
    return response;
  }
  static const google::protobuf::Descriptor* RequestType() { return Request::descriptor(); }
};
// With a response that is large, and therefore made where it stays.
template <typename Request, typename Response,
          absl::Status (*handler)(const Call&, const Request&, Response*)>
struct Typed<handler> {
  static absl::StatusOr<Message*> Run(const Call& call, const Message& request, Arena* arena) {
    auto* const response = Arena::CreateMessage<Response>(arena);
    absl::Status status = handler(call, static_cast<const Request&>(request), response);
    if (!status.ok()) return status;
    return response;
  }
  static const google::protobuf::Descriptor* RequestType() { return Request::descriptor(); }
};

template <auto handler>
Method Make(const google::protobuf::FileDescriptor& file, Role role) {
  const google::protobuf::ServiceDescriptor& service = *file.service(0);
  for (int i = 0; i < service.method_count(); ++i) {
    if (service.method(i)->input_type() == Typed<handler>::RequestType())
      return {service.method(i), role, &Typed<handler>::Run};
  }
  std::abort();  // the table below names a method of another service
}

}  // namespace

std::string Method::FullName() const {
  return absl::StrCat(descriptor->service()->full_name(), "/", descriptor->name());
}

std::span<const Method> Methods() {
  static const auto& methods = *[] {
    const auto& validation = *v1::ValidateDocumentRequest::descriptor()->file();
    const auto& extraction = *v1::ExtractFiguresRequest::descriptor()->file();
    const auto& documents = *v1::CreateDocumentRequest::descriptor()->file();
    const auto& rules = *v1::GetRuleRequest::descriptor()->file();
    return new std::array<Method, 11>{
        Make<&ValidateDocument>(validation, Role::kValidate),
        Make<&ValidateDocumentSet>(validation, Role::kValidate),
        Make<&ExtractFigures>(extraction, Role::kValidate),
        Make<&CreateDocument>(documents, Role::kWrite),
        Make<&GetDocument>(documents, Role::kRead),
        Make<&ListDocuments>(documents, Role::kRead),
        Make<&DeleteDocument>(documents, Role::kWrite),
        Make<&ListRulePacks>(rules, Role::kValidate),
        Make<&ListRules>(rules, Role::kValidate),
        Make<&GetRule>(rules, Role::kValidate),
        Make<&TestRules>(rules, Role::kValidate),
    };
  }();
  return methods;
}

const Method& MethodFor(const google::protobuf::Descriptor& request) {
  const std::span<const Method> methods = Methods();
  return *std::find_if(methods.begin(), methods.end(), [&](const Method& method) {
    return method.descriptor->input_type() == &request;
  });
}

}  // namespace crossfoot::method
