#include "services/server/grpc_call.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/slice.h"
#include "services/server/status.h"

namespace crossfoot::server {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::io::CodedOutputStream;
using Clock = core::Cancellation::Clock;

constexpr size_t kLargeBytes = 1 << 20;  // of a message; it is written in about a millisecond

std::string Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto at = context.client_metadata().find(key);
  return at == context.client_metadata().end() ? ""
                                               : std::string(at->second.data(), at->second.size());
}

class UnaryReactor final : public grpc::ServerUnaryReactor, public Exchange {
 public:
  void Begin(Dispatcher& dispatcher, const method::Method& method,
             grpc::CallbackServerContext* context, const grpc::ByteBuffer& request,
             grpc::ByteBuffer* response) {
    absl::StatusOr<std::shared_ptr<const Caller>> caller =
        IdentifyCaller(dispatcher, method, context);
    if (!caller.ok()) return Finish(ToGrpcStatus(caller.status()));
    const auto bytes = static_cast<int64_t>(request.Length());
    absl::StatusOr<admission::Admission::Ticket> ticket = dispatcher.Admit(bytes);
    if (!ticket.ok()) {
      dispatcher.Refused((*caller)->info, method, ticket.status());
      return Finish(ToGrpcStatus(ticket.status()));
    }
    // gRPC made it for this reactor alone and does not look at it again.
    request_ = const_cast<grpc::ByteBuffer*>(&request);
    response_ = response;
    cancellation_ = dispatcher.MakeCancellation(**caller);
    dispatcher.Start(*std::move(caller), method, bytes, *this, cancellation_, *std::move(ticket));
  }

  absl::Status Read(google::protobuf::Message* request) override {
    return Deserialize(request_, request);
  }
  absl::Status Write(google::protobuf::Message* response) override {
    return Serialize(response, cancellation_.get(), response_);
  }
  void Done(const absl::Status& status) override { Finish(ToGrpcStatus(status)); }

  void OnCancel() override {
    if (cancellation_ != nullptr) cancellation_->Cancel();
  }
  void OnDone() override { delete this; }

 private:
  grpc::ByteBuffer* request_ = nullptr;
  grpc::ByteBuffer* response_ = nullptr;
  Dispatcher::Cancellation cancellation_;  // set before any reaction
};

// Writes the message, whose sizes are cached, part by part, so that one can give it up in between:
// what is no message first, then each message that it holds.  Fields may come in any order
// (protobuf.dev, "Encoding").  It is left in pieces.
void WriteInSteps(Message* message, const core::Cancellation* cancellation,
                  CodedOutputStream* out) {
  constexpr uint32_t kLengthDelimited = 2;  // wire type
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(*message, &fields);
  std::erase_if(fields, [](const FieldDescriptor* field) {
    return field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field->is_map();
  });
  Message* const held = message->New(message->GetArena());
  reflection.SwapFields(message, held, fields);
  message->SerializeToCodedStream(out);
  for (const FieldDescriptor* field : fields) {
    const auto begin = [&](const Message& part) {
      out->WriteTag(static_cast<uint32_t>(field->number()) << 3 | kLengthDelimited);
      out->WriteVarint32(static_cast<uint32_t>(part.GetCachedSize()));
    };
    if (!field->is_repeated()) {
      Message* const part = reflection.MutableMessage(held, field);
      begin(*part);
      WriteInSteps(part, cancellation, out);
      continue;
    }
    const int count = reflection.FieldSize(*held, field);
    for (const size_t i : core::Steps(static_cast<size_t>(count), cancellation)) {
      const Message& part = reflection.GetRepeatedMessage(*held, field, static_cast<int>(i));
      begin(part);
      part.SerializeWithCachedSizes(out);
    }
  }
}

}  // namespace

CallInfo CallInfoOf(const grpc::CallbackServerContext& context) {
  CallInfo info = MakeCallInfo(telemetry::Transport::kGrpc, Metadata(context, "authorization"),
                               Metadata(context, "traceparent"), Metadata(context, "x-request-id"),
                               context.peer());
  const auto deadline = context.deadline();
  if (deadline != std::chrono::system_clock::time_point::max()) {
    info.deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                       deadline - std::chrono::system_clock::now());
  }
  return info;
}

absl::StatusOr<std::shared_ptr<const Caller>> IdentifyCaller(Dispatcher& dispatcher,
                                                             const method::Method& method,
                                                             grpc::CallbackServerContext* context) {
  CallInfo info = CallInfoOf(*context);
  context->AddInitialMetadata("x-request-id", info.request_id);
  if (info.traced) context->AddInitialMetadata("traceresponse", info.trace.ToString());
  return dispatcher.Identify(std::move(info), method);
}

absl::Status Deserialize(grpc::ByteBuffer* bytes, google::protobuf::Message* message) {
  bool parsed = false;
  {
    grpc::ProtoBufferReader reader(bytes);
    parsed = reader.status().ok() && message->ParseFromZeroCopyStream(&reader);
  }
  bytes->Clear();
  if (parsed) return absl::OkStatus();
  return core::MakeError(
      core::ErrorReason::kArgumentInvalid,
      absl::StrCat("the request is not a serialised ", message->GetDescriptor()->full_name()),
      {{"field", ""}});
}

absl::Status Serialize(Message* message, const core::Cancellation* cancellation,
                       grpc::ByteBuffer* bytes) {
  const size_t size = message->ByteSizeLong();
  if (size > static_cast<size_t>(std::numeric_limits<int32_t>::max()))
    return core::MakeError(core::ErrorReason::kInternal, "the response is too long for a message");
  grpc::Slice slice(size);
  auto* const begin = const_cast<uint8_t*>(slice.begin());
  if (size < kLargeBytes || message->GetArena() == nullptr) {
    message->SerializeWithCachedSizesToArray(begin);
  } else {
    google::protobuf::io::ArrayOutputStream array(begin, static_cast<int>(size));
    CodedOutputStream out(&array);
    WriteInSteps(message, cancellation, &out);
    if (core::Stopped(cancellation)) return cancellation->status();
  }
  grpc::ByteBuffer(&slice, 1).Swap(bytes);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* AnswerUnary(Dispatcher& dispatcher, const method::Method& method,
                                      grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  auto* reactor = new UnaryReactor();  // ends itself
  reactor->Begin(dispatcher, method, context, *request, response);
  return reactor;
}

}  // namespace crossfoot::server
