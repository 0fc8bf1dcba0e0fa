#ifndef CROSSFOOT_SERVICES_VALIDATION_PIPELINE_H_
#define CROSSFOOT_SERVICES_VALIDATION_PIPELINE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "core/cancellation.h"
#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/mention.h"
#include "core/place.h"
#include "crossfoot/config/v1/rule_pack.pb.h"

// The one place that knows the order of the stages:
//
//   bytes ─► Document ─► Mention ─► Figure ─► Check ─► Finding
//
//   absl::StatusOr<std::unique_ptr<Pipeline>> pipeline = Pipeline::Create();
//   absl::StatusOr<Validation> validation = (*pipeline)->Validate("report.txt", bytes, {});
//
// Three outcomes, three channels: a report without contradictions gives no findings, a report that
// contradicts itself gives findings in an OK result, and a non-OK status means that nothing could
// be said.

namespace crossfoot::validation {

// A rule pack of the user's, as a path for messages and its text
// (crossfoot.config.v1.RulePack in text format).
struct RulePackFile {
  std::string path;
  std::string text;
};

struct Validation;

// What a pipeline finds around it, the same for all its documents.
struct PipelineSettings {
  // The program that reads PDF (services/document/pdf/reader), as a path.  Empty: PDF is refused
  // with kFormatUnsupported.
  std::string pdf_reader = {};
};

struct PipelineOptions {
  // The day that relative periods are resolved against when the report itself prints no year.
  // Periods found this way are marked as assumed.  nullopt: such periods stay open.
  std::optional<absl::CivilDay> reference_date;

  // The place that words such as 全市 and 我省 stand for where the report does not name it.  Empty:
  // they stay as they are.
  std::string home_area;
  static constexpr size_t kMaxHomeAreaBytes = 60;

  // Larger documents are refused with kDocumentTooLarge.  In bytes; 0 means the default.
  static constexpr int64_t kDefaultMaxDocumentBytes = int64_t{16} << 20;
  int64_t max_document_bytes = kDefaultMaxDocumentBytes;

  // Gives the work up with kCancelled or kDeadlineExceeded.  Not owned; may be null.
  const core::Cancellation* cancellation = nullptr;

  // Documents with more figures are refused with kTooManyFigures.
  static constexpr int32_t kDefaultMaxFigures = 1'000'000;
  int32_t max_figures = kDefaultMaxFigures;

  // Reports published before, the most recent first, that Validate holds the report against.  Not
  // owned.
  std::vector<const Validation*> earlier;

  // Asked, when the figures are read, for more of them that have to do with these.  They must
  // outlive the call.  May be empty.
  std::function<absl::StatusOr<std::vector<const Validation*>>(const Validation& read)>
      find_earlier;
};

// How many of what; every number that was read is counted somewhere.
struct Summary {
  int32_t sentences = 0;
  int32_t mentions = 0;                // of every kind
  int32_t number_mentions = 0;         // of kind kNumber
  int32_t numbers_without_figure = 0;  // numbers that became no figure
  int32_t figures = 0;
  int32_t checked_figures = 0;  // figures that at least one check binds
  int32_t checks = 0;
  int32_t checks_exact = 0;  // by verdict; these seven add up to `checks`
  int32_t checks_within_rounding = 0;
  int32_t checks_truncated = 0;
  int32_t checks_inconsistent = 0;
  int32_t checks_undetermined = 0;
  int32_t checks_not_applicable = 0;
  int32_t checks_blocked = 0;
  int32_t findings = 0;
  int32_t errors = 0;  // findings by severity
  int32_t warnings = 0;
  int32_t infos = 0;
  // Findings that a comment of the report or a baseline accepts, in none of the counts above.
  int32_t accepted = 0;
};

// A figure of an earlier report that a check binds.
struct CitedFigure {
  core::Figure figure;  // with an id of its own: "h1", "h2", …
  std::string uri;      // of the earlier report
  core::TextSpan span;  // in its source
  // Of a report that is no text.
  std::optional<core::Place> place = std::nullopt;
};

// How long each stage took.
struct StageTimes {
  std::chrono::nanoseconds document{}, mention{}, figure{}, check{};
};

// All that the stages made of one document.  A call that stops early leaves the later members
// empty.
struct Validation {
  core::Document document;
  std::vector<core::Mention> mentions;
  std::vector<core::Figure> figures;
  // Their indices of figures count on from `figures` into `cited`.
  std::vector<core::Check> checks;
  std::vector<core::Finding> findings;
  std::vector<CitedFigure> cited;
  Summary summary;
  StageTimes times;

  // The figure at an index of a check or finding; nullptr when there is none.
  const core::Figure* FigureAt(int32_t index) const {
    if (index < 0) return nullptr;
    const auto at = static_cast<size_t>(index);
    if (at < figures.size()) return &figures[at];
    return at - figures.size() < cited.size() ? &cited[at - figures.size()].figure : nullptr;
  }
};

// Holds the compiled lexicon, taxonomies and rules.  Immutable after Create and safe to share
// between threads.
class Pipeline {
 public:
  // Loads the data built into the program, and `rule_packs` behind its own.  kDataInvalid with file
  // and line when some of it is bad.
  static absl::StatusOr<std::unique_ptr<Pipeline>> Create(
      const std::vector<RulePackFile>& rule_packs = {}, PipelineSettings settings = {});

  virtual ~Pipeline() = default;

  // One like this with the rules of `rule_packs` behind its own.  kDataInvalid as for Create.
  virtual absl::StatusOr<std::unique_ptr<Pipeline>> With(
      const std::vector<RulePackFile>& rule_packs) const = 0;

  // Runs all stages, or the first ones.  `uri` names the document in messages and results and is
  // never opened. Errors: kDocumentEmpty, kDocumentTooLarge, kEncodingInvalid, kBinaryContent,
  // kNestingTooDeep, kTooManyFigures, kCancelled, kDeadlineExceeded; of formats that are no text
  // also kDocumentEncrypted, kDocumentDamaged, kFormatUnsupported, kTextLayerMissing, kInternal.
  virtual absl::StatusOr<Validation> Validate(std::string uri, std::string bytes,
                                              const PipelineOptions& options) const = 0;
  virtual absl::StatusOr<Validation> ExtractFigures(std::string uri, std::string bytes,
                                                    const PipelineOptions& options) const = 0;
  virtual absl::StatusOr<Validation> RecognizeMentions(std::string uri, std::string bytes,
                                                       const PipelineOptions& options) const = 0;

  // The rules that Validate applies, in their order.
  virtual const std::vector<config::v1::Rule>& rules() const = 0;
  // Where each of them stands: "file:line:column".
  virtual const std::vector<std::string>& rule_places() const = 0;

  // What the rules know the statistic of a figure by, its breakdown included: figures of several
  // reports are held against each other only when this and their area are the same.
  virtual std::string SeriesNameOf(const core::Figure& figure) const = 0;
};

}  // namespace crossfoot::validation

#endif  // CROSSFOOT_SERVICES_VALIDATION_PIPELINE_H_
