#include "clients/cli/arguments.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "clients/cli/nearest.h"
#include "core/error.h"
#include "services/report/civil_day.h"
#include "services/server/config.h"

namespace crossfoot::cli {
namespace {

struct VerbName {
  Verb verb;
  std::string_view name;
};

constexpr VerbName kVerbs[] = {
    {Verb::kCheck, "check"},     {Verb::kExtract, "extract"}, {Verb::kMentions, "mentions"},
    {Verb::kRules, "rules"},     {Verb::kServe, "serve"},     {Verb::kConfig, "config"},
    {Verb::kVersion, "version"}, {Verb::kHelp, "help"},
};

// Verbs as bits, for the table of flags.
constexpr uint32_t Bit(Verb verb) { return 1u << static_cast<uint32_t>(verb); }
constexpr uint32_t kReaders = Bit(Verb::kCheck) | Bit(Verb::kExtract) | Bit(Verb::kMentions);

absl::Status UsageError(std::string_view message) {
  return core::MakeError(core::ErrorReason::kArgumentInvalid, message);
}

// A value among named ones.
template <typename Value>
bool Choose(std::string_view text, std::initializer_list<std::pair<std::string_view, Value>> names,
            Value& value) {
  for (const auto& [name, named] : names) {
    if (name == text) {
      value = named;
      return true;
    }
  }
  return false;
}

// A whole number from `least` to `most`; false otherwise.
bool ParseInteger(std::string_view text, int64_t least, int64_t most, int64_t& value) {
  if (text.empty() || text.size() > 12) return false;
  int64_t parsed = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return false;
    parsed = parsed * 10 + (digit - '0');
  }
  if (parsed < least || parsed > most) return false;
  value = parsed;
  return true;
}

// A number of bytes, with K, M or G for powers of 1024.
bool ParseBytes(std::string_view text, int64_t& bytes) {
  int shift = 0;
  if (!text.empty()) {
    switch (text.back()) {
      case 'K':
      case 'k':
        shift = 10;
        break;
      case 'M':
      case 'm':
        shift = 20;
        break;
      case 'G':
      case 'g':
        shift = 30;
        break;
      default:
        break;
    }
  }
  if (shift > 0) text.remove_suffix(1);
  int64_t count = 0;
  if (!ParseInteger(text, 1, server::kMaxDocumentBytesLimit >> shift, count)) return false;
  bytes = count << shift;
  return true;
}

// "sarif:FILE".
bool ParseReportFile(std::string_view text, ReportFile& report) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return false;
  report.path = std::string(text.substr(colon + 1));
  return Choose<Format>(text.substr(0, colon),
                        {{"html", Format::kHtml},
                         {"sarif", Format::kSarif},
                         {"junit", Format::kJUnit},
                         {"github", Format::kGitHub},
                         {"gitlab", Format::kGitLab}},
                        report.format);
}

struct Flag {
  std::string_view name;
  uint32_t verbs;
  // What the value may be, for messages; empty for a flag without a value.
  std::string_view values;
  // Whether `value` was understood and set.
  bool (*set)(std::string_view value, Arguments& arguments);
};

constexpr Flag kFlags[] = {
    {"--format", Bit(Verb::kExtract), "text, json, jsonl, csv or sdmx-csv",
     [](std::string_view value, Arguments& arguments) {
       return Choose<Format>(value,
                             {{"text", Format::kText},
                              {"json", Format::kJson},
                              {"jsonl", Format::kJsonLines},
                              {"csv", Format::kCsv},
                              {"sdmx-csv", Format::kSdmxCsv}},
                             arguments.format);
     }},
    {"--explain", Bit(Verb::kExtract) | Bit(Verb::kCheck), "",
     [](std::string_view, Arguments& arguments) {
       arguments.explain = true;
       return true;
     }},
    {"--format", Bit(Verb::kCheck), "text, json, jsonl, html, sarif, junit, github or gitlab",
     [](std::string_view value, Arguments& arguments) {
       return Choose<Format>(value,
                             {{"text", Format::kText},
                              {"json", Format::kJson},
                              {"jsonl", Format::kJsonLines},
                              {"html", Format::kHtml},
                              {"sarif", Format::kSarif},
                              {"junit", Format::kJUnit},
                              {"github", Format::kGitHub},
                              {"gitlab", Format::kGitLab}},
                             arguments.format);
     }},
    {"--report", Bit(Verb::kCheck), "html:FILE, sarif:FILE, junit:FILE, github:FILE or gitlab:FILE",
     [](std::string_view value, Arguments& arguments) {
       return ParseReportFile(value, arguments.reports.emplace_back());
     }},
    {"--format", Bit(Verb::kMentions), "text, json or jsonl",
     [](std::string_view value, Arguments& arguments) {
       return Choose<Format>(
           value, {{"text", Format::kText}, {"json", Format::kJson}, {"jsonl", Format::kJsonLines}},
           arguments.format);
     }},
    {"--reference-date", kReaders, "a day that exists, written YYYY-MM-DD",
     [](std::string_view value, Arguments& arguments) {
       arguments.reference_date = report::ParseCivilDay(value);
       return arguments.reference_date.has_value();
     }},
    {"--home-area", kReaders & ~Bit(Verb::kMentions), "the name of a place, at most 60 bytes",
     [](std::string_view value, Arguments& arguments) {
       arguments.home_area = std::string(value);
       return !value.empty() && value.size() <= validation::PipelineOptions::kMaxHomeAreaBytes;
     }},
    {"--max-document-bytes", kReaders | Bit(Verb::kServe),
     "a number of bytes from 1 to 512M, with K, M or G if you like",
     [](std::string_view value, Arguments& arguments) {
       if (!ParseBytes(value, arguments.max_document_bytes)) return false;
       arguments.server.mutable_limits()->set_max_document_bytes(arguments.max_document_bytes);
       return true;
     }},
    {"--lang", kReaders | Bit(Verb::kRules), "zh or en",
     [](std::string_view value, Arguments& arguments) {
       report::Language language;
       if (!Choose<report::Language>(
               value, {{"zh", report::Language::kChinese}, {"en", report::Language::kEnglish}},
               language)) {
         return false;
       }
       arguments.language = language;
       return true;
     }},
    {"--color", kReaders, "auto, always or never",
     [](std::string_view value, Arguments& arguments) {
       return Choose<Color>(
           value, {{"auto", Color::kAuto}, {"always", Color::kAlways}, {"never", Color::kNever}},
           arguments.color);
     }},
    {"--fail-on", Bit(Verb::kCheck), "error, warning, info or never",
     [](std::string_view value, Arguments& arguments) {
       return Choose<FailOn>(value,
                             {{"error", FailOn::kError},
                              {"warning", FailOn::kWarning},
                              {"info", FailOn::kInfo},
                              {"never", FailOn::kNever}},
                             arguments.fail_on.emplace());
     }},
    {"--no-project", Bit(Verb::kCheck), "",
     [](std::string_view, Arguments& arguments) {
       arguments.no_project = true;
       return true;
     }},
    {"--changed-since", Bit(Verb::kCheck), "a revision of Git",
     [](std::string_view value, Arguments& arguments) {
       arguments.changed_since = std::string(value);
       return !value.empty();
     }},
    {"--baseline", Bit(Verb::kCheck), "a file of accepted findings",
     [](std::string_view value, Arguments& arguments) {
       arguments.baseline = std::string(value);
       return !value.empty();
     }},
    {"--update-baseline", Bit(Verb::kCheck), "",
     [](std::string_view, Arguments& arguments) {
       arguments.update_baseline = true;
       return true;
     }},
    {"--show-passed", Bit(Verb::kCheck), "",
     [](std::string_view, Arguments& arguments) {
       arguments.show_passed = true;
       return true;
     }},
    {"--set", Bit(Verb::kCheck), "",
     [](std::string_view, Arguments& arguments) {
       arguments.set = true;
       return true;
     }},
    {"--history", Bit(Verb::kCheck), "a directory with earlier reports",
     [](std::string_view value, Arguments& arguments) {
       arguments.histories.emplace_back(value);
       return !value.empty();
     }},
    {"--jobs", kReaders, "a number from 1 to 64",
     [](std::string_view value, Arguments& arguments) {
       int64_t count = 0;
       if (!ParseInteger(value, 1, 64, count)) return false;
       arguments.jobs = static_cast<int32_t>(count);
       return true;
     }},
    {"--server", kReaders, "host:port",
     [](std::string_view value, Arguments& arguments) {
       arguments.remote.address = std::string(value);
       return !value.empty();
     }},
    {"--timeout", kReaders, "a number of seconds from 1 to 86400",
     [](std::string_view value, Arguments& arguments) {
       int64_t seconds = 0;
       if (!ParseInteger(value, 1, 86400, seconds)) return false;
       arguments.remote.timeout = absl::Seconds(seconds);
       return true;
     }},
    {"--tls", kReaders, "",
     [](std::string_view, Arguments& arguments) {
       arguments.remote.tls = true;
       return true;
     }},
    {"--tls-ca", kReaders, "a file with certificates in PEM",
     [](std::string_view value, Arguments& arguments) {
       arguments.remote.tls = true;
       arguments.remote.tls_ca = std::string(value);
       return !value.empty();
     }},
    {"--tls-cert", kReaders, "a file with a certificate in PEM",
     [](std::string_view value, Arguments& arguments) {
       arguments.remote.tls = true;
       arguments.remote.tls_cert = std::string(value);
       return !value.empty();
     }},
    {"--tls-key", kReaders, "a file with a key in PEM",
     [](std::string_view value, Arguments& arguments) {
       arguments.remote.tls = true;
       arguments.remote.tls_key = std::string(value);
       return !value.empty();
     }},
    {"--rules", Bit(Verb::kCheck) | Bit(Verb::kRules) | Bit(Verb::kServe), "a file with rules",
     [](std::string_view value, Arguments& arguments) {
       arguments.rule_packs.emplace_back(value);
       return !value.empty();
     }},
    {"--listen", Bit(Verb::kServe), "host:port",
     [](std::string_view value, Arguments& arguments) {
       arguments.server.mutable_grpc()->set_listen_address(std::string(value));
       return !value.empty();
     }},
    {"--http", Bit(Verb::kServe), "host:port",
     [](std::string_view value, Arguments& arguments) {
       arguments.server.mutable_http()->set_listen_address(std::string(value));
       return !value.empty();
     }},
    {"--config", Bit(Verb::kServe), "a file",
     [](std::string_view value, Arguments& arguments) {
       arguments.config_file = std::string(value);
       return !value.empty();
     }},
    {"--store", Bit(Verb::kServe), "a file",
     [](std::string_view value, Arguments& arguments) {
       arguments.server.mutable_store()->set_file(std::string(value));
       return !value.empty();
     }},
    {"--workers", Bit(Verb::kServe), "a number from 1 to 1024",
     [](std::string_view value, Arguments& arguments) {
       int64_t count = 0;
       if (!ParseInteger(value, 1, 1024, count)) return false;
       arguments.server.mutable_limits()->set_workers(static_cast<int32_t>(count));
       return true;
     }},
    {"--max-calls", Bit(Verb::kServe), "a number from 1 to 65536",
     [](std::string_view value, Arguments& arguments) {
       int64_t count = 0;
       if (!ParseInteger(value, 1, 65536, count)) return false;
       arguments.server.mutable_limits()->set_max_calls(static_cast<int32_t>(count));
       return true;
     }},
    {"--allow-insecure-remote", Bit(Verb::kServe), "",
     [](std::string_view, Arguments& arguments) {
       arguments.server.set_allow_insecure_remote(true);
       return true;
     }},
};

std::optional<Verb> ParseVerb(std::string_view word) {
  for (const VerbName& entry : kVerbs) {
    if (entry.name == word) return entry.verb;
  }
  return std::nullopt;
}

absl::Status UnknownVerb(std::string_view word) {
  std::vector<std::string_view> names;
  for (const VerbName& entry : kVerbs) names.push_back(entry.name);
  const std::string_view nearest = Nearest(word, names);
  return UsageError(
      "unknown command \"" + std::string(word) + "\"" +
      (nearest.empty() ? "; see crossfoot help" : "; did you mean " + std::string(nearest) + "?"));
}

absl::Status UnknownFlag(Verb verb, std::string_view name) {
  std::vector<std::string_view> names = {"--help"};
  for (const Flag& flag : kFlags) {
    if ((flag.verbs & Bit(verb)) != 0) names.push_back(flag.name);
  }
  const std::string_view nearest = Nearest(name, names);
  return UsageError("crossfoot " + std::string(ToString(verb)) + " has no flag " +
                    std::string(name) +
                    (nearest.empty() ? "; see crossfoot help " + std::string(ToString(verb))
                                     : "; did you mean " + std::string(nearest) + "?"));
}

// list, explain ID, test, lint, document.
absl::Status ParseRulesAction(const std::vector<std::string>& operands, Arguments& arguments) {
  if (operands.empty())
    return UsageError("crossfoot rules needs list, explain, test, lint or document");
  if (!Choose<RulesAction>(operands[0],
                           {{"list", RulesAction::kList},
                            {"explain", RulesAction::kExplain},
                            {"test", RulesAction::kTest},
                            {"lint", RulesAction::kLint},
                            {"document", RulesAction::kDocument}},
                           arguments.rules_action)) {
    return UsageError("crossfoot rules has no \"" + operands[0] +
                      "\"; it has list, explain, test, lint and document");
  }
  const size_t wanted = arguments.rules_action == RulesAction::kExplain ? 2 : 1;
  if (operands.size() != wanted) {
    return UsageError(wanted == 2 ? "crossfoot rules explain takes the id of a rule"
                                  : "crossfoot rules " + operands[0] + " takes no more words");
  }
  if (wanted == 2) arguments.rule_id = operands[1];
  return absl::OkStatus();
}

// check FILE, token NAME.
absl::Status ParseConfigAction(const std::vector<std::string>& operands, Arguments& arguments) {
  if (operands.size() != 2 ||
      !Choose<ConfigAction>(operands[0],
                            {{"check", ConfigAction::kCheck}, {"token", ConfigAction::kToken}},
                            arguments.config_action)) {
    return UsageError("crossfoot config needs check FILE or token NAME");
  }
  arguments.config_operand = operands[1];
  return absl::OkStatus();
}

// What goes together with --server, and what does not.
absl::Status CheckRemote(const Arguments& arguments) {
  const RemoteServer& remote = arguments.remote;
  if (remote.address.empty()) {
    if (!remote.tls && remote.timeout == RemoteServer().timeout) return absl::OkStatus();
    return UsageError("--timeout, --tls, --tls-ca, --tls-cert and --tls-key go with --server");
  }
  if (!arguments.rule_packs.empty())
    return UsageError("--rules does not go with --server, whose rules apply; start it with them");
  if (remote.tls_cert.empty() != remote.tls_key.empty())
    return UsageError("--tls-cert and --tls-key go together");
  return absl::OkStatus();
}

}  // namespace

std::string_view ToString(Verb verb) {
  for (const VerbName& entry : kVerbs) {
    if (entry.verb == verb) return entry.name;
  }
  return "";
}

absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string>& words) {
  Arguments arguments;
  if (words.empty()) return UsageError("no command given; see crossfoot help");
  if (words[0] == "--help" || words[0] == "-h") return arguments;
  if (words[0] == "--version") {
    arguments.verb = Verb::kVersion;
    return arguments;
  }
  const std::optional<Verb> verb = ParseVerb(words[0]);
  if (!verb.has_value()) return UnknownVerb(words[0]);
  arguments.verb = *verb;

  std::vector<std::string> operands;
  bool flags_ended = false;
  for (size_t word_index = 1; word_index < words.size(); ++word_index) {
    const std::string& word = words[word_index];
    if (flags_ended || word.size() < 2 || word[0] != '-') {
      operands.push_back(word);
      continue;
    }
    if (word == "--") {
      flags_ended = true;
      continue;
    }
    if (word == "--help" || word == "-h") {
      Arguments help;
      help.help_topic = *verb;
      return help;
    }
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const Flag* flag = std::find_if(std::begin(kFlags), std::end(kFlags), [&](const Flag& f) {
      return f.name == name && (f.verbs & Bit(*verb)) != 0;
    });
    if (flag == std::end(kFlags)) return UnknownFlag(*verb, name);
    std::string value;
    if (flag->values.empty()) {
      if (equals != std::string::npos) return UsageError(name + " takes no value");
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (++word_index < words.size()) {
      value = words[word_index];
    } else {
      return UsageError(name + " needs a value: " + std::string(flag->values));
    }
    if (!flag->set(value, arguments)) {
      return UsageError(name + ": \"" + value + "\" is not " + std::string(flag->values));
    }
  }

  switch (*verb) {
    case Verb::kCheck:
    case Verb::kExtract:
    case Verb::kMentions:
      if (operands.empty()) {
        return UsageError("crossfoot " + words[0] +
                          " needs a file; \"-\" reads the standard input");
      }
      if (std::count(operands.begin(), operands.end(), "-") > 1) {
        return UsageError("\"-\" stands for the standard input and can be read only once");
      }
      if (arguments.explain &&
          (arguments.format == Format::kCsv || arguments.format == Format::kSdmxCsv)) {
        return UsageError("--explain goes with --format=text, json and jsonl");
      }
      if (arguments.format != Format::kText && arguments.verb == Verb::kCheck &&
          (arguments.explain || arguments.show_passed)) {
        return UsageError("--explain and --show-passed go with --format=text; json has it all");
      }
      for (const ReportFile& report : arguments.reports) {
        const auto same = [&report](const ReportFile& other) { return other.path == report.path; };
        if (std::count_if(arguments.reports.begin(), arguments.reports.end(), same) > 1)
          return UsageError("--report names " + report.path + " twice");
      }
      if (!arguments.changed_since.empty() && (arguments.set || arguments.update_baseline)) {
        return UsageError(
            "--changed-since goes neither with --set nor with --update-baseline, which need all "
            "files");
      }
      if (absl::Status status = CheckRemote(arguments); !status.ok()) return status;
      arguments.files = std::move(operands);
      break;
    case Verb::kRules:
      if (absl::Status status = ParseRulesAction(operands, arguments); !status.ok()) return status;
      break;
    case Verb::kConfig:
      if (absl::Status status = ParseConfigAction(operands, arguments); !status.ok()) return status;
      break;
    case Verb::kHelp:
      if (operands.size() > 1) return UsageError("crossfoot help takes one command");
      if (!operands.empty()) {
        arguments.help_topic = ParseVerb(operands[0]);
        if (!arguments.help_topic.has_value()) return UnknownVerb(operands[0]);
      }
      break;
    case Verb::kServe:
    case Verb::kVersion:
      if (!operands.empty()) {
        return UsageError("crossfoot " + words[0] + " takes no file: \"" + operands[0] + "\"");
      }
      break;
  }
  return arguments;
}

}  // namespace crossfoot::cli
