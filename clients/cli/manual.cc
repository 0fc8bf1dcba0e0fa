#include "clients/cli/manual.h"

#include <algorithm>
#include <functional>
#include <sstream>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/flags.h"
#include "clients/cli/manual_texts.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "core/string_view.h"
#include "services/report/version.h"

namespace crossfoot::cli {
namespace {

using core::ToAbsl;
using report::Language;

constexpr Language kLanguages[] = {Language::kChinese, Language::kEnglish};

std::string_view CodeOf(Language language) { return language == Language::kEnglish ? "en" : "zh"; }

bool Takes(Verb verb, const Flag& flag) { return (flag.verbs & VerbBit(verb)) != 0; }

// The text `name` of manual/, with each line "@word rest" replaced by what `expand` makes of it.
std::string Expand(
    std::string_view name,
    const std::function<std::string(const std::vector<std::string>& words)>& expand) {
  std::string text;
  for (const embedded::File& file : embedded::manual_texts()) {
    const std::string_view path(file.path);
    if (path.substr(path.rfind('/') + 1) != name) continue;
    std::istringstream lines(std::string(file.data, file.size));
    for (std::string line; std::getline(lines, line);) {
      if (line[0] == '@') {
        text += expand(absl::StrSplit(line.substr(1), ' '));
      } else {
        text += line + "\n";
      }
    }
  }
  return text;
}

// `text` for roff, where a bare hyphen is no minus and some letters begin a request.
std::string Roff(std::string_view text) {
  const std::string escaped = absl::StrReplaceAll(ToAbsl(text), {{"\\", "\\e"}, {"-", "\\-"}});
  return (!escaped.empty() && (escaped[0] == '.' || escaped[0] == '\'') ? "\\&" : "") + escaped;
}

// `phrase` as a sentence of `language`.
std::string Sentence(std::string_view phrase, Language language) {
  std::string text(phrase);
  if (language == Language::kEnglish) text[0] = absl::ascii_toupper(text[0]);
  return Say(language, messages::kSentence, {text});
}

std::string RoffOfFlag(const Flag& flag, Language language) {
  std::string text = ".TP\n";
  const std::string name = Roff(flag.name);
  const std::string value = Roff(PlaceholderOf(flag, language));
  if (value.empty()) {
    absl::StrAppend(&text, ".B ", name, "\n");
  } else {
    absl::StrAppend(&text, ".BI ", name, "= ", value, "\n");
  }
  absl::StrAppend(&text, Roff(Sentence(flag.description.In(language), language)), "\n");
  if (flag.repeatable) absl::StrAppend(&text, ToAbsl(messages::kRepeatable.In(language)), "\n");
  return text;
}

// The flags that all of `verbs` take; of a single verb that reads reports, without those that the
// others take as well.
std::string RoffOfFlags(const std::vector<Verb>& verbs, Language language) {
  std::string text;
  for (const Flag& flag : Flags()) {
    const bool common = (flag.verbs & kReaderVerbs) == kReaderVerbs;
    const bool elsewhere = common && verbs.size() == 1 && (VerbBit(verbs[0]) & kReaderVerbs) != 0;
    const bool all =
        std::all_of(verbs.begin(), verbs.end(), [&flag](Verb verb) { return Takes(verb, flag); });
    if (all && !elsewhere) text += RoffOfFlag(flag, language);
  }
  return text;
}

std::vector<Verb> VerbsNamed(const std::vector<std::string>& words) {
  std::vector<Verb> verbs;
  for (const VerbEntry& entry : Verbs()) {
    if (std::count(words.begin() + 1, words.end(), entry.name) > 0) verbs.push_back(entry.verb);
  }
  return verbs;
}

// `text` between single quotes of a shell.
std::string Quoted(std::string_view text) {
  return "'" + absl::StrReplaceAll(ToAbsl(text), {{"'", "'\\''"}}) + "'";
}

std::string NamesOfVerbs() {
  return absl::StrJoin(Verbs(), " ", [](std::string* out, const VerbEntry& entry) {
    absl::StrAppend(out, ToAbsl(entry.name));
  });
}

// What the bash function takes for the words that a value may be.
std::string BashWords(ValueKind kind, std::string_view choices) {
  switch (kind) {
    case ValueKind::kChoice:
      return std::string(choices);
    case ValueKind::kChoiceFile:
      return absl::StrReplaceAll(ToAbsl(choices), {{" ", ": "}}) + ":";
    case ValueKind::kFile:
      return "@files";
    case ValueKind::kDirectory:
      return "@folders";
    case ValueKind::kRule:
      return "@rules";
    case ValueKind::kNone:
    case ValueKind::kOther:
      break;
  }
  return "@none";
}

// Arms of `case $command/$flag` with the words of each value.
std::string BashValues() {
  std::string text;
  for (const Flag& flag : Flags()) {
    if (flag.value == ValueKind::kNone) continue;
    std::vector<std::string> arms;
    for (const VerbEntry& entry : Verbs()) {
      if (Takes(entry.verb, flag))
        arms.push_back(absl::StrCat(ToAbsl(entry.name), "/", ToAbsl(flag.name)));
    }
    absl::StrAppend(&text, "    ", absl::StrJoin(arms, " | "),
                    ") words=", Quoted(BashWords(flag.value, flag.choices)), " ;;\n");
  }
  return text;
}

// Arms of `case $command/$typed` with what may stand where no value does.
std::string BashWordsOfVerbs() {
  std::string text;
  for (const VerbEntry& entry : Verbs()) {
    std::vector<std::string> flags;
    for (const Flag& flag : Flags()) {
      if (Takes(entry.verb, flag))
        flags.push_back(std::string(flag.name) + (flag.value == ValueKind::kNone ? "" : "="));
    }
    flags.push_back("--help");
    const std::string name(entry.name);
    absl::StrAppend(&text, "      ", name, "/-*) words=", Quoted(absl::StrJoin(flags, " ")),
                    " ;;\n");
    std::vector<std::string> actions;
    std::string operands;
    for (const Action& action : Actions()) {
      if (action.verb != entry.verb) continue;
      actions.emplace_back(action.name);
      if (action.operand != ValueKind::kNone) {
        absl::StrAppend(&operands, "          1/", ToAbsl(action.name),
                        ") words=", Quoted(BashWords(action.operand, "")), " ;;\n");
      }
    }
    if (!actions.empty()) {
      absl::StrAppend(&text, "      ", name, "/*)\n        case $operands/$action in\n",
                      "          0/) words=", Quoted(absl::StrJoin(actions, " ")), " ;;\n",
                      operands, "        esac\n        ;;\n");
    } else if ((VerbBit(entry.verb) & kReaderVerbs) != 0) {
      absl::StrAppend(&text, "      ", name, "/*) words=@files ;;\n");
    } else if (entry.verb == Verb::kHelp) {
      absl::StrAppend(&text, "      ", name, "/*) ((operands)) || words=", Quoted(NamesOfVerbs()),
                      " ;;\n");
    }
  }
  return text;
}

// How zsh completes a value: the action of an _arguments specification.
std::string ZshAction(ValueKind kind, std::string_view choices) {
  switch (kind) {
    case ValueKind::kChoice:
      return absl::StrCat("(", ToAbsl(choices), ")");
    case ValueKind::kChoiceFile:
      return absl::StrCat("{_crossfoot_form_and_file ", ToAbsl(choices), "}");
    case ValueKind::kFile:
      return "_files";
    case ValueKind::kDirectory:
      return "_files -/";
    case ValueKind::kRule:
      return "_crossfoot_rules";
    case ValueKind::kNone:
    case ValueKind::kOther:
      break;
  }
  return " ";
}

// A colon ends a part of a specification.
std::string ZshPart(std::string_view text) {
  return absl::StrReplaceAll(ToAbsl(text), {{":", "\\:"}, {"[", "\\["}, {"]", "\\]"}});
}

std::string ZshFlag(const Flag& flag, Language language) {
  std::string text = (flag.repeatable ? "*" : "") + std::string(flag.name);
  if (flag.value != ValueKind::kNone) text += "=";
  absl::StrAppend(&text, "[", ZshPart(flag.description.In(language)), "]");
  if (flag.value != ValueKind::kNone) {
    const std::string value =
        flag.choices.empty() ? PlaceholderOf(flag, language) : std::string(flag.name.substr(2));
    absl::StrAppend(&text, ":", ZshPart(value), ":", ZshAction(flag.value, flag.choices));
  }
  return Quoted(text);
}

// Arms of `case $language` with the verbs.
std::string ZshVerbs() {
  std::string text;
  for (const Language language : kLanguages) {
    absl::StrAppend(&text, "    ", ToAbsl(CodeOf(language)), ")\n      verbs=(\n");
    for (const VerbEntry& entry : Verbs()) {
      absl::StrAppend(
          &text, "        ",
          Quoted(absl::StrCat(ToAbsl(entry.name), ":", ToAbsl(entry.summary.In(language)))), "\n");
    }
    text += "      )\n      ;;\n";
  }
  return text;
}

// Arms of `case $language/$words[2]` with the flags and actions of each verb.
std::string ZshSpecifications() {
  std::string text;
  for (const Language language : kLanguages) {
    for (const VerbEntry& entry : Verbs()) {
      absl::StrAppend(&text, "    ", ToAbsl(CodeOf(language)), "/", ToAbsl(entry.name),
                      ")\n      flags=(\n");
      for (const Flag& flag : Flags()) {
        if (Takes(entry.verb, flag))
          absl::StrAppend(&text, "        ", ZshFlag(flag, language), "\n");
      }
      if ((VerbBit(entry.verb) & kReaderVerbs) != 0) text += "        '*: :_files'\n";
      if (entry.verb == Verb::kHelp)
        absl::StrAppend(&text, "        '2: :(", NamesOfVerbs(), ")'\n");
      const std::string actions = ActionsOf(entry.verb, language);
      if (!actions.empty()) text += "        '2: :->action'\n";
      text += "      )\n";
      if (!actions.empty()) {
        std::string operands;
        text += "      actions=(\n";
        for (const Action& action : Actions()) {
          if (action.verb != entry.verb) continue;
          absl::StrAppend(
              &text, "        ",
              Quoted(absl::StrCat(ToAbsl(action.name), ":", ToAbsl(action.summary.In(language)))),
              "\n");
          if (action.operand == ValueKind::kNone) continue;
          absl::StrAppend(&operands, "      [[ $words[3] != ", ToAbsl(action.name),
                          " ]] || flags+=(",
                          Quoted(absl::StrCat("3:", ToAbsl(action.placeholder.In(language)), ":",
                                              ZshAction(action.operand, ""))),
                          ")\n");
        }
        absl::StrAppend(&text, "      )\n", operands);
      }
      text += "      ;;\n";
    }
  }
  return text;
}

}  // namespace

std::string ManualPage(Language language) {
  const std::string name = absl::StrCat("crossfoot.", ToAbsl(CodeOf(language)), ".1");
  const std::string page = Expand(name, [language](const std::vector<std::string>& words) {
    std::string text;
    if (words[0] == "flags") return RoffOfFlags(VerbsNamed(words), language);
    if (words[0] == "commands") {
      for (const VerbEntry& entry : Verbs()) {
        absl::StrAppend(&text, ".TP\n.B ", ToAbsl(entry.name), "\n",
                        Roff(Sentence(entry.summary.In(language), language)), "\n");
      }
    }
    if (words[0] == "actions") {
      for (const Action& action : Actions()) {
        if (action.verb != VerbsNamed(words).front()) continue;
        const std::string operand(action.placeholder.In(language));
        absl::StrAppend(&text, ".TP\n", operand.empty() ? ".B " : ".BI \"", ToAbsl(action.name),
                        operand.empty() ? "" : " \" " + operand, "\n",
                        Roff(Sentence(action.summary.In(language), language)), "\n");
      }
    }
    return text;
  });
  return absl::StrReplaceAll(page, {{"@version", report::kVersion}});
}

std::string BashCompletion() {
  const std::string text = Expand("crossfoot.bash", [](const std::vector<std::string>& words) {
    return words[0] == "values" ? BashValues() : BashWordsOfVerbs();
  });
  return absl::StrReplaceAll(text, {{"@verbs", NamesOfVerbs()}});
}

std::string ZshCompletion() {
  return Expand("_crossfoot", [](const std::vector<std::string>& words) {
    return words[0] == "verbs" ? ZshVerbs() : ZshSpecifications();
  });
}

}  // namespace crossfoot::cli
