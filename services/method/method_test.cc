#include "services/method/method.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "crossfoot/v1/document_service.pb.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"

namespace crossfoot::method {
namespace {

// Each method of the .proto files is there once, but for the streams.
TEST(MethodTest, TableIsThatOfTheServices) {
  std::set<std::string> declared, found;
  for (const google::protobuf::FileDescriptor* file :
       {v1::ValidateDocumentRequest::descriptor()->file(),
        v1::ExtractFiguresRequest::descriptor()->file(),
        v1::CreateDocumentRequest::descriptor()->file(),
        v1::GetRuleRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      const google::protobuf::ServiceDescriptor& service = *file->service(s);
      for (int m = 0; m < service.method_count(); ++m) {
        const google::protobuf::MethodDescriptor& method = *service.method(m);
        if (!method.client_streaming() && !method.server_streaming())
          declared.insert(service.full_name() + "/" + method.name());
      }
    }
  }
  for (const Method& method : Methods()) {
    EXPECT_TRUE(found.insert(method.FullName()).second) << method.FullName();
    EXPECT_EQ(&MethodFor(*method.descriptor->input_type()), &method);
  }
  EXPECT_EQ(found, declared);
}

TEST(MethodTest, AsksForRoles) {
  EXPECT_EQ(MethodFor(*v1::CreateDocumentRequest::descriptor()).role, access::Role::kWrite);
  EXPECT_EQ(MethodFor(*v1::ListDocumentsRequest::descriptor()).role, access::Role::kRead);
  EXPECT_EQ(MethodFor(*v1::ValidateDocumentRequest::descriptor()).role, access::Role::kValidate);
}

}  // namespace
}  // namespace crossfoot::method
