#ifndef CROSSFOOT_SERVICES_FIGURE_TABLE_FIGURES_H_
#define CROSSFOOT_SERVICES_FIGURE_TABLE_FIGURES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/figure.h"
#include "core/mention.h"
#include "core/period.h"
#include "core/text.h"
#include "core/text_span.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::figure {

// What the text around a table says of all its figures.
struct TableContext {
  std::optional<core::Period> period;
  core::Text period_key;
  core::Text area;
  core::Text area_code;
  // The words that said so; empty where none did.
  core::TextRange period_range, area_range;
  int32_t article = 0;
  int32_t block = -1;
};

// Appends a figure for every number in the body of table `table` to `figures`.  `first_mention` and
// the `mention_count` behind it are the mentions of that table.
//
// Columns of words are labels, columns of numbers data; each data column belongs to the labels at
// its left, so a table may print two lists side by side.  Column headers are read from the top down
// over their spans, labels from the left to the right and from the rows that they are indented
// below.  A word of these says
//   - the kind of the figure and what a change is measured against (同比增长, 比重, 上年=100),
//   - its period (2023年, over 1—5月) and area (rows of places),
//   - its unit: the cell's own, the column's, the unit column's, the row's, the section's, the unit
//     note's, the caption's, nearest first,
//   - its statistic, when the lexicon knows it, or what it is broken down by.
// A rate or share is tied to the level of the same row and period; an indented row is a part of the
// row above.
void ResolveTableFigures(const core::Document& document, const std::vector<core::Mention>& mentions,
                         const lexicon::Lexicon& lexicon, int32_t table, int32_t first_mention,
                         int32_t mention_count, const TableContext& context,
                         std::vector<core::Figure>& figures);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_TABLE_FIGURES_H_
