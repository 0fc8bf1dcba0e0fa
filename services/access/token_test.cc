#include "services/access/token.h"

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::access {
namespace {

TEST(TokenTest, IsThirtyTwoRandomBytesBehindItsPrefix) {
  const absl::StatusOr<std::string> token = MakeToken();
  ASSERT_TRUE(token.ok());
  ASSERT_EQ(token->size(), 46);
  EXPECT_EQ(token->substr(0, 3), "cf_");
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token->substr(3), &bytes));
  EXPECT_EQ(bytes.size(), 32);
  EXPECT_TRUE(BearerToken("Bearer " + *token).ok());
}

TEST(TokenTest, NoTwoAreTheSameWhateverThreadMakesThem) {
  std::vector<std::vector<std::string>> made(4);
  std::vector<std::thread> threads;
  threads.reserve(made.size());
  for (std::vector<std::string>& mine : made) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 100; ++i) mine.push_back(MakeToken().value());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 400);
}

TEST(BearerTokenTest, ReadsTheTokenBehindTheSchemeInAnyCase) {
  for (const std::string header : {"Bearer mF_9.B5f-4.1JqM", "bearer mF_9.B5f-4.1JqM",
                                   "BEARER mF_9.B5f-4.1JqM", "bEaReR mF_9.B5f-4.1JqM"}) {
    EXPECT_EQ(BearerToken(header).value(), "mF_9.B5f-4.1JqM") << header;
  }
  EXPECT_EQ(BearerToken("Bearer a~+/==").value(), "a~+/==");
}

TEST(BearerTokenTest, IsMissingWhereThereIsNoneOrAnotherScheme) {
  for (const std::string header : {"", "Basic QWxhZGRpbg==", "Bearerx abc", "xBearer abc",
                                   " Bearer abc", "Bearer\tabc", "abc"}) {
    EXPECT_EQ(core::ReasonOf(BearerToken(header).status()), core::ErrorReason::kCredentialsMissing)
        << header;
  }
}

TEST(BearerTokenTest, RefusesWhatIsNotOneToken) {
  for (const std::string header : {"Bearer", "Bearer ", "Bearer  abc", "Bearer abc ",
                                   "Bearer abc def", "Bearer abc,Bearer def", "Bearer ==",
                                   "Bearer a=b", "Bearer \"abc\"", "Bearer abc\r\n", "Bearer ä"}) {
    EXPECT_EQ(BearerToken(header).status(), CredentialsInvalid()) << header;
  }
  EXPECT_FALSE(BearerToken(std::string("Bearer ab\0c", 11)).ok());
}

TEST(BearerTokenTest, NoErrorHoldsTheToken) {
  for (const std::string header : {"Bearer s3cret s3cret", "Basic s3cret", "s3cret"}) {
    EXPECT_EQ(BearerToken(header).status().ToString().find("s3cret"), std::string::npos);
  }
}

}  // namespace
}  // namespace crossfoot::access
