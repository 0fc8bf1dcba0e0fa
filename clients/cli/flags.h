#ifndef CROSSFOOT_CLIENTS_CLI_FLAGS_H_
#define CROSSFOOT_CLIENTS_CLI_FLAGS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/arguments.h"
#include "services/report/language.h"
#include "services/report/words.h"

// The commands and flags of crossfoot, as the parser, the manual and the completions know them.

namespace crossfoot::cli {

struct VerbEntry {
  Verb verb;
  std::string_view name;  // "check"
  report::Word summary;   // what it does, for lists
};

std::span<const VerbEntry> Verbs();

// What a flag takes, or a word behind `rules` and `config`.
enum class ValueKind {
  kNone,
  kChoice,      // one of `choices`
  kChoiceFile,  // the same, a colon and a file: "sarif:FILE"
  kFile,
  kDirectory,
  kRule,   // the id of a rule
  kOther,  // what nobody can list
};

// What the first word behind a verb may be: `rules explain`.
struct Action {
  Verb verb;
  std::string_view name;
  report::Word summary;
  ValueKind operand = ValueKind::kNone;  // of the word behind it
  report::Word placeholder = {};         // of that word, in texts: FILE

  // Sets what is to be done; `word` is the one behind it.
  void (*set)(const std::string& word, Arguments& arguments);
};

std::span<const Action> Actions();

struct Flag {
  std::string_view name;  // "--format"; several flags share one when their verbs differ
  uint32_t verbs;         // bits of `VerbBit`
  ValueKind value = ValueKind::kNone;
  std::string_view choices = {};  // one blank between two
  report::Word placeholder = {};  // of the value, in texts: FILE; empty with choices
  report::Word expected = {};     // what the value may be, for complaints; empty with choices
  bool repeatable = false;        // each time adds to those before; else the last one counts
  report::Word description;       // a phrase

  // Whether `value`, one of `choices` if there are any, was understood and set.
  bool (*set)(std::string_view value, Arguments& arguments);
};

std::span<const Flag> Flags();

// A verb in Flag::verbs.
constexpr uint32_t VerbBit(Verb verb) { return 1u << static_cast<uint32_t>(verb); }

// The verbs that read reports.
inline constexpr uint32_t kReaderVerbs =
    VerbBit(Verb::kCheck) | VerbBit(Verb::kExtract) | VerbBit(Verb::kMentions);

std::vector<std::string_view> ChoicesOf(const Flag& flag);

// "zh or en": what the value may be, for complaints.
std::string ExpectedOf(const Flag& flag, report::Language language);

// "FILE", "zh|en", "html|sarif:FILE": the value in texts; empty for a flag without one.
std::string PlaceholderOf(const Flag& flag, report::Language language);

// "list, explain ID or test": the actions of `verb`; empty when it has none.
std::string ActionsOf(Verb verb, report::Language language);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_FLAGS_H_
