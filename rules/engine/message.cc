#include "rules/engine/message.h"

#include <unicode/fmtable.h>
#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/strenum.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace crossfoot::rules {
namespace {

constexpr std::string_view kNames[] = {"expression", "left", "expected", "imbalance",
                                       "names",      "note", "parts"};

icu::UnicodeString Decode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string Encode(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

const icu::Locale& LocaleOf(MessageLanguage language) {
  return language == MessageLanguage::kEnglish ? icu::Locale::getEnglish()
                                               : icu::Locale::getChinese();
}

}  // namespace

std::string ProblemOfMessage(std::string_view pattern, MessageLanguage language) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place;
  icu::MessageFormat format(Decode(pattern), LocaleOf(language), place, status);
  if (U_FAILURE(status)) {
    return absl::StrCat("no message pattern (", u_errorName(status), "), before \"",
                        Encode(icu::UnicodeString(place.postContext)), "\"");
  }
  const std::unique_ptr<icu::StringEnumeration> names(format.getFormatNames(status));
  if (U_FAILURE(status) || names == nullptr) return "no message pattern";
  while (const icu::UnicodeString* name = names->snext(status)) {
    const std::string argument = Encode(*name);
    if (std::find(std::begin(kNames), std::end(kNames), argument) == std::end(kNames))
      return absl::StrCat("unknown placeholder {", argument, "}");
  }
  return "";
}

std::string FormatMessage(std::string_view pattern, MessageLanguage language,
                          const MessageArguments& arguments) {
  const icu::Formattable values[] = {Decode(arguments.expression),     Decode(arguments.left),
                                     Decode(arguments.expected),       Decode(arguments.imbalance),
                                     Decode(arguments.names),          Decode(arguments.note),
                                     icu::Formattable(arguments.parts)};
  static_assert(std::size(values) == std::size(kNames));
  icu::UnicodeString names[std::size(kNames)];
  std::transform(std::begin(kNames), std::end(kNames), names, &Decode);
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessageFormat format(Decode(pattern), LocaleOf(language), status);
  icu::UnicodeString message;
  format.format(names, values, static_cast<int32_t>(std::size(kNames)), message, status);
  // Refused when the pack was read; what the finding is about is said all the same.
  if (U_FAILURE(status)) return arguments.expression;
  std::string text = Encode(message);
  absl::StripTrailingAsciiWhitespace(&text);
  return text;
}

}  // namespace crossfoot::rules
