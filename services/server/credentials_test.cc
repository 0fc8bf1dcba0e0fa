#include "services/server/credentials.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "core/error.h"
#include "tests/testing/certificates.h"

namespace crossfoot::server {
namespace {

class CredentialsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/credentials_test_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    const testing::CertificateAuthority authority("Root");
    const testing::Certificate own = authority.Issue("server");
    tls_.set_certificate_file(Write("certificate.pem", own.certificate));
    tls_.set_private_key_file(Write("key.pem", own.key));
    tls_.set_client_ca_file(Write("roots.pem", authority.root()));
  }
  void TearDown() override {
    for (const char* name : {"certificate.pem", "key.pem", "roots.pem", "other.pem"})
      unlink((folder_ + "/" + name).c_str());
    rmdir(folder_.c_str());
  }

  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ + "/" + name) << text;
    return folder_ + "/" + name;
  }

  std::string folder_;
  config::v1::Server::Tls tls_;
};

TEST_F(CredentialsTest, TakesWhatBelongsTogether) {
  EXPECT_TRUE(CheckTlsFiles(tls_).ok()) << CheckTlsFiles(tls_);
  config::v1::Server config;
  EXPECT_TRUE(MakeGrpcCredentials(config).ok());
  *config.mutable_tls() = tls_;
  EXPECT_TRUE(MakeGrpcCredentials(config).ok());
}

TEST_F(CredentialsTest, RefusesWhatDoesNot) {
  const auto fault = [this](const std::string& file) {
    const absl::Status status = CheckTlsFiles(tls_);
    EXPECT_EQ(core::MetadataOf(status)["file"], file) << status;
    EXPECT_EQ(std::string(status.message()).find("PRIVATE"), std::string::npos) << status;
    return core::ReasonOf(status);
  };
  const std::string key = tls_.private_key_file();
  const std::string other =
      Write("other.pem", testing::CertificateAuthority("Other").Issue("x").key);
  tls_.set_private_key_file(other);
  EXPECT_EQ(fault(other), core::ErrorReason::kDataInvalid);
  tls_.set_private_key_file(folder_ + "/none.pem");
  EXPECT_EQ(fault(folder_ + "/none.pem"), core::ErrorReason::kFileNotFound);
  tls_.set_private_key_file(key);
  tls_.set_client_ca_file(key);
  EXPECT_EQ(fault(key), core::ErrorReason::kDataInvalid);
  tls_.set_client_ca_file("");
  EXPECT_TRUE(CheckTlsFiles(tls_).ok());
  tls_.set_certificate_file(Write("certificate.pem", "nonsense"));
  EXPECT_EQ(fault(tls_.certificate_file()), core::ErrorReason::kDataInvalid);
}

}  // namespace
}  // namespace crossfoot::server
