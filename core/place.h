#ifndef CROSSFOOT_CORE_PLACE_H_
#define CROSSFOOT_CORE_PLACE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/large_memory.h"
#include "core/text_span.h"

// Where words stand in a format that is no text: a reader of PDF, DOCX or XLSX writes the words
// down one after the other (services/document/transcript.h), and a PlaceMap says where each came
// from.

namespace crossfoot::core {

// A rectangle on a page, in points (1/72 inch) from the page's upper left corner as it is shown.
struct Box {
  float left = 0;
  float top = 0;
  float right = 0;
  float bottom = 0;

  friend bool operator==(const Box&, const Box&) = default;
};

// Where words stand.  What has no meaning for the kind is 0 or empty.
struct Place {
  enum class Kind {
    kPage,       // PDF
    kParagraph,  // DOCX
    kCell,       // XLSX
  };
  Kind kind = Kind::kPage;
  int32_t page = 0;             // from 1
  std::vector<Box> boxes = {};  // one for each line that the words stand on, in reading order
  std::string part = {};        // of a DOCX: "document", "footnotes", "endnotes"
  int32_t paragraph = 0;        // from 1, in the order of the part, those in tables included
  int32_t run = 0;              // from 1, of the paragraph
  std::string sheet = {};       // its name
  int32_t row = 0;              // from 1
  int32_t column = 0;           // from 1

  friend bool operator==(const Place&, const Place&) = default;
};

// "A1", "AB12": a cell as spreadsheets call it; `row` and `column` from 1.
std::string CellReference(int32_t row, int32_t column);

// What follows the path of the file and tells the place to people and programs: "#page=3"
// (RFC 8118), "#paragraph=12", "#footnotes:paragraph=2", "#Sheet1!B7", "#'2024 Q1'!B7".
std::string ToFragment(const Place& place);

// Says where each byte of a transcript stood.  Built once, front to back; look-up is a binary
// search.  Bytes that were never added (line breaks between paragraphs) stand nowhere.
class PlaceMap {
 public:
  // Makes room for `count` more ranges.
  void Reserve(size_t count) { ReserveMore(entries_, count); }

  // Ranges are of the transcript, not empty, and begin no earlier than the last one ended.

  // `range` is a line, or a piece of one, on `page`.  `edges` are the left edges of its characters
  // and, at the end, the right edge of the last one, in points; one more than it has code points.
  void AddLine(TextRange range, int32_t page, float top, float bottom,
               const std::vector<float>& edges);
  void AddRun(TextRange range, std::string_view part, int32_t paragraph, int32_t run);
  void AddCell(TextRange range, std::string_view sheet, int32_t row, int32_t column) {
    kind_ = Place::Kind::kCell;
    entries_.emplace_back(range.start, range.end, NameIndex(sheet), row, column);
  }

  bool empty() const { return entries_.empty(); }

  // Where `range` of `transcript`, the whole text that the map was built for, stands; of words in
  // several places the first, except that boxes go on to the end of the page.  nullopt for what
  // stands nowhere.
  std::optional<Place> PlaceOf(std::string_view transcript, TextRange range) const;

 private:
  struct Entry {
    int32_t start;
    int32_t end;
    int32_t container;  // the page, or an index into names_
    int32_t first;      // paragraph or row; of a page: index into lines_
    int32_t second;     // run or column; of a page: index into edges_
  };
  struct Line {
    float top;
    float bottom;
  };

  int32_t NameIndex(std::string_view name) {
    // Parts and sheets come one after the other.
    if (names_.empty() || names_.back() != name) names_.emplace_back(name);
    return static_cast<int32_t>(names_.size()) - 1;
  }
  Box BoxOf(const Entry& entry, std::string_view transcript, TextRange range) const;

  Place::Kind kind_ = Place::Kind::kPage;
  std::vector<Entry> entries_;
  std::vector<std::string> names_;
  std::vector<Line> lines_;
  std::vector<float> edges_;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_PLACE_H_
