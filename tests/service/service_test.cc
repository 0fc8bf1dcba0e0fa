// The binary as a service: started, called over a real channel, stopped by a signal.

#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include "crossfoot/v1/extraction_service.grpc.pb.h"
#include "crossfoot/v1/rule_service.grpc.pb.h"
#include "crossfoot/v1/validation_service.grpc.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"
#include "gtest/gtest.h"
#include "tests/service/contradiction.h"
#include "tests/testing/process.h"
#include "tests/testing/raw_call.h"

namespace crossfoot {
namespace {

using testing::kConsistentReport;
using testing::kContradictoryReport;
using testing::Process;

class ServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<Process> process =
        Process::Start({testing::RunfilePath("clients/cli/crossfoot"), "serve",
                        "--listen=127.0.0.1:0", "--max-document-bytes=100K"});
    ASSERT_TRUE(process.ok()) << process.status();
    process_.emplace(*std::move(process));
    const std::string line = process_->ReadLine();
    const std::string prefix = "listening on ";
    ASSERT_EQ(line.rfind(prefix + "127.0.0.1:", 0), 0u) << line;
    channel_ = grpc::CreateChannel(line.substr(prefix.size()), grpc::InsecureChannelCredentials());
    validation_ = v1::ValidationService::NewStub(channel_);
    extraction_ = v1::ExtractionService::NewStub(channel_);
  }

  // Every test stops the server as an operator does.
  void TearDown() override {
    if (!process_.has_value()) return;
    // An idle client answers the server's farewell only every few seconds; a closed one need not.
    validation_.reset();
    extraction_.reset();
    channel_.reset();
    process_->Signal(SIGTERM);
    EXPECT_EQ(process_->Wait(), 0);
  }

  grpc::Status Validate(const v1::ValidateDocumentRequest& request,
                        v1::ValidateDocumentResponse* response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    return validation_->ValidateDocument(&context, request, response);
  }

  std::optional<Process> process_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ValidationService::Stub> validation_;
  std::unique_ptr<v1::ExtractionService::Stub> extraction_;
};

v1::ValidateDocumentRequest RequestFor(const std::string& content) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("report.txt");
  request.mutable_document()->set_content(content);
  request.mutable_options()->set_reference_date("2024-03-31");
  return request;
}

int CountErrors(const v1::ValidateDocumentResponse& response) {
  int count = 0;
  for (const v1::Finding& finding : response.findings()) {
    count += finding.severity() == v1::SEVERITY_ERROR;
  }
  return count;
}

TEST_F(ServiceTest, FindsTheContradiction) {
  v1::ValidateDocumentResponse response;
  grpc::Status status = Validate(RequestFor(kContradictoryReport), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.document().uri(), "report.txt");
  ASSERT_GE(CountErrors(response), 1) << response.DebugString();
  EXPECT_EQ(response.summary().errors(), CountErrors(response));
  const std::string source = kContradictoryReport;
  for (const v1::Figure& figure : response.figures()) {
    EXPECT_EQ(source.substr(figure.span().start_byte(),
                            figure.span().end_byte() - figure.span().start_byte()),
              figure.span().content());
  }

  status = Validate(RequestFor(kConsistentReport), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.findings_size(), 0) << response.DebugString();
  EXPECT_GE(response.summary().checks_exact() + response.summary().checks_within_rounding(), 1);
}

TEST_F(ServiceTest, ExtractsFigures) {
  grpc::ClientContext context;
  v1::ExtractFiguresRequest request;
  request.mutable_document()->set_text(kConsistentReport);
  request.mutable_options()->set_reference_date("2024-03-31");
  v1::ExtractFiguresResponse response;
  const grpc::Status status = extraction_->ExtractFigures(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.figures_size(), 6) << response.DebugString();
  EXPECT_EQ(response.figures(0).value(), "246300000000");
  EXPECT_EQ(response.figures(0).unit(), "CNY");
  EXPECT_EQ(response.figures(0).time_period().end(), "2024-02-29");
  EXPECT_EQ(response.figures(1).kind(), v1::FIGURE_KIND_GROWTH_RATE);
  EXPECT_EQ(response.figures(1).value(), "7.6");
}

TEST_F(ServiceTest, ErrorsCarryTheirReason) {
  const auto reason = [this](const v1::ValidateDocumentRequest& request) {
    v1::ValidateDocumentResponse response;
    const grpc::Status status = Validate(request, &response);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
    google::rpc::Status details;
    google::rpc::ErrorInfo info;
    if (details.ParseFromString(status.error_details()) && details.details_size() > 0) {
      details.details(0).UnpackTo(&info);
    }
    EXPECT_EQ(info.domain(), "crossfoot.dev");
    const auto offset = info.metadata().find("offset");
    return info.reason() + (offset == info.metadata().end() ? "" : "@" + offset->second);
  };
  EXPECT_EQ(reason({}), "ARGUMENT_INVALID");
  EXPECT_EQ(reason(RequestFor("")), "DOCUMENT_EMPTY");
  EXPECT_EQ(reason(RequestFor(" \n\t")), "DOCUMENT_EMPTY");
  EXPECT_EQ(reason(RequestFor("增长\xff")), "ENCODING_INVALID@6");
  EXPECT_EQ(reason(RequestFor(std::string("ab\0c", 4))), "BINARY_CONTENT@2");
  EXPECT_EQ(reason(RequestFor(std::string(100 * 1024 + 1, 'x'))), "DOCUMENT_TOO_LARGE");
  v1::ValidateDocumentRequest request = RequestFor("x");
  request.mutable_options()->set_reference_date("yesterday");
  EXPECT_EQ(reason(request), "ARGUMENT_INVALID");
}

TEST_F(ServiceTest, TellsItsHealthAndItsServices) {
  // grpc.health.v1.HealthCheckResponse {1: SERVING}.
  EXPECT_EQ(testing::RawCall(channel_, "/grpc.health.v1.Health/Check", "").value(), "\x08\x01");
  // grpc.reflection.v1alpha.ServerReflectionRequest {7: list_services}.
  const std::string services =
      testing::RawCall(channel_, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                       "\x3a\x01*")
          .value();
  EXPECT_NE(services.find("crossfoot.v1.ValidationService"), std::string::npos);
  EXPECT_NE(services.find("crossfoot.v1.ExtractionService"), std::string::npos);
  EXPECT_NE(services.find("crossfoot.v1.RuleService"), std::string::npos);
}

TEST_F(ServiceTest, ListsRulesAndTriesOthers) {
  const auto rules = v1::RuleService::NewStub(channel_);
  const auto context = [] {
    auto made = std::make_unique<grpc::ClientContext>();
    made->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    return made;
  };
  v1::ListRulePacksResponse packs;
  ASSERT_TRUE(rules->ListRulePacks(context().get(), {}, &packs).ok());
  ASSERT_GE(packs.rule_packs_size(), 1);
  v1::ListRulesRequest list;
  list.set_page_size(3);
  list.set_rule_pack(packs.rule_packs(0).name());
  v1::ListRulesResponse listed;
  ASSERT_TRUE(rules->ListRules(context().get(), list, &listed).ok());
  ASSERT_GE(listed.rules_size(), 1);
  v1::GetRuleRequest get;
  get.set_name(listed.rules(0).name());
  v1::Rule rule;
  ASSERT_TRUE(rules->GetRule(context().get(), get, &rule).ok());
  EXPECT_EQ(rule.title(), listed.rules(0).title());
  EXPECT_GE(rule.examples_size(), 2);
  get.set_name("rules/none");
  const grpc::Status missing = rules->GetRule(context().get(), get, &rule);
  EXPECT_EQ(missing.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_NE(missing.error_details().find("RULE_NOT_FOUND"), std::string::npos);
  v1::TestRulesRequest test;
  test.set_rule_pack_text("rules { id: \"ours\" }");
  v1::TestRulesResponse tested;
  const grpc::Status refused = rules->TestRules(context().get(), test, &tested);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_NE(refused.error_details().find("DATA_INVALID"), std::string::npos);
}

}  // namespace
}  // namespace crossfoot
