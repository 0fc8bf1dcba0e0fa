#include "services/figure/run.h"

#include <string_view>

#include "services/figure/clause.h"

namespace crossfoot::figure {
namespace {

using core::Document;
using core::Mention;
using core::MentionKind;
using core::TextRange;
using core::UnitKind;
using lexicon::Lexicon;

// Whether the text between two numbers only divides the items of a list.
bool DividesList(const Document& document, const Lexicon& lexicon, TextRange gap) {
  std::string_view text = document.TextOf(gap);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text == "、") return true;
  for (const std::string& conjunction : lexicon.conjunctions()) {
    if (text == conjunction) return true;
  }
  return false;
}
bool DividesRatio(const Document& document, TextRange gap) {
  const std::string_view text = document.TextOf(gap);
  return text == "：" || text == ":" || text == "∶";
}

// “26条”: the name of a document, no count.
bool Quoted(const Document& document, TextRange range) {
  constexpr std::string_view kOpen = "“", kClose = "”";
  const int32_t size = static_cast<int32_t>(kOpen.size());
  return range.start >= size && document.TextOf({range.start - size, range.start}) == kOpen &&
         document.text.compare(range.end, kClose.size(), kClose) == 0;
}

}  // namespace

std::vector<NumberRun> FindRuns(const Document& document, const std::vector<Mention>& mentions,
                                const Lexicon& lexicon, int32_t first, int32_t count) {
  std::vector<NumberRun> runs;
  runs.reserve(static_cast<size_t>(count));
  int32_t previous = -1;
  for (int32_t i = first; i < first + count; ++i) {
    if (ReadsAsWords(mentions[i])) continue;
    if (mentions[i].kind != MentionKind::kNumber) {
      // A hedge behind a number does not end its list: 30万以上、50万以上.
      if (!(mentions[i].kind == MentionKind::kHedge && mentions[i].behind)) previous = -1;
      continue;
    }
    if (previous >= 0) {
      const TextRange gap = {mentions[previous].range.end, mentions[i].range.start};
      if (DividesRatio(document, gap) && mentions[i].bare && mentions[previous].bare) {
        runs.back().ratio = true;
        runs.back().mentions.push_back(i);
        previous = i;
        continue;
      }
      if (DividesList(document, lexicon, gap)) {
        runs.back().mentions.push_back(i);
        previous = i;
        continue;
      }
    }
    runs.emplace_back().mentions.push_back(i);
    previous = i;
  }
  return runs;
}

Quantity OwnQuantity(const Mention& mention) {
  Quantity quantity{mention.value, mention.quantum, mention.unit, mention.unit_kind, false};
  quantity.figure = !mention.bare || mention.has_scale;
  if (mention.unit_kind == UnitKind::kDuration) quantity.figure = false;
  return quantity;
}

Quantities RunQuantities(const Document& document, const std::vector<Mention>& mentions,
                         const NumberRun& run) {
  Quantities quantities;
  quantities.reserve(run.mentions.size());
  for (const int32_t index : run.mentions) {
    quantities.push_back(OwnQuantity(mentions[index]));
    if (Quoted(document, mentions[index].range)) quantities.back().figure = false;
  }
  if (run.ratio) {
    // 3.9：59.5：36.6 are shares when they make 100.
    core::Rational sum;
    core::Decimal slack;
    for (const Quantity& quantity : quantities) {
      sum = sum + quantity.value;
      slack = slack + quantity.quantum;
    }
    // Three and more with decimals are shares even when a misprint keeps them from making 100.
    const bool fine = slack < core::Decimal(static_cast<int64_t>(quantities.size()));
    const bool shares =
        fine &&
        (quantities.size() >= 3 ||
         (quantities.size() == 2 && (sum - core::Rational(100)).Abs() <= core::Rational(20)));
    for (Quantity& quantity : quantities) {
      quantity.figure = shares;
      quantity.unit = "%";
      quantity.unit_kind = UnitKind::kPercent;
    }
    return quantities;
  }
  const Mention& last = mentions[run.mentions.back()];
  if (run.mentions.size() < 2 || last.bare) return quantities;
  for (size_t i = 0; i + 1 < quantities.size(); ++i) {
    const Mention& mention = mentions[run.mentions[i]];
    // 7.6个和7.1个百分点: 个 is the beginning of the longer unit.
    const bool short_point =
        last.unit_kind == UnitKind::kPoint && mention.unit_kind == UnitKind::kCount;
    if (!mention.bare && !short_point) continue;
    const core::Decimal last_place = core::Decimal(1);
    if (mention.bare && !mention.has_scale && last.has_scale) {
      // 4028、3175和2088亿元: the scale is shared as well.
      const int32_t power = last.scale_power;
      quantities[i].value = mention.value * core::Rational(last_place.TimesPowerOfTen(power));
      quantities[i].quantum = mention.quantum.TimesPowerOfTen(power);
    }
    quantities[i].unit = last.unit;
    quantities[i].unit_kind = last.unit_kind;
    quantities[i].inherited = true;
    quantities[i].figure = quantities.back().figure;
  }
  return quantities;
}

}  // namespace crossfoot::figure
