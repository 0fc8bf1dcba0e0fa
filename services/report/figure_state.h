#ifndef CROSSFOOT_SERVICES_REPORT_FIGURE_STATE_H_
#define CROSSFOOT_SERVICES_REPORT_FIGURE_STATE_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "core/verdict.h"
#include "services/report/words.h"

namespace crossfoot::report {

// What is known of a figure.  The worst wins, and a check that decides wins over none.
enum class FigureState {
  kUnchecked,
  kOpen,
  kExact,
  kWithinRounding,
  kTruncated,
  kDisagrees,
  kContradicted,
  kSuspect,
};

struct FigureStateName {
  FigureState state;
  std::string_view key;  // a word of ASCII for programs: "rounding"
  Word word;
};

// Worst first.
inline constexpr std::array<FigureStateName, 8> kFigureStates = {{
    {FigureState::kSuspect, "suspect", words::kStateSuspect},
    {FigureState::kContradicted, "contradicted", words::kStateContradicted},
    {FigureState::kDisagrees, "disagrees", words::kStateDisagrees},
    {FigureState::kTruncated, "truncated", words::kStateTruncated},
    {FigureState::kWithinRounding, "rounding", words::kStateWithinRounding},
    {FigureState::kExact, "exact", words::kStateExact},
    {FigureState::kOpen, "open", words::kStateOpen},
    {FigureState::kUnchecked, "unchecked", words::kStateUnchecked},
}};

// Where `state` stands in kFigureStates.
inline size_t OrderOf(FigureState state) {
  return static_cast<size_t>(FigureState::kSuspect) - static_cast<size_t>(state);
}
inline const FigureStateName& NameOf(FigureState state) { return kFigureStates[OrderOf(state)]; }

// What a check alone says of the figures that it binds.
FigureState StateOf(core::Verdict verdict);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_FIGURE_STATE_H_
