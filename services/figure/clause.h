#ifndef CROSSFOOT_SERVICES_FIGURE_CLAUSE_H_
#define CROSSFOOT_SERVICES_FIGURE_CLAUSE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/mention.h"

// The clause structure of a sentence, parsed once and used for every attribute.

namespace crossfoot::figure {

// A piece of a sentence.
struct Token {
  enum class Kind {
    kMention,
    kText,       // words that the lexicon does not know
    kComma,      // ，
    kSemicolon,  // ；
    kColon,      // ：
    kListComma,  // 、
    kOpen,       // （
    kClose,      // ）
  };
  Kind kind = Kind::kText;
  core::TextRange range;
  int32_t mention = -1;  // index, of kMention
};

// Whether a mention is read as plain words here: a spelled count without a large scale (四个地区,
// 三大), one without a known digit (数亿元), a spelled fraction or length of time, an ordinal
// (第一百).
bool ReadsAsWords(const core::Mention& mention);

// Cuts `range` of the document's text into tokens, given the mentions inside it: `first_mention`
// and the `mention_count` behind it.  Punctuation inside quotation marks belongs to the words.
std::vector<Token> TokenizeSentence(const core::Document& document,
                                    const std::vector<core::Mention>& mentions,
                                    core::TextRange range, int32_t first_mention,
                                    int32_t mention_count);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_CLAUSE_H_
