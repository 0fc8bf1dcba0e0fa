#include "services/access/client_directory.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/sha256.h"
#include "gtest/gtest.h"
#include "services/access/token.h"

namespace crossfoot::access {
namespace {

constexpr absl::CivilDay kToday(2024, 6, 30);

std::string Digest(const std::string& token) {
  return absl::StrCat("token_sha256: \"", core::Sha256Hex(token), "\" ");
}

std::shared_ptr<const ClientDirectory> Loaded(const std::string& text) {
  auto directory = ClientDirectory::Load("clients.textproto", text);
  EXPECT_TRUE(directory.ok()) << directory.status();
  return directory.ok() ? *directory : nullptr;
}

TEST(ClientDirectoryTest, KnowsEachClientByEachOfItsTokens) {
  const auto directory =
      Loaded("clients { name: \"office\" " + Digest("one") + Digest("two") +
             "roles: ROLE_VALIDATE roles: ROLE_READ calls_per_minute: 60 bytes_per_minute: 1000 }\n"
             "clients { name: \"desk-2\" " +
             Digest("three") + "roles: [ROLE_WRITE] }\n");
  ASSERT_NE(directory, nullptr);
  EXPECT_EQ(directory->size(), 2);
  for (const char* token : {"one", "two"}) {
    const absl::StatusOr<Client> client = directory->Authenticate(token, kToday);
    ASSERT_TRUE(client.ok());
    EXPECT_EQ(client->name, "office");
    EXPECT_TRUE(client->Has(Role::kValidate));
    EXPECT_TRUE(client->Has(Role::kRead));
    EXPECT_FALSE(client->Has(Role::kWrite));
    EXPECT_EQ(client->calls_per_minute, 60);
    EXPECT_EQ(client->bytes_per_minute, 1000);
  }
  const absl::StatusOr<Client> desk = directory->Authenticate("three", kToday);
  ASSERT_TRUE(desk.ok());
  EXPECT_EQ(desk->name, "desk-2");
  EXPECT_EQ(desk->roles.count(), 1);
  EXPECT_EQ(desk->calls_per_minute, 0);
  EXPECT_FALSE(desk->expire_day.has_value());
}

TEST(ClientDirectoryTest, RefusesTokensFromTheirDayOn) {
  const auto directory = Loaded("clients { name: \"office\" " + Digest("one") +
                                "roles: ROLE_READ expire_day: \"2024-07-01\" }");
  ASSERT_NE(directory, nullptr);
  EXPECT_TRUE(directory->Authenticate("one", absl::CivilDay(2024, 6, 30)).ok());
  EXPECT_FALSE(directory->Authenticate("one", absl::CivilDay(2024, 7, 1)).ok());
  EXPECT_FALSE(directory->Authenticate("one", absl::CivilDay(2025, 1, 1)).ok());
}

TEST(ClientDirectoryTest, SaysTheSameOfUnknownExpiredAndMalformedTokens) {
  const auto directory = Loaded("clients { name: \"office\" " + Digest("one") +
                                "roles: ROLE_READ expire_day: \"2024-01-01\" }");
  ASSERT_NE(directory, nullptr);
  const absl::Status expired = directory->Authenticate("one", kToday).status();
  EXPECT_EQ(expired.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(core::ReasonOf(expired), core::ErrorReason::kCredentialsInvalid);
  EXPECT_EQ(directory->Authenticate("unknown", kToday).status(), expired);
  EXPECT_EQ(directory->Authenticate("", kToday).status(), expired);
  // A digest is no token.
  EXPECT_EQ(directory->Authenticate(core::Sha256Hex("one"), kToday).status(), expired);
  EXPECT_EQ(BearerToken("Bearer one one").status(), expired);
}

TEST(ClientDirectoryTest, LetsNobodyInWithoutClients) {
  const auto directory = Loaded("# nobody\n");
  ASSERT_NE(directory, nullptr);
  EXPECT_EQ(directory->size(), 0);
  EXPECT_FALSE(directory->Authenticate("", kToday).ok());
  EXPECT_FALSE(directory->Authenticate("one", kToday).ok());
}

struct Mistake {
  const char* name;
  std::string text;
  int line;
  const char* says;
};

class ClientDirectoryMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(ClientDirectoryMistakeTest, IsRefusedWithFileAndLine) {
  const Mistake& mistake = GetParam();
  const absl::Status status = ClientDirectory::Load("etc/clients", mistake.text).status();
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDataInvalid) << status;
  EXPECT_EQ(core::MetadataOf(status)["file"], "etc/clients");
  EXPECT_EQ(core::MetadataOf(status)["line"], absl::StrCat(mistake.line));
  const std::string message(status.message());
  EXPECT_EQ(message.find(absl::StrCat("etc/clients:", mistake.line, ":")), 0) << message;
  EXPECT_NE(message.find(mistake.says), std::string::npos) << message;
  EXPECT_EQ(message.find("s3cret"), std::string::npos) << message;
}

std::string Entry(const std::string& name, const std::string& token, const std::string& rest) {
  return absl::StrCat("clients {\n  name: \"", name, "\"\n  ", Digest(token), "\n  ", rest,
                      "\n}\n");
}

INSTANTIATE_TEST_SUITE_P(
    All, ClientDirectoryMistakeTest,
    testing::Values(
        Mistake{"Syntax", "clients {\n", 2, "Expected"},
        Mistake{"UnknownField", "clients {\n  nam: \"a\"\n}", 2, "nam"},
        Mistake{"NoName", "\nclients {\n" + Digest("one") + "roles: ROLE_READ }", 2, "name"},
        Mistake{"UpperCaseName", Entry("Office", "one", "roles: ROLE_READ"), 2, "a-z"},
        Mistake{"NameWithLineBreak", Entry("a\\nb", "one", "roles: ROLE_READ"), 2, "a-z"},
        Mistake{"LongName", Entry(std::string(64, 'a'), "one", "roles: ROLE_READ"), 2, "63"},
        Mistake{"TwoOfOneName",
                Entry("a", "one", "roles: ROLE_READ") + Entry("a", "two", "roles: ROLE_READ"), 7,
                "client a stands in line 1"},
        Mistake{"TwoOfOneToken",
                Entry("a", "one", "roles: ROLE_READ") + Entry("b", "one", "roles: ROLE_READ"), 8,
                "one of client a"},
        Mistake{"OneTokenTwice", Entry("a", "one", Digest("two") + "\n" + Digest("one")), 5,
                "one of client a"},
        Mistake{"NoToken", "clients {\n  name: \"a\" roles: ROLE_READ }", 1, "no token_sha256"},
        Mistake{"ShortDigest", "clients {\n name: \"a\"\n token_sha256: \"abc\" }", 3, "64"},
        Mistake{"UpperCaseDigest",
                "clients {\n name: \"a\"\n token_sha256: \"" + std::string(64, 'A') + "\" }", 3,
                "lower-case"},
        Mistake{"TokenForDigest", "clients {\n name: \"a\"\n token_sha256: \"cf_s3cret\" }", 3,
                "never"},
        Mistake{"TokenForDigestWithoutQuotes",
                "clients {\n name: \"a\"\n token_sha256: cf_s3cret }", 3, "Expected string"},
        Mistake{"TokenForDigestWithoutColon", "clients {\n name: \"a\"\n token_sha256 \"s3cret\" }",
                3, "Expected"},
        Mistake{"TokenForField", "clients {\n name: \"a\"\n cf_s3cret: 1 }", 3, "no field"},
        Mistake{"TokenForName", Entry("cf_s3cret", "one", "roles: ROLE_READ"), 2, "a-z"},
        Mistake{"NoRole", Entry("a", "one", ""), 1, "no role"},
        Mistake{"RoleUnspecified", Entry("a", "one", "roles: [ROLE_READ,\n ROLE_UNSPECIFIED]"), 4,
                "ROLE_WRITE"},
        Mistake{"RoleUnspecifiedAlone", Entry("a", "one", "roles: ROLE_READ\nroles: 0"), 5,
                "ROLE_WRITE"},
        Mistake{"RoleByNumber", Entry("a", "one", "roles: 9"), 4, "ROLE_WRITE"},
        Mistake{"NegativeCalls", Entry("a", "one", "roles: ROLE_READ calls_per_minute: -1"), 4,
                "calls_per_minute"},
        Mistake{"NegativeBytes", Entry("a", "one", "roles: ROLE_READ\n bytes_per_minute: -1"), 5,
                "bytes_per_minute"},
        Mistake{"NoSuchDay", Entry("a", "one", "roles: ROLE_READ expire_day: \"2024-02-30\""), 4,
                "expire_day"},
        Mistake{"DayOfAnotherForm", Entry("a", "one", "roles: ROLE_READ expire_day: \"2024-2-3\""),
                4, "YYYY-MM-DD"}),
    [](const testing::TestParamInfo<Mistake>& mistake) { return std::string(mistake.param.name); });

TEST(ClientDirectoryTest, AnswersManyThreadsWhileItIsReplaced) {
  const std::string text = Entry("a", "one", "roles: ROLE_READ");
  std::shared_ptr<const ClientDirectory> current = Loaded(text);
  ASSERT_NE(current, nullptr);
  std::atomic<int> known = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto directory = std::atomic_load(&current);
        if (directory->Authenticate("one", kToday).ok() &&
            !directory->Authenticate("two", kToday).ok()) {
          ++known;
        }
      }
    });
  }
  for (int i = 0; i < 20; ++i) std::atomic_store(&current, Loaded(text));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(known, 800);
}

}  // namespace
}  // namespace crossfoot::access
