#include "services/report/utf8.h"

#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace crossfoot::report {
namespace {

// The code point at `offset`, which moves behind it; -1 for a malformed byte sequence.
int32_t Next(std::string_view text, int32_t& offset) {
  UChar32 code_point;
  U8_NEXT(text.data(), offset, static_cast<int32_t>(text.size()), code_point);
  return code_point;
}

}  // namespace

bool Unprintable(int32_t code_point) {
  switch (u_charType(code_point)) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
      return true;
    default:
      return false;
  }
}

std::string ToValidUtf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  int32_t offset = 0;
  while (offset < static_cast<int32_t>(text.size())) {
    const int32_t start = offset;
    if (Next(text, offset) < 0) {
      valid += "\uFFFD";
    } else {
      valid += text.substr(start, offset - start);
    }
  }
  return valid;
}

std::string ToPrintable(std::string_view text) {
  std::string printable;
  printable.reserve(text.size());
  int32_t offset = 0;
  while (offset < static_cast<int32_t>(text.size())) {
    const int32_t start = offset;
    const int32_t code_point = Next(text, offset);
    if (code_point < 0) {
      printable += "\uFFFD";
    } else if (Unprintable(code_point)) {
      printable += ' ';
    } else {
      printable += text.substr(start, offset - start);
    }
  }
  return printable;
}

int32_t DisplayWidth(int32_t code_point) {
  const int8_t type = u_charType(code_point);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return 0;
  const int32_t width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

int32_t DisplayWidth(std::string_view text) {
  int32_t columns = 0;
  int32_t offset = 0;
  while (offset < static_cast<int32_t>(text.size())) columns += DisplayWidth(Next(text, offset));
  return columns;
}

std::string CutToWidth(std::string_view text, int32_t max_columns) {
  int32_t columns = 0;
  int32_t offset = 0;
  int32_t kept = 0;  // bytes that leave a column for the ellipsis
  while (offset < static_cast<int32_t>(text.size())) {
    columns += DisplayWidth(Next(text, offset));
    if (columns > max_columns) return std::string(text.substr(0, kept)) + "…";
    if (columns < max_columns) kept = offset;
  }
  return std::string(text);
}

}  // namespace crossfoot::report
