#ifndef CROSSFOOT_SERVICES_FIGURE_LEAD_H_
#define CROSSFOOT_SERVICES_FIGURE_LEAD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/figure.h"
#include "core/mention.h"
#include "core/text_span.h"
#include "services/figure/clause.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::figure {

// What leads up to a number: the words since the last number or clause mark, sorted by what they
// do.
struct Lead {
  std::string subject;  // the name before the verb: 第一产业 in 第一产业实现增加值
  std::string object;   // the name behind it, or the only one: 增加值
  bool verb = false;
  std::vector<int32_t> areas;  // mentions, of the subject
  core::Basis basis = core::Basis::kNone;
  bool against = false;            // 较, 比
  int above = 0;                   // 高于 +1, 低于 -1
  std::string comparator;          // what stands behind 较, 比, 高于
  int32_t comparator_area = -1;    // mention
  int32_t comparator_period = -1;  // mention
  // All that changes are measured against, in order: 比上月和上年同期分别加快0.5和1.1个百分点,
  // 同比、环比分别增长5%和1%.
  struct Comparison {
    core::Basis basis = core::Basis::kNone;
    int32_t period = -1;    // mention
    core::TextRange range;  // the words
  };
  std::vector<Comparison> comparisons;
  bool share_of = false;
  std::string base;           // what stands behind 占
  bool base_limited = false;  // 扣除…, or brackets, narrow it
  bool share_noun = false;
  bool share_of_growth = false;  // 贡献率: no share of the amount
  int rate_noun = 0;             // 增速 +1, 降幅 -1
  bool contribution = false;
  std::string contributes_to;  // what stands behind 拉动: GDP
  bool respectively = false;
  bool sum = false;
  bool comparable = false;
  bool top = false;
  bool selection = false;    // 等 before the number, 主要
  bool year_before = false;  // 上年同期为: the number is last year's
  bool to = false;           // 至, 达到 right before the number
  bool in_brackets = false;
  int sign = 0;  // of the direction word
  bool of_rate = false;
  bool of_magnitude = false;        // 扩大, 收窄
  bool direction_adjacent = false;  // nothing but hedges between the direction word and the number
  core::Qualifier hedge = core::Qualifier::kExact;

  // The words that said so, for Figure::evidence; empty where none did.
  core::TextRange name_range;  // of `name()`
  core::TextRange subject_range;
  core::TextRange kind_range;   // 增速, 占, 比重, 拉动
  core::TextRange sign_range;   // the direction word
  core::TextRange basis_range;  // 同比, 较…, with the comparator
  core::TextRange base_range;
  core::TextRange hedge_range;

  bool named() const { return !subject.empty() || !object.empty(); }
  // The name of the statistic.
  const std::string& name() const { return object.empty() ? subject : object; }
};

// Reads the words of `tokens` from `begin` on that lead up to the number, or the end of the clause,
// at `end`.
Lead ReadLead(const core::Document& document, const std::vector<core::Mention>& mentions,
              const lexicon::Lexicon& lexicon, const std::vector<Token>& tokens, size_t begin,
              size_t end, bool in_brackets);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_LEAD_H_
