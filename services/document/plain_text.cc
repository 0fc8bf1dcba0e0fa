#include "services/document/plain_text.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line.h"
#include "services/document/normalizer.h"
#include "services/document/tables.h"

namespace crossfoot::document {

Reading ReadPlainText(std::string_view source) {
  Reading reading;
  reading.draft.Reserve(source.size());
  AppendNormalized(source, 0, static_cast<int32_t>(source.size()), LineBreaks::kKeep,
                   &reading.draft);
  const std::string_view text = reading.draft.text();
  bool blank_before = true;
  for (size_t start = 0; start < text.size();) {
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
