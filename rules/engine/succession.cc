#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "rules/engine/binding.h"

// Months that make quarters, and quarters that make years.

namespace crossfoot::rules {
namespace {

using core::Figure;

constexpr absl::civil_diff_t kMostMonths = 12;
// Counts are named loosely, and small ones add up by chance.
constexpr int kCountedDigits = 3;

// The first month of a period and the one behind its last.
struct Span {
  absl::CivilMonth start;
  absl::CivilMonth end;

  friend bool operator==(const Span& a, const Span& b) {
    return a.start == b.start && a.end == b.end;
  }
  friend bool operator<(const Span& a, const Span& b) {
    return a.start == b.start ? a.end < b.end : a.start < b.start;
  }
};

Span SpanOf(const Figure& figure) {
  return {absl::CivilMonth(figure.time_period->start),
          absl::CivilMonth(figure.time_period->end) + 1};
}

// The fewest of `stated` that follow one another from the start of `whole` to its end, itself left
// out; empty when there are none.
std::vector<int32_t> FewestThatMake(const Span& whole, const std::map<Span, int32_t>& stated) {
  struct Step {
    size_t count = 0;  // of pieces up to here
    Span piece;        // the last
  };
  std::map<absl::CivilMonth, Step> reached = {{whole.start, {}}};
  for (const auto& [span, figure] : stated) {  // by start
    if (span.start < whole.start || whole.end < span.end || span == whole) continue;
    const auto from = reached.find(span.start);
    if (from == reached.end()) continue;
    const Step step = {from->second.count + 1, span};
    const auto [at, inserted] = reached.try_emplace(span.end, step);
    if (!inserted && step.count < at->second.count) at->second = step;
  }
  std::vector<int32_t> pieces;
  if (!reached.contains(whole.end)) return pieces;
  for (absl::CivilMonth end = whole.end; end != whole.start;) {
    const Span& piece = reached.at(end).piece;
    pieces.insert(pieces.begin(), stated.at(piece));
    end = piece.start;
  }
  return pieces;
}

}  // namespace

std::vector<Binder::Division> Binder::Successive() const {
  std::vector<Division> divisions;
  // The figures of each series by period; the report's own before earlier ones.
  absl::flat_hash_map<std::string, std::map<Span, int32_t>> series;
  std::vector<std::string> flows(index_.size());
  for (const int32_t at : index_.EachOrEarlier()) {
    const Figure& figure = index_.figure(at);
    if (!index_.Earlier(at) && !index_.Usable(at)) continue;
    if (figure.counted && FigureIndex::SignificantDigits(figure) < kCountedDigits) continue;
    flows[at] = FigureIndex::FlowOf(figure, index_.taxonomy());
    if (!flows[at].empty()) series[flows[at]].try_emplace(SpanOf(figure), at);
  }
  for (const int32_t at : index_.Each()) {
    if (flows[at].empty()) continue;
    const std::map<Span, int32_t>& stated = series.at(flows[at]);
    const Span whole = SpanOf(index_.figure(at));
    if (stated.size() < 3 || stated.at(whole) != at || whole.end - whole.start > kMostMonths)
      continue;
    std::vector<int32_t> pieces = FewestThatMake(whole, stated);
    if (pieces.size() < 2) continue;
    // What does not grow with time is no flow, whatever its period: 4月末 of 贷款余额.
    const core::Rational& last = index_.figure(pieces.back()).value;
    const core::Rational& first = index_.figure(pieces.front()).value;
    const core::Rational& total = index_.figure(at).value;
    const core::Rational tenth(core::Decimal(1, -1));
    const auto near = [&](const core::Rational& piece) {
      return (total - piece).Abs() < piece.Abs() * tenth;
    };
    if (near(first) && near(last)) continue;
    divisions.push_back({at, std::move(pieces), true, nullptr});
  }
  return divisions;
}

}  // namespace crossfoot::rules
