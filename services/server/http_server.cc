#include "services/server/http_server.h"

#include <httplib.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/report/json_writer.h"
#include "services/server/credentials.h"
#include "services/server/http_connection.h"
#include "services/server/http_route.h"
#include "services/server/listen_address.h"
#include "services/server/status.h"

namespace crossfoot::server {
namespace {

constexpr char kJson[] = "application/json";

// A connection on which nothing comes, or nothing is taken, for so long is closed.
constexpr time_t kIdleSeconds = 5;

// How long answers to calls that were given up at the end may take.
constexpr std::chrono::milliseconds kFarewell(500);

// Longest request line and headers.
constexpr size_t kMaxHeadBytes = 64 << 10;

// Runs connections on threads of their own, at most so many at a time: when all are taken, no more
// connections are accepted, and they wait in the system's queue, which is short.
class Connections final : public httplib::TaskQueue {
 public:
  explicit Connections(size_t most) : most_(most) {}

  void enqueue(std::function<void()> connection) override {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return open_ < most_ || ended_; });
    if (open_ == threads_.size() && !ended_) threads_.emplace_back([this] { Work(); });
    ++open_;
    waiting_.push_back(std::move(connection));
    changed_.notify_all();
  }

  void shutdown() override {
    std::vector<std::thread> threads;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      ended_ = true;
      threads.swap(threads_);
    }
    changed_.notify_all();
    for (std::thread& thread : threads) thread.join();
  }

 private:
  void Work() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      const std::function<void()> connection = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      connection();
      lock.lock();
      --open_;
      changed_.notify_all();
    }
  }

  const size_t most_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;  // guarded by mutex_, as all that follows
  size_t open_ = 0;                            // waiting or in work
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

// google/rpc/code.proto.
int HttpStatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kOk:
      return 200;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kCancelled:
      return 499;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    case absl::StatusCode::kDeadlineExceeded:
      return 504;
    default:
      return 500;
  }
}

void SetError(const absl::Status& status, httplib::Response& response) {
  const google::rpc::Status details = ToRpcStatus(status);
  response.status = HttpStatusOf(status.code());
  const absl::StatusOr<std::string> json = report::ToJsonLine(details);
  response.set_content(json.ok() ? *json : "{}", kJson);
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::RetryInfo retry;
    if (!detail.UnpackTo(&retry)) continue;
    // In whole seconds, rounded up.
    const auto& delay = retry.retry_delay();
    response.set_header("Retry-After",
                        std::to_string(delay.seconds() + (delay.nanos() > 0 ? 1 : 0)));
  }
  if (status.code() == absl::StatusCode::kUnauthenticated)
    response.set_header("WWW-Authenticate", "Bearer");
}

// A call whose request is made of a path, a query and a body.
class JsonExchange final : public Exchange {
 public:
  // What is given by reference must outlive it.
  JsonExchange(const HttpRoute& route, const HttpRoute::Fields& fields,
               const httplib::Params& query, std::string body,
               const core::Cancellation& cancellation)
      : route_(route),
        fields_(fields),
        query_(query),
        body_(std::move(body)),
        cancellation_(cancellation) {}

  absl::Status Read(google::protobuf::Message* request) override {
    const std::string body = std::move(body_);
    return route_.FillRequest(fields_, query_, body, request);
  }
  absl::Status Write(google::protobuf::Message* message) override {
    absl::StatusOr<std::string> json = report::ToJsonLine(*message, &cancellation_);
    if (json.ok()) response = *std::move(json);
    return json.status();
  }
  void Done(const absl::Status& ended) override {
    status = ended;
    done.Set();
  }

  // To be read when `done` is set.
  absl::Status status;
  std::string response;  // JSON
  Event done;

 private:
  const HttpRoute& route_;
  const HttpRoute::Fields& fields_;
  const httplib::Params& query_;
  std::string body_;
  const core::Cancellation& cancellation_;
};

// The library keeps a connection whatever the response says, unless its content cannot be given to
// the end.  For responses to requests whose body was not read: it would be taken for the next
// request.
void CloseAfter(httplib::Response& response) {
  auto body = std::make_shared<std::string>(std::move(response.body));
  const std::string type = response.get_header_value("Content-Type");
  response.body.clear();
  response.headers.erase("Content-Type");
  response.set_header("Connection", "close");
  response.set_content_provider(body->size(), type,
                                [body](size_t offset, size_t length, httplib::DataSink& sink) {
                                  sink.write(body->data() + offset, length);
                                  return false;
                                });
}

// Makes every handshake with the certificates that the files hold then; when they cannot be read,
// as in the middle of a change, with those of the start.
int UseCurrentCertificates(SSL* ssl, void* argument) {
  const auto& tls = *static_cast<const config::v1::Server::Tls*>(argument);
  if (CheckTlsFiles(tls).ok()) {
    SSL_use_certificate_chain_file(ssl, tls.certificate_file().c_str());
    SSL_use_PrivateKey_file(ssl, tls.private_key_file().c_str(), SSL_FILETYPE_PEM);
    if (!tls.client_ca_file().empty()) {
      X509_STORE* roots = X509_STORE_new();
      X509_STORE_load_file(roots, tls.client_ca_file().c_str());
      SSL_set0_verify_cert_store(ssl, roots);
    }
  }
  return 1;
}

bool SetUpTls(const config::v1::Server::Tls& tls, SSL_CTX& context) {
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  // Every connection shows its certificate anew: one that goes on with an earlier session would not
  // be asked for it, or, since that needs a name for the sessions, be refused.
  SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(&context, SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(&context, 0);
  if (SSL_CTX_use_certificate_chain_file(&context, tls.certificate_file().c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(&context, tls.private_key_file().c_str(), SSL_FILETYPE_PEM) != 1)
    return false;
  if (!tls.client_ca_file().empty()) {
    if (SSL_CTX_load_verify_file(&context, tls.client_ca_file().c_str()) != 1) return false;
    SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  SSL_CTX_set_cert_cb(&context, &UseCurrentCertificates,
                      const_cast<config::v1::Server::Tls*>(&tls));
  return true;
}

// The library's server with connections that end.
class Listener final : public httplib::Server {
 public:
  // `tls`: null for none.  Both must outlive it.
  Listener(const config::v1::Server::Tls* tls, const HttpConnection::Limits& limits)
      : limits_(limits) {
    if (tls == nullptr) return;
    tls_.reset(SSL_CTX_new(TLS_server_method()));
    tls_good_ = tls_ != nullptr && SetUpTls(*tls, *tls_);
  }

  bool is_valid() const override { return tls_good_; }

  // What goes on keeps the server from stopping until EndAll.
  void EndIdle() { connections_.EndIdle(); }
  void EndAll() { connections_.EndAll(); }

 private:
  bool process_and_close_socket(socket_t socket) override {
    HttpConnection connection(socket, tls_.get(), limits_, connections_);
    if (!connection.Begin()) return false;
    for (size_t left = keep_alive_max_count_; left > 0 && connection.WaitForRequest(); --left) {
      bool closed = false;
      if (!process_request(connection, left == 1 || connections_.ending(), closed,
                           [&connection](httplib::Request&) { connection.HeadDone(); }) ||
          closed)
        return false;
    }
    return true;
  }

  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  const HttpConnection::Limits limits_;
  std::unique_ptr<SSL_CTX, Free> tls_;
  bool tls_good_ = true;
  HttpConnections connections_;
};

class HttplibServer final : public HttpServer {
 public:
  HttplibServer(Dispatcher& dispatcher, HttpRoutes routes)
      : dispatcher_(dispatcher),
        config_(dispatcher.backend().config()),
        routes_(std::move(routes)),
        // Bytes grow by a third as base64; JSON may escape every character of a text.
        max_body_bytes_(6 * config_.limits().max_document_bytes() + (64 << 10)) {
    server_ = std::make_unique<Listener>(
        config_.has_tls() ? &config_.tls() : nullptr,
        HttpConnection::Limits{
            .idle = std::chrono::seconds(kIdleSeconds),
            // The call gives up first, and says so.
            .request = std::chrono::milliseconds(config_.limits().max_call_ms() + 1000),
            .head_bytes = kMaxHeadBytes});
    server_->new_task_queue = [this] { return new Connections(config_.http().max_connections()); };
    server_->set_keep_alive_max_count(1000);
    server_->set_tcp_nodelay(true);
    server_->set_payload_max_length(static_cast<size_t>(max_body_bytes_));
    // The library would give a part of the JSON.  The request is no constant; the handler alone
    // sees it as one.
    server_->set_pre_routing_handler([](const httplib::Request& request, httplib::Response&) {
      const_cast<httplib::Request&>(request).ranges.clear();
      return httplib::Server::HandlerResponse::Unhandled;
    });
    const auto plain = [this](const httplib::Request& request, httplib::Response& response) {
      Answer(request, response, nullptr);
    };
    server_->Get("/healthz", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("ok\n", "text/plain");
    });
    server_->Get("/readyz", [this](const httplib::Request&, httplib::Response& response) {
      response.status = ready_ ? 200 : 503;
      response.set_content(ready_ ? "ready\n" : "not ready\n", "text/plain");
    });
    server_->Get("/metrics", [this](const httplib::Request&, httplib::Response& response) {
      response.set_content(dispatcher_.Scrape(), "text/plain; version=0.0.4; charset=utf-8");
    });
    server_->Get(".*", plain);
    // The library would read the body of a DELETE, as long as one may be, before anything is asked.
    server_->Delete(".*",
                    [this](const httplib::Request& request, httplib::Response& response,
                           const httplib::ContentReader&) { Answer(request, response, nullptr); });
    server_->Options(".*", plain);
    const auto with_body = [this](const httplib::Request& request, httplib::Response& response,
                                  const httplib::ContentReader& content) {
      Answer(request, response, &content);
    };
    server_->Post(".*", with_body);
    server_->Put(".*", with_body);
    server_->Patch(".*", with_body);
    // What the library refuses by itself.
    server_->set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty() || response.content_provider_) return;
      const int status = response.status;
      SetError(core::MakeError(core::ErrorReason::kArgumentInvalid,
                               "not an HTTP request that this server understands", {{"field", ""}}),
               response);
      response.status = status;
    });
  }

  ~HttplibServer() override { Shutdown(std::chrono::system_clock::now()); }

  absl::Status Listen() {
    const auto fault = [this] {
      return core::MakeError(core::ErrorReason::kArgumentInvalid,
                             absl::StrCat("cannot listen on ", config_.http().listen_address(),
                                          ": the port is taken, not permitted, or the host is not "
                                          "this machine"),
                             {{"field", "http.listen_address"}});
    };
    absl::StatusOr<ListenAddress> address = ParseListenAddress(config_.http().listen_address());
    if (!address.ok()) return address.status();
    std::string host = address->host;
    if (host.front() == '[') host = host.substr(1, host.size() - 2);
    // The library shares the port with others by default.
    server_->set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    if (!server_->is_valid()) return fault();
    if (address->port == 0) {
      address->port = server_->bind_to_any_port(host);
      if (address->port < 0) return fault();
    } else if (!server_->bind_to_port(host, address->port)) {
      return fault();
    }
    address_ = address->ToString();
    thread_ = std::thread([this] {
      server_->listen_after_bind();
      ended_ = true;
    });
    return absl::OkStatus();
  }

  std::string address() const override { return address_; }
  void SetReady(bool ready) override { ready_ = ready; }

  void Shutdown(std::chrono::system_clock::time_point deadline) override {
    std::call_once(shutdown_once_, [this, deadline] {
      ready_ = false;
      if (!thread_.joinable()) return;
      // A server that does not run yet cannot be stopped.
      while (!server_->is_running() && !ended_) std::this_thread::yield();
      std::thread giver_up([this, deadline] {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait_until(lock, deadline, [this] { return joined_; });
        stopping_ = true;
        for (const Dispatcher::Cancellation& call : calls_) call->Cancel();
        // So that callers can be told.
        changed_.wait_for(lock, kFarewell, [this] { return joined_; });
        lock.unlock();
        server_->EndAll();
      });
      server_->stop();
      server_->EndIdle();
      thread_.join();
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        joined_ = true;
      }
      changed_.notify_all();
      giver_up.join();
    });
  }

 private:
  void Answer(const httplib::Request& request, httplib::Response& response,
              const httplib::ContentReader* content) {
    bool unread = HasBody(request);
    const absl::Status status = TryAnswer(request, response, content, &unread);
    if (!status.ok()) SetError(status, response);
    if (unread) CloseAfter(response);
  }

  static bool HasBody(const httplib::Request& request) {
    return request.has_header("Transfer-Encoding") ||
           (request.has_header("Content-Length") &&
            request.get_header_value("Content-Length") != "0");
  }

  // How long a body may be; the longest there is when it does not say.  kArgumentInvalid when it is
  // none that this server reads.
  absl::StatusOr<int64_t> LengthOf(const httplib::Request& request) const {
    const auto fault = [](const std::string& message) {
      return core::MakeError(core::ErrorReason::kArgumentInvalid, message, {{"field", ""}});
    };
    if (request.is_multipart_form_data())
      return fault("the body is a form; send JSON, with Content-Type: application/json");
    if (!request.has_header("Content-Length")) return max_body_bytes_;
    // What lies between could take another one of them for true.
    if (request.get_header_value_count("Content-Length") > 1 ||
        request.has_header("Transfer-Encoding"))
      return fault("the length of the body is given twice");
    const std::string& declared = request.get_header_value("Content-Length");
    int64_t length = 0;
    if (declared.find_first_not_of("0123456789") != std::string::npos ||
        !absl::SimpleAtoi(declared, &length))
      return fault("Content-Length is not a length");
    if (length > max_body_bytes_) return TooLarge();
    // Who knows how long it is when it is no longer compressed.
    return request.has_header("Content-Encoding") ? max_body_bytes_ : length;
  }

  absl::Status TryAnswer(const httplib::Request& request, httplib::Response& response,
                         const httplib::ContentReader* content, bool* unread) {
    CallInfo info = MakeCallInfo(
        telemetry::Transport::kHttp, request.get_header_value("Authorization"),
        request.get_header_value("traceparent"), request.get_header_value("X-Request-Id"),
        absl::StrCat(request.remote_addr, ":", request.remote_port));
    response.set_header("X-Request-Id", info.request_id);
    if (info.traced) response.set_header("traceresponse", info.trace.ToString());
    HttpRoute::Fields fields;
    std::string allowed;
    const HttpRoute* route = routes_.Find(request.method, request.path, &fields, &allowed);
    if (route == nullptr) {
      const absl::Status status = core::MakeError(
          core::ErrorReason::kMethodNotFound,
          absl::StrCat("no method is ", request.method, " ", request.path,
                       allowed.empty() ? "" : absl::StrCat("; this path has ", allowed)),
          {{"path", request.path}});
      if (allowed.empty()) return status;
      SetError(status, response);
      response.status = 405;
      response.set_header("Allow", allowed);
      return absl::OkStatus();
    }
    const absl::StatusOr<std::shared_ptr<const Caller>> caller =
        dispatcher_.Identify(std::move(info), route->method());
    if (!caller.ok()) return caller.status();
    // Room first, and then the body.
    std::string body;
    absl::StatusOr<int64_t> length = 0;
    if (content != nullptr) length = LengthOf(request);
    absl::Status fault = length.status();
    std::optional<admission::Admission::Ticket> ticket;
    if (fault.ok()) {
      absl::StatusOr<admission::Admission::Ticket> admitted = dispatcher_.Admit(*length);
      fault = admitted.status();
      if (admitted.ok()) ticket = *std::move(admitted);
    }
    const Dispatcher::Cancellation cancellation = dispatcher_.MakeCancellation(**caller);
    if (fault.ok() && content != nullptr) {
      if (*length < max_body_bytes_) body.reserve(static_cast<size_t>(*length));
      bool too_large = false;
      const bool whole = (*content)([&](const char* data, size_t size) {
        too_large = static_cast<int64_t>(body.size() + size) > max_body_bytes_;
        // One that comes drop by drop would hold its room for ever.
        if (too_large || !cancellation->status().ok()) return false;
        body.append(data, size);
        return true;
      });
      *unread = !whole;
      if (!whole) fault = too_large ? TooLarge() : cancellation->status();
      if (!whole && fault.ok()) {
        fault = core::MakeError(core::ErrorReason::kArgumentInvalid,
                                "the body of the request is cut off", {{"field", ""}});
      }
    }
    if (!fault.ok()) {
      dispatcher_.Refused((*caller)->info, route->method(), fault);
      return fault;
    }
    Enter(cancellation);
    const auto bytes = static_cast<int64_t>(body.size());
    JsonExchange exchange(*route, fields, request.params, std::move(body), *cancellation);
    dispatcher_.Start(*caller, route->method(), bytes, exchange, cancellation, *std::move(ticket));
    if (!HttpConnection::Current()->WaitUnlessClosed(exchange.done)) cancellation->Cancel();
    exchange.done.Wait();
    Leave(cancellation);
    if (!exchange.status.ok()) return exchange.status;
    response.status = 200;
    response.set_content(exchange.response, kJson);
    return absl::OkStatus();
  }

  absl::Status TooLarge() const {
    const int64_t limit = config_.limits().max_document_bytes();
    return core::MakeError(
        core::ErrorReason::kDocumentTooLarge,
        absl::StrCat("the body is too long for a document of at most ", limit, " bytes; split it"),
        {{"max_document_bytes", absl::StrCat(limit)}});
  }

  void Enter(const Dispatcher::Cancellation& call) {
    const std::lock_guard<std::mutex> lock(mutex_);
    calls_.insert(call);
    if (stopping_) call->Cancel();
  }
  void Leave(const Dispatcher::Cancellation& call) {
    const std::lock_guard<std::mutex> lock(mutex_);
    calls_.erase(call);
  }

  Dispatcher& dispatcher_;
  const config::v1::Server& config_;
  const HttpRoutes routes_;
  const int64_t max_body_bytes_;
  std::unique_ptr<Listener> server_;
  std::string address_;
  std::atomic<bool> ready_ = false;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
  std::once_flag shutdown_once_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<Dispatcher::Cancellation> calls_;  // in work; guarded by mutex_
  bool stopping_ = false;                     // guarded by mutex_
  bool joined_ = false;                       // guarded by mutex_
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(Dispatcher& dispatcher) {
  absl::StatusOr<HttpRoutes> routes = HttpRoutes::Make();
  if (!routes.ok()) return routes.status();
  auto server = std::make_unique<HttplibServer>(dispatcher, *std::move(routes));
  const absl::Status status = server->Listen();
  if (!status.ok()) return status;
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace crossfoot::server
