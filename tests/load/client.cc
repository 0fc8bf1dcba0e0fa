#include "tests/load/client.h"

#include <sys/prctl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "google/protobuf/arena.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/impl/codegen/proto_buffer_reader.h"
#include "tests/load/numbers.h"

namespace crossfoot::load {
namespace {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;

constexpr std::chrono::milliseconds kWarmUp(500);
constexpr size_t kResponseMemory = 256 << 10;  // bytes that a parsed response needs not more than

// What happens when an operation of the completion queue is done.
class Operation {
 public:
  virtual ~Operation() = default;
  virtual void Done(bool ok) = 0;
};

// Calls that are under way and what came of them.
class Caller {
 public:
  Caller(const std::string& address, const Method& method)
      : method_(method),
        channel_(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                           LargeMessages())) {}
  virtual ~Caller() = default;

  // What the thread of the completion queue runs, until `Close` was called and all calls have
  // ended.
  void Serve() {
    void* tag = nullptr;
    for (bool ok = false; queue_.Next(&tag, &ok);) static_cast<Operation*>(tag)->Done(ok);
  }

  // Starts a call that should have started at `start`.  Thread-safe.
  virtual void Start(Time start) = 0;

  // Each call that ends before `until` starts the next.
  void KeepGoing(Time until) { until_ = until; }

  // Nothing starts from outside from here on.
  void Close() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    if (under_way_ == 0) HangUp();
  }

  // After `Serve`: of those between `from` and `until`.
  Measurement Measure(Time from, Time until, bool by_start) const {
    Measurement measurement;
    std::vector<double> milliseconds;
    int64_t ended = 0;
    for (const auto& [start, end] : calls_) {
      const auto within = [&](Time time) { return time >= from && time < until; };
      ended += within(end);
      if (!within(by_start ? start : end)) continue;
      milliseconds.push_back(std::chrono::duration<double, std::milli>(end - start).count());
    }
    measurement.per_second =
        static_cast<double>(ended) / std::chrono::duration<double>(until - from).count();
    measurement.responses = static_cast<int64_t>(calls_.size());
    measurement.p50_ms = Percentile(milliseconds, 50);
    measurement.p99_ms = Percentile(std::move(milliseconds), 99);
    measurement.failures = failures_;
    measurement.first_failure = first_failure_;
    return measurement;
  }

 protected:
  // Ends what is left open and then the queue.  Called once, under `mutex_`.
  virtual void HangUp() = 0;

  // Reads a response into `response_`, in memory that is used again for each; says what is wrong
  // with it.
  std::optional<std::string> Parse(grpc::ByteBuffer* bytes) {
    if (bytes->Length() != method_.response_bytes) {
      return "a response of " + std::to_string(bytes->Length()) + " bytes, not " +
             std::to_string(method_.response_bytes);
    }
    arena_.Reset();
    response_ = method_.response_type->New(&arena_);
    grpc::ProtoBufferReader reader(bytes);
    if (!response_->ParseFromZeroCopyStream(&reader)) return "a response that cannot be parsed";
    return std::nullopt;
  }

  // A call began; under `mutex_`.
  void Began() { ++under_way_; }

  // A call came to its end; `failure` says how when it failed.
  void Ended(Time start, std::optional<std::string> failure) {
    const Time now = Clock::now();
    if (failure.has_value()) {
      const std::lock_guard<std::mutex> lock(mutex_);
      Fail(*std::move(failure), 1);
    } else {
      calls_.emplace_back(start, now);
    }
    if (now < until_) Start(now);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (--under_way_ == 0 && closed_) HangUp();
  }

  // Under `mutex_`.
  void Fail(std::string failure, int64_t count) {
    if (failures_ == 0) first_failure_ = std::move(failure);
    failures_ += count;
  }

  const Method& method_;
  std::vector<char> block_ = std::vector<char>(kResponseMemory);
  google::protobuf::Arena arena_{block_.data(), block_.size()};
  google::protobuf::MessageLite* response_ = nullptr;  // in arena_
  const std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_{channel_};
  grpc::CompletionQueue queue_;
  std::mutex mutex_;
  int64_t under_way_ = 0;  // guarded by mutex_
  bool closed_ = false;    // guarded by mutex_

 private:
  static grpc::ChannelArguments LargeMessages() {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(-1);
    // A connection of its own, not that of another caller to the same address.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return arguments;
  }

  Time until_ = Time::min();
  std::vector<std::pair<Time, Time>> calls_;  // begin and end; the serving thread's
  int64_t failures_ = 0;                      // guarded by mutex_
  std::string first_failure_;                 // guarded by mutex_
};

std::string Describe(const grpc::Status& status) {
  return "status " + std::to_string(status.error_code()) + ": " + status.error_message();
}

class UnaryCaller final : public Caller {
 public:
  UnaryCaller(const std::string& address, const Method& method) : Caller(address, method) {
    const grpc::Slice slice(method.request);
    request_ = grpc::ByteBuffer(&slice, 1);
  }

  void Start(Time start) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      Began();
    }
    auto* call = new UnaryCall(*this, start);
    call->reader = stub_.PrepareUnaryCall(&call->context, method_.path, request_, &queue_);
    call->reader->StartCall();
    call->reader->Finish(&call->response, &call->status, call);
  }

 private:
  struct UnaryCall final : Operation {
    UnaryCall(UnaryCaller& caller_in, Time start_in) : caller(caller_in), start(start_in) {}

    void Done(bool) override {
      caller.Ended(start, status.ok() ? caller.Parse(&response) : Describe(status));
      delete this;
    }

    UnaryCaller& caller;
    const Time start;
    grpc::ClientContext context;
    grpc::ByteBuffer response;
    grpc::Status status;
    std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  };

  void HangUp() override { queue_.Shutdown(); }

  grpc::ByteBuffer request_;
};

class StreamCaller final : public Caller {
 public:
  StreamCaller(const std::string& address, const Method& method)
      : Caller(address, method), request_(method.request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto& stream : streams_) stream = std::make_unique<Stream>(*this);
  }

  void Start(Time start) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    Stream& stream = *streams_[starts_.size() % streams_.size()];
    starts_.push_back(start);
    if (stream.broken) return Fail("a stream that has ended", 1);
    Began();
    stream.waiting.push_back(starts_.size() - 1);
    ++stream.under_way;
    Write(stream);
  }

 private:
  // One stream and its operations, of which each is under way once at most.  All of it is guarded
  // by the caller's mutex.
  struct Stream {
    struct Step final : Operation {
      Step(Stream& stream_in, void (StreamCaller::*done_in)(Stream&, bool))
          : stream(stream_in), done(done_in) {}
      void Done(bool ok) override { (stream.caller.*done)(stream, ok); }
      Stream& stream;
      void (StreamCaller::*const done)(Stream&, bool);
    };

    explicit Stream(StreamCaller& caller_in)
        : caller(caller_in),
          calls(caller.stub_.PrepareCall(&context, caller.method_.path, &caller.queue_)) {
      calls->StartCall(&started);
    }

    StreamCaller& caller;
    grpc::ClientContext context;
    const std::unique_ptr<grpc::GenericClientAsyncReaderWriter> calls;
    std::deque<size_t> waiting;  // what is to be written, as indices of `starts_`
    int64_t under_way = 0;       // waiting, or written and not yet answered
    bool writing = true;         // also before it has started
    bool broken = false;         // the server ended it
    bool finishing = false;
    grpc::ByteBuffer response;
    grpc::Status status;
    Step started{*this, &StreamCaller::Started};
    Step written{*this, &StreamCaller::Written};
    Step read{*this, &StreamCaller::Read};
    Step half_closed{*this, &StreamCaller::HalfClosed};
    Step finished{*this, &StreamCaller::Finished};
  };

  // Under the mutex.
  void Write(Stream& stream) {
    if (stream.writing || stream.waiting.empty()) return;
    stream.writing = true;
    // Field 1, of kIdBytes bytes.
    std::array<char, 2 + kIdBytes + 1> id{};
    std::snprintf(id.data(), id.size(), "\x0a%c%0*zu", static_cast<int>(kIdBytes),
                  static_cast<int>(kIdBytes), stream.waiting.front());
    stream.waiting.pop_front();
    const std::array<grpc::Slice, 2> slices = {grpc::Slice(id.data(), id.size() - 1), request_};
    stream.calls->Write(grpc::ByteBuffer(slices.data(), slices.size()), &stream.written);
  }

  void Started(Stream& stream, bool ok) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!ok) return Finish(stream);
    stream.writing = false;
    stream.calls->Read(&stream.response, &stream.read);
    Write(stream);
  }

  // When it failed, so does the read.
  void Written(Stream& stream, bool ok) {
    const std::lock_guard<std::mutex> lock(mutex_);
    stream.writing = !ok || stream.broken;
    Write(stream);
  }

  void Read(Stream& stream, bool ok) {
    if (!ok) {
      const std::lock_guard<std::mutex> lock(mutex_);
      return Finish(stream);
    }
    std::optional<std::string> failure = Parse(&stream.response);
    Time start = Time::min();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      --stream.under_way;
      if (!failure.has_value()) {
        const std::string& id = method_.id_of(*response_);
        const size_t index = std::strtoull(id.c_str(), nullptr, 10);
        if (index < starts_.size()) std::swap(start, starts_[index]);
        if (start == Time::min()) failure = "a response with an id that is not asked for: " + id;
      }
      stream.calls->Read(&stream.response, &stream.read);
    }
    Ended(start, std::move(failure));
  }

  // Under the mutex.
  void HangUp() override {
    hanging_up_ = true;
    for (const auto& stream : streams_) {
      if (!stream->broken) stream->calls->WritesDone(&stream->half_closed);
    }
    if (finished_ == streams_.size()) queue_.Shutdown();
  }
  // The server ends the stream then, which the read tells.
  void HalfClosed(Stream&, bool) {}

  // Asks how a stream ended, once there is nothing more to read.  Under the mutex.
  void Finish(Stream& stream) {
    stream.broken = true;
    stream.writing = true;  // nothing more is written
    stream.calls->Finish(&stream.status, &stream.finished);
  }

  void Finished(Stream& stream, bool) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!stream.status.ok() || stream.under_way > 0) {
      Fail(stream.status.ok() ? "a stream that ended early" : Describe(stream.status),
           std::max<int64_t>(stream.under_way, 1));
    }
    under_way_ -= stream.under_way;
    stream.under_way = 0;
    ++finished_;
    if (hanging_up_) {
      if (finished_ == streams_.size()) queue_.Shutdown();
    } else if (closed_ && under_way_ == 0) {
      HangUp();
    }
  }

  const grpc::Slice request_;
  std::array<std::unique_ptr<Stream>, kStreams> streams_;
  std::vector<Time> starts_;  // by id; Time::min() once answered; guarded by mutex_
  bool hanging_up_ = false;   // guarded by mutex_
  size_t finished_ = 0;       // streams; guarded by mutex_
};

}  // namespace

Measurement Call(const std::string& address, const Method& method, Pace pace,
                 absl::Duration window) {
  std::unique_ptr<Caller> caller;
  if (method.stream) {
    caller = std::make_unique<StreamCaller>(address, method);
  } else {
    caller = std::make_unique<UnaryCaller>(address, method);
  }
  const bool open_loop = pace.outstanding == 0;
  const Time begin = Clock::now();
  const Time from = begin + kWarmUp;
  const Time until = from + absl::ToChronoNanoseconds(window);
  if (!open_loop) caller->KeepGoing(until);
  std::thread serving([&caller] { caller->Serve(); });
  if (open_loop) {
    prctl(PR_SET_TIMERSLACK, 1UL);  // wakes up when asked to, not 50 us later
    const std::chrono::duration<double> gap(1 / pace.per_second);
    for (int64_t count = 0;; ++count) {
      const Time start =
          begin + std::chrono::duration_cast<Clock::duration>(gap * static_cast<double>(count));
      if (start >= until) break;
      std::this_thread::sleep_until(start);
      caller->Start(start);
    }
  } else {
    for (int32_t call = 0; call < pace.outstanding; ++call) caller->Start(Clock::now());
    std::this_thread::sleep_until(until);
  }
  caller->Close();
  serving.join();
  return caller->Measure(from, until, open_loop);
}

}  // namespace crossfoot::load
