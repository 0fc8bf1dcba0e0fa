#ifndef CROSSFOOT_RULES_ENGINE_TAXONOMY_H_
#define CROSSFOOT_RULES_ENGINE_TAXONOMY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "crossfoot/config/v1/taxonomy.pb.h"

namespace crossfoot::rules {

// One file of data, as a path for messages and its text.
struct DataFile {
  std::string path;
  std::string text;
};

// What is known of a domain: partitions that are exhaustive, names that mean the same.  Immutable
// and safe to share.
class Taxonomy {
 public:
  using Partition = config::v1::Partition;

  // The taxonomies built into the program.
  static absl::StatusOr<std::unique_ptr<const Taxonomy>> Load();

  // kDataInvalid with "file" and "line" for text that is no Taxonomy, an id that stands twice, a
  // partition of fewer than two parts, a part without a name, a name in two parts of one partition,
  // or a dimension that is not set.
  static absl::StatusOr<std::unique_ptr<const Taxonomy>> Parse(const std::vector<DataFile>& files);

  const std::vector<Partition>& partitions() const { return partitions_; }

  // A part that a name is a name of.
  struct PartRef {
    int32_t partition;  // index
    int32_t part;       // index in it
  };
  // The parts called `name` in partitions of `dimension`; empty when there are none.
  const std::vector<PartRef>& PartsCalled(Partition::Dimension dimension,
                                          std::string_view name) const;

  // The parts of partitions by prefix that `name` begins like: 公办 for 公办幼儿园.
  std::vector<PartRef> PartsBegunBy(std::string_view name) const;
  // Whether the parts of the statistic add up to the whole: not those of 人均收入.
  bool Additive(std::string_view indicator) const;
  // Whether the statistic may be below zero, so that a part may exceed its whole: 利润.
  bool MayBeNegative(std::string_view indicator) const;

  const std::vector<config::v1::Containment>& containments() const { return containments_; }

  // Whether growth of the statistic is at comparable prices by convention, so that it does not
  // follow from levels.
  bool RealGrowth(std::string_view indicator) const;
  bool NationName(std::string_view name) const;
  // What areas call the nation; empty without nation names.
  std::string_view nation() const {
    return nation_names_.empty() ? std::string_view() : nation_names_.front();
  }
  bool StartsWithNation(std::string_view phrase) const;
  // Of those, with a word for the report's own area: 全省.
  bool StartsWithHome(std::string_view phrase) const;

  // Whether `name` says that it is of a part of its population: 规模以上工业.
  bool Scoped(std::string_view name) const;

  // `name` without the words that two names of one statistic may differ in, synonyms made one.
  std::string Normalize(std::string_view name) const;

 private:
  std::vector<Partition> partitions_;
  std::vector<config::v1::Containment> containments_;
  absl::flat_hash_map<std::string, std::vector<PartRef>> parts_by_name_[2];  // area, sector
  std::vector<std::string> real_growth_, nation_names_, home_names_, non_additive_,
      may_be_negative_, scope_words_;
  std::vector<std::pair<std::string, PartRef>> prefixes_;
  // Words that Normalize replaces, longest first: noise by nothing, synonyms by the first of them.
  std::vector<std::pair<std::string, std::string>> replaced_;
  // Whether some of them begins with a character whose first bytes hash to the index: a quick no
  // for most places.
  std::vector<bool> may_begin_ = std::vector<bool>(0x10000, false);
};

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_TAXONOMY_H_
