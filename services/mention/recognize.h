#ifndef CROSSFOOT_SERVICES_MENTION_RECOGNIZE_H_
#define CROSSFOOT_SERVICES_MENTION_RECOGNIZE_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "core/cancellation.h"
#include "core/document.h"
#include "core/mention.h"
#include "services/lexicon/lexicon.h"

namespace crossfoot::mention {

struct RecognizeOptions {
  // The day that periods without a year are read from when the document prints no year of its own.
  std::optional<absl::CivilDay> reference_date;
  // Gives the work up: the result is then without sense.  Not owned; may be null.
  const core::Cancellation* cancellation = nullptr;
};

// Document → mentions, in text order and without overlaps.  One pass over the sentences and table
// cells, the longest reading first; linear in the text.
//
// A period that is printed without its year (1—2月份) takes the year of its article: the year
// printed with the same months elsewhere, the year of the title, the year after one that it is
// compared with, the date line; then that of the document's other articles; then `reference_date`,
// marked as assumed.  With none of these it stays open.
std::vector<core::Mention> RecognizeMentions(const core::Document& document,
                                             const lexicon::Lexicon& lexicon,
                                             const RecognizeOptions& options = {});

}  // namespace crossfoot::mention

#endif  // CROSSFOOT_SERVICES_MENTION_RECOGNIZE_H_
