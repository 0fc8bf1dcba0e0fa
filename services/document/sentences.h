#ifndef CROSSFOOT_SERVICES_DOCUMENT_SENTENCES_H_
#define CROSSFOOT_SERVICES_DOCUMENT_SENTENCES_H_

#include <string_view>
#include <vector>

#include "core/text_span.h"

namespace crossfoot::document {

// Cuts text[block.start, block.end) into sentences and appends their ranges, without blanks at
// their ends.  A sentence ends at 。！？!? or …… with the closing quotes and brackets behind it.  A
// mark inside brackets or quotes that close within kMaxBracketBytes does not cut, unless it ends
// the bracket and the sentence with it.  ；and a point between digits never cut.  Linear in the
// size of the block.
inline constexpr int32_t kMaxBracketBytes = 900;
void CutSentences(std::string_view text, core::TextRange block,
                  std::vector<core::TextRange>* sentences);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_SENTENCES_H_
