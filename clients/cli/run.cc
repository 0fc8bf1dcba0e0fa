#include "clients/cli/run.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/cli/arguments.h"
#include "clients/cli/baseline.h"
#include "clients/cli/changed_files.h"
#include "clients/cli/complaint.h"
#include "clients/cli/help.h"
#include "clients/cli/input.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "clients/cli/output.h"
#include "clients/cli/progress.h"
#include "clients/cli/project.h"
#include "clients/cli/read_ahead.h"
#include "clients/cli/remote_pipeline.h"
#include "clients/cli/rules.h"
#include "clients/cli/serve.h"
#include "core/error.h"
#include "core/finding.h"
#include "core/verdict.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "crossfoot/v1/extraction_service.pb.h"
#include "crossfoot/v1/reading_options.pb.h"
#include "crossfoot/v1/rule_service.pb.h"
#include "crossfoot/v1/validation_service.pb.h"
#include "google/protobuf/message.h"
#include "services/document/annotator.h"
#include "services/report/code_quality_writer.h"
#include "services/report/explanation.h"
#include "services/report/html_writer.h"
#include "services/report/json_writer.h"
#include "services/report/junit_writer.h"
#include "services/report/language.h"
#include "services/report/remarks.h"
#include "services/report/response.h"
#include "services/report/rule_response.h"
#include "services/report/run_report.h"
#include "services/report/sarif_writer.h"
#include "services/report/sdmx_csv_writer.h"
#include "services/report/spreadsheet_writer.h"
#include "services/report/text_writer.h"
#include "services/report/utf8.h"
#include "services/report/version.h"
#include "services/report/workflow_command_writer.h"
#include "services/validation/rule_examples.h"

namespace crossfoot::cli {
namespace {

using validation::Pipeline;
using validation::PipelineOptions;
using validation::Validation;

// Whether `summary` holds what makes the run fail.
bool Fails(const validation::Summary& summary, FailOn fail_on) {
  switch (fail_on) {
    case FailOn::kError:
      return summary.errors > 0;
    case FailOn::kWarning:
      return summary.errors > 0 || summary.warnings > 0;
    case FailOn::kInfo:
      return summary.errors > 0 || summary.warnings > 0 || summary.infos > 0;
    case FailOn::kNever:
      return false;
  }
  return false;
}

FailOn FailOnOf(const Arguments& arguments) { return arguments.fail_on.value_or(FailOn::kError); }

// What a rule is, by its id.
using DescribeRule = std::function<v1::Rule(const std::string& rule_id)>;

// The least severity that fails, as reports know it.
core::Severity SeverityOf(FailOn fail_on) {
  switch (fail_on) {
    case FailOn::kError:
      return core::Severity::kError;
    case FailOn::kWarning:
      return core::Severity::kWarning;
    case FailOn::kInfo:
      return core::Severity::kInfo;
    case FailOn::kNever:
      break;
  }
  return core::Severity::kUnspecified;
}

// The report of the whole run in `format`; null for the forms that are written file by file.
std::unique_ptr<report::RunReport> MakeRunReport(Format format, report::RunReportOptions options) {
  switch (format) {
    case Format::kHtml:
      return std::make_unique<report::HtmlPage>(options.language);
    case Format::kSarif:
      return report::MakeSarifReport(std::move(options));
    case Format::kJUnit:
      return report::MakeJUnitReport(std::move(options));
    case Format::kGitHub:
      return report::MakeWorkflowCommandReport(std::move(options));
    case Format::kGitLab:
      return report::MakeCodeQualityReport(std::move(options));
    default:
      return nullptr;
  }
}

// What the files of one project are read with.
struct Setting {
  Arguments arguments;                       // the command line, with what the project adds
  std::shared_ptr<const Pipeline> pipeline;  // with the project's rules
};

// A file and its setting, which outlives it.
struct Task {
  std::string file;
  const Setting* setting;
};

// Reads files one after the other and writes what the verb makes of each.
class FileRun {
 public:
  // `arguments` are those of the command line.
  FileRun(const Arguments& arguments, const Environment& environment, std::vector<Task> tasks,
          const DescribeRule& describe_rule)
      : arguments_(arguments), environment_(environment), tasks_(std::move(tasks)) {
    text_options_.language = environment.language;
    text_options_.explain = arguments.explain;
    text_options_.color =
        arguments.color == Color::kAlways || (arguments.color == Color::kAuto && environment.color);
    std::error_code error;
    const report::RunReportOptions options = {
        .language = text_options_.language,
        .working_directory = std::filesystem::current_path(error).string(),
        // One for the whole run, whatever the projects.
        .fail_on = SeverityOf(FailOnOf(tasks_.empty() ? arguments : tasks_[0].setting->arguments)),
        .describe_rule = describe_rule};
    if (std::unique_ptr<report::RunReport> printed = MakeRunReport(arguments.format, options)) {
      reports_.push_back({"", std::move(printed)});
    }
    for (const ReportFile& file : arguments.reports) {
      reports_.push_back({file.path, MakeRunReport(file.format, options)});
    }
  }

  int Run() {
    // Files are read on threads of their own; a tied stream would write from there.
    environment_.in.tie(nullptr);
    for (const Task& task : tasks_) {
      if (!ReadHistories(*task.setting) || !ReadBaseline(task.setting->arguments.baseline))
        return kExitFailure;
    }
    if (arguments_.format == Format::kJson) environment_.out << "[\n";
    if (arguments_.format == Format::kCsv) environment_.out << report::SpreadsheetHead();
    if (arguments_.format == Format::kSdmxCsv) environment_.out << report::SdmxCsvHead();
    StartProgress();
    // Files are read ahead and written in their order.
    ReadAhead<Outcome> ahead(tasks_.size(), Jobs(),
                             [this](size_t index) { return Process(tasks_[index]); });
    for (const Task& task : tasks_) {
      const std::string& file = task.file;
      Outcome outcome = ahead.Next(absl::ToChronoMilliseconds(ProgressLine::kInterval), [this] {
        if (environment_.progress != nullptr) environment_.progress->Refresh();
      });
      ++totals_.documents;
      if (outcome.status.ok()) {
        totals_.Add(outcome.summary);
        found_ = found_ || Fails(outcome.summary, FailOnOf(task.setting->arguments));
        if (arguments_.update_baseline) {
          std::vector<core::Finding>& found =
              baselines_.at(task.setting->arguments.baseline).found_now;
          std::move(outcome.accepted.begin(), outcome.accepted.end(), std::back_inserter(found));
        }
        if (outcome.validation != nullptr) {
          for (const Report& report : reports_) report.report->Add(*outcome.validation);
        }
        WriteText(outcome.text);
        if (!arguments_.annotate.empty() && !Annotate(file, *outcome.validation)) failed_ = true;
        if (arguments_.set)
          earlier_[task.setting].push_front({file, std::move(*outcome.validation)});
      } else {
        ++totals_.failed_documents;
        for (const Report& report : reports_)
          report.report->AddFailure(file, report::ToDocumentError(outcome.status));
        WriteFailure(file, outcome.status);
      }
      // A reader at the other end of a pipe gets each file's line when it is done.
      environment_.out.flush();
      if (environment_.progress != nullptr) environment_.progress->Advance(SizeOf(file));
    }
    if (environment_.progress != nullptr) environment_.progress->Stop();
    if (arguments_.format == Format::kJson) environment_.out << "\n]\n";
    if (arguments_.format == Format::kText && arguments_.verb == Verb::kCheck &&
        tasks_.size() > 1) {
      environment_.out << report::TotalsToText(totals_, text_options_);
    }
    if (!WriteReports()) return kExitFailure;
    if (arguments_.update_baseline && !WriteBaselines()) return kExitFailure;
    if (totals_.failed_documents > 0 || failed_) return kExitFailure;
    return found_ && arguments_.verb == Verb::kCheck ? kExitFindings : kExitClean;
  }

 private:
  // How many files are read at the same time.  In a set each waits for those before it.
  size_t Jobs() const {
    constexpr unsigned kMostByDefault = 8;
    if (arguments_.set) return 1;
    if (arguments_.jobs > 0) return static_cast<size_t>(arguments_.jobs);
    return std::clamp(std::thread::hardware_concurrency(), 1u, kMostByDefault);
  }

  // 0 for what has none, as a pipe.
  static int64_t SizeOf(const std::string& file) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : static_cast<int64_t>(size);
  }

  void StartProgress() const {
    if (environment_.progress == nullptr) return;
    int64_t bytes = 0;
    for (const Task& task : tasks_) bytes += SizeOf(task.file);
    environment_.progress->Start(environment_.language, tasks_.size(), bytes);
  }

  // What became of a file.
  struct Outcome {
    absl::Status status;
    validation::Summary summary;
    // What is printed of it: made where it is read, so that no thread waits for another's text.
    absl::StatusOr<std::string> text = std::string();
    std::vector<core::Finding> accepted;
    // Where something else is made of it.  Large: it is freed where it was made when it can be.
    std::unique_ptr<Validation> validation;
  };

  // Reads a file and makes what is printed of it.  Called by several threads.
  Outcome Process(const Task& task) const {
    Outcome outcome;
    absl::StatusOr<Validation> read = Read(task);
    if (!read.ok()) {
      outcome.status = read.status();
      return outcome;
    }
    auto validation = std::make_unique<Validation>(*std::move(read));
    outcome.accepted = ApplyBaseline(task.setting->arguments.baseline, *validation);
    outcome.summary = validation->summary;
    outcome.text = ResultText(task.file, *validation);
    if (!reports_.empty() || arguments_.set || !arguments_.annotate.empty())
      outcome.validation = std::move(validation);
    return outcome;
  }

  struct EarlierReport {
    std::string path;
    Validation validation;
  };

  // A file of accepted findings.
  struct BaselineFile {
    Baseline baseline;
    std::vector<core::Finding> found_now;  // for the new one
  };

  // Reads the earlier reports of a setting, once.  False when a directory cannot be read; a report
  // that cannot be is complained about and counts as a file that failed.
  bool ReadHistories(const Setting& setting) {
    const auto [at, first] = earlier_.try_emplace(&setting);
    if (!first) return true;
    for (const std::string& directory : setting.arguments.histories) {
      const absl::StatusOr<std::vector<std::string>> paths = ListReports(directory);
      if (!paths.ok()) {
        Complain(environment_, AtPlace(directory, paths.status()));
        return false;
      }
      for (const std::string& path : *paths) {
        absl::StatusOr<std::string> bytes = ReadFile(path, arguments_.max_document_bytes);
        absl::StatusOr<Validation> report =
            bytes.ok() ? setting.pipeline->ExtractFigures(path, *std::move(bytes),
                                                          ReadingOptions(setting.arguments))
                       : absl::StatusOr<Validation>(bytes.status());
        if (report.ok()) {
          at->second.push_back({path, *std::move(report)});
        } else {
          ++totals_.failed_documents;
          for (const Report& made : reports_)
            made.report->AddFailure(path, report::ToDocumentError(report.status()));
          Complain(environment_, AtPlace(path, report.status()));
        }
      }
    }
    return true;
  }

  // Reads a baseline, once; one that is to be written need not be there yet.
  bool ReadBaseline(const std::string& path) {
    constexpr int64_t kMaxBaselineBytes = int64_t{64} << 20;
    if (path.empty()) return true;
    const auto [at, first] = baselines_.try_emplace(path);
    if (!first) return true;
    const absl::StatusOr<std::string> text = ReadFile(path, kMaxBaselineBytes);
    if (!text.ok() && arguments_.update_baseline &&
        core::ReasonOf(text.status()) == core::ErrorReason::kFileNotFound) {
      return true;
    }
    absl::StatusOr<Baseline> baseline = text.ok() ? Baseline::Parse(path, *text) : text.status();
    if (!baseline.ok()) {
      Complain(environment_, AtPlace(path, baseline.status()));
      return false;
    }
    at->second.baseline = *std::move(baseline);
    return true;
  }

  // Leaves out, and returns, what is accepted; all of it when the baseline is being written.
  std::vector<core::Finding> ApplyBaseline(const std::string& path, Validation& validation) const {
    std::vector<core::Finding> accepted;
    if (path.empty()) return accepted;
    const Baseline& baseline = baselines_.at(path).baseline;
    const absl::CivilDay day =
        arguments_.reference_date.value_or(absl::ToCivilDay(absl::Now(), absl::LocalTimeZone()));
    validation::Summary& summary = validation.summary;
    std::erase_if(validation.findings, [&](const core::Finding& finding) {
      if (!arguments_.update_baseline && !baseline.Accepts(finding, day)) return false;
      accepted.push_back(finding);
      ++summary.accepted;
      --summary.findings;
      if (finding.severity == core::Severity::kError) --summary.errors;
      if (finding.severity == core::Severity::kWarning) --summary.warnings;
      if (finding.severity == core::Severity::kInfo) --summary.infos;
      return true;
    });
    return accepted;
  }

  bool WriteBaselines() {
    bool all = true;
    for (const auto& [path, file] : baselines_)
      all = Write(path, file.baseline.Renewed(file.found_now)) && all;
    return all;
  }

  bool Write(const std::string& path, std::string_view bytes) const {
    const std::error_code error = WriteFile(path, bytes);
    if (error) Complain(environment_, messages::kNotWritten, {path, error.message()});
    return !error;
  }

  // Writes the copy of --annotate; false when it is not written.
  bool Annotate(const std::string& file, const Validation& validation) const {
    std::error_code error;
    if (std::filesystem::equivalent(arguments_.annotate, file, error)) {
      Complain(environment_, messages::kIsTheReport, {arguments_.annotate});
      return false;
    }
    const absl::StatusOr<std::string> copy = AnnotatedCopy(validation);
    if (!copy.ok()) {
      Complain(environment_, AtPlace(arguments_.annotate, copy.status()));
      return false;
    }
    return Write(arguments_.annotate, *copy);
  }

  // In the report's own format where that takes remarks, else a page.
  absl::StatusOr<std::string> AnnotatedCopy(const Validation& validation) const {
    const report::Language language = environment_.language;
    if (document::CanAnnotate(validation.document)) {
      return document::AnnotateDocument(validation.document,
                                        report::RemarksOf(validation, language),
                                        {.max_document_bytes = arguments_.max_document_bytes,
                                         .pdf_annotator = environment_.pdf_annotator});
    }
    report::HtmlPage page(language);
    page.Add(validation);
    return page.Finish();
  }

  // The reports of the whole run; each is whole or not written.  False when one is not.
  bool WriteReports() {
    bool all = true;
    for (const Report& report : reports_) {
      const absl::StatusOr<std::string> bytes = report.report->Finish();
      if (!bytes.ok()) {
        Complain(environment_, bytes.status());
        all = false;
      } else if (report.path.empty()) {
        environment_.out << *bytes;
      } else {
        all = Write(report.path, *bytes) && all;
      }
    }
    return all;
  }

  static PipelineOptions ReadingOptions(const Arguments& arguments) {
    PipelineOptions options;
    options.reference_date = arguments.reference_date;
    options.home_area = arguments.home_area;
    options.max_document_bytes = arguments.max_document_bytes;
    return options;
  }

  absl::StatusOr<Validation> Read(const Task& task) const {
    const std::string& file = task.file;
    const Pipeline& pipeline = *task.setting->pipeline;
    absl::StatusOr<std::string> bytes =
        file == "-" ? ReadStream(environment_.in, arguments_.max_document_bytes)
                    : ReadFile(file, arguments_.max_document_bytes);
    if (!bytes.ok()) return bytes.status();
    PipelineOptions options = ReadingOptions(task.setting->arguments);
    for (const EarlierReport& report : earlier_.at(task.setting)) {
      // A report that lies among the earlier ones is not held against itself.
      std::error_code error;
      if (!std::filesystem::equivalent(report.path, file, error))
        options.earlier.push_back(&report.validation);
    }
    switch (arguments_.verb) {
      case Verb::kExtract:
        return pipeline.ExtractFigures(file, *std::move(bytes), options);
      case Verb::kMentions:
        return pipeline.RecognizeMentions(file, *std::move(bytes), options);
      default:
        return pipeline.Validate(file, *std::move(bytes), options);
    }
  }

  // What is printed of a file; empty for the forms that are of the whole run.
  absl::StatusOr<std::string> ResultText(const std::string& file,
                                         const Validation& validation) const {
    switch (arguments_.format) {
      case Format::kCsv:
        return report::FiguresToSpreadsheet(validation);
      case Format::kSdmxCsv:
        return report::FiguresToSdmxCsv(validation);
      case Format::kText:
        break;
      case Format::kJson:
      case Format::kJsonLines: {
        report::ResponseOptions options;
        options.language = text_options_.language;
        options.explain = arguments_.explain;
        options.view = arguments_.verb == Verb::kMentions ? v1::VIEW_FULL : v1::VIEW_BASIC;
        return arguments_.verb == Verb::kCheck
                   ? JsonText(report::ToValidateDocumentResponse(validation, options))
                   : JsonText(report::ToExtractFiguresResponse(validation, options));
      }
      default:
        return std::string();
    }
    switch (arguments_.verb) {
      case Verb::kExtract:
        return arguments_.explain ? report::ExplanationToText(validation, text_options_)
                                  : report::FiguresToText(validation, text_options_);
      case Verb::kMentions:
        return report::MentionsToText(validation);
      default:
        return report::FindingsToText(validation, text_options_) +
               (arguments_.show_passed ? report::PassedToText(validation, text_options_) : "") +
               report::SummaryToText(file, validation.summary, text_options_);
    }
  }

  absl::StatusOr<std::string> JsonText(const google::protobuf::Message& message) const {
    return arguments_.format == Format::kJsonLines ? report::ToJsonLine(message)
                                                   : report::ToPrettyJson(message);
  }

  void WriteFailure(const std::string& file, const absl::Status& status) {
    if (arguments_.format != Format::kJson && arguments_.format != Format::kJsonLines) {
      Complain(environment_, AtPlace(file, status));
      return;
    }
    v1::ValidateDocumentResponse response;
    response.mutable_document()->set_uri(report::ToValidUtf8(file));
    *response.mutable_error() = report::ToDocumentError(status);
    WriteText(JsonText(response));
  }

  void WriteText(const absl::StatusOr<std::string>& text) {
    if (!text.ok()) {
      Complain(environment_, text.status());
      ++totals_.failed_documents;
      return;
    }
    if (arguments_.format == Format::kJson && json_count_++ > 0) environment_.out << ",\n";
    environment_.out << *text;
    if (arguments_.format == Format::kJsonLines) environment_.out << "\n";
  }

  const Arguments& arguments_;
  const Environment& environment_;
  const std::vector<Task> tasks_;
  report::TextOptions text_options_;
  // Of the whole run, and the file that it goes to; empty: what is printed.
  struct Report {
    std::string path;
    std::unique_ptr<report::RunReport> report;
  };
  std::vector<Report> reports_;
  std::map<const Setting*, std::deque<EarlierReport>> earlier_;  // the most recent first
  std::map<std::string, BaselineFile> baselines_;                // by path
  report::Totals totals_;
  bool found_ = false;
  bool failed_ = false;  // something could not be written
  int json_count_ = 0;   // objects written
};

constexpr int64_t kMaxRulePackBytes = int64_t{4} << 20;

// The pipeline whose work the server of --server does.
absl::StatusOr<std::unique_ptr<RemotePipeline>> MakeRemote(const Arguments& arguments,
                                                           const Environment& environment) {
  constexpr int64_t kMaxPemBytes = int64_t{4} << 20;
  const RemoteServer& remote = arguments.remote;
  RemoteOptions options;
  options.address = remote.address;
  options.timeout = remote.timeout;
  options.token = environment.token;
  options.language = environment.language;
  options.pdf_reader = environment.pdf_reader;
  if (remote.tls) {
    RemoteOptions::Tls& tls = options.tls.emplace(RemoteOptions::Tls());
    for (const auto& [path, pem] :
         {std::pair(&remote.tls_ca, &tls.roots), std::pair(&remote.tls_cert, &tls.certificate),
          std::pair(&remote.tls_key, &tls.key)}) {
      if (path->empty()) continue;
      absl::StatusOr<std::string> text = ReadFile(*path, kMaxPemBytes);
      if (!text.ok()) return AtPlace(*path, text.status());
      *pem = *std::move(text);
    }
  }
  return MakeRemotePipeline(options);
}

// The rule of `pipeline` with this id; without a name when it has none.
v1::Rule DescribeOwnRule(const Pipeline& pipeline, const std::string& rule_id,
                         report::Language language) {
  for (size_t i = 0; i < pipeline.rules().size(); ++i) {
    const config::v1::Rule& rule = pipeline.rules()[i];
    if (rule.id() == rule_id) {
      return report::ToRuleWithExamples(rule, pipeline.rule_places()[i], language);
    }
  }
  return {};
}

absl::StatusOr<std::vector<validation::RulePackFile>> ReadRulePacks(
    const std::vector<std::string>& paths) {
  std::vector<validation::RulePackFile> packs;
  for (const std::string& path : paths) {
    absl::StatusOr<std::string> text = ReadFile(path, kMaxRulePackBytes);
    if (!text.ok()) return AtPlace(path, text.status());
    packs.push_back({path, *std::move(text)});
  }
  return packs;
}

// Finds the settings of files.
class Settings {
 public:
  // `pipeline` has the rules of the command line.
  Settings(const Arguments& arguments, std::shared_ptr<const Pipeline> pipeline)
      : arguments_(arguments), pipeline_(std::move(pipeline)) {}

  // The files that are to be read.
  absl::StatusOr<std::vector<Task>> MakeTasks() {
    std::set<std::string> changed;
    if (!arguments_.changed_since.empty()) {
      absl::StatusOr<std::set<std::string>> files = ChangedFiles(arguments_.changed_since);
      if (!files.ok()) return files.status();
      changed = *std::move(files);
    }
    std::vector<Task> tasks;
    for (const std::string& file : arguments_.files) {
      std::error_code error;
      if (!arguments_.changed_since.empty() && file != "-" &&
          changed.count(std::filesystem::canonical(file, error).string()) == 0 && !error)
        continue;
      std::shared_ptr<const Project> project;
      if (arguments_.verb == Verb::kCheck && !arguments_.no_project) {
        absl::StatusOr<std::shared_ptr<const Project>> found = projects_.Find(file);
        if (!found.ok()) return found.status();
        project = *std::move(found);
      }
      if (project != nullptr && project->Ignores(file)) continue;
      absl::StatusOr<const Setting*> setting = SettingOf(project);
      if (!setting.ok()) return setting.status();
      tasks.push_back({file, *setting});
    }
    return tasks;
  }

  // The first rule of that name in any of them.
  v1::Rule DescribeRule(const std::string& rule_id, report::Language language) const {
    v1::Rule rule = DescribeOwnRule(*pipeline_, rule_id, language);
    for (auto at = settings_.begin(); at != settings_.end() && rule.name().empty(); ++at)
      rule = DescribeOwnRule(*at->second->pipeline, rule_id, language);
    return rule;
  }

 private:
  absl::StatusOr<const Setting*> SettingOf(const std::shared_ptr<const Project>& project) {
    const std::string path = project == nullptr ? "" : project->path();
    if (const auto known = settings_.find(path); known != settings_.end())
      return known->second.get();
    auto setting = std::make_unique<Setting>(Setting{arguments_, pipeline_});
    if (project != nullptr) {
      if (absl::Status status = Apply(*project, *setting); !status.ok()) return status;
    }
    if (arguments_.update_baseline && setting->arguments.baseline.empty()) {
      return MakeError(core::ErrorReason::kArgumentInvalid, messages::kBaselineMissing);
    }
    return settings_.emplace(path, std::move(setting)).first->second.get();
  }

  // Puts what `project` says below what the command line says.
  absl::Status Apply(const Project& project, Setting& setting) const {
    const config::v1::Project& said = project.settings();
    Arguments& arguments = setting.arguments;
    if (arguments.home_area.empty()) arguments.home_area = said.home_area();
    if (arguments.baseline.empty()) arguments.baseline = said.baseline_file();
    if (arguments.histories.empty()) {
      arguments.histories.assign(said.history_directories().begin(),
                                 said.history_directories().end());
    }
    if (!arguments.fail_on.has_value()) arguments.fail_on = FailOnFrom(said.fail_on());
    absl::StatusOr<std::vector<validation::RulePackFile>> packs =
        ReadRulePacks({said.rule_pack_files().begin(), said.rule_pack_files().end()});
    if (!packs.ok()) return packs.status();
    if (project.rule_settings().has_value()) packs->push_back(*project.rule_settings());
    if (packs->empty()) return absl::OkStatus();
    if (!arguments.remote.address.empty()) {
      return AtPlace(project.path(), MakeError(core::ErrorReason::kArgumentInvalid,
                                               messages::kProjectRulesWithServer));
    }
    absl::StatusOr<std::unique_ptr<Pipeline>> pipeline = pipeline_->With(*packs);
    if (!pipeline.ok()) return pipeline.status();
    if (!said.rule_pack_files().empty()) {
      if (absl::Status status = validation::CheckExamples(**pipeline); !status.ok()) return status;
    }
    setting.pipeline = *std::move(pipeline);
    return absl::OkStatus();
  }

  static std::optional<FailOn> FailOnFrom(config::v1::Severity severity) {
    switch (severity) {
      case config::v1::SEVERITY_INFO:
        return FailOn::kInfo;
      case config::v1::SEVERITY_WARNING:
        return FailOn::kWarning;
      case config::v1::SEVERITY_ERROR:
        return FailOn::kError;
      default:
        return std::nullopt;
    }
  }

  const Arguments& arguments_;
  const std::shared_ptr<const Pipeline> pipeline_;
  ProjectFinder projects_;
  std::map<std::string, std::unique_ptr<Setting>> settings_;  // by the project's path, or ""
};

// Reads the files with `pipeline`; `describe` says what its rules are where it cannot.
int RunFiles(const Arguments& arguments, const Environment& environment,
             std::shared_ptr<const Pipeline> pipeline, const DescribeRule& describe) {
  Settings settings(arguments, std::move(pipeline));
  absl::StatusOr<std::vector<Task>> tasks = settings.MakeTasks();
  if (!tasks.ok()) {
    Complain(environment, tasks.status());
    return kExitFailure;
  }
  const report::Language language = environment.language;
  return FileRun(
             arguments, environment, *std::move(tasks),
             describe ? describe
                      : [&settings, language](
                            const std::string&
                                rule_id) { return settings.DescribeRule(rule_id, language); })
      .Run();
}

int RunVerb(const Arguments& arguments, const Environment& environment) {
  switch (arguments.verb) {
    case Verb::kHelp:
      environment.out << HelpText(arguments.help_topic, environment.language);
      return kExitClean;
    case Verb::kVersion:
      environment.out << "crossfoot " << report::kVersion << "\n";
      return kExitClean;
    default:
      break;
  }
  if (arguments.verb == Verb::kServe) return RunServe(arguments, environment);
  if (arguments.verb == Verb::kConfig) return RunConfig(arguments, environment);
  if (!arguments.remote.address.empty()) {
    absl::StatusOr<std::unique_ptr<RemotePipeline>> made = MakeRemote(arguments, environment);
    if (!made.ok()) {
      Complain(environment, made.status());
      return kExitFailure;
    }
    const std::shared_ptr<RemotePipeline> remote = *std::move(made);
    return RunFiles(arguments, environment, remote, [remote](const std::string& rule_id) {
      return remote->GetRule(rule_id).value_or(v1::Rule());
    });
  }
  const absl::StatusOr<std::vector<validation::RulePackFile>> rule_packs =
      ReadRulePacks(arguments.rule_packs);
  if (!rule_packs.ok()) {
    Complain(environment, rule_packs.status());
    return kExitFailure;
  }
  absl::StatusOr<std::unique_ptr<Pipeline>> pipeline = environment.make_pipeline(*rule_packs);
  if (!pipeline.ok()) {
    Complain(environment, pipeline.status());
    return kExitFailure;
  }
  if (arguments.verb == Verb::kRules) {
    return RunRules(arguments, environment, **pipeline);
  }
  // Whoever brings rules learns at once whether they do what they say.
  if (!rule_packs->empty()) {
    if (const absl::Status status = validation::CheckExamples(**pipeline); !status.ok()) {
      Complain(environment, status);
      return kExitFailure;
    }
  }
  return RunFiles(arguments, environment, *std::move(pipeline), nullptr);
}

}  // namespace

int Run(const std::vector<std::string>& words, Environment environment) {
  const absl::StatusOr<Arguments> arguments = ParseArguments(words, &environment.language);
  if (!arguments.ok()) {
    Complain(environment, arguments.status());
    return kExitFailure;
  }
  const int exit_status = RunVerb(*arguments, environment);
  environment.out.flush();
  if (!environment.out) {
    Complain(environment, messages::kOutputNotWritten);
    return kExitFailure;
  }
  return exit_status;
}

}  // namespace crossfoot::cli
