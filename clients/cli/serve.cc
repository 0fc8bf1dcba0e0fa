#include "clients/cli/serve.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "clients/cli/complaint.h"
#include "clients/cli/input.h"
#include "clients/cli/message.h"
#include "core/sha256.h"
#include "services/access/client_directory.h"
#include "services/access/token.h"
#include "services/server/backend.h"
#include "services/server/config.h"
#include "services/server/process_scheduling.h"
#include "services/server/server.h"

namespace crossfoot::cli {
namespace {

constexpr int64_t kMaxConfigBytes = int64_t{1} << 20;

absl::StatusOr<config::v1::Server> ReadConfig(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadFile(path, kMaxConfigBytes);
  if (!text.ok()) return text.status();
  return server::LoadConfig(path, *text);
}

}  // namespace

int RunServe(const Arguments& arguments, const Environment& environment) {
  config::v1::Server config;
  if (!arguments.config_file.empty()) {
    absl::StatusOr<config::v1::Server> read = ReadConfig(arguments.config_file);
    if (!read.ok()) {
      Complain(environment, AtPlace(arguments.config_file, read.status()));
      return kExitFailure;
    }
    config = *std::move(read);
  }
  config.MergeFrom(arguments.server);
  for (const std::string& path : arguments.rule_packs) config.add_rule_pack_files(path);
  // Both before any thread starts.
  server::PreferThroughput();
  const std::function<Signal()> next_signal = environment.catch_signals();
  const absl::StatusOr<std::unique_ptr<server::Server>> server =
      server::Server::Start(std::move(config), environment.make_pipeline, environment.log);
  if (!server.ok()) {
    Complain(environment, server.status());
    return kExitFailure;
  }
  environment.out << "listening on " << (*server)->address() << std::endl;
  if (!(*server)->http_address().empty())
    environment.out << "listening on http " << (*server)->http_address() << std::endl;
  // What a reload says is in the log.
  while (next_signal() == Signal::kReload) (*server)->Reload().IgnoreError();
  (*server)->Shutdown();
  return kExitClean;
}

int RunConfig(const Arguments& arguments, const Environment& environment) {
  const std::string& operand = arguments.config_operand;
  if (arguments.config_action == ConfigAction::kToken) {
    const absl::StatusOr<std::string> token = access::MakeToken();
    if (!token.ok()) {
      Complain(environment, token.status());
      return kExitFailure;
    }
    const std::string entry = "clients {\n  name: \"" + operand + "\"\n  token_sha256: \"" +
                              core::Sha256Hex(*token) + "\"\n  roles: ROLE_VALIDATE\n}\n";
    const absl::Status name = access::ClientDirectory::Load("clients", entry).status();
    if (!name.ok()) {
      Complain(environment, name);
      return kExitFailure;
    }
    environment.out << "# For the client alone, as it is not kept: " << *token << "\n" << entry;
    return kExitClean;
  }
  const absl::StatusOr<config::v1::Server> config = ReadConfig(operand);
  absl::Status fault = config.status();
  if (fault.ok()) fault = server::CheckFiles(*config, environment.make_pipeline);
  if (fault.ok()) return kExitClean;
  Complain(environment, AtPlace(operand, fault));
  return kExitFailure;
}

}  // namespace crossfoot::cli
