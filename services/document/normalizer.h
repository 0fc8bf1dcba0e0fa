#ifndef CROSSFOOT_SERVICES_DOCUMENT_NORMALIZER_H_
#define CROSSFOOT_SERVICES_DOCUMENT_NORMALIZER_H_

#include <cstdint>
#include <string_view>

#include "services/document/draft.h"

namespace crossfoot::document {

// What becomes of one code point.  The table follows the Unicode decomposition types <wide>,
// <narrow>, <small>, <noBreak> and <vertical> and the singletons of CJK compatibility ideographs
// and radicals, as ICU knows them.  It is less than NFKC on purpose: superscripts, subscripts,
// circled and parenthesised numbers, fractions and square units stay as they are, for a plain digit
// in their place would join the number beside it.
//
// Traditional characters become the Simplified ones that ICU's Traditional-Simplified gives each of
// them alone (data/simplified.txt), so that one lexicon serves both; both take three bytes, and
// the map to the source stays byte for byte.
//
//   ５％ → 5%   萬 → 万   ＧＤＰ → GDP   ﹪ → %   U+3000 → space   zero-width space → nothing
//   ² ① ㈠ ½ ㎡ 。 ， ； ： （ ） ！ ？ — – stay
//
// ，；：（）！？ are Chinese punctuation, not full-width ASCII, and their small and vertical forms
// become them.
struct Folding {
  enum class Kind { kKeep, kDrop, kReplace, kLineBreak };
  Kind kind = Kind::kKeep;
  char32_t replacement = 0;  // of kReplace
};
Folding Fold(char32_t code_point);

// What a line break in the source becomes.
enum class LineBreaks {
  kKeep,   // "\n", whether it was LF, CR, CR LF, VT, FF, NEL, LS or PS
  kBlank,  // a space
};

// Appends source[start, end), valid UTF-8, to `draft` with every code point folded.
void AppendNormalized(std::string_view source, int32_t start, int32_t end, LineBreaks line_breaks,
                      Draft* draft);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_NORMALIZER_H_
