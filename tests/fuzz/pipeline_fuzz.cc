// Everything, from the bytes to the findings: indices lie in their lists, the sums of the summary
// agree, two runs give the same.

#include <memory>
#include <string>

#include "core/check.h"
#include "core/figure.h"
#include "core/finding.h"
#include "services/validation/pipeline.h"
#include "tests/fuzz/fuzz.h"

namespace crossfoot::validation {
namespace {

const Pipeline& ThePipeline() {
  static const Pipeline& pipeline = *[] {
    auto made = Pipeline::Create();
    CROSSFOOT_FUZZ_CHECK(made.ok());
    return std::move(*made).release();
  }();
  return pipeline;
}

void CheckFigures(const Validation& validation) {
  const int32_t count = static_cast<int32_t>(validation.figures.size());
  int32_t start = 0;
  for (int32_t i = 0; i < count; ++i) {
    const core::Figure& figure = validation.figures[i];
    CROSSFOOT_FUZZ_CHECK(figure.id == "f" + std::to_string(i + 1));
    fuzz::CheckRange(validation.document.text, figure.range);
    CROSSFOOT_FUZZ_CHECK(!figure.range.empty() && figure.range.start >= start);
    start = figure.range.start;
    CROSSFOOT_FUZZ_CHECK(figure.quantum.sign() >= 0);
    CROSSFOOT_FUZZ_CHECK(figure.mention < static_cast<int32_t>(validation.mentions.size()));
    for (const int32_t link : {figure.links.level, figure.links.rate, figure.links.whole}) {
      CROSSFOOT_FUZZ_CHECK(link >= -1 && link < count && link != i);
    }
    for (size_t a = 0; a < core::kAttributeCount; ++a) {
      fuzz::CheckRange(validation.document.text,
                       figure.evidence.range(static_cast<core::Attribute>(a)));
    }
    if (figure.time_period.has_value()) {
      CROSSFOOT_FUZZ_CHECK(figure.time_period->start <= figure.time_period->end);
    }
  }
}

void CheckFindings(const Validation& validation) {
  const int32_t figures = static_cast<int32_t>(validation.figures.size());
  const int32_t checks = static_cast<int32_t>(validation.checks.size());
  for (const core::Check& check : validation.checks) {
    for (const int32_t figure : check.figures) {
      CROSSFOOT_FUZZ_CHECK(figure >= 0 && figure < figures);
    }
  }
  for (const core::Finding& finding : validation.findings) {
    CROSSFOOT_FUZZ_CHECK(finding.suspect >= -1 && finding.suspect < figures);
    for (const int32_t check : finding.checks) {
      CROSSFOOT_FUZZ_CHECK(check >= 0 && check < checks);
    }
  }
  const Summary& summary = validation.summary;
  CROSSFOOT_FUZZ_CHECK(summary.checks ==
                       summary.checks_exact + summary.checks_within_rounding +
                           summary.checks_truncated + summary.checks_inconsistent +
                           summary.checks_undetermined + summary.checks_not_applicable +
                           summary.checks_blocked);
}

}  // namespace
}  // namespace crossfoot::validation

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace crossfoot::validation;  // NOLINT(google-build-using-namespace): a target's own
  const std::string source(crossfoot::fuzz::ToText(data, size));
  const auto validation = ThePipeline().Validate("fuzz", source, {});
  const auto again = ThePipeline().Validate("fuzz", source, {});
  CROSSFOOT_FUZZ_CHECK(validation.status() == again.status());
  if (!validation.ok()) return 0;
  CheckFigures(*validation);
  CheckFindings(*validation);
  CROSSFOOT_FUZZ_CHECK(again->figures.size() == validation->figures.size());
  for (size_t i = 0; i < again->figures.size(); ++i) {
    CROSSFOOT_FUZZ_CHECK(again->figures[i].DebugString() == validation->figures[i].DebugString());
  }
  CROSSFOOT_FUZZ_CHECK(again->findings.size() == validation->findings.size());
  return 0;
}
