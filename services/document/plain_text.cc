#include "services/document/plain_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/cancellation.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line.h"
#include "services/document/normalizer.h"
#include "services/document/tables.h"

namespace crossfoot::document {

namespace {

// About how many bytes are normalised between two looks at the cancellation.
constexpr size_t kPieceBytes = size_t{1} << 18;

}  // namespace

Reading ReadPlainText(std::string_view source, const core::Cancellation* cancellation) {
  Reading reading;
  reading.draft.Reserve(source.size());
  for (size_t start = 0; start < source.size() && !core::Stopped(cancellation);) {
    // A piece ends with a line, so that no character and no CR LF is cut.
    const size_t line_end = source.find('\n', std::min(start + kPieceBytes, source.size()));
    const size_t end = line_end == std::string_view::npos ? source.size() : line_end + 1;
    AppendNormalized(source, static_cast<int32_t>(start), static_cast<int32_t>(end),
                     LineBreaks::kKeep, &reading.draft);
    start = end;
  }
  const std::string_view text = reading.draft.text();
  bool blank_before = true;
  for (size_t start = 0; start < text.size();) {
    if ((reading.lines.size() & 63) == 0 && core::Stopped(cancellation)) break;
    size_t end = text.find('\n', start);
    if (end == std::string_view::npos) end = text.size();
    Line line;
    line.range = {static_cast<int32_t>(start), static_cast<int32_t>(end)};
    line.blank_before = blank_before;
    const size_t count = reading.lines.size();
    const core::TextRange words = TrimBlanks(text, line.range);
    if (IsAlignedRow(reading.draft.TextOf(words))) {
      line.indent = words.start - line.range.start;
      line.range = words;
      reading.lines.push_back(line);
    } else {
      AppendLine(reading.draft, line, /*markdown=*/true, &reading.lines);
    }
    blank_before = reading.lines.size() == count;
    start = end + 1;
  }
  return reading;
}

}  // namespace crossfoot::document
