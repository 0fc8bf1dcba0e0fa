#include "services/server/http_route.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"
#include "crossfoot/v1/document_service.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"

namespace crossfoot::server {
namespace {

using Query = std::multimap<std::string, std::string>;

const HttpRoutes& Routes() {
  static const auto& routes = *new HttpRoutes(HttpRoutes::Make().value());
  return routes;
}

// "ListDocuments", or "(GET, POST)" when the path has other verbs, or "".
std::string Routed(const std::string& verb, const std::string& path) {
  HttpRoute::Fields fields;
  std::string allowed;
  const HttpRoute* route = Routes().Find(verb, path, &fields, &allowed);
  if (route != nullptr) return route->method().descriptor->name();
  return allowed.empty() ? "" : "(" + allowed + ")";
}

TEST(HttpRouteTest, FindsTheMethodOfARequest) {
  EXPECT_EQ(Routed("POST", "/v1/documents:validate"), "ValidateDocument");
  EXPECT_EQ(Routed("POST", "/v1/documents:validateSet"), "ValidateDocumentSet");
  EXPECT_EQ(Routed("POST", "/v1/documents:extractFigures"), "ExtractFigures");
  EXPECT_EQ(Routed("POST", "/v1/documents"), "CreateDocument");
  EXPECT_EQ(Routed("GET", "/v1/documents"), "ListDocuments");
  EXPECT_EQ(Routed("GET", "/v1/documents/abcd"), "GetDocument");
  EXPECT_EQ(Routed("DELETE", "/v1/documents/abcd"), "DeleteDocument");
  EXPECT_EQ(Routed("GET", "/v1/rules/parts-sum-to-total"), "GetRule");
  EXPECT_EQ(Routed("POST", "/v1/rules:test"), "TestRules");
  EXPECT_EQ(Routed("GET", "/v1/rulePacks"), "ListRulePacks");
  EXPECT_EQ(Routed("PATCH", "/v1/documents/abcd"), "(GET, DELETE)");
  EXPECT_EQ(Routed("PUT", "/v1/documents"), "(POST, GET)");
  for (const char* path : {"/", "", "/v1", "/v1/documents/", "/v1/documents/a/b", "/v1/document",
                           "/v1/documents:unknown", "/v1/documents/abcd:validate", "/v2/documents",
                           "/v1/documents:validate/x"}) {
    EXPECT_EQ(Routed("GET", path), "") << path;
  }
}

template <typename Request>
absl::StatusOr<Request> Made(const std::string& verb, const std::string& path, const Query& query,
                             const std::string& body) {
  HttpRoute::Fields fields;
  std::string allowed;
  const HttpRoute* route = Routes().Find(verb, path, &fields, &allowed);
  Request request;
  if (absl::Status status = route->FillRequest(fields, query, body, &request); !status.ok())
    return status;
  return request;
}

std::string FieldOf(const absl::Status& status) {
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kArgumentInvalid) << status;
  return core::MetadataOf(status)["field"];
}

TEST(HttpRouteTest, ReadsTheBody) {
  const auto made = Made<v1::ValidateDocumentRequest>(
      "POST", "/v1/documents:validate", {},
      R"({"document": {"text": "a"}, "options": {"language": "LANGUAGE_EN"}})");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->document().text(), "a");
  EXPECT_EQ(made->options().language(), v1::LANGUAGE_EN);
  for (const char* body : {"", "nonsense", "[]", "{\"colour\": 1}", "{\"document\": 5}",
                           "{\"document\": {\"content\": \"***\"}}"}) {
    EXPECT_EQ(
        FieldOf(
            Made<v1::ValidateDocumentRequest>("POST", "/v1/documents:validate", {}, body).status()),
        "")
        << body;
  }
  EXPECT_EQ(FieldOf(Made<v1::ValidateDocumentRequest>("POST", "/v1/documents:validate",
                                                      {{"view", "VIEW_FULL"}}, "{}")
                        .status()),
            "view");
}

TEST(HttpRouteTest, ReadsPathAndQuery) {
  const auto get = Made<v1::GetDocumentRequest>(
      "GET", "/v1/documents/abcd", {{"view", "VIEW_FULL"}, {"readMask", "uri,createTime"}}, "");
  ASSERT_TRUE(get.ok()) << get.status();
  EXPECT_EQ(get->name(), "documents/abcd");
  EXPECT_EQ(get->view(), v1::VIEW_FULL);
  ASSERT_EQ(get->read_mask().paths_size(), 2);
  EXPECT_EQ(get->read_mask().paths(1), "create_time");

  const auto list = Made<v1::ListDocumentsRequest>(
      "GET", "/v1/documents", {{"page_size", "7"}, {"indicator", "软件业务收入 \"quoted\""}}, "");
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->page_size(), 7);
  EXPECT_EQ(list->indicator(), "软件业务收入 \"quoted\"");

  // A body that is one field, the others in the query.
  const auto create = Made<v1::CreateDocumentRequest>(
      "POST", "/v1/documents",
      {{"documentId", "abcd"}, {"options.explain", "true"}, {"options.homeArea", "北京市"}},
      R"({"uri": "a.txt", "content": "YWJj"})");
  ASSERT_TRUE(create.ok()) << create.status();
  EXPECT_EQ(create->document_id(), "abcd");
  EXPECT_TRUE(create->options().explain());
  EXPECT_EQ(create->options().home_area(), "北京市");
  EXPECT_EQ(create->document().content(), "abc");
}

TEST(HttpRouteTest, RefusesUnknownParameters) {
  const auto field = [](const Query& query) {
    return FieldOf(Made<v1::ListDocumentsRequest>("GET", "/v1/documents", query, "").status());
  };
  EXPECT_EQ(field({{"colour", "red"}}), "colour");
  EXPECT_EQ(field({{"page_size", "many"}}), "");
  EXPECT_EQ(field({{"page_size", "1"}, {"page_size", "2"}}), "page_size");
  EXPECT_EQ(field({{"page_size.x", "1"}}), "page_size.x");
  EXPECT_EQ(field({{"", "1"}}), "");
  EXPECT_EQ(
      FieldOf(Made<v1::CreateDocumentRequest>("POST", "/v1/documents", {{"options", "{}"}}, "{}")
                  .status()),
      "options");
}

TEST(HttpRouteTest, RefusesTemplatesThatItDoesNotKnow) {
  const method::Method& method = method::MethodFor(*v1::GetRuleRequest::descriptor());
  google::api::HttpRule rule;
  EXPECT_FALSE(HttpRoute::Make(rule, method).ok());
  for (const char* path :
       {"v1/rules", "/v1/{name=rules/**}", "/v1/{colour}", "/v1/{name", "/v1//x"}) {
    rule.set_get(path);
    EXPECT_FALSE(HttpRoute::Make(rule, method).ok()) << path;
  }
}

}  // namespace
}  // namespace crossfoot::server
