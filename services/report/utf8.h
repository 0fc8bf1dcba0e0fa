#ifndef CROSSFOOT_SERVICES_REPORT_UTF8_H_
#define CROSSFOOT_SERVICES_REPORT_UTF8_H_

#include <cstdint>
#include <string>
#include <string_view>

// What the writers need to know of text that may come from anywhere: file names, reports, error
// messages.

namespace crossfoot::report {

// `text` with every byte that is not part of well-formed UTF-8 replaced by U+FFFD.  Protobuf
// strings must be UTF-8, and file names need not be.
std::string ToValidUtf8(std::string_view text);

// `text` in one printable line: ToValidUtf8, and every control or formatting character (terminal
// escapes, line breaks, direction overrides) becomes a space.
std::string ToPrintable(std::string_view text);

// Whether a terminal must not be sent `code_point`: controls, line and paragraph separators,
// direction marks.
bool Unprintable(int32_t code_point);

// Columns that a terminal gives `code_point`: 2 for wide and full-width characters (UAX #11), 0 for
// combining marks, else 1.
int32_t DisplayWidth(int32_t code_point);

// The sum over the code points of `text`, which must be UTF-8.
int32_t DisplayWidth(std::string_view text);

// The start of `text`, which must be UTF-8, that fits into `max_columns`, the last of them an
// ellipsis when something was cut.
std::string CutToWidth(std::string_view text, int32_t max_columns);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_UTF8_H_
