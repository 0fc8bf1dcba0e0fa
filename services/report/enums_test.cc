#include "services/report/enums.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace crossfoot::report {
namespace {

// Core's own word for an enumerator is the proto's name without its prefix, so the two lists cannot
// drift apart.
template <typename Core>
void ExpectSameNames(std::string_view prefix, Core last, const std::string& (*name)(int)) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    const Core enumerator = static_cast<Core>(value);
    EXPECT_EQ(name(ToProto(enumerator)),
              std::string(prefix) + std::string(core::ToString(enumerator)));
  }
  EXPECT_EQ(ToProto(static_cast<Core>(static_cast<int>(last) + 1)), 0);
}

// Every enumerator that is ever sent is known on the way back, and leads back to itself.
template <typename Proto>
void ExpectInverse(Proto first, Proto last, bool (*valid)(int)) {
  for (int value = first; value <= last; ++value) {
    const auto enumerator = FromProto(static_cast<Proto>(value));
    ASSERT_TRUE(enumerator.has_value()) << value;
    EXPECT_EQ(ToProto(*enumerator), value);
  }
  EXPECT_FALSE(valid(last + 1));
  EXPECT_FALSE(FromProto(static_cast<Proto>(last + 1)).has_value());
  EXPECT_FALSE(FromProto(static_cast<Proto>(-1)).has_value());
}

TEST(EnumsTest, FromProtoIsTheInverse) {
  ExpectInverse(v1::MENTION_KIND_NUMBER, v1::MentionKind_MAX, &v1::MentionKind_IsValid);
  ExpectInverse(v1::QUALIFIER_EXACT, v1::Qualifier_MAX, &v1::Qualifier_IsValid);
  ExpectInverse(v1::FIGURE_KIND_LEVEL, v1::FigureKind_MAX, &v1::FigureKind_IsValid);
  ExpectInverse(v1::BASIS_UNSPECIFIED, v1::Basis_MAX, &v1::Basis_IsValid);
  ExpectInverse(v1::STATUS_ACTUAL, v1::Status_MAX, &v1::Status_IsValid);
  ExpectInverse(v1::ATTRIBUTE_NUMBER, v1::Attribute_MAX, &v1::Attribute_IsValid);
  ExpectInverse(v1::ORIGIN_UNSPECIFIED, v1::Origin_MAX, &v1::Origin_IsValid);
  ExpectInverse(v1::VERDICT_EXACT, v1::Verdict_MAX, &v1::Verdict_IsValid);
  ExpectInverse(v1::SEVERITY_UNSPECIFIED, v1::Severity_MAX, &v1::Severity_IsValid);
  EXPECT_FALSE(FromProto(v1::FIGURE_KIND_UNSPECIFIED).has_value());
}

TEST(EnumsTest, EnumeratorsHaveTheSameNames) {
  ExpectSameNames(
      "FIGURE_KIND_", core::FigureKind::kRank, +[](int value) -> const std::string& {
        return v1::FigureKind_Name(static_cast<v1::FigureKind>(value));
      });
  ExpectSameNames(
      "MENTION_KIND_", core::MentionKind::kUnreadable, +[](int value) -> const std::string& {
        return v1::MentionKind_Name(static_cast<v1::MentionKind>(value));
      });
  ExpectSameNames(
      "QUALIFIER_", core::Qualifier::kRange, +[](int value) -> const std::string& {
        return v1::Qualifier_Name(static_cast<v1::Qualifier>(value));
      });
  ExpectSameNames(
      "STATUS_", core::Status::kEstimate, +[](int value) -> const std::string& {
        return v1::Status_Name(static_cast<v1::Status>(value));
      });
  ExpectSameNames(
      "VERDICT_", core::Verdict::kBlocked, +[](int value) -> const std::string& {
        return v1::Verdict_Name(static_cast<v1::Verdict>(value));
      });
  ExpectSameNames(
      "SEVERITY_", core::Severity::kError, +[](int value) -> const std::string& {
        return v1::Severity_Name(static_cast<v1::Severity>(value));
      });
}

TEST(EnumsTest, AttributesAndOriginsKeepTheirOrder) {
  EXPECT_EQ(static_cast<int>(core::kAttributeCount), v1::Attribute_MAX);
  for (int value = 0; value < v1::Attribute_MAX; ++value) {
    EXPECT_EQ(ToProto(static_cast<core::Attribute>(value)), value + 1);
  }
  EXPECT_EQ(ToProto(core::Attribute::kRefArea), v1::ATTRIBUTE_REF_AREA);
  EXPECT_EQ(ToProto(core::Attribute::kStatus), v1::ATTRIBUTE_STATUS);
  EXPECT_EQ(ToProto(core::Origin::kNone), v1::ORIGIN_UNSPECIFIED);
  EXPECT_EQ(ToProto(core::Origin::kPrinted), v1::ORIGIN_PRINTED);
  EXPECT_EQ(ToProto(core::Origin::kCarried), v1::ORIGIN_CARRIED);
  EXPECT_EQ(ToProto(core::Origin::kAssumed), v1::ORIGIN_ASSUMED);
}

TEST(EnumsTest, BasisNoneIsUnspecified) {
  EXPECT_EQ(ToProto(core::Basis::kNone), v1::BASIS_UNSPECIFIED);
  for (int value = 1; value <= static_cast<int>(core::Basis::kNamed); ++value) {
    const core::Basis basis = static_cast<core::Basis>(value);
    EXPECT_EQ(v1::Basis_Name(ToProto(basis)), "BASIS_" + std::string(core::ToString(basis)));
  }
}

}  // namespace
}  // namespace crossfoot::report
