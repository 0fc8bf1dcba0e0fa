#ifndef CROSSFOOT_SERVICES_FIGURE_PERIOD_SCOPE_H_
#define CROSSFOOT_SERVICES_FIGURE_PERIOD_SCOPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/figure.h"
#include "core/mention.h"
#include "core/period.h"
#include "core/text.h"
#include "core/text_span.h"

namespace crossfoot::figure {

// A period as it was spoken; `period` is nullopt when its year is not known.
struct SpokenPeriod {
  std::optional<core::Period> period;
  core::Text key;         // core::Mention::period_key; empty when nothing was spoken
  core::TextRange range;  // the words
  bool set() const { return !key.empty(); }
};

// Which period the figures at a place are of: the one last spoken in the sentence, else the one
// that its paragraph spoke last, else that of the nearest heading above that names one, else the
// first of the article.
class PeriodScope {
 public:
  // What was spoken before holds no longer.
  void StartArticle() {
    article_ = block_ = sentence_ = aim_ = {};
    sections_.clear();
  }
  // A heading's first period holds for its section; a section whose heading names none has the
  // first whole year that its text speaks of (2025年是…).
  // `heading_level` is 1 for a title, 2 and more for headings below it, 0 for other blocks.
  void StartBlock(int heading_level);
  // A sentence that divides what the one before it states (其中，…; 分地区看，…) is of the same
  // period, also where that is a day, which otherwise holds for its own sentence alone:
  // 年末总里程28650公里。 其中，公路26820公里.
  void StartSentence(bool divides) {
    if (!divides) sentence_ = {};
    printed_ = false;
  }

  // A period mention was read.  One that a change is measured against, and a day inside a month
  // (when something was said, not what it is about), change nothing.  A period that is `aimed` at
  // holds for its own sentence alone.
  void Speak(const core::Mention& mention, bool aimed);

  // 到2027年 was read: whether what follows is still to come, as far as the article tells.  If so,
  // the end of that period holds until another one is spoken or `EndAim`, in this sentence and the
  // ones behind it.
  bool Aim(const core::Mention& mention);
  void EndAim() { aim_ = {}; }
  bool aiming() const { return aim_.set(); }

  // The year of the section, when it has one of its own; 0 otherwise.
  int32_t SectionYear() const;

  const SpokenPeriod& current() const {
    return sentence_.set() ? sentence_ : aim_.set() ? aim_ : around();
  }
  // Without what the sentence says.
  const SpokenPeriod& around() const {
    if (block_.set()) return block_;
    for (size_t i = sections_.size(); i-- > 0;) {
      if (sections_[i].spoken.set()) return sections_[i].spoken;
    }
    return article_;
  }

  // Gives `figure` the current period; `year_before` means the same months of the year before.
  void Apply(bool year_before, core::Figure& figure) const;

 private:
  struct Section {
    int level = 0;
    SpokenPeriod spoken;  // not set until it has one
  };
  SpokenPeriod article_, block_, sentence_, aim_;
  bool printed_ = false;           // whether the sentence itself spoke sentence_
  std::vector<Section> sections_;  // those that hold, outermost first
  int heading_level_ = 0;          // of the block
};

// Moves a figure to the same months of the year before.
void MoveToYearBefore(core::Figure& figure);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_PERIOD_SCOPE_H_
