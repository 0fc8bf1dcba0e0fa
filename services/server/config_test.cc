#include "services/server/config.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"

namespace crossfoot::server {
namespace {

std::string FieldOf(const config::v1::Server& config) {
  const absl::Status status = CompleteConfig(config).status();
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kArgumentInvalid) << status;
  return core::MetadataOf(status)["field"];
}

TEST(ConfigTest, HasDefaults) {
  const auto config = CompleteConfig({});
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->grpc().listen_address(), "127.0.0.1:50051");
  EXPECT_FALSE(config->has_http());
  EXPECT_EQ(config->limits().max_document_bytes(), 16 << 20);
  EXPECT_EQ(config->limits().max_calls(), 64);
  EXPECT_GE(config->limits().workers(), 1);
  EXPECT_EQ(config->limits().drain_ms(), 20'000);
  EXPECT_EQ(config->store().max_bytes(), 1 << 30);
}

TEST(ConfigTest, RefusesWhatNoServerCanDo) {
  config::v1::Server config;
  config.mutable_grpc()->set_listen_address("nonsense");
  EXPECT_EQ(FieldOf(config), "grpc.listen_address");
  config.mutable_grpc()->set_listen_address("0.0.0.0:0");
  EXPECT_EQ(FieldOf(config), "grpc.listen_address");
  config.set_allow_insecure_remote(true);
  EXPECT_TRUE(CompleteConfig(config).ok());
  config.set_allow_insecure_remote(false);
  config.mutable_tls()->set_certificate_file("a.pem");
  EXPECT_EQ(FieldOf(config), "tls.private_key_file");
  config.mutable_tls()->set_private_key_file("b.pem");
  EXPECT_TRUE(CompleteConfig(config).ok());
  config.mutable_http()->set_listen_address("");
  EXPECT_EQ(FieldOf(config), "http.listen_address");
  config.mutable_http()->set_listen_address("127.0.0.1:0");
  config.mutable_http()->set_max_connections(5000);
  EXPECT_EQ(FieldOf(config), "http.max_connections");
  config.clear_http();
  config.mutable_limits()->set_max_document_bytes(kMaxDocumentBytesLimit + 1);
  EXPECT_EQ(FieldOf(config), "limits.max_document_bytes");
  config.mutable_limits()->set_max_document_bytes(-1);
  EXPECT_EQ(FieldOf(config), "limits.max_document_bytes");
}

TEST(ConfigTest, ReadsAFile) {
  const auto config = LoadConfig("/etc/crossfoot/server.textproto",
                                 "grpc { listen_address: \"127.0.0.1:0\" }\n"
                                 "clients_file: \"clients.textproto\"\n"
                                 "rule_pack_files: \"/opt/rules.textproto\"\n"
                                 "store { file: \"documents.sqlite\" }\n");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->clients_file(), "/etc/crossfoot/clients.textproto");
  EXPECT_EQ(config->rule_pack_files(0), "/opt/rules.textproto");
  EXPECT_EQ(config->store().file(), "/etc/crossfoot/documents.sqlite");
}

TEST(ConfigTest, SaysWhereAMistakeStands) {
  const auto place = [](const std::string& text) {
    const absl::Status status = LoadConfig("s.textproto", text).status();
    EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDataInvalid) << status;
    return core::MetadataOf(status)["line"] + " " + std::string(status.message()).substr(0, 20);
  };
  EXPECT_EQ(place("grpc {\n  port: 5\n}\n").substr(0, 15), "2 s.textproto:2");
  EXPECT_EQ(place("\nlimits {\n  workers: 5000\n}\n"), "3 s.textproto:3:3: lim");
  EXPECT_EQ(place("log {\n  level: 99\n}\n").substr(0, 15), "2 s.textproto:2");
  EXPECT_EQ(place("\n\ntls {\n  certificate_file: \"a\"\n}\n"), "3 s.textproto:3:1: tls");
}

}  // namespace
}  // namespace crossfoot::server
