#include "clients/cli/arguments.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "clients/cli/flags.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "clients/cli/nearest.h"
#include "core/error.h"

namespace crossfoot::cli {
namespace {

using report::Language;

absl::Status UsageError(const report::Word& word, std::initializer_list<Value> values = {}) {
  return MakeError(core::ErrorReason::kArgumentInvalid, word, values);
}

std::optional<Verb> ParseVerb(std::string_view word) {
  for (const VerbEntry& entry : Verbs()) {
    if (entry.name == word) return entry.verb;
  }
  return std::nullopt;
}

absl::Status UnknownVerb(std::string_view word) {
  std::vector<std::string_view> names;
  for (const VerbEntry& entry : Verbs()) names.push_back(entry.name);
  const std::string_view nearest = Nearest(word, names);
  return UsageError(nearest.empty() ? messages::kUnknownCommand : messages::kUnknownCommandNearest,
                    {word, nearest});
}

// The flag of `verb` with this name; null when it has none.
const Flag* FindFlag(Verb verb, std::string_view name) {
  for (const Flag& flag : Flags()) {
    if (flag.name == name && (flag.verbs & VerbBit(verb)) != 0) return &flag;
  }
  return nullptr;
}

absl::Status UnknownFlag(Verb verb, std::string_view name) {
  std::vector<std::string_view> names = {"--help"};
  for (const Flag& flag : Flags()) {
    if ((flag.verbs & VerbBit(verb)) != 0) names.push_back(flag.name);
  }
  const std::string_view nearest = Nearest(name, names);
  return UsageError(nearest.empty() ? messages::kUnknownFlag : messages::kUnknownFlagNearest,
                    {ToString(verb), name, nearest});
}

// Whether `value` is what the table says of it; what it does not say is the flag's to judge.
bool IsAllowed(const Flag& flag, std::string_view value) {
  if (flag.choices.empty()) return true;
  std::string_view choice = value;
  if (flag.value == ValueKind::kChoiceFile) {
    const size_t colon = value.find(':');
    if (colon == std::string_view::npos || colon + 1 == value.size()) return false;
    choice = value.substr(0, colon);
  }
  const std::vector<std::string_view> choices = ChoicesOf(flag);
  return std::find(choices.begin(), choices.end(), choice) != choices.end();
}

// Sets what `flag` says; `value` is empty for one without.
absl::Status SetFlag(const Flag& flag, const std::string& value, Arguments& arguments) {
  if (IsAllowed(flag, value) && flag.set(value, arguments)) return absl::OkStatus();
  return UsageError(messages::kBadValue,
                    {flag.name,
                     value,
                     {ExpectedOf(flag, Language::kChinese), ExpectedOf(flag, Language::kEnglish)}});
}

// What stands behind `rules` and `config`.
absl::Status ParseAction(Verb verb, const std::vector<std::string>& operands,
                         Arguments& arguments) {
  const std::string_view name = ToString(verb);
  const std::string chinese = ActionsOf(verb, Language::kChinese);
  const std::string english = ActionsOf(verb, Language::kEnglish);
  if (operands.empty()) return UsageError(messages::kNeedsAction, {name, {chinese, english}});
  const auto actions = Actions();
  const auto action = std::find_if(actions.begin(), actions.end(), [&](const Action& entry) {
    return entry.verb == verb && entry.name == operands[0];
  });
  if (action == actions.end())
    return UsageError(messages::kUnknownAction, {name, {chinese, english}, operands[0]});
  const bool takes_word = action->operand != ValueKind::kNone;
  if (operands.size() != (takes_word ? 2 : 1)) {
    return UsageError(takes_word ? messages::kActionNeeds : messages::kActionTakesNothing,
                      {name, action->name, action->placeholder});
  }
  action->set(takes_word ? operands[1] : "", arguments);
  return absl::OkStatus();
}

// What goes together with --server, and what does not.
absl::Status CheckRemote(const Arguments& arguments) {
  const RemoteServer& remote = arguments.remote;
  if (remote.address.empty()) {
    if (!remote.tls && remote.timeout == RemoteServer().timeout) return absl::OkStatus();
    return UsageError(messages::kGoWithServer);
  }
  if (!arguments.rule_packs.empty()) return UsageError(messages::kRulesWithServer);
  if (remote.tls_cert.empty() != remote.tls_key.empty())
    return UsageError(messages::kCertificateWithKey);
  return absl::OkStatus();
}

// Reads `words` into `arguments`, as far as they can be read.
absl::Status Parse(const std::vector<std::string>& words, Arguments& arguments) {
  if (words.empty()) return UsageError(messages::kNoCommand);
  if (words[0] == "--help" || words[0] == "-h") return absl::OkStatus();
  if (words[0] == "--version") {
    arguments.verb = Verb::kVersion;
    return absl::OkStatus();
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
      arguments.verb = Verb::kHelp;
      arguments.help_topic = *verb;
      return absl::OkStatus();
    }
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const Flag* flag = FindFlag(*verb, name);
    if (flag == nullptr) return UnknownFlag(*verb, name);
    std::string value;
    if (flag->value == ValueKind::kNone) {
      if (equals != std::string::npos) return UsageError(messages::kTakesNoValue, {name});
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (++word_index < words.size()) {
      value = words[word_index];
    } else {
      return UsageError(
          messages::kNeedsValue,
          {name, {ExpectedOf(*flag, Language::kChinese), ExpectedOf(*flag, Language::kEnglish)}});
    }
    if (absl::Status status = SetFlag(*flag, value, arguments); !status.ok()) return status;
  }

  switch (*verb) {
    case Verb::kCheck:
    case Verb::kExtract:
    case Verb::kMentions:
      if (operands.empty()) return UsageError(messages::kNeedsFile, {words[0]});
      if (std::count(operands.begin(), operands.end(), "-") > 1)
        return UsageError(messages::kStandardInputOnce);
      if (arguments.explain &&
          (arguments.format == Format::kCsv || arguments.format == Format::kSdmxCsv)) {
        return UsageError(messages::kExplainFormats);
      }
      if (arguments.format != Format::kText && arguments.verb == Verb::kCheck &&
          (arguments.explain || arguments.show_passed)) {
        return UsageError(messages::kDetailFormats);
      }
      if (!arguments.annotate.empty() && operands.size() > 1)
        return UsageError(messages::kAnnotateOne);
      for (const ReportFile& report : arguments.reports) {
        const auto same = [&report](const ReportFile& other) { return other.path == report.path; };
        if (std::count_if(arguments.reports.begin(), arguments.reports.end(), same) > 1 ||
            report.path == arguments.annotate)
          return UsageError(messages::kWrittenTwice, {report.path});
      }
      if (!arguments.changed_since.empty() && (arguments.set || arguments.update_baseline))
        return UsageError(messages::kChangedSinceNeedsAll);
      if (absl::Status status = CheckRemote(arguments); !status.ok()) return status;
      arguments.files = std::move(operands);
      break;
    case Verb::kRules:
    case Verb::kConfig:
      if (absl::Status status = ParseAction(*verb, operands, arguments); !status.ok())
        return status;
      break;
    case Verb::kHelp:
      if (operands.size() > 1) return UsageError(messages::kHelpTakesOne);
      if (!operands.empty()) {
        arguments.help_topic = ParseVerb(operands[0]);
        if (!arguments.help_topic.has_value()) return UnknownVerb(operands[0]);
      }
      break;
    case Verb::kServe:
    case Verb::kVersion:
      if (!operands.empty()) return UsageError(messages::kTakesNoFile, {words[0], operands[0]});
      break;
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view ToString(Verb verb) {
  for (const VerbEntry& entry : Verbs()) {
    if (entry.verb == verb) return entry.name;
  }
  return "";
}

absl::StatusOr<Arguments> ParseArguments(const std::vector<std::string>& words,
                                         report::Language* language) {
  Arguments arguments;
  const absl::Status status = Parse(words, arguments);
  if (language != nullptr && arguments.language.has_value()) *language = *arguments.language;
  if (!status.ok()) return status;
  return arguments;
}

}  // namespace crossfoot::cli
