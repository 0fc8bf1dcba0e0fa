#include "rules/engine/taxonomy.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"

namespace crossfoot::rules {
namespace {

TEST(TaxonomyTest, KnowsThePartsOfTheNation) {
  const auto taxonomy = Taxonomy::Load();
  ASSERT_TRUE(taxonomy.ok()) << taxonomy.status();
  const auto& parts = (*taxonomy)->PartsCalled(Taxonomy::Partition::DIMENSION_AREA, "东部地区");
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ((*taxonomy)->partitions()[parts[0].partition].id(), "macro-regions");
  EXPECT_TRUE((*taxonomy)->PartsCalled(Taxonomy::Partition::DIMENSION_SECTOR, "东部地区").empty());
  EXPECT_TRUE((*taxonomy)->RealGrowth("工业增加值"));
  EXPECT_FALSE((*taxonomy)->RealGrowth("进出口总值"));
  EXPECT_TRUE((*taxonomy)->StartsWithNation("全国出口总额"));
}

TEST(TaxonomyTest, ComparesNamesWithoutNoiseAndBySynonym) {
  const auto taxonomy = Taxonomy::Load();
  ASSERT_TRUE(taxonomy.ok());
  EXPECT_EQ((*taxonomy)->Normalize("我国外贸总值"), (*taxonomy)->Normalize("货物贸易进出口总值"));
  EXPECT_NE((*taxonomy)->Normalize("出口总值"), (*taxonomy)->Normalize("进口总值"));
  EXPECT_EQ((*taxonomy)->Normalize("全国"), "全国");  // nothing but noise stays as it is
}

struct BadTaxonomy {
  const char* name;
  const char* text;
  const char* message;
};

class BadTaxonomyTest : public ::testing::TestWithParam<BadTaxonomy> {};

TEST_P(BadTaxonomyTest, IsRefusedWithItsPlace) {
  const auto taxonomy = Taxonomy::Parse({{"t.textproto", GetParam().text}});
  ASSERT_FALSE(taxonomy.ok());
  EXPECT_EQ(core::ReasonOf(taxonomy.status()), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(std::string(taxonomy.status().message()), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadTaxonomyTest,
    ::testing::Values(
        BadTaxonomy{"NoId", "partitions { dimension: DIMENSION_AREA }",
                    "t.textproto:1: a partition without an id"},
        BadTaxonomy{"NoDimension", "\npartitions { id: \"p\" }",
                    "t.textproto:2: a partition without a dimension"},
        BadTaxonomy{"OnePart",
                    "partitions { id: \"p\" dimension: DIMENSION_AREA parts { names: \"a\" } }",
                    "t.textproto:1: a partition of fewer than two parts"},
        BadTaxonomy{"NamesTwoParts",
                    "partitions { id: \"p\" dimension: DIMENSION_AREA parts { names: \"a\" } parts "
                    "{ names: \"a\" } }",
                    "t.textproto:1: \"a\" names two parts"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace crossfoot::rules
