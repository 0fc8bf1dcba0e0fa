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
#include "services/lexicon/lexicon.h"

namespace crossfoot::figure {

// What the text around a table says of all its figures.
struct TableContext {
  std::optional<core::Period> period;
  std::string period_key;
  std::string area;
  std::string area_code;
  int32_t article = 0;
  int32_t block = -1;
};

// Appends a figure for every number in the body of table `table` to `figures`.  `first_mention` and
// the `mention_count` behind it are the mentions of that table.
//
// A cell takes its statistic from its column's header (or from the caption, when the header is a
// bare 指标值), its breakdown from its row's label, its unit from the header, the label, a unit
// column, or the unit note, nearest first. A column of growth rates or shares is tied to the level
// in the same row; an indented row is a part of the row above.
void ResolveTableFigures(const core::Document& document, const std::vector<core::Mention>& mentions,
                         const lexicon::Lexicon& lexicon, int32_t table, int32_t first_mention,
                         int32_t mention_count, const TableContext& context,
                         std::vector<core::Figure>& figures);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_TABLE_FIGURES_H_
