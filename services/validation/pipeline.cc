#include "services/validation/pipeline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "rules/engine/engine.h"
#include "services/document/segment.h"
#include "services/figure/resolve.h"
#include "services/lexicon/lexicon.h"
#include "services/mention/recognize.h"
#include "services/validation/suppression.h"

namespace crossfoot::validation {
namespace {

using core::MentionKind;
using core::Severity;
using core::Verdict;

class Stopwatch {
 public:
  // How long it is since the last call, or since it was made.
  std::chrono::nanoseconds Lap() {
    const auto now = std::chrono::steady_clock::now();
    return now - std::exchange(last_, now);
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

class BuiltInPipeline final : public Pipeline {
 public:
  BuiltInPipeline(std::shared_ptr<const lexicon::Lexicon> lexicon,
                  std::unique_ptr<const rules::Engine> engine,
                  std::vector<rules::DataFile> rule_packs, PipelineSettings settings)
      : lexicon_(std::move(lexicon)),
        engine_(std::move(engine)),
        rule_packs_(std::move(rule_packs)),
        settings_(std::move(settings)) {}

  static absl::StatusOr<std::unique_ptr<Pipeline>> Make(
      std::shared_ptr<const lexicon::Lexicon> lexicon, std::vector<rules::DataFile> rule_packs,
      PipelineSettings settings) {
    absl::StatusOr<std::unique_ptr<const rules::Engine>> engine = rules::Engine::Create(rule_packs);
    if (!engine.ok()) return engine.status();
    return std::make_unique<BuiltInPipeline>(std::move(lexicon), *std::move(engine),
                                             std::move(rule_packs), std::move(settings));
  }

  absl::StatusOr<std::unique_ptr<Pipeline>> With(
      const std::vector<RulePackFile>& rule_packs) const override {
    std::vector<rules::DataFile> files = rule_packs_;
    for (const RulePackFile& pack : rule_packs) files.push_back({pack.path, pack.text});
    return Make(lexicon_, std::move(files), settings_);
  }

  absl::StatusOr<Validation> Validate(std::string uri, std::string bytes,
                                      const PipelineOptions& options) const override {
    return Run(std::move(uri), std::move(bytes), options, Stage::kCheck);
  }
  absl::StatusOr<Validation> ExtractFigures(std::string uri, std::string bytes,
                                            const PipelineOptions& options) const override {
    return Run(std::move(uri), std::move(bytes), options, Stage::kFigure);
  }
  absl::StatusOr<Validation> RecognizeMentions(std::string uri, std::string bytes,
                                               const PipelineOptions& options) const override {
    return Run(std::move(uri), std::move(bytes), options, Stage::kMention);
  }
  const std::vector<config::v1::Rule>& rules() const override { return engine_->rules(); }
  const std::vector<std::string>& rule_places() const override { return engine_->rule_places(); }
  std::string SeriesNameOf(const core::Figure& figure) const override {
    return engine_->SeriesNameOf(figure);
  }

 private:
  enum class Stage { kMention, kFigure, kCheck };

  // The order of the stages.
  absl::StatusOr<Validation> Run(std::string uri, std::string bytes, const PipelineOptions& options,
                                 Stage last) const {
    const core::Cancellation* const cancellation = options.cancellation;
    Validation validation;
    const auto given_up = [&] {
      cancellation->Leave(std::move(validation));
      return cancellation->status();
    };
    Stopwatch stopwatch;
    absl::StatusOr<core::Document> document = document::SegmentDocument(
        std::move(uri), std::move(bytes),
        {.max_document_bytes = options.max_document_bytes > 0
                                   ? options.max_document_bytes
                                   : PipelineOptions::kDefaultMaxDocumentBytes,
         .pdf_reader = settings_.pdf_reader,
         .cancellation = cancellation});
    if (!document.ok()) return document.status();
    validation.document = *std::move(document);
    validation.times.document = stopwatch.Lap();
    validation.mentions = mention::RecognizeMentions(
        validation.document, *lexicon_,
        {.reference_date = options.reference_date, .cancellation = cancellation});
    validation.times.mention = stopwatch.Lap();
    if (core::Stopped(cancellation)) return given_up();
    if (last >= Stage::kFigure) {
      validation.figures =
          figure::ResolveFigures(validation.document, validation.mentions, *lexicon_,
                                 {.home_area = options.home_area, .cancellation = cancellation});
      validation.times.figure = stopwatch.Lap();
      if (core::Stopped(cancellation)) return given_up();
      if (static_cast<int64_t>(validation.figures.size()) > options.max_figures)
        return TooManyFigures(validation, options.max_figures);
    }
    if (last >= Stage::kCheck) {
      std::vector<const Validation*> earlier = options.earlier;
      if (options.find_earlier) {
        const absl::StatusOr<std::vector<const Validation*>> more =
            options.find_earlier(validation);
        if (!more.ok()) return more.status();
        earlier.insert(earlier.end(), more->begin(), more->end());
        stopwatch.Lap();
      }
      Check(earlier, cancellation, validation);
      validation.times.check = stopwatch.Lap();
      if (core::Stopped(cancellation)) return given_up();
    }
    Summarize(validation);
    return validation;
  }

  static absl::Status TooManyFigures(const Validation& validation, int32_t max_figures) {
    return core::MakeError(
        core::ErrorReason::kTooManyFigures,
        absl::StrCat(validation.document.uri, " has ", validation.figures.size(),
                     " figures, more than the limit of ", max_figures, "; split it"),
        {{"max_figures", absl::StrCat(max_figures)}});
  }

  void Check(const std::vector<const Validation*>& reports, const core::Cancellation* cancellation,
             Validation& validation) const {
    std::vector<const core::Figure*> earlier;
    std::vector<const Validation*> origins;  // of each
    for (const Validation* report : reports) {
      for (const core::Figure& figure : report->figures) earlier.push_back(&figure);
      origins.resize(earlier.size(), report);
    }
    rules::EngineResult result =
        engine_->Run(validation.figures, {.cancellation = cancellation}, earlier);
    validation.checks = std::move(result.checks);
    validation.findings = std::move(result.findings);
    validation.summary.accepted =
        Suppress(FindSuppressions(validation.document), validation.figures, validation.findings);
    for (const size_t index : result.cited) {
      const core::Document& origin = origins[index]->document;
      CitedFigure cited = {*earlier[index], origin.uri, origin.SpanOf(earlier[index]->range)};
      cited.place = origin.PlaceOf(cited.span);
      cited.figure.id = "h" + std::to_string(validation.cited.size() + 1);
      validation.cited.push_back(std::move(cited));
    }
  }

  static void Summarize(Validation& validation) {
    Summary& summary = validation.summary;
    summary.sentences = static_cast<int32_t>(validation.document.sentences.size());
    summary.mentions = static_cast<int32_t>(validation.mentions.size());
    for (const core::Mention& mention : validation.mentions) {
      if (mention.kind == MentionKind::kNumber || mention.kind == MentionKind::kUnreadable)
        ++summary.number_mentions;
    }
    summary.figures = static_cast<int32_t>(validation.figures.size());
    summary.numbers_without_figure = std::max(summary.number_mentions - summary.figures, 0);
    std::vector<bool> checked(validation.figures.size(), false);
    for (const core::Check& check : validation.checks) {
      for (const int32_t figure : check.figures) {
        if (static_cast<size_t>(figure) < checked.size()) checked[figure] = true;
      }
      switch (check.verdict) {
        case Verdict::kExact:
          ++summary.checks_exact;
          break;
        case Verdict::kWithinRounding:
          ++summary.checks_within_rounding;
          break;
        case Verdict::kTruncated:
          ++summary.checks_truncated;
          break;
        case Verdict::kInconsistent:
          ++summary.checks_inconsistent;
          break;
        case Verdict::kUndetermined:
          ++summary.checks_undetermined;
          break;
        case Verdict::kNotApplicable:
          ++summary.checks_not_applicable;
          break;
        case Verdict::kBlocked:
          ++summary.checks_blocked;
          break;
      }
    }
    summary.checked_figures =
        static_cast<int32_t>(std::count(checked.begin(), checked.end(), true));
    summary.checks = static_cast<int32_t>(validation.checks.size());
    summary.findings = static_cast<int32_t>(validation.findings.size());
    for (const core::Finding& finding : validation.findings) {
      if (finding.severity == Severity::kError) ++summary.errors;
      if (finding.severity == Severity::kWarning) ++summary.warnings;
      if (finding.severity == Severity::kInfo) ++summary.infos;
    }
  }

  std::shared_ptr<const lexicon::Lexicon> lexicon_;
  std::unique_ptr<const rules::Engine> engine_;
  std::vector<rules::DataFile> rule_packs_;  // behind those built into the program
  PipelineSettings settings_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pipeline>> Pipeline::Create(
    const std::vector<RulePackFile>& rule_packs, PipelineSettings settings) {
  std::vector<rules::DataFile> files;
  for (const RulePackFile& pack : rule_packs) files.push_back({pack.path, pack.text});
  absl::StatusOr<std::unique_ptr<const lexicon::Lexicon>> lexicon = lexicon::Lexicon::Load();
  if (!lexicon.ok()) return lexicon.status();
  return BuiltInPipeline::Make(*std::move(lexicon), std::move(files), std::move(settings));
}

}  // namespace crossfoot::validation
