#include "services/report/sarif_writer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/text_span.h"
#include "core/verdict.h"
#include "crossfoot/interchange/v1/sarif.pb.h"
#include "crossfoot/v1/document_error.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "services/report/figure_text.h"
#include "services/report/finding_details.h"
#include "services/report/json_writer.h"
#include "services/report/language.h"
#include "services/report/occurrences.h"
#include "services/report/place.h"
#include "services/report/relative_path.h"
#include "services/report/utf8.h"
#include "services/report/version.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {
namespace {

using interchange::v1::SarifDriver;
using interchange::v1::SarifLocation;
using interchange::v1::SarifLog;
using interchange::v1::SarifNotification;
using interchange::v1::SarifPhysicalLocation;
using interchange::v1::SarifRegion;
using interchange::v1::SarifResult;
using interchange::v1::SarifRule;
using interchange::v1::SarifRun;
using validation::Validation;

constexpr char kSchema[] =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
constexpr char kInformationUri[] = "https://crossfoot.dev";
constexpr char kAutomationId[] = "crossfoot/";
constexpr char kResultsLeftOut[] = "RESULTS_LEFT_OUT";

// What GitHub shows of a result, and what it takes of a description.
constexpr size_t kMaxRelatedLocations = 100;
constexpr size_t kMaxDescriptionCharacters = 1024;
// Examples in the help of a rule.
constexpr int kMaxExamples = 4;

const char* LevelOf(core::Severity severity) {
  switch (severity) {
    case core::Severity::kError:
      return "error";
    case core::Severity::kWarning:
      return "warning";
    default:
      return "note";
  }
}

bool StartsCodePoint(char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }

// The start of `text`, UTF-8, of at most `limit` code points, the last of them an ellipsis when
// something was cut.
std::string CutToCharacters(std::string_view text, size_t limit) {
  size_t count = 0;
  size_t last = 0;  // where code point `limit` starts
  for (size_t at = 0; at < text.size(); ++at) {
    if (!StartsCodePoint(text[at])) continue;
    ++count;
    if (count == limit) last = at;
    if (count > limit) return std::string(text.substr(0, last)) + "…";
  }
  return std::string(text);
}

int32_t CodePoints(std::string_view text) {
  return static_cast<int32_t>(std::count_if(text.begin(), text.end(), StartsCodePoint));
}

// `text` where no part reads as a link: "[1, 2](3" would be one.
std::string WithoutLinks(std::string text) {
  for (size_t at = 0; (at = text.find("](", at)) != std::string::npos; ++at)
    text.insert(at + 1, 1, ' ');
  return text;
}

// The words of a link.
std::string LinkText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// A part of Markdown that is not to be read as Markdown.
std::string MarkdownText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\`*_{}[]<>#|~").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

class SarifReport final : public RunReport {
 public:
  SarifReport(RunReportOptions options, size_t max_results)
      : options_(std::move(options)), max_results_(max_results) {}

  void Add(const Validation& validation) override {
    Occurrences occurrences;
    for (const core::Finding& finding : validation.findings) {
      ++result_count_;
      results_.push_back({finding.severity, ToResult(validation, finding, occurrences)});
      // Never many more than are wanted, whatever is found.
      if (results_.size() > 2 * max_results_) KeepTheMostSevere();
    }
  }

  void AddFailure(std::string_view path, const v1::DocumentError& error) override {
    SarifNotification notification =
        Notification(error.reason(), "error", ToPrintable(error.message()));
    notification.add_locations()->mutable_physical_location()->mutable_artifact_location()->set_uri(
        UriOf(path));
    failures_.push_back(std::move(notification));
  }

  absl::StatusOr<std::string> Finish() override {
    KeepTheMostSevere();
    SarifLog log;
    log.set_schema(kSchema);
    log.set_version("2.1.0");
    SarifRun& run = *log.add_runs();
    SarifDriver& driver = *run.mutable_tool()->mutable_driver();
    driver.set_name("Crossfoot");
    driver.set_semantic_version(kVersion);
    driver.set_information_uri(kInformationUri);
    driver.set_language(LanguageTag());
    run.mutable_automation_details()->set_id(kAutomationId);
    run.set_column_kind("unicodeCodePoints");
    run.set_language(LanguageTag());
    auto& invocation = *run.add_invocations();
    invocation.set_execution_successful(failures_.empty());
    if (const size_t left_out = result_count_ - results_.size(); left_out > 0) {
      failures_.push_back(
          Notification(kResultsLeftOut, "warning",
                       English() ? std::to_string(left_out) +
                                       " findings are left out, the least severe: a run holds " +
                                       std::to_string(max_results_) + "."
                                 : "一次运行至多" + std::to_string(max_results_) + "个结果，另有" +
                                       std::to_string(left_out) + "个最轻的未列出。"));
    }
    for (SarifNotification& notification : failures_) {
      *invocation.add_tool_execution_notifications() = std::move(notification);
    }
    std::map<std::string, int32_t> rules;
    for (Result& result : results_) {
      const std::string& id = result.proto.rule_id();
      const auto [at, inserted] = rules.try_emplace(id, driver.rules_size());
      if (inserted) *driver.add_rules() = Describe(id);
      result.proto.set_rule_index(at->second);
      *run.add_results() = std::move(result.proto);
    }
    absl::StatusOr<std::string> json = ToFullJson(log);
    if (json.ok()) *json += "\n";
    return json;
  }

 private:
  struct Result {
    core::Severity severity;
    SarifResult proto;
  };

  bool English() const { return options_.language == Language::kEnglish; }
  std::string_view Choose(std::string_view chinese, std::string_view english) const {
    return English() ? english : chinese;
  }
  std::string LanguageTag() const { return English() ? "en" : "zh-CN"; }

  std::string UriOf(std::string_view path) const {
    return PathToUri(RelativePath(path, options_.working_directory));
  }

  // In the order that they came in, unless some must go.
  void KeepTheMostSevere() {
    if (results_.size() <= max_results_) return;
    std::stable_sort(results_.begin(), results_.end(),
                     [](const Result& a, const Result& b) { return a.severity > b.severity; });
    results_.resize(max_results_);
  }

  static SarifNotification Notification(std::string_view reason, const char* level,
                                        std::string message) {
    SarifNotification notification;
    notification.mutable_descriptor_reference()->set_id(std::string(reason));
    notification.set_level(level);
    notification.mutable_message()->set_text(std::move(message));
    return notification;
  }

  // Where there are no lines: GitHub shows no result without a region.
  static void SetFirstLine(SarifRegion& region) {
    region.set_start_line(1);
    region.set_start_column(1);
  }

  SarifPhysicalLocation PlaceOfFigure(const Validation& validation,
                                      const core::Figure& figure) const {
    const core::Document& document = validation.document;
    const auto [span, end_line, end_column] = ExtentOf(document, figure.range);
    SarifPhysicalLocation place;
    place.mutable_artifact_location()->set_uri(UriOf(document.uri));
    SarifRegion& region = *place.mutable_region();
    if (!document.places.empty()) {
      SetFirstLine(region);
      region.mutable_snippet()->set_text(ToValidUtf8(document.ContentOf(span)));
      return place;
    }
    region.set_start_line(span.line);
    region.set_start_column(span.column);
    region.set_end_line(end_line);
    region.set_end_column(end_column);
    region.set_byte_offset(span.start_byte);
    region.set_byte_length(span.end_byte - span.start_byte);
    region.mutable_snippet()->set_text(ToValidUtf8(document.ContentOf(span)));
    return place;
  }

  // Where in a document without lines; empty for text, whose regions say it.
  static std::string PlaceWithoutLines(const Validation& validation, core::TextRange range) {
    const core::Document& document = validation.document;
    return document.places.empty() ? "" : PlaceWithin(document, range);
  }
  static std::string PlaceWithoutLines(const validation::CitedFigure& cited) {
    return cited.place.has_value() ? PlaceSuffix(cited.span, cited.place).substr(1) : "";
  }

  SarifPhysicalLocation PlaceOfCited(const validation::CitedFigure& cited) const {
    const core::TextSpan& span = cited.span;
    const std::string& content = cited.figure.content;
    SarifPhysicalLocation place;
    place.mutable_artifact_location()->set_uri(UriOf(cited.uri));
    SarifRegion& region = *place.mutable_region();
    if (cited.place.has_value()) {
      SetFirstLine(region);
      return place;
    }
    region.set_start_line(span.line);
    region.set_start_column(span.column);
    // The words are known without the blanks between them; with some, the end is not.
    if (static_cast<size_t>(span.end_byte - span.start_byte) == content.size()) {
      region.set_end_line(span.line);
      region.set_end_column(span.column + CodePoints(content));
    }
    region.set_byte_offset(span.start_byte);
    region.set_byte_length(span.end_byte - span.start_byte);
    return place;
  }

  // The role of a figure in the first of the finding's checks that binds it.
  std::string_view RoleIn(const Validation& validation, const core::Finding& finding,
                          int32_t figure) const {
    for (const int32_t index : finding.checks) {
      if (index < 0 || static_cast<size_t>(index) >= validation.checks.size()) continue;
      const core::Check& check = validation.checks[index];
      const auto at = std::find(check.figures.begin(), check.figures.end(), figure);
      if (at != check.figures.end()) {
        return RoleOf(check, static_cast<size_t>(at - check.figures.begin()), options_.language);
      }
    }
    return "";
  }

  // The other operands as related locations of `result`; what a message says of them, with links.
  std::string AddOperands(const Validation& validation, const core::Finding& finding, int32_t shown,
                          SarifResult& result) const {
    std::string links;
    std::vector<int32_t> seen = {shown};
    for (const int32_t index : finding.figures) {
      const core::Figure* figure = validation.FigureAt(index);
      if (figure == nullptr || std::find(seen.begin(), seen.end(), index) != seen.end()) continue;
      if (static_cast<size_t>(result.related_locations_size()) == kMaxRelatedLocations) break;
      seen.push_back(index);
      const auto at = static_cast<size_t>(index);
      const bool own = at < validation.figures.size();
      const std::string content =
          own ? ContentOf(validation, *figure) : ToPrintable(figure->content);
      const std::string role = ToPrintable(RoleIn(validation, finding, index));
      const std::string subject = SubjectOf(*figure);
      SarifLocation& location = *result.add_related_locations();
      const int32_t id = result.related_locations_size();
      location.set_id(id);
      *location.mutable_physical_location() =
          own ? PlaceOfFigure(validation, *figure)
              : PlaceOfCited(validation.cited[at - validation.figures.size()]);
      std::string& words = *location.mutable_message()->mutable_text();
      for (const std::string& part :
           {own ? PlaceWithoutLines(validation, figure->range)
                : PlaceWithoutLines(validation.cited[at - validation.figures.size()]),
            role, content, subject}) {
        if (part.empty()) continue;
        if (!words.empty()) words += ' ';
        words += part;
      }
      if (!links.empty()) links += Choose("、", ", ");
      if (!role.empty()) links += WithoutLinks(role) + " ";
      links += "[" + LinkText(content) + "](" + std::to_string(id) + ")";
    }
    return links;
  }

  SarifResult ToResult(const Validation& validation, const core::Finding& finding,
                       Occurrences& occurrences) const {
    SarifResult result;
    result.set_rule_id(ToPrintable(finding.rule_id));
    result.set_level(LevelOf(finding.severity));
    const int32_t shown = ShownFigure(validation, finding);
    SarifLocation& location = *result.add_locations();
    if (shown >= 0) {
      *location.mutable_physical_location() = PlaceOfFigure(validation, validation.figures[shown]);
    } else {
      SarifPhysicalLocation& place = *location.mutable_physical_location();
      place.mutable_artifact_location()->set_uri(UriOf(validation.document.uri));
      SetFirstLine(*place.mutable_region());
    }
    std::string text =
        shown >= 0 ? WithoutLinks(PlaceWithoutLines(validation, validation.figures[shown].range))
                   : "";
    if (!text.empty()) text += Choose("：", ": ");
    text += WithoutLinks(MessageOf(finding, options_.language));
    text += Choose("。", ".");
    for (const Detail& detail : DetailsOf(validation, finding, options_.language)) {
      text += "\n" + WithoutLinks(ToText(detail, options_.language));
    }
    const std::string links = AddOperands(validation, finding, shown, result);
    if (!links.empty()) text += std::string(Choose("\n数据：", "\nfigures: ")) + links;
    result.mutable_message()->set_text(std::move(text));
    result.mutable_partial_fingerprints()->set_primary_location_line_hash(
        finding.fingerprint + ":" + std::to_string(occurrences.Next(finding)));
    return result;
  }

  SarifRule Describe(const std::string& id) const {
    const v1::Rule rule = options_.describe_rule ? options_.describe_rule(id) : v1::Rule();
    SarifRule described;
    described.set_id(id);
    if (rule.name().empty()) {
      described.mutable_short_description()->set_text(id);
      described.mutable_full_description()->set_text(id);
      described.mutable_help()->set_text(id);
      return described;
    }
    const std::string title = ToPrintable(rule.title());
    const std::string rationale = ToPrintable(rule.rationale());
    described.mutable_short_description()->set_text(
        CutToCharacters(title, kMaxDescriptionCharacters));
    described.mutable_full_description()->set_text(CutToCharacters(
        title + std::string(Choose("。", ". ")) + rationale, kMaxDescriptionCharacters));
    AddHelp(rule, described);
    const auto severity = static_cast<core::Severity>(rule.severity());
    described.mutable_default_configuration()->set_level(LevelOf(severity));
    auto& properties = *described.mutable_properties();
    // What was bound by name is proven; what was bound by likeness also has a misprint to explain
    // it.
    properties.set_precision(rule.inferred() ? "high" : "very-high");
    properties.set_problem_severity(severity == core::Severity::kError     ? "error"
                                    : severity == core::Severity::kWarning ? "warning"
                                                                           : "recommendation");
    properties.add_tags("consistency");
    const std::string& pack = rule.rule_pack();
    properties.add_tags(pack.substr(pack.find('/') + 1));
    return described;
  }

  void AddHelp(const v1::Rule& rule, SarifRule& described) const {
    std::string text = ToPrintable(rule.rationale());
    std::string markdown = MarkdownText(rule.rationale()) + "\n";
    if (!rule.expression().empty()) {
      text += "\n" + ToPrintable(rule.expression());
      markdown += "\n    " + ToPrintable(rule.expression()) + "\n";
    }
    int count = 0;
    for (const v1::RuleExample& example : rule.examples()) {
      if (++count > kMaxExamples) break;
      const std::string_view what =
          example.hit() ? Choose("报告", "Reports") : Choose("不报", "Silent on");
      const std::string shown =
          (example.earlier_text().empty() ? "" : example.earlier_text() + " ⇒ ") + example.text();
      const std::string& title = example.title();
      text += "\n" + std::string(what) + " " + ToPrintable(title) +
              std::string(Choose("：", ": ")) + ToPrintable(shown);
      markdown += (count == 1 ? "\n* " : "* ") + std::string(what) + " " + MarkdownText(title) +
                  std::string(Choose("：", ": ")) + MarkdownText(shown) + "\n";
    }
    described.mutable_help()->set_text(std::move(text));
    described.mutable_help()->set_markdown(ToValidUtf8(markdown));
  }

  const RunReportOptions options_;
  const size_t max_results_;
  std::vector<Result> results_;
  size_t result_count_ = 0;  // those that were dropped included
  std::vector<SarifNotification> failures_;
};

}  // namespace

std::unique_ptr<RunReport> MakeSarifReport(RunReportOptions options, size_t max_results) {
  return std::make_unique<SarifReport>(std::move(options), max_results);
}

}  // namespace crossfoot::report
