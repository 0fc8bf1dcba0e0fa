#include "services/server/backend.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/error.h"
#include "services/server/config.h"
#include "services/validation/pipeline.h"

namespace crossfoot::server {
namespace {

constexpr char kPack[] = R"pack(
rules {
  id: "our-occupancy"
  title_zh: "入住率" title_en: "Occupancy" rationale: "Definition."
  identity {
    expression: "occupancy = percent(sold / offered)"
    variables { name: "occupancy" type: TYPE_PERCENT indicators: "入住率" }
    variables { name: "sold" type: TYPE_AMOUNT indicators: "入住间夜" }
    variables { name: "offered" type: TYPE_AMOUNT indicators: "可供间夜" }
  }
  inconsistent: SEVERITY_ERROR
  message_zh: "入住率不符：{expression}" message_en: "The occupancy does not follow: {expression}"
  examples { name: "wrong" text: "2023年入住间夜75万间，可供间夜100万间，入住率57%。" hit: true }
  examples { name: "right" text: "2023年入住间夜75万间，可供间夜100万间，入住率75%。" }
})pack";

constexpr char kClients[] = R"(clients {
  name: "ci"
  token_sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  roles: ROLE_VALIDATE
})";

class BackendTest : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/backend_test_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
  }
  void TearDown() override {
    unlink(Path("rules").c_str());
    unlink(Path("clients").c_str());
    rmdir(folder_.c_str());
  }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name)) << text;
  }
  absl::StatusOr<std::unique_ptr<Backend>> Make() {
    config::v1::Server config;
    config.set_clients_file(Path("clients"));
    config.add_rule_pack_files(Path("rules"));
    return Backend::Create(CompleteConfig(config).value(),
                           [](const std::vector<validation::RulePackFile>& rule_packs) {
                             return validation::Pipeline::Create(rule_packs);
                           },
                           {.write =
                                [this](std::string_view line) {
                                  const std::lock_guard<std::mutex> lock(mutex_);
                                  log_.emplace_back(line);
                                },
                            .dropped = {}});
  }
  std::string LastLogged() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return log_.empty() ? "" : log_.back();
  }

  std::string folder_;
  std::mutex mutex_;
  std::vector<std::string> log_;  // guarded by mutex_
};

TEST_F(BackendTest, ReadsItsFilesAndReadsThemAnew) {
  Write("rules", kPack);
  Write("clients", kClients);
  const auto backend = Make();
  ASSERT_TRUE(backend.ok()) << backend.status();
  const size_t rules = (*backend)->pipeline()->rules().size();
  EXPECT_EQ((*backend)->pipeline()->rules().back().id(), "our-occupancy");
  EXPECT_EQ((*backend)->clients()->size(), 1u);

  // What is bad leaves all as it was.
  const auto before = (*backend)->pipeline();
  Write("rules", "rules { id: \"ours\" }");
  EXPECT_EQ(core::ReasonOf((*backend)->Reload()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ((*backend)->pipeline(), before);
  EXPECT_NE(LastLogged().find("\"what\":\"clients\""), std::string::npos) << LastLogged();

  Write("rules", "");
  Write("clients", "");
  EXPECT_TRUE((*backend)->Reload().ok());
  EXPECT_EQ((*backend)->pipeline()->rules().size(), rules - 1);
  EXPECT_EQ((*backend)->clients()->size(), 0u);
  EXPECT_EQ(before->rules().size(), rules);  // whoever has it keeps it
}

TEST_F(BackendTest, SeesThatAFileHasChanged) {
  Write("rules", "");
  Write("clients", kClients);
  const auto backend = Make();
  ASSERT_TRUE(backend.ok()) << backend.status();
  const auto before = (*backend)->pipeline();
  (*backend)->ReloadWhenChanged();
  EXPECT_EQ((*backend)->pipeline(), before);
  Write("rules", kPack);
  (*backend)->ReloadWhenChanged();
  EXPECT_EQ((*backend)->pipeline()->rules().back().id(), "our-occupancy");
}

TEST_F(BackendTest, DoesNotStartWithBadFiles) {
  Write("clients", kClients);
  EXPECT_EQ(core::ReasonOf(Make().status()), core::ErrorReason::kFileNotFound);
  std::string wrong = kPack;
  wrong.replace(wrong.find("57%"), 3, "75%");  // an example that does not do what it says
  Write("rules", wrong);
  EXPECT_FALSE(Make().ok());
  Write("rules", "");
  Write("clients", "clients {}");
  EXPECT_EQ(core::ReasonOf(Make().status()), core::ErrorReason::kDataInvalid);
}

// Calls go on while everything is read anew.
TEST_F(BackendTest, ReloadsUnderCalls) {
  Write("rules", "");
  Write("clients", kClients);
  const auto backend = Make();
  ASSERT_TRUE(backend.ok()) << backend.status();
  std::atomic<bool> stop = false;
  std::atomic<int> calls = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 3; ++caller) {
    callers.emplace_back([&] {
      while (!stop) {
        const auto pipeline = (*backend)->pipeline();
        const auto clients = (*backend)->clients();
        EXPECT_EQ(clients->size(), 1u);
        EXPECT_TRUE(pipeline->Validate("a.txt", "收入5亿元，增长3%。", {}).ok());
        ++calls;
      }
    });
  }
  for (int i = 0; i < 5; ++i) EXPECT_TRUE((*backend)->Reload().ok());
  while (calls < 10) std::this_thread::yield();
  stop = true;
  for (std::thread& caller : callers) caller.join();
}

}  // namespace
}  // namespace crossfoot::server
