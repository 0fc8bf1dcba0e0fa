#include "services/server/http_route.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/error.h"
#include "core/string_view.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"

namespace crossfoot::server {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status ArgumentError(const std::string& field, const std::string& message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid,
                         field.empty() ? message : absl::StrCat(field, ": ", message),
                         {{"field", field}});
}

absl::Status ParseJson(const std::string& json, const std::string& field, Message* message) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = false;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, message, options);
  if (parsed.ok()) return absl::OkStatus();
  return ArgumentError(field, absl::StrCat("not the JSON of a ", message->GetDescriptor()->name(),
                                           ": ", std::string(parsed.message())));
}

const FieldDescriptor* FindField(const Descriptor& type, const std::string& name) {
  const FieldDescriptor* field = type.FindFieldByName(name);
  return field != nullptr ? field : type.FindFieldByCamelcaseName(name);
}

// Puts the values of a parameter of the query ("options.language") into `json`.
absl::Status AddParameter(const Descriptor& type, const std::string& name,
                          const std::vector<std::string>& values, google::protobuf::Struct* json) {
  const std::vector<std::string> path = absl::StrSplit(name, '.');
  const Descriptor* inside = &type;
  const FieldDescriptor* field = nullptr;
  for (size_t i = 0; i < path.size(); ++i) {
    field = inside == nullptr ? nullptr : FindField(*inside, path[i]);
    if (field == nullptr) return ArgumentError(name, "there is no such parameter");
    inside = field->message_type();
    if (i + 1 == path.size()) break;
    if (inside == nullptr || field->is_repeated())
      return ArgumentError(name, "there is no such parameter");
    json = (*json->mutable_fields())[field->json_name()].mutable_struct_value();
  }
  // Messages are written field by field, but for those that are one string in JSON.
  const bool whole = inside == nullptr || inside->full_name() == "google.protobuf.FieldMask";
  if (!whole) return ArgumentError(name, "is a message; name its fields");
  if (!field->is_repeated() && values.size() > 1) return ArgumentError(name, "is given twice");
  google::protobuf::Value& value = (*json->mutable_fields())[field->json_name()];
  const auto set = [field](google::protobuf::Value* one, const std::string& text) {
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL && (text == "true" || text == "false")) {
      one->set_bool_value(text == "true");
    } else {
      one->set_string_value(text);
    }
  };
  if (!field->is_repeated()) {
    set(&value, values.front());
    return absl::OkStatus();
  }
  for (const std::string& text : values) set(value.mutable_list_value()->add_values(), text);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<HttpRoute> HttpRoute::Make(const google::api::HttpRule& rule,
                                          const method::Method& method) {
  HttpRoute route;
  route.method_ = &method;
  route.body_ = rule.body();
  std::string path;
  switch (rule.pattern_case()) {
    case google::api::HttpRule::kGet:
      route.verb_ = "GET";
      path = rule.get();
      break;
    case google::api::HttpRule::kPost:
      route.verb_ = "POST";
      path = rule.post();
      break;
    case google::api::HttpRule::kDelete:
      route.verb_ = "DELETE";
      path = rule.delete_();
      break;
    default:
      break;
  }
  const auto unknown = [&path, &method] {
    return core::MakeError(core::ErrorReason::kInternal,
                           absl::StrCat(method.FullName(), ": the HTTP rule \"", path,
                                        "\" is of a kind that the server does not understand"));
  };
  if (path.empty() || path.front() != '/') return unknown();
  // The verb stands behind the last ":" that is in no variable.
  const size_t colon = path.rfind(':');
  if (colon != std::string::npos && path.find('}', colon) == std::string::npos) {
    route.custom_verb_ = path.substr(colon + 1);
    path.resize(colon);
  }
  for (size_t at = 1; at <= path.size();) {
    if (path[at] != '{') {
      const size_t end = std::min(path.find('/', at), path.size());
      route.segments_.push_back(path.substr(at, end - at));
      at = end + 1;
      continue;
    }
    const size_t close = path.find('}', at);
    if (close == std::string::npos) return unknown();
    const std::vector<std::string> parts =
        absl::StrSplit(path.substr(at + 1, close - at - 1), absl::MaxSplits('=', 1));
    Variable variable = {parts.front(), route.segments_.size(), 0};
    if (method.descriptor->input_type()->FindFieldByName(variable.field) == nullptr)
      return unknown();
    const std::vector<std::string> inside = absl::StrSplit(parts.size() > 1 ? parts[1] : "*", '/');
    route.segments_.insert(route.segments_.end(), inside.begin(), inside.end());
    variable.last = route.segments_.size();
    route.variables_.push_back(std::move(variable));
    at = close + 2;
  }
  for (const std::string& segment : route.segments_) {
    if (segment.empty() || (segment != "*" && segment.find_first_of("*{}") != std::string::npos))
      return unknown();
  }
  return route;
}

bool HttpRoute::Matches(std::string_view path, Fields* fields) const {
  if (path.empty() || path.front() != '/') return false;
  path.remove_prefix(1);
  if (!custom_verb_.empty()) {
    const size_t colon = path.rfind(':');
    if (colon == std::string_view::npos || path.substr(colon + 1) != custom_verb_) return false;
    path = path.substr(0, colon);
  }
  const std::vector<std::string> parts = absl::StrSplit(core::ToAbsl(path), '/');
  if (parts.size() != segments_.size()) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    const bool any = segments_[i] == "*" && !parts[i].empty();
    // Without a verb of its own a route leaves those of others alone.
    if (any && custom_verb_.empty() && parts[i].find(':') != std::string::npos) return false;
    if (!any && segments_[i] != parts[i]) return false;
  }
  fields->clear();
  for (const Variable& variable : variables_) {
    std::string value;
    for (size_t i = variable.first; i < variable.last; ++i)
      absl::StrAppend(&value, i == variable.first ? "" : "/", parts[i]);
    fields->emplace_back(variable.field, std::move(value));
  }
  return true;
}

absl::Status HttpRoute::FillRequest(const Fields& path_fields,
                                    const std::multimap<std::string, std::string>& query,
                                    const std::string& body, Message* request) const {
  const Descriptor& type = *method_->descriptor->input_type();
  absl::Status fault;
  if (body_ == "*") {
    if (!query.empty())
      return ArgumentError(query.begin()->first, "everything stands in the body of this method");
    fault = ParseJson(body, "", request);
    if (!fault.ok()) return fault;
  } else {
    google::protobuf::Struct json;
    for (auto at = query.begin(); at != query.end();) {
      const auto end = query.upper_bound(at->first);
      std::vector<std::string> values;
      const std::string& name = at->first;
      for (auto value = at; value != end; ++value) values.push_back(value->second);
      fault = AddParameter(type, name, values, &json);
      if (!fault.ok()) return fault;
      at = end;
    }
    if (!json.fields().empty()) {
      std::string text;
      const auto printed = google::protobuf::util::MessageToJsonString(json, &text);
      if (!printed.ok()) return ArgumentError("", "the query is not UTF-8");
      fault = ParseJson(text, "", request);
      if (!fault.ok()) return fault;
    }
    if (!body_.empty()) {
      const FieldDescriptor* field = type.FindFieldByName(body_);
      fault = ParseJson(body, body_, request->GetReflection()->MutableMessage(request, field));
      if (!fault.ok()) return fault;
    }
  }
  for (const auto& [name, value] : path_fields)
    request->GetReflection()->SetString(request, type.FindFieldByName(name), value);
  return absl::OkStatus();
}

absl::StatusOr<HttpRoutes> HttpRoutes::Make() {
  HttpRoutes routes;
  for (const method::Method& method : method::Methods()) {
    const google::protobuf::MethodOptions& options = method.descriptor->options();
    if (!options.HasExtension(google::api::http)) continue;
    const google::api::HttpRule& rule = options.GetExtension(google::api::http);
    absl::StatusOr<HttpRoute> route = HttpRoute::Make(rule, method);
    if (!route.ok()) return route.status();
    routes.routes_.push_back(*std::move(route));
    for (const google::api::HttpRule& more : rule.additional_bindings()) {
      route = HttpRoute::Make(more, method);
      if (!route.ok()) return route.status();
      routes.routes_.push_back(*std::move(route));
    }
  }
  return routes;
}

const HttpRoute* HttpRoutes::Find(std::string_view verb, std::string_view path,
                                  HttpRoute::Fields* fields, std::string* allowed) const {
  allowed->clear();
  for (const HttpRoute& route : routes_) {
    if (!route.Matches(path, fields)) continue;
    if (route.verb() == verb) return &route;
    absl::StrAppend(allowed, allowed->empty() ? "" : ", ", route.verb());
  }
  return nullptr;
}

}  // namespace crossfoot::server
