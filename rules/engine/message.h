#ifndef CROSSFOOT_RULES_ENGINE_MESSAGE_H_
#define CROSSFOOT_RULES_ENGINE_MESSAGE_H_

#include <cstdint>
#include <string>
#include <string_view>

// The messages of rules: ICU MessageFormat patterns (Unicode TR35, "Message Format") with these
// named arguments, so that a pack can say "{parts, plural, one {# part} other {# parts}}".

namespace crossfoot::rules {

// What a message may speak of.
struct MessageArguments {
  std::string expression;  // {expression}: the relation with its numbers
  std::string left;        // {left}: the figure on the left side, as printed
  std::string expected;    // {expected}: what it would be, to four decimals
  std::string imbalance;   // {imbalance}: by how much the sides differ, to four decimals
  std::string names;       // {names}: what the left figure is of
  std::string note;        // {note}: a remark of the check; may be empty
  int64_t parts = 0;       // {parts}: how many figures stand on the right side
};

enum class MessageLanguage { kChinese, kEnglish };

// What is wrong with a pattern, for people, or "": a pattern that ICU refuses, or an argument that
// is none of the above.
std::string ProblemOfMessage(std::string_view pattern, MessageLanguage language);

// The message; blanks at its end are cut, as an argument may be empty.  `pattern` has no problem.
std::string FormatMessage(std::string_view pattern, MessageLanguage language,
                          const MessageArguments& arguments);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_MESSAGE_H_
