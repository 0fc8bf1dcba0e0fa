#ifndef CROSSFOOT_SERVICES_SERVER_HTTP_ROUTE_H_
#define CROSSFOOT_SERVICES_SERVER_HTTP_ROUTE_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/api/http.pb.h"
#include "google/protobuf/message.h"
#include "services/method/method.h"

// Which HTTP request is which method: the google.api.http options of the .proto files
// (google/api/http.proto says how they are read), and nothing else.

namespace crossfoot::server {

// One verb and path.
class HttpRoute {
 public:
  // kInternal when the template of `rule` has parts that are not understood here: "**", or a field
  // inside another in its path.
  static absl::StatusOr<HttpRoute> Make(const google::api::HttpRule& rule,
                                        const method::Method& method);

  const std::string& verb() const { return verb_; }  // "GET"
  const method::Method& method() const { return *method_; }
  bool has_body() const { return !body_.empty(); }

  // What fields of the request a path gives, by their names.
  using Fields = std::vector<std::pair<std::string, std::string>>;

  // Whether `path`, decoded, is of this route.
  bool Matches(std::string_view path, Fields* fields) const;

  // Fills `request`, an empty message of the method's type, with what an HTTP request has.
  // kArgumentInvalid with metadata "field".
  absl::Status FillRequest(const Fields& path_fields,
                           const std::multimap<std::string, std::string>& query,
                           const std::string& body, google::protobuf::Message* request) const;

 private:
  HttpRoute() = default;

  std::string verb_;
  std::string body_;  // "*", the name of a field, or empty
  const method::Method* method_ = nullptr;
  // Of the path: a literal, or "*" for any.
  std::vector<std::string> segments_;
  std::string custom_verb_;  // behind ":"; empty: none
  struct Variable {
    std::string field;
    size_t first;  // segments [first, last)
    size_t last;
  };
  std::vector<Variable> variables_;
};

// All routes of all methods.
class HttpRoutes {
 public:
  static absl::StatusOr<HttpRoutes> Make();

  // The route of a request; null when there is none.  `allowed` is then the verbs that its path
  // has: "GET, DELETE", or empty.
  const HttpRoute* Find(std::string_view verb, std::string_view path, HttpRoute::Fields* fields,
                        std::string* allowed) const;

 private:
  std::vector<HttpRoute> routes_;
};

}  // namespace crossfoot::server

#endif  // CROSSFOOT_SERVICES_SERVER_HTTP_ROUTE_H_
