#ifndef CROSSFOOT_CORE_FIGURE_H_
#define CROSSFOOT_CORE_FIGURE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/boxed.h"
#include "core/decimal.h"
#include "core/mention.h"
#include "core/period.h"
#include "core/rational.h"
#include "core/text.h"
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

// What a figure says, as far as words of the text may give it.
enum class Attribute : uint8_t {
  kNumber,  // value and quantum
  kUnit,    // unit, with its scale: 亿元
  kIndicator,
  kRefArea,
  kSector,
  kTimePeriod,
  kKind,   // the word that makes it a growth rate, share, …: 增速, 占, 比重
  kSign,   // the direction word: 增长, 下降
  kBasis,  // 同比, 比年初; with it the comparator
  kBase,
  kQualifier,  // 约, 超, 以上
  kStatus,     // 预计, 目标
};
inline constexpr size_t kAttributeCount = 12;

// How a figure came by an attribute.
enum class Origin : uint8_t {
  kNone,     // it has none, or what every figure has that no word limits: a level, actual, exact
  kPrinted,  // words of its own clause or its own table cell
  kCarried,  // words elsewhere: another clause, sentence or heading, a caption, a header or a label
  kAssumed,  // by convention; words, if any, only suggest it: a month without its year
};

// Which words gave each attribute of a figure.
//
//   figure.evidence.Set(Attribute::kSign, mentions[i].range, Origin::kPrinted);
//   figure.evidence.Set(Attribute::kRefArea, {}, Origin::kAssumed);  // 全国: nothing says so
class FigureEvidence {
 public:
  // The words; empty when no word gave it.  Into Document::text.
  TextRange range(Attribute attribute) const { return ranges_[static_cast<size_t>(attribute)]; }
  Origin origin(Attribute attribute) const { return origins_[static_cast<size_t>(attribute)]; }

  // Later words replace earlier ones.
  void Set(Attribute attribute, TextRange range, Origin origin) {
    ranges_[static_cast<size_t>(attribute)] = range;
    origins_[static_cast<size_t>(attribute)] = origin;
  }
  // Takes over what another figure knows of an attribute; words that it had printed are carried
  // from there.
  void Carry(Attribute attribute, const FigureEvidence& other) {
    const Origin origin = other.origin(attribute);
    Set(attribute, other.range(attribute), origin == Origin::kPrinted ? Origin::kCarried : origin);
  }

 private:
  // Apart from each other: every figure has them, so padding would count.
  TextRange ranges_[kAttributeCount];
  Origin origins_[kAttributeCount] = {};
};

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
  // Of a bound, the figure that is said to keep it: 8.1% for 一直保持在8%以上.
  int32_t bounds = -1;
  // Of what something has come to, the figure that it came from: 75.3万户 in
  // 由50.1万户增至75.3万户.
  int32_t from = -1;
  // Which way the words say that it went, 增至 +1, 降至 -1, or by how much a level that is no
  // change against a stated time did: 贷款增加486.2亿元.  0 when they do not.
  int8_t moved = 0;
  int32_t entry_of = -1;  // of an entry in the contents: the figure of the heading it names
  // What words say of where it stands among figures of its kind, the largest +1 or the smallest
  // -1: 涨幅居首; the nation is one of them where they say 领跑全国.
  int8_t extreme = 0;
  bool extreme_of_nation = false;
  int8_t steady = 0;         // the rates that `list` tells of rise +1 or fall -1: 逐月回落
  bool ranked = false;       // `list` goes from the largest to the smallest: 居前5名
  bool ratio = false;        // `list` is a ratio that makes 100: 3.9：59.5：36.6
  bool out_of = false;       // `whole` is the count that it was counted out of: 31个省份中28个
  bool sum_of_list = false;  // 五省合计, 共完成: the sum of the list in `list`
  int8_t sum_of = 0;  // 三者合计, without a list: of how many levels before it; 0 for others
};

// One statistic.  Attribute names follow SDMX.
struct Figure {
  std::string id;       // "f1", "f2", … in text order
  TextRange range;      // the number with its unit, into Document::text
  std::string content;  // as printed, blanks dropped: 2178亿元
  std::string
      digits;  // the number in it, without separators: 2178; empty when it is not printed in digits
  FigureKind kind = FigureKind::kLevel;
  Rational value;   // in the base unit, signed by the words: 下降5.4% is -5.4
  Decimal quantum;  // worth of the last printed place, in the base unit; 0 when exact
  Text unit;  // ISO 4217 for money, "%", "pp", else the base unit as printed without its scale
  Text indicator;
  bool generic = false;  // the indicator says little without the sector: 收入, 价格
  // The number limits the words behind it and says nothing of the indicator: 增速超10%的行业.
  bool selective = false;
  Text statistic;  // the canonical name of the indicator: 居民消费价格 for CPI; empty when unknown
  Text ref_area;
  Text ref_area_code;  // ISO 3166-2
  Text sector;
  std::optional<Period> time_period;
  Text period_key;                  // of the mention that gave the period (core/mention.h)
  Boxed<Period> comparator_period;  // that `comparator` names: 较前三季度
  Basis basis = Basis::kNone;
  Text comparator;  // what a change is measured against, as printed: 全国, 2023年全年
  Text base;        // what a share is a share of, as printed, with its limits:
                    // 全国（扣除跨地区企业）互联网业务收入
  bool base_limited = false;  // `base` is narrower than it would be without the words that limit it
  Qualifier qualifier = Qualifier::kExact;
  Status status = Status::kActual;
  bool comparable_basis = false;  // the text says 可比口径, 可比价 or 不变价 of it

  int32_t article = 0;
  int32_t block = -1;     // index into Document::blocks
  int32_t sentence = -1;  // index into Document::sentences; -1 in a table
  int32_t column = -1;    // of its table, from 0; -1 in prose
  int32_t row = -1;       // of its table, from 0; -1 in prose
  int8_t indent = 0;      // how deep the label of its row stands: more for the parts of a row
  // What the label of its row, or the header of its column, calls the sum of the others: 合计; an
  // area that has the others as its parts, as the table's own, counts as well.
  bool row_total = false;
  bool row_total_area = false;
  bool column_total = false;
  bool counted = false;  // its unit is a counting word: 家, 项
  int32_t mention = -1;  // index into the document's mentions
  bool heading = false;  // stands in a heading or caption
  bool copy = false;     // stands in a paragraph that repeats an earlier one, word for word
  std::vector<std::string>
      names;  // the items printed beside a count or total: 北京, 上海, … for 居前5名的
  // What the paragraph's opening words say of it, or the words behind a count of those that it
  // counts: +1 rise, -1 fall, 0 nothing.
  int32_t trend = 0;
  FigureLinks links;
  FigureEvidence evidence;

  // The statistic as readers know it: 电子商务平台技术服务收入, not 收入.
  std::string FullIndicator() const;

  // "f2 LEVEL 246300000000 CNY 互联网业务收入 | 全国 | | 2024-01-01/2024-02-29", one line.
  std::string DebugString() const;
};

std::string_view ToString(FigureKind kind);  // "LEVEL", the proto's enumerator without its prefix
std::string_view ToString(Basis basis);      // "" for kNone
std::string_view ToString(Status status);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_FIGURE_H_
