#ifndef CROSSFOOT_RULES_ENGINE_LOCALIZATION_H_
#define CROSSFOOT_RULES_ENGINE_LOCALIZATION_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/interval.h"
#include "crossfoot/config/v1/rule_pack.pb.h"
#include "rules/engine/binding.h"
#include "rules/engine/figure_index.h"
#include "rules/engine/misprint.h"
#include "rules/relations/outcome.h"

// Which figure is wrong.  Error localisation asks for the smallest set of values whose change
// satisfies every edit (Fellegi and Holt, 1976).  Here an edit is a check, a change is a usual
// misprint undone, and a set is one figure or, where two misprints meet in one check, two.

namespace crossfoot::rules {

// One evaluated binding.
struct Evaluated {
  const config::v1::Rule* rule;
  Binding binding;
  Outcome outcome;
};

// Refers to the figures and checks, which must outlive it.
class Localizer {
 public:
  // `budget`: how often relations may be evaluated in all; what lies beyond is left without a
  // suspect.
  Localizer(const FigureIndex& index, const std::vector<Evaluated>& evaluated, int64_t budget);

  struct Suspect {
    int32_t figure = -1;  // -1: the checks cannot tell
    const Correction* correction = nullptr;
    bool explained = false;  // one misprint in some figure makes the check hold
    int failed = 0;          // checks that fail with the figure
    int passed = 0;          // checks that prove it
  };
  // The figure of the failed check that is most likely wrong: one whose correction, with that of
  // its partner where there is one, repairs all that fails around it; among several, the one in
  // most failed and fewest passed checks.  None when two are as likely.
  Suspect Find(int32_t check);

  // The values of `figure` that make every failed check around it hold, given how the others are
  // rounded; nullopt when there are none or they are no interval.
  std::optional<core::Interval> Admissible(int32_t figure) const;

  // Whether the two sides of a check against an earlier report differ as little as a revision
  // makes them, and by no swap of digits, which none makes.
  bool LooksLikeRevision(const Evaluated& evaluated);

  // Whether a figure of an earlier report takes part.
  bool ReachesEarlier(const Evaluated& evaluated) const;

 private:
  const std::vector<Correction>& Corrections(int32_t figure);
  bool RestatesEarlier(const Evaluated& evaluated) const;
  // Whether the check holds with other values for some figures.
  bool HoldsWith(int32_t check, const std::map<int32_t, Operand>& replaced);
  Operand Corrected(int32_t figure, const Correction& correction) const;
  // Whether `correction` of `figure` makes every failed check that it takes part in hold and breaks
  // none that holds; checks with `partner` are left out.
  bool RepairsAll(int32_t figure, const Correction& correction, int32_t partner = -1);
  // Finds the pairs of figures of failed checks that are both wrong.
  void FindPairs();
  void FindPair(int32_t check);
  bool FailsWithout(int32_t figure, int32_t other) const;
  bool Includes(int32_t check, int32_t figure) const;
  std::optional<core::Interval> Admissible(int32_t check, int32_t figure) const;

  const FigureIndex& index_;
  const std::vector<Evaluated>& evaluated_;
  int64_t budget_;
  std::vector<std::vector<int32_t>> checks_of_;  // by figure
  std::map<int32_t, std::vector<Correction>> corrections_;
  struct Joint {
    int32_t partner;
    const Correction* correction;
  };
  std::map<int32_t, Joint> joint_;  // by figure
};

// Whether a check holds, as far as can be told.
bool Holds(core::Verdict verdict);
// Whether it holds for sure.
bool Proves(core::Verdict verdict);

}  // namespace crossfoot::rules

#endif  // CROSSFOOT_RULES_ENGINE_LOCALIZATION_H_
