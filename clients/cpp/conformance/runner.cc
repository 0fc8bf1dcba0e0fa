// Runs the cases of tests/conformance with the C++ client: runner --servers=FILE --cases=FOLDER.
// Prints a line a case and exits 0 when none failed, 1 otherwise, 2 when it could not run.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "clients/cpp/call_error.h"
#include "clients/cpp/client.h"
#include "clients/cpp/documents.h"
#include "core/error.h"
#include "google/protobuf/empty.pb.h"
#include "google/protobuf/message.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "google/protobuf/util/message_differencer.h"

namespace crossfoot::client {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::ListValue;
using google::protobuf::Message;
using google::protobuf::Struct;
using google::protobuf::Value;

// What a method answered; several messages of ValidateDocuments.
using Messages = std::vector<std::unique_ptr<Message>>;

absl::Status Unusable(const std::string& why) { return absl::InvalidArgumentError(why); }

absl::Status ParseJson(const std::string& json, Message& message) {
  const auto status = google::protobuf::util::JsonStringToMessage(json, &message);
  return status.ok() ? absl::OkStatus() : Unusable(status.ToString());
}

// The value of a case as the message that it is.
absl::Status ParseValue(const Value& value, Message& message) {
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(value, &json);
  return status.ok() ? ParseJson(json, message) : Unusable(status.ToString());
}

std::string ToJson(const Message& message) {
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json);
  return status.ok() ? json : status.ToString();
}

absl::StatusOr<Struct> ReadJson(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string json(std::istreambuf_iterator<char>(file), {});
  Struct object;
  if (absl::Status status = ParseJson(json, object); !status.ok())
    return Unusable(absl::StrCat(path, ": ", status.message()));
  return object;
}

// The member, or one without a value.
const Value& Member(const Struct& object, const std::string& name) {
  static const Value& none = *new Value();
  const auto at = object.fields().find(name);
  return at == object.fields().end() ? none : at->second;
}

const std::string& Text(const Struct& object, const std::string& name) {
  return Member(object, name).string_value();
}

// --- Calls ---

// Calls the method of the layer with the request of a case.
template <typename Request, typename Method>
absl::StatusOr<Messages> CallWith(const Value& json, const Method& method) {
  Request request;
  if (absl::Status status = ParseValue(json, request); !status.ok()) return status;
  auto response = method(request);
  if (!response.ok()) return response.status();
  Messages messages;
  messages.push_back(std::make_unique<std::decay_t<decltype(*response)>>(*std::move(response)));
  return messages;
}

absl::StatusOr<v1::Document> Upload(const Client& client, v1::CreateDocumentRequest request,
                                    const CallOptions& options) {
  const v1::Document& document = request.document();
  std::istringstream content(document.has_content() ? document.content() : document.text());
  request.mutable_document()->clear_source();
  return client.UploadDocument(request, content, options);
}

absl::StatusOr<Messages> Stream(const Client& client, const ListValue& json,
                                const CallOptions& options) {
  std::vector<v1::ValidateDocumentsRequest> requests(json.values_size());
  for (int i = 0; i < json.values_size(); ++i) {
    if (absl::Status status = ParseValue(json.values(i), requests[i]); !status.ok()) return status;
  }
  Messages messages;
  size_t next = 0;
  const absl::Status status = client.CheckMany(
      [&]() -> std::optional<v1::ValidateDocumentsRequest> {
        if (next == requests.size()) return std::nullopt;
        return requests[next++];
      },
      [&](const std::string& id, const absl::StatusOr<v1::ValidateDocumentResponse>& outcome) {
        auto message = std::make_unique<v1::ValidateDocumentsResponse>();
        message->set_id(id);
        if (outcome.ok()) {
          *message->mutable_response() = *outcome;
        } else if (const auto info = ErrorInfoOf(outcome.status()); info.has_value()) {
          // Cases say what programs go by, not the words for people.
          v1::DocumentError* const error = message->mutable_response()->mutable_error();
          error->set_reason(info->reason());
          *error->mutable_metadata() = info->metadata();
        }
        messages.push_back(std::move(message));
        return true;
      },
      options);
  if (!status.ok()) return status;
  return messages;
}

// What the method of the name answers; nullopt when the client has none.
std::optional<absl::StatusOr<Messages>> Call(const Client& client, const std::string& name,
                                             const ListValue& requests,
                                             const CallOptions& options) {
  if (name == "ValidateDocuments") return Stream(client, requests, options);
  if (requests.values_size() != 1) return Unusable("one request is wanted");
  const Value& json = requests.values(0);
  if (name == "ValidateDocument") {
    return CallWith<v1::ValidateDocumentRequest>(
        json, [&](const auto& request) { return client.Check(request, options); });
  }
  if (name == "ValidateDocumentSet") {
    return CallWith<v1::ValidateDocumentSetRequest>(
        json, [&](const auto& request) { return client.CheckSet(request, options); });
  }
  if (name == "ExtractFigures") {
    return CallWith<v1::ExtractFiguresRequest>(
        json, [&](const auto& request) { return client.Extract(request, options); });
  }
  if (name == "CreateDocument") {
    return CallWith<v1::CreateDocumentRequest>(
        json, [&](const auto& request) { return client.CreateDocument(request, options); });
  }
  if (name == "UploadDocument") {
    return CallWith<v1::CreateDocumentRequest>(
        json, [&](const auto& request) { return Upload(client, request, options); });
  }
  if (name == "GetDocument") {
    return CallWith<v1::GetDocumentRequest>(
        json, [&](const auto& request) { return client.GetDocument(request, options); });
  }
  if (name == "ListDocuments") {
    return CallWith<v1::ListDocumentsRequest>(
        json, [&](const auto& request) { return client.ListDocuments(request, options); });
  }
  if (name == "DeleteDocument") {
    return CallWith<v1::DeleteDocumentRequest>(
        json, [&](const auto& request) -> absl::StatusOr<google::protobuf::Empty> {
          if (absl::Status status = client.DeleteDocument(request, options); !status.ok())
            return status;
          return google::protobuf::Empty();
        });
  }
  if (name == "ListRulePacks") {
    return CallWith<v1::ListRulePacksRequest>(
        json, [&](const auto& request) { return client.ListRulePacks(request, options); });
  }
  if (name == "ListRules") {
    return CallWith<v1::ListRulesRequest>(
        json, [&](const auto& request) { return client.ListRules(request, options); });
  }
  if (name == "GetRule") {
    return CallWith<v1::GetRuleRequest>(
        json, [&](const auto& request) { return client.GetRule(request, options); });
  }
  if (name == "TestRules") {
    return CallWith<v1::TestRulesRequest>(
        json, [&](const auto& request) { return client.TestRules(request, options); });
  }
  return std::nullopt;
}

// --- Cases ---

// Clears the field at the end of `path`, in every element of what is repeated.  False when there is
// no such field.
// NOLINTNEXTLINE(misc-no-recursion): as deep as a path of a case.
bool Clear(Message& message, const std::vector<std::string>& path, size_t at = 0) {
  const FieldDescriptor* const field = message.GetDescriptor()->FindFieldByName(path[at]);
  if (field == nullptr) return false;
  const auto& reflection = *message.GetReflection();
  if (at + 1 == path.size()) {
    reflection.ClearField(&message, field);
  } else if (field->is_repeated()) {
    for (int i = 0; i < reflection.FieldSize(message, field); ++i)
      if (!Clear(*reflection.MutableRepeatedMessage(&message, field, i), path, at + 1))
        return false;
  } else if (reflection.HasField(message, field)) {
    return Clear(*reflection.MutableMessage(&message, field), path, at + 1);
  }
  return true;
}

// Orders the messages of a stream; others are alone.
void SortById(Messages& messages) {
  std::sort(messages.begin(), messages.end(), [](const auto& a, const auto& b) {
    const auto id = [](const Message& message) {
      const auto* const of_stream = dynamic_cast<const v1::ValidateDocumentsResponse*>(&message);
      return of_stream == nullptr ? "" : of_stream->id();
    };
    return id(*a) < id(*b);
  });
}

// What is wrong with the error `got`; empty when it is the one that was wanted.
std::string CompareError(const absl::Status& got, const Struct& wanted) {
  const std::string code = absl::StatusCodeToString(got.code());
  const std::optional<google::rpc::ErrorInfo> info = ErrorInfoOf(got);
  // Of what the client itself refuses.
  const std::optional<core::ErrorReason> own = core::ReasonOf(got);
  const std::string reason = info.has_value()  ? info->reason()
                             : own.has_value() ? std::string(core::ToString(*own))
                                               : "";
  std::set<std::string> codes = {Text(wanted, "code")};
  for (const Value& one : Member(wanted, "code").list_value().values())
    codes.insert(one.string_value());
  bool same = codes.contains(code) && reason == Text(wanted, "reason");
  const std::map<std::string, std::string> metadata = core::MetadataOf(got);
  for (const auto& [key, value] : Member(wanted, "metadata").struct_value().fields())
    same = same && metadata.contains(key) && metadata.at(key) == value.string_value();
  if (same) return "";
  return absl::StrCat("got ", code, " ", reason, " ",
                      absl::StrJoin(metadata, ", ", absl::PairFormatter("=")), " (", got.message(),
                      "), wanted ", ToJson(wanted));
}

// What is wrong with the responses `got`; empty when they are those of the case.
std::string CompareResponses(Messages got, const Struct& test_case) {
  const ListValue& json = Member(test_case, "responses").list_value();
  if (got.size() != static_cast<size_t>(json.values_size()))
    return absl::StrCat("got ", got.size(), " responses, wanted ", json.values_size());
  Messages wanted;
  for (size_t i = 0; i < got.size(); ++i) {
    wanted.emplace_back(got[i]->New());
    if (absl::Status status = ParseValue(json.values(static_cast<int>(i)), *wanted[i]);
        !status.ok())
      return std::string(status.message());
  }
  SortById(got);
  SortById(wanted);
  for (size_t i = 0; i < got.size(); ++i) {
    for (const Value& ignored : Member(test_case, "ignore").list_value().values()) {
      const std::vector<std::string> path = absl::StrSplit(ignored.string_value(), '.');
      if (!Clear(*got[i], path) || !Clear(*wanted[i], path))
        return absl::StrCat("no field ", ignored.string_value());
    }
    if (!google::protobuf::util::MessageDifferencer::Equals(*got[i], *wanted[i]))
      return absl::StrCat("got ", ToJson(*got[i]), ", wanted ", ToJson(*wanted[i]));
  }
  return "";
}

absl::StatusOr<std::string> ReadPem(const Struct& server, const std::string& name) {
  if (Text(server, name).empty()) return "";
  absl::StatusOr<v1::Document> file = FileDocument(Text(server, name));
  if (!file.ok()) return file.status();
  return file->content();
}

absl::StatusOr<Client> ConnectTo(const Struct& server, const std::string& token) {
  ClientOptions options;
  options.token = token;
  for (const auto& [name, pem] : {std::pair("ca_file", &options.certificates.roots),
                                  std::pair("certificate_file", &options.certificates.certificate),
                                  std::pair("key_file", &options.certificates.key)}) {
    absl::StatusOr<std::string> text = ReadPem(server, name);
    if (!text.ok()) return text.status();
    *pem = *std::move(text);
  }
  return Client::Connect(Text(server, "target"), options);
}

// What is wrong with the case; empty when nothing is, "skip: …" when the client cannot express it.
std::string RunCase(const Struct& test_case, const Struct& servers) {
  static const std::set<std::string>& kKeys =
      *new std::set<std::string>{"description", "server",   "token",     "deadline_ms", "before",
                                 "call",        "requests", "responses", "error",       "ignore"};
  for (const auto& [key, value] : test_case.fields())
    if (!kKeys.contains(key)) return "unknown key " + key;
  const Struct& known = Member(servers, "servers").struct_value();
  const Struct& server = Member(known, Text(test_case, "server")).struct_value();
  if (Text(server, "target").empty()) return "no server " + Text(test_case, "server");
  const std::string& token = Text(test_case, "token");
  const absl::StatusOr<Client> client =
      ConnectTo(server, token.empty() ? "" : Text(Member(servers, "token").struct_value(), token));
  if (!client.ok()) return client.status().ToString();
  const Value& deadline = Member(test_case, "deadline_ms");
  const CallOptions options = {.timeout = absl::Milliseconds(
                                   deadline.has_number_value() ? deadline.number_value() : 10'000)};
  for (const Value& step : Member(test_case, "before").list_value().values()) {
    const Struct& before = step.struct_value();
    const auto got =
        Call(*client, Text(before, "call"), Member(before, "requests").list_value(), options);
    if (!got.has_value() || !got->ok())
      return "before: " + (got.has_value() ? got->status().ToString() : "no such method");
  }
  auto got =
      Call(*client, Text(test_case, "call"), Member(test_case, "requests").list_value(), options);
  if (!got.has_value()) return "skip: no method " + Text(test_case, "call");
  const Value& error = Member(test_case, "error");
  if (error.has_struct_value()) {
    return got->ok() ? "got a response, wanted " + ToJson(error)
                     : CompareError(got->status(), error.struct_value());
  }
  if (!got->ok()) return got->status().ToString();
  return CompareResponses(**std::move(got), test_case);
}

int Run(const std::string& servers_file, const std::string& cases_folder) {
  const absl::StatusOr<Struct> servers = ReadJson(servers_file);
  std::map<std::string, std::string> paths;  // by name
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(cases_folder, error))
    if (entry.path().extension() == ".json") paths[entry.path().stem()] = entry.path();
  if (!servers.ok() || paths.empty()) {
    std::cerr << "runner: "
              << (servers.ok() ? "no case in " + cases_folder : servers.status().ToString())
              << std::endl;
    return 2;
  }
  bool failed = false;
  for (const auto& [name, path] : paths) {
    const absl::StatusOr<Struct> test_case = ReadJson(path);
    std::string wrong =
        test_case.ok() ? RunCase(*test_case, *servers) : test_case.status().ToString();
    std::replace(wrong.begin(), wrong.end(), '\n', ' ');
    absl::string_view why = wrong;
    if (wrong.empty()) {
      std::cout << "ok " << name << std::endl;
    } else if (absl::ConsumePrefix(&why, "skip: ")) {
      std::cout << "skip " << name << ": " << why << std::endl;
    } else {
      std::cout << "FAIL " << name << ": " << wrong << std::endl;
      failed = true;
    }
  }
  return failed ? 1 : 0;
}

}  // namespace
}  // namespace crossfoot::client

int main(int argc, char** argv) {
  std::map<absl::string_view, std::string> flags = {{"--servers=", ""}, {"--cases=", ""}};
  for (int i = 1; i < argc; ++i) {
    absl::string_view word = argv[i];
    for (auto& [flag, value] : flags)
      if (absl::ConsumePrefix(&word, flag)) value = std::string(word);
  }
  return crossfoot::client::Run(flags["--servers="], flags["--cases="]);
}
