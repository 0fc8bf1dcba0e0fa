#ifndef CROSSFOOT_CLIENTS_CLI_ARGUMENTS_H_
#define CROSSFOOT_CLIENTS_CLI_ARGUMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "crossfoot/config/v1/server.pb.h"
#include "services/report/language.h"
#include "services/validation/pipeline.h"

namespace crossfoot::cli {

enum class Verb { kCheck, kExtract, kMentions, kRules, kServe, kConfig, kVersion, kHelp };

// What `rules` does.
enum class RulesAction { kList, kExplain, kTest, kLint, kDocument };

// What `config` does.
enum class ConfigAction { kCheck, kToken };

enum class Format {
  kText,
  kJson,
  kJsonLines,
  kCsv,  // extract alone, as the next
  kSdmxCsv,
  kHtml,  // check alone, as all that follow
  kSarif,
  kJUnit,
  kGitHub,
  kGitLab,
};

// A form of the whole run beside what is printed.
struct ReportFile {
  Format format = Format::kHtml;  // or one behind it
  std::string path;
};

// The least severity that makes `check` exit with 1.
enum class FailOn { kError, kWarning, kInfo, kNever };

enum class Color { kAuto, kAlways, kNever };

// A server that reads the files in place of this program.
struct RemoteServer {
  std::string address;                         // "host:port"; empty: none, the files are read here
  absl::Duration timeout = absl::Seconds(60);  // of a call
  bool tls = false;                            // also true with any of the files, each in PEM
  std::string tls_ca;                          // whom to trust; empty: the usual authorities
  std::string tls_cert;                        // ours, and
  std::string tls_key;                         // its key; empty: none
};

// A command line, read.
struct Arguments {
  Verb verb = Verb::kHelp;
  std::optional<Verb> help_topic;  // of kHelp; nullopt: the overview

  // check, extract, mentions.
  std::vector<std::string> files;  // at least one; "-" is standard input, at most once
  Format format = Format::kText;
  std::optional<absl::CivilDay> reference_date;
  std::string home_area;  // what 全市, 我省 stand for; empty: what the report says
  int64_t max_document_bytes = validation::PipelineOptions::kDefaultMaxDocumentBytes;
  int32_t jobs = 0;  // files read at the same time; 0: as many as there are cores
  std::optional<report::Language> language;  // nullopt: as the environment says
  Color color = Color::kAuto;
  RemoteServer remote;

  // extract, not with the CSV formats; check, where the text form says less than all.
  bool explain = false;

  // check.
  std::optional<FailOn> fail_on;       // nullopt: kError, or as the project says
  std::vector<std::string> histories;  // directories with reports published before
  std::string baseline;                // a file of accepted findings; empty: none
  bool update_baseline = false;        // write it with the findings of this run
  bool set = false;                    // each file is held against those before it
  std::vector<ReportFile> reports;
  std::string annotate;       // where a copy of the one file goes, with remarks; empty: nowhere
  bool show_passed = false;   // list the checks that hold; text form
  bool no_project = false;    // no .crossfoot.textproto is looked for
  std::string changed_since;  // a revision of Git; what has not changed is left out

  // check, rules, serve.
  std::vector<std::string> rule_packs;  // files with rules beside the ones built in

  // rules.
  RulesAction rules_action = RulesAction::kList;
  std::string rule_id;  // of kExplain

  // serve.
  std::string config_file;    // read before the flags; empty: none
  config::v1::Server server;  // what the flags say, put over that of the file

  // config.
  ConfigAction config_action = ConfigAction::kCheck;
  std::string config_operand;  // the file to check, or the name of a client
};

// Reads what stands behind the program's name: a verb, flags written --flag=value or --flag value
// in any order, files; "--" ends the flags.  kArgumentInvalid with a message that says what is
// wrong and, for a misspelt verb or flag, which one is nearest.  `language`, unless null, becomes
// what --lang says, also where something behind it is refused.
absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string>& words,
                                         report::Language* language = nullptr);

// The name of a verb: "check".
std::string_view ToString(Verb verb);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_ARGUMENTS_H_
