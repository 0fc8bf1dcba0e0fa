#ifndef CROSSFOOT_SERVICES_LEXICON_LAYOUT_H_
#define CROSSFOOT_SERVICES_LEXICON_LAYOUT_H_

#include <array>
#include <bitset>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/string_view.h"
#include "services/lexicon/lexicon_file.h"

// The words that say what a line or a cell is.  They stand in services/lexicon/layout, in the
// schema crossfoot.config.v1.Layout; code lists none.
//
//   Layout::BuiltIn().Is(LayoutRole::kTotalLabel, "合计")   // true

namespace crossfoot::lexicon {

// Same numbers as crossfoot.config.v1.LayoutWords.Role, which documents each.
enum class LayoutRole {
  kLabelHeader = 1,
  kCityHeader = 2,
  kValueHeader = 3,
  kUnitHeader = 4,
  kRankHeader = 5,
  kOrdinalHeader = 6,
  kChangeHeader = 7,
  kTotalLabel = 8,
  kPartLabel = 9,
  kNoNumber = 10,
  kNumberHeaderPart = 11,
  kCaptionEnd = 12,
  kSumLabel = 13,
  kYearBeforeHeader = 14,
  kUnitNote = 20,
  kNote = 21,
  kNoteHead = 22,
  kSourceNote = 23,
  kReporter = 24,
  kArticleOpening = 25,
  kContinuedOn = 26,
  kContinuedFrom = 27,
  kNoSignature = 28,
  kEndMark = 29,
  kPhotoCredit = 30,
  kPhotoCreditEnd = 31,
  kBylineLabel = 32,
  kByline = 33,
  kImprintPart = 34,
  kImprint = 35,
  kContact = 36,
  kNavigation = 37,
  kUnfinishedEnd = 38,
  kMeasureStart = 39,
  kCaption = 40,
  kContentsHead = 41,
  kPartMark = 42,
  kChapter = 43,
  kDateStart = 44,
};

// Immutable after loading and safe to share between threads.
class Layout {
 public:
  // The words built into the program, loaded once; without words when BuiltInStatus() is an error.
  static const Layout& BuiltIn();
  static const absl::Status& BuiltInStatus();

  // kDataInvalid, with metadata "file" and "line", for text that is no Layout, an empty word, a
  // word that stands twice in a role, or a role that is not set.
  static absl::StatusOr<std::unique_ptr<const Layout>> Parse(const std::vector<LexiconFile>& files);

  // Whether `text` is, begins with, ends with or holds a word of `role`.
  bool Is(LayoutRole role, std::string_view text) const {
    return Of(role).set.contains(core::ToAbsl(text));
  }
  bool StartsWith(LayoutRole role, std::string_view text) const {
    return PrefixSize(role, text) > 0;
  }
  bool EndsWith(LayoutRole role, std::string_view text) const { return SuffixSize(role, text) > 0; }
  bool Holds(LayoutRole role, std::string_view text) const;
  // Bytes of the longest word of `role` that `text` begins with; 0 when there is none.
  size_t PrefixSize(LayoutRole role, std::string_view text) const;
  // Of the longest that it ends with.
  size_t SuffixSize(LayoutRole role, std::string_view text) const;

 private:
  struct Words {
    std::vector<std::string> list;
    absl::flat_hash_set<std::string> set;
    std::bitset<256> first_bytes;  // of the words
  };
  static constexpr size_t kRoles = 45;
  const Words& Of(LayoutRole role) const { return words_[static_cast<size_t>(role)]; }

  std::array<Words, kRoles> words_;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_LAYOUT_H_
