#include "clients/cli/baseline.h"

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

core::Finding FindingOf(const std::string& fingerprint) {
  core::Finding finding;
  finding.fingerprint = fingerprint;
  finding.rule_id = "some-rule";
  return finding;
}

constexpr char kKnown[] = "0123456789abcdef";
constexpr char kDated[] = "00000000000000aa";
constexpr char kNew[] = "ffffffffffffffff";

TEST(BaselineTest, AcceptsWhatItListsUpToItsDay) {
  const auto baseline = Baseline::Parse("known.txt",
                                        "# ours\r\n\n"
                                        "0123456789abcdef some-rule\r\n"
                                        "  00000000000000aa other until=2026-06-30 why not\n");
  ASSERT_TRUE(baseline.ok()) << baseline.status();
  const absl::CivilDay last(2026, 6, 30);
  EXPECT_TRUE(baseline->Accepts(FindingOf(kKnown), last + 1000));
  EXPECT_TRUE(baseline->Accepts(FindingOf(kDated), last));
  EXPECT_FALSE(baseline->Accepts(FindingOf(kDated), last + 1));
  EXPECT_FALSE(baseline->Accepts(FindingOf(kNew), last));
}

TEST(BaselineTest, RenewalKeepsTermsAndDropsWhatIsGone) {
  const auto baseline = Baseline::Parse(
      "known.txt", "0123456789abcdef some-rule\n00000000000000aa other until=2026-06-30 why not\n");
  ASSERT_TRUE(baseline.ok()) << baseline.status();
  const std::string renewed =
      baseline->Renewed({FindingOf(kNew), FindingOf(kDated), FindingOf(kNew)});
  EXPECT_EQ(renewed,
            "# FINGERPRINT RULE [until=YYYY-MM-DD] [reason]\n"
            "00000000000000aa other until=2026-06-30 why not\n"
            "ffffffffffffffff some-rule\n");
  EXPECT_TRUE(Baseline::Parse("known.txt", renewed).ok());
}

TEST(BaselineTest, RefusesWithTheLine) {
  const auto refusal = [](const std::string& text) {
    const absl::Status status = Baseline::Parse("k.txt", text).status();
    EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDataInvalid);
    return std::string(status.message().data(), status.message().size());
  };
  EXPECT_EQ(refusal("# x\n0123456789ABCDEF rule"),
            "k.txt:2: a line begins with a fingerprint, 16 of 0-9 and a-f");
  EXPECT_EQ(refusal("0123456789abcdef"), "k.txt:1: no rule behind the fingerprint");
  EXPECT_EQ(refusal("0123456789abcdef rule until=soon"),
            "k.txt:1: until= takes a day written as YYYY-MM-DD");
  EXPECT_EQ(refusal("0123456789abcdef rule\n0123456789abcdef rule"),
            "k.txt:2: the fingerprint stands twice");
}

}  // namespace
}  // namespace crossfoot::cli
