#include "services/report/figure_state.h"

namespace crossfoot::report {

FigureState StateOf(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::kExact:
      return FigureState::kExact;
    case core::Verdict::kWithinRounding:
      return FigureState::kWithinRounding;
    case core::Verdict::kTruncated:
      return FigureState::kTruncated;
    case core::Verdict::kInconsistent:
      return FigureState::kDisagrees;
    case core::Verdict::kUndetermined:
    case core::Verdict::kNotApplicable:
    case core::Verdict::kBlocked:
      break;
  }
  return FigureState::kOpen;
}

}  // namespace crossfoot::report
