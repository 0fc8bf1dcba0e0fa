#ifndef CROSSFOOT_SERVICES_FIGURE_CLAUSE_H_
#define CROSSFOOT_SERVICES_FIGURE_CLAUSE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/figure.h"
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

// What leads up to a number: the words since the last number or clause mark, sorted by what they
// do.
struct Lead {
  std::string subject;  // the name before the verb: 第一产业 in 第一产业实现增加值
  std::string object;   // the name behind it, or the only one: 增加值
  bool verb = false;
  std::vector<int32_t> areas;  // mentions, of the subject
  core::Basis basis = core::Basis::kNone;
  bool against = false;          // 较, 比
  int above = 0;                 // 高于 +1, 低于 -1
  std::string comparator;        // what stands behind 较, 比, 高于
  int32_t comparator_area = -1;  // mention
  bool comparator_period = false;
  bool share_of = false;
  std::string base;           // what stands behind 占
  bool base_limited = false;  // 扣除…, or brackets, narrow it
  bool share_noun = false;
  int rate_noun = 0;  // 增速 +1, 降幅 -1
  bool contribution = false;
  bool respectively = false;
  bool sum = false;
  bool comparable = false;
  bool top = false;
  bool selection = false;    // 等 before the number, 主要
  bool year_before = false;  // 上年同期为: the number is last year's
  bool to = false;           // 至, 到 right before the number
  bool in_brackets = false;
  int sign = 0;  // of the direction word
  bool of_rate = false;
  bool of_magnitude = false;        // 扩大, 收窄
  bool direction_adjacent = false;  // nothing but hedges between the direction word and the number
  bool named() const { return !subject.empty() || !object.empty(); }
  // The name of the statistic.
  const std::string& name() const { return object.empty() ? subject : object; }
  core::Qualifier hedge = core::Qualifier::kExact;
};

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_CLAUSE_H_
