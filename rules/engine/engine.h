#ifndef CROSSFOOT_RULES_ENGINE_ENGINE_H_
#define CROSSFOOT_RULES_ENGINE_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "core/check.h"
#include "core/figure.h"
#include "core/finding.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "rules/engine/rule_pack.h"
#include "rules/engine/taxonomy.h"

namespace crossfoot::rules {

struct EngineOptions {
  // How many figures all checks of one document may bind together.  The check that would go beyond
  // is UNDETERMINED and says so, and no more are made.
  int64_t max_operands = 50'000'000;
  // How often relations may be evaluated in the search for suspects and repairs of one document.
  // What lies beyond is reported without a suspect, and bindings by likeness, which need a repair
  // to be reported, are then left out.  The order is that of the rules and the text, so the result
  // is the same on every machine.
  int64_t max_repair_evaluations = 2'000'000;
  // Gives the work up: the result is then without sense.  Not owned; may be null.
  const core::Cancellation* cancellation = nullptr;
};

struct EngineResult {
  std::vector<core::Check> checks;  // ids c1, c2, …, in the order of the rules, then of the text
  std::vector<core::Finding> findings;  // most severe first, then in text order
  // The earlier figures that checks bind, by their index in `earlier`.
  std::vector<size_t> cited;
};

// Applies rules to the figures of a document: binds tuples, evaluates them, and makes findings of
// those that fail. Immutable and safe to share between threads; `Run` is a pure function of the
// figures.
class Engine {
 public:
  // The rules and taxonomies built into the program and the rule packs of `files`.  kDataInvalid
  // with file and line when some of them are bad.
  static absl::StatusOr<std::unique_ptr<const Engine>> Create(
      const std::vector<DataFile>& files = {});

  Engine(RulePacks packs, std::unique_ptr<const Taxonomy> taxonomy)
      : packs_(std::move(packs)), taxonomy_(std::move(taxonomy)) {}

  // `earlier` are figures of reports published before, most recent first.  Indices in the result
  // count on from `figures` into `cited`.
  EngineResult Run(const std::vector<core::Figure>& figures, const EngineOptions& options = {},
                   const std::vector<const core::Figure*>& earlier = {}) const;

  const std::vector<config::v1::Rule>& rules() const { return packs_.rules; }
  // Where each of them stands: "file:line:column".
  const std::vector<std::string>& rule_places() const { return packs_.places; }

  // Name and breakdown of a figure as rules compare them over several reports.
  std::string SeriesNameOf(const core::Figure& figure) const;

 private:
  RulePacks packs_;
  std::unique_ptr<const Taxonomy> taxonomy_;
};

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_ENGINE_H_
