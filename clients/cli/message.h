#ifndef CROSSFOOT_CLIENTS_CLI_MESSAGE_H_
#define CROSSFOOT_CLIENTS_CLI_MESSAGE_H_

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/status/status.h"
#include "core/error.h"
#include "services/report/language.h"
#include "services/report/words.h"

// Errors that people read in their own language.  absl::Status::message is English, as it is in
// JSON and on the wire; the Chinese one goes with it.

namespace crossfoot::cli {

// The language of the locale "en_GB.UTF-8": English for those of English, else Chinese.
report::Language LanguageOfLocale(std::string_view locale);

// What a message has in place of {0}: the same in every language, or in each its own.  Only for
// arguments: it holds nothing.
struct Value {
  template <typename Text,
            typename = std::enable_if_t<std::is_convertible_v<const Text&, std::string_view>>>
  // NOLINTNEXTLINE(google-explicit-constructor): texts are handed over as they are
  Value(const Text& text) : chinese(text), english(text) {}
  // NOLINTNEXTLINE(google-explicit-constructor): and words
  Value(const report::Word& word) : chinese(word.chinese), english(word.english) {}
  Value(std::string_view in_chinese, std::string_view in_english)
      : chinese(in_chinese), english(in_english) {}

  std::string_view In(report::Language language) const {
    return language == report::Language::kEnglish ? english : chinese;
  }

  std::string_view chinese;
  std::string_view english;
};

// `word` in `language` with `values` in place of {0}, {1}, ….
std::string Say(report::Language language, const report::Word& word,
                std::initializer_list<Value> values = {});

// A status as of core::MakeError that says `word` with `values`.
absl::Status MakeError(core::ErrorReason reason, const report::Word& word,
                       std::initializer_list<Value> values = {},
                       const std::map<std::string, std::string>& metadata = {});

// `status`, which must be an error, with "place: " before what it says, unless that begins with
// `place`: a path, or "path:line".
absl::Status AtPlace(std::string_view place, const absl::Status& status);

// What `status`, an error, says in `language`.  One that was made elsewhere has no Chinese; there
// the name of its reason stands before the English, behind the place that it begins with.
std::string MessageOf(const absl::Status& status, report::Language language);

// 文件无法读取: what went wrong, in Chinese.
std::string_view ChineseName(core::ErrorReason reason);

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_MESSAGE_H_
