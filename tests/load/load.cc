// How fast the service is beside what this machine allows.
//
//   make load                        four and a half minutes, on a machine that does nothing
//   else
//
// Client and server are processes of this machine that talk over loopback; nothing is pinned, so
// both share its processors.  What a report costs at least is a call that does nothing (E calls a
// second of an echo service with messages of the same sizes, by the same client) and the check
// itself (c seconds of processor time from the serialised request to the parsed response, in
// process), so that N processors manage 1 / (1/E + c/N) reports a second at best.
//
// The client keeps as many calls under way as serve best, which a calibration finds.  Then come
// three rounds of all measurements.  In a round each method comes in several short turns, at full
// load with c measured before and after each turn, which is held against the mean of both: a busy
// neighbour slows down alike what is compared, and a hiccup of the machine spoils one turn.  A
// round is the median of its turns, and what is compared are medians of the rounds.  "Half load"
// starts calls at fixed times, half as many a second as the round served before; their latency
// counts from the time when they should have started.  "Processors at it" is how much of them
// client and server got: what is far below 100 % at full load went to other programs, and the rates
// say nothing then; "us of processor a call", of client and server together, hardly suffers from
// them.  The exit status is 1 when a bar is missed or a call failed, 2 when nothing could be
// measured.

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "services/validation/process_memory.h"
#include "tests/load/client.h"
#include "tests/load/echo.h"
#include "tests/load/in_process.h"
#include "tests/load/numbers.h"
#include "tests/testing/process.h"

namespace crossfoot::load {
namespace {

using testing::Process;

constexpr std::string_view kEchoServerFlag = "--echo-server";

// From the folder of the program's data files, which `bazel run` starts it in.
constexpr char kReport[] = "tests/load/report.txt";
constexpr char kServer[] = "clients/cli/crossfoot";

constexpr int kRounds = 3;
constexpr absl::Duration kWindow = absl::Seconds(5);
constexpr int kTurns = 5;  // of a method in each round
constexpr absl::Duration kTurnWindow = absl::Seconds(2);
constexpr absl::Duration kCheckWindow = absl::Seconds(1);
constexpr absl::Duration kCalibrationWindow = absl::Seconds(1);
// Up to what the server accepts by default; a count with refused calls is not chosen.
constexpr std::array<int32_t, 5> kOutstanding = {4, 8, 16, 32, 64};

// The bars.
constexpr int kLeastShareOfUnary = 80;   // % of the best rate
constexpr int kLeastShareOfStream = 95;  // % of the best rate
constexpr double kMostTimesMedian = 3;   // of p99 at half load over p50 at half load

int Processors() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

// A program that says on its first line where it listens.
struct Server {
  Process process;
  std::string address;
};

std::optional<Server> StartServer(const std::vector<std::string>& words) {
  absl::StatusOr<Process> process = Process::Start(words);
  if (!process.ok()) return std::nullopt;
  const std::string line = process->ReadLine();
  const std::string prefix = "listening on ";
  if (line.rfind(prefix, 0) != 0) return std::nullopt;
  return Server{*std::move(process), line.substr(prefix.size())};
}

double CpuSeconds(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Processor time that this process, the client, and `server` have used so far.
double CpuSecondsWith(const Server& server) {
  clockid_t clock{};
  if (clock_getcpuclockid(server.process.id(), &clock) != 0) return 0;
  return CpuSeconds(CLOCK_PROCESS_CPUTIME_ID) + CpuSeconds(clock);
}

// Something to call, and how many calls at a time serve best.
struct Subject {
  std::string name;
  const Server* server = nullptr;
  Method method;
  int32_t outstanding = 0;
};

// Tries each number of outstanding calls and keeps the best.
void Calibrate(Subject& subject) {
  double best = 0;
  std::printf("  %-12s", subject.name.c_str());
  for (const int32_t outstanding : kOutstanding) {
    const Measurement measurement =
        Call(subject.server->address, subject.method, {outstanding, 0}, kCalibrationWindow);
    std::printf("  %d: %.0f", outstanding, measurement.per_second);
    if (measurement.failures > 0) std::printf(" (%s)", measurement.first_failure.c_str());
    std::fflush(stdout);
    if (measurement.failures == 0 && measurement.per_second > best) {
      best = measurement.per_second;
      subject.outstanding = outstanding;
    }
  }
  std::printf("; takes %d\n", subject.outstanding);
}

// One line of the table: a value a round, the median of what was added in it.
class Row {
 public:
  Row(std::string name, int decimals) : name_(std::move(name)), decimals_(decimals) {}

  void Add(double value) { round_.push_back(value); }

  void EndRound() {
    if (!round_.empty()) values_.push_back(Median(round_));
    round_.clear();
  }

  double median() const { return Median(values_); }

  void Print() const {
    std::printf("  %-38s", name_.c_str());
    for (const double value : values_) std::printf(" %10.*f", decimals_, value);
    std::printf(" %10.*f\n", decimals_, median());
  }

 private:
  std::string name_;
  int decimals_;
  std::vector<double> round_;  // of the round that has not ended
  std::vector<double> values_;
};

// The lines of what one pace of one subject gives.
class Rows {
 public:
  explicit Rows(const std::string& name)
      : name_(name),
        rate_(name + ", a second", 0),
        p50_(name + ", p50 ms", 3),
        p99_(name + ", p99 ms", 3),
        cpu_(name + ", us of processor a call", 1),
        busy_(name + ", processors at it, %", 0) {}

  // Calls `subject` at this pace for `window` and adds what comes of it; the rate.
  double Measure(const Subject& subject, Pace pace, absl::Duration window) {
    const double cpu_begin = CpuSecondsWith(*subject.server);
    const auto begin = std::chrono::steady_clock::now();
    const Measurement measurement = Call(subject.server->address, subject.method, pace, window);
    const double cpu = CpuSecondsWith(*subject.server) - cpu_begin;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    rate_.Add(measurement.per_second);
    p50_.Add(measurement.p50_ms);
    p99_.Add(measurement.p99_ms);
    cpu_.Add(cpu / static_cast<double>(std::max<int64_t>(measurement.responses, 1)) * 1e6);
    busy_.Add(100 * cpu / (seconds.count() * Processors()));
    if (failures_ == 0) first_failure_ = measurement.first_failure;
    failures_ += measurement.failures;
    return measurement.per_second;
  }

  double per_second() const { return rate_.median(); }
  double p50_ms() const { return p50_.median(); }
  double p99_ms() const { return p99_.median(); }

  void EndRound() {
    for (Row* row : {&rate_, &p50_, &p99_, &cpu_, &busy_}) row->EndRound();
  }

  void Print() const {
    for (const Row* row : {&rate_, &p50_, &p99_, &cpu_, &busy_}) row->Print();
  }

  // Whether every call went well; says so when not.
  bool Faultless() const {
    if (failures_ == 0) return true;
    std::printf("  MISS  %s: %lld calls failed; the first: %s\n", name_.c_str(),
                static_cast<long long>(failures_), first_failure_.c_str());
    return false;
  }

 private:
  std::string name_;
  Row rate_, p50_, p99_, cpu_, busy_;
  int64_t failures_ = 0;
  std::string first_failure_;
};

bool Bar(const std::string& text, double value, bool met) {
  std::printf("  %s  %s: %.2f\n", met ? "PASS" : "MISS", text.c_str(), value);
  return met;
}

v1::ValidateDocumentRequest RequestOf(const std::string& report) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("report.txt");
  request.mutable_document()->set_content(report);
  return request;
}

// Sends one document through a stream; how the stream ended.
grpc::Status TryStream(const std::string& address, const v1::ValidateDocumentRequest& request) {
  const auto stub = v1::ValidationService::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  const auto stream = stub->ValidateDocuments(&context);
  v1::ValidateDocumentsRequest document;
  *document.mutable_request() = request;
  stream->Write(document);
  stream->WritesDone();
  v1::ValidateDocumentsResponse response;
  while (stream->Read(&response)) {
  }
  return stream->Finish();
}

// The four things that are called.  The types of the responses are static.
struct Subjects {
  Subject echo, echo_stream, unary, stream;
};

Subjects MakeSubjects(const Server& echo, const Server& server,
                      const v1::ValidateDocumentRequest& request,
                      const std::string& response_bytes) {
  const std::string unary_request = request.SerializeAsString();
  v1::ValidateDocumentsRequest document;
  *document.mutable_request() = request;
  const std::string stream_request = document.SerializeAsString();
  v1::ValidateDocumentsResponse stream_response;
  stream_response.mutable_response()->ParseFromString(response_bytes);
  const size_t stream_bytes = stream_response.ByteSizeLong();
  constexpr size_t kIdFieldBytes = 2 + kIdBytes;

  Subjects subjects;
  subjects.echo = {"echo",
                   &echo,
                   {"/crossfoot.load.EchoService/Echo", false,
                    EchoRequestOf(unary_request.size(), response_bytes.size()).SerializeAsString(),
                    response_bytes.size(), &EchoResponse::default_instance(), nullptr}};
  subjects.echo_stream = {"echo stream",
                          &echo,
                          {"/crossfoot.load.EchoService/EchoStream", true,
                           EchoRequestOf(stream_request.size(), stream_bytes).SerializeAsString(),
                           kIdFieldBytes + stream_bytes, &EchoResponse::default_instance(),
                           [](const google::protobuf::MessageLite& response) -> const std::string& {
                             return static_cast<const EchoResponse&>(response).id();
                           }}};
  subjects.unary = {
      "unary",
      &server,
      {"/crossfoot.v1.ValidationService/ValidateDocument", false, unary_request,
       response_bytes.size(), &v1::ValidateDocumentResponse::default_instance(), nullptr}};
  subjects.stream = {
      "stream",
      &server,
      {"/crossfoot.v1.ValidationService/ValidateDocuments", true, stream_request,
       kIdFieldBytes + stream_bytes, &v1::ValidateDocumentsResponse::default_instance(),
       [](const google::protobuf::MessageLite& response) -> const std::string& {
         return static_cast<const v1::ValidateDocumentsResponse&>(response).id();
       }}};
  return subjects;
}

int Run() {
  std::ifstream in(kReport, std::ios::binary);
  const std::string report{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (report.empty()) {
    std::fprintf(stderr, "load: %s cannot be read\n", kReport);
    return 2;
  }
  const v1::ValidateDocumentRequest request = RequestOf(report);
  const std::string request_bytes = request.SerializeAsString();
  const absl::StatusOr<std::string> response_bytes = CheckInProcess(request_bytes);
  if (!response_bytes.ok()) {
    std::fprintf(stderr, "load: %s\n", response_bytes.status().ToString().c_str());
    return 2;
  }
  v1::ValidateDocumentResponse response;
  response.ParseFromString(*response_bytes);
  const std::optional<Server> echo = StartServer({"/proc/self/exe", std::string(kEchoServerFlag)});
  const std::optional<Server> server = StartServer({kServer, "serve", "--listen=127.0.0.1:0"});
  if (!echo.has_value() || !server.has_value()) {
    std::fprintf(stderr, "load: a server does not start\n");
    return 2;
  }
  // The client waits for a time slice instead of interrupting what it measures.  The servers are
  // started already, as anybody would start them.
  const sched_param parameters{};
  sched_setscheduler(0, SCHED_BATCH, &parameters);
  const int cores = Processors();
  std::printf(
      "%zu bytes of report, %zu of request, %zu of response: %d figures, %d checks, "
      "%d findings; %d processors\n",
      report.size(), request_bytes.size(), response_bytes->size(), response.summary().figures(),
      response.summary().checks(), response.summary().findings(), cores);
  std::printf("client: one channel, one thread; %d streams\n\n", kStreams);

  Subjects subjects = MakeSubjects(*echo, *server, request, *response_bytes);
  const grpc::Status stream_status = TryStream(server->address, request);
  const bool streams = stream_status.ok();
  std::printf("calls under way: how many a second\n");
  Calibrate(subjects.echo);
  Calibrate(subjects.echo_stream);
  Calibrate(subjects.unary);
  if (streams) Calibrate(subjects.stream);

  Rows echo_rows("echo"), echo_stream_rows("echo stream"), unary("unary"), stream("stream");
  Rows unary_half("unary at half load"), stream_half("stream at half load");
  Row check("check, us of processor", 1), check_busy("check, us, all processors at it", 1);
  Row unary_share("unary, % of the best rate", 1), stream_share("stream, % of the best rate", 1);
  const auto saturate = [](const Subject& subject, Rows& rows, absl::Duration window) {
    return rows.Measure(subject, {subject.outstanding, 0}, window);
  };
  const auto half = [](const Subject& subject, double per_second, Rows& rows) {
    rows.Measure(subject, {0, std::max(per_second / 2, 1.0)}, kTurnWindow);
  };
  absl::Status fault;
  // Microseconds of processor time that a check takes; 0 when it fails.
  const auto measure_check = [&](int threads) {
    const auto seconds = CheckCpuSeconds(request_bytes, threads, kCheckWindow);
    if (!seconds.ok()) fault = seconds.status();
    return seconds.ok() ? *seconds * 1e6 : 0;
  };
  for (int round = 0; round < kRounds; ++round) {
    const double echo_per_second = saturate(subjects.echo, echo_rows, kWindow);
    check_busy.Add(measure_check(cores));
    double before = measure_check(1);
    check.Add(before);
    // A turn of `subject` at full load and the check after it; calls a second.
    const auto turn = [&](const Subject& subject, Rows& rows, Row& shares) {
      const double per_second = saturate(subject, rows, kTurnWindow);
      const double after = measure_check(1);
      const double mean = (before + after) / 2;
      shares.Add(100 * per_second / BestRate(echo_per_second, mean / 1e6, cores));
      check.Add(after);
      before = after;
      return per_second;
    };
    std::vector<double> unary_rates, stream_rates;
    for (int count = 0; count < kTurns; ++count) {
      unary_rates.push_back(turn(subjects.unary, unary, unary_share));
      if (streams) stream_rates.push_back(turn(subjects.stream, stream, stream_share));
    }
    for (int count = 0; count < kTurns; ++count) {
      half(subjects.unary, Median(unary_rates), unary_half);
      if (streams) half(subjects.stream, Median(stream_rates), stream_half);
    }
    saturate(subjects.echo_stream, echo_stream_rows, kWindow);
    for (Row* row : {&check, &check_busy, &unary_share, &stream_share}) row->EndRound();
    for (Rows* rows : {&echo_rows, &echo_stream_rows, &unary, &unary_half, &stream, &stream_half})
      rows->EndRound();
    if (!fault.ok()) {
      std::fprintf(stderr, "load: %s\n", fault.ToString().c_str());
      return 2;
    }
    std::fprintf(stderr, "round %d of %d is done\n", round + 1, kRounds);
  }

  std::printf("\n%-40s %10s %10s %10s %10s\n", "", "round 1", "round 2", "round 3", "median");
  echo_rows.Print();
  echo_stream_rows.Print();
  check.Print();
  check_busy.Print();
  unary.Print();
  unary_share.Print();
  unary_half.Print();
  if (streams) {
    stream.Print();
    stream_share.Print();
    stream_half.Print();
  }

  const double best = BestRate(echo_rows.per_second(), check.median() / 1e6, cores);
  std::printf(
      "\nE = %.0f a second, c = %.1f us: at best 1 / (1/E + c/%d) = %.0f reports a second\n",
      echo_rows.per_second(), check.median(), cores, best);
  bool met = true;
  const auto enough = [&met](const char* name, const Row& share, int least) {
    met &= Bar(std::string(name) + ": % of the best rate, at least " + std::to_string(least),
               share.median(), share.median() >= least);
  };
  const auto steady = [&met](const char* name, const Rows& rows) {
    const double times = rows.p50_ms() > 0 ? rows.p99_ms() / rows.p50_ms() : 0;
    met &= Bar(std::string(name) + " at half load: p99 / p50, at most 3", times,
               times > 0 && times <= kMostTimesMedian);
  };
  enough("unary", unary_share, kLeastShareOfUnary);
  steady("unary", unary_half);
  if (streams) {
    enough("stream", stream_share, kLeastShareOfStream);
    steady("stream", stream_half);
  } else {
    std::printf("  MISS  stream: ValidateDocuments is not served: status %d %s\n",
                stream_status.error_code(), stream_status.error_message().c_str());
    met = false;
  }
  for (const Rows* rows :
       {&echo_rows, &echo_stream_rows, &unary, &unary_half, &stream, &stream_half}) {
    met &= rows->Faultless();
  }
  std::printf(met ? "all bars are met\n" : "a bar is missed\n");
  return met ? 0 : 1;
}

int Main(int argc, char** argv) {
  validation::KeepFreedMemory();  // as the command line does
  if (argc == 2 && argv[1] == kEchoServerFlag) {
    ServeEcho();
    return 2;
  }
  return Run();
}

}  // namespace
}  // namespace crossfoot::load

int main(int argc, char** argv) { return crossfoot::load::Main(argc, argv); }
