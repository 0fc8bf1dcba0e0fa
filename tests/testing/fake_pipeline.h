#ifndef CROSSFOOT_TESTS_TESTING_FAKE_PIPELINE_H_
#define CROSSFOOT_TESTS_TESTING_FAKE_PIPELINE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/validation/pipeline.h"

namespace crossfoot::testing {

// A text of two sentences whose four parts add up to 2471.88亿元 where 2463亿元 is printed, with
// the mentions, figures, the one failed check and the one finding that a reader would make of it,
// all set by hand.  `uri` names it.
validation::Validation MakeContradiction(std::string uri);

// The bytes that MakeContradiction has read.
std::string ContradictionText();

// Answers every document with `MakeContradiction`, except that an empty one is kDocumentEmpty, one
// above the limit kDocumentTooLarge, and one that starts with "clean" has no checks and findings.
// Calls `on_call`, when set, first.  With a pack it is the same but for its rules, which stay.
class FakePipeline : public validation::Pipeline {
 public:
  std::function<void(const std::string& bytes, const validation::PipelineOptions& options)> on_call;

  absl::StatusOr<validation::Validation> Validate(
      std::string uri, std::string bytes,
      const validation::PipelineOptions& options) const override;
  absl::StatusOr<validation::Validation> ExtractFigures(
      std::string uri, std::string bytes,
      const validation::PipelineOptions& options) const override;
  absl::StatusOr<validation::Validation> RecognizeMentions(
      std::string uri, std::string bytes,
      const validation::PipelineOptions& options) const override;
  absl::StatusOr<std::unique_ptr<validation::Pipeline>> With(
      const std::vector<validation::RulePackFile>& rule_packs) const override;
  const std::vector<config::v1::Rule>& rules() const override { return rule_list; }
  const std::vector<std::string>& rule_places() const override { return rule_place_list; }
  std::string SeriesNameOf(const core::Figure& figure) const override {
    return std::string(figure.indicator);
  }

  std::vector<config::v1::Rule> rule_list;
  std::vector<std::string> rule_place_list;
};

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_FAKE_PIPELINE_H_
