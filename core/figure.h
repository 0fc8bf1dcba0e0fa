#ifndef CROSSFOOT_CORE_FIGURE_H_
#define CROSSFOOT_CORE_FIGURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "core/mention.h"
#include "core/period.h"
#include "core/rational.h"
#include "core/text_span.h"

namespace crossfoot::core {

enum class FigureKind {
  kLevel,         // an amount, a count, a stock
  kChange,        // a difference of levels: 比年初增加266亿元
  kGrowthRate,    // %
  kShare,         // %
  kPointChange,   // percentage points
  kContribution,  // points that a part adds to a total's growth
  kMultiple,      // 倍
  kRatio,         // per unit, margin, index
  kRank,
};

enum class Basis {
  kNone,
  kYearAgo,
  kPreviousMonth,
  kPreviousQuarter,
  kPreviousPeriod,  // an earlier period or release of the same series
  kArea,
  kSector,
  kTotal,
  kNamed,
};

enum class Status { kActual, kTarget, kEstimate };

// What ties a figure to another that the text puts it beside.  Indices are into the document's
// figures, -1 for none.
struct FigureLinks {
  int32_t level =
      -1;  // the level that a rate, share or point change speaks of: 2463亿元 for "同比增长7.6%"
  int32_t rate = -1;  // the growth rate that a point change moves: 7.6% for "提高0.8个百分点"
  int32_t whole = -1;  // the figure that 其中 makes this a part of
  int32_t list =
      -1;  // number of the 分别 list or enumeration that this stands in, from 0 in each document
  int32_t list_index = 0;  // 0-based place in that list
  // Number of the group of parts that a phrase like 按行业分 or 三次产业比重 declares, from 0; -1
  // for none.  Members of one group divide one whole.
  int32_t partition = -1;
  bool ratio = false;        // `list` is a ratio that makes 100: 3.9：59.5：36.6
  bool sum_of_list = false;  // 五省合计, 共完成: the sum of the list in `list`
};

// One statistic.  Attribute names follow SDMX.
struct Figure {
  std::string id;       // "f1", "f2", … in text order
  TextRange range;      // into Document::text
  TextSpan span;        // the number with its unit, in the original bytes
  std::string content;  // as printed, blanks dropped: 2178亿元
  std::string
      digits;  // the number in it, without separators: 2178; empty when it is not printed in digits
  FigureKind kind = FigureKind::kLevel;
  Rational value;   // in the base unit, signed by the words: 下降5.4% is -5.4
  Decimal quantum;  // worth of the last printed place, in the base unit; 0 when exact
  std::string
      unit;  // ISO 4217 for money, "%", "pp", else the base unit as printed without its scale
  std::string indicator;
  std::string ref_area;
  std::string ref_area_code;  // ISO 3166-2
  std::string sector;
  std::optional<Period> time_period;
  std::string period_key;  // of the mention that gave the period (core/mention.h)
  Basis basis = Basis::kNone;
  std::string comparator;  // what a change is measured against, as printed: 全国, 2023年全年
  std::string base;        // what a share is a share of, as printed, with its limits:
                           // 全国（扣除跨地区企业）互联网业务收入
  bool base_limited = false;  // `base` is narrower than it would be without the words that limit it
  Qualifier qualifier = Qualifier::kExact;
  Status status = Status::kActual;
  bool comparable_basis = false;  // the text says 可比口径, 可比价 or 不变价 of it

  int32_t article = 0;
  int32_t block = -1;     // index into Document::blocks
  int32_t sentence = -1;  // index into Document::sentences; -1 in a table
  int32_t column = -1;    // of its table, from 0; -1 in prose
  bool counted = false;   // its unit is a counting word: 家, 项
  int32_t mention = -1;   // index into the document's mentions
  bool heading = false;   // stands in a heading or caption
  bool copy = false;      // stands in a paragraph that repeats an earlier one, word for word
  std::vector<std::string>
      names;  // the items printed beside a count or total: 北京, 上海, … for 居前5名的
  int32_t trend = 0;  // what the paragraph's opening words say of it: +1 rise, -1 fall, 0 nothing
  FigureLinks links;

  // "f2 LEVEL 246300000000 CNY 互联网业务收入 | 全国 | | 2024-01-01/2024-02-29", one line.
  std::string DebugString() const;
};

std::string_view ToString(FigureKind kind);  // "LEVEL", the proto's enumerator without its prefix
std::string_view ToString(Basis basis);      // "" for kNone
std::string_view ToString(Status status);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_FIGURE_H_
