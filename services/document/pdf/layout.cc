#include "services/document/pdf/layout.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "core/cancellation.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/line.h"
#include "services/document/line_shape.h"
#include "services/document/pdf/furniture.h"
#include "services/document/pdf/lines.h"
#include "services/document/pdf/tables.h"

namespace crossfoot::document {
namespace {

// How much larger than the text a heading is set, and how much smaller a note.
constexpr float kHeadingSize = 1.12F;
constexpr float kNoteSize = 0.92F;
// Longest heading, in code points.
constexpr int32_t kMaxHeading = 50;
// All in ems.  How far the first line of a paragraph is set in, at least; how far lines of one
// paragraph may be apart; how much of a line may be left empty before a word that does not fit.
constexpr float kIndent = 1.3F;
constexpr float kMaxLineDistance = 2.8F;
constexpr float kRagged = 1.6F;
// A gap in a line of text that is more than a blank.
constexpr float kWideGap = 2;
// Lines of one paragraph are at most this much further apart than is usual in their column.
constexpr float kMaxStretch = 1.3F;

char32_t FirstOf(std::string_view text) { return CodePointAt(text, 0).value; }
char32_t LastOf(std::string_view text) { return CodePointBefore(text, text.size()).value; }

// A column, or what stands on its own above or below columns.
struct Region {
  std::vector<PdfItem> items;
  float left = 0;  // of the text
  float right = 0;
  float distance = 0;  // from line to line, as is usual
};

// A line of text and the region that it stands in.
struct TextLine {
  PdfRow row;
  size_t region = 0;
  float left() const { return row.front().left; }
  float right() const { return row.back().right; }
};

// A paragraph, heading, running head or table.
struct Element {
  enum class Kind { kText, kFurniture, kTable };
  Kind kind = Kind::kText;
  std::vector<TextLine> lines;  // but of a table
  PdfTable table;
  float size = 0;
  bool bold = false;
  int32_t characters = 0;
};

// The most frequent of sizes, by how many characters have each.
class SizeCount {
 public:
  void Add(float size, int32_t characters) {
    // Steps of half a point; sizes beyond what is printed count as the last step.
    const float step = std::min(std::round(size * 2), 1000.0F);
    counts_[static_cast<int32_t>(step)] += characters;
  }
  float Mode() const {
    int64_t most = 0;
    int32_t mode = 2;
    for (const auto& [size, count] : counts_) {
      if (count <= most) continue;
      most = count;
      mode = size;
    }
    return std::max(static_cast<float>(mode) / 2, 0.5F);
  }

 private:
  std::map<int32_t, int64_t> counts_;
};

// -, −, – and —.
bool IsDash(char32_t c) { return c == '-' || c == 0x2212 || c == 0x2013 || c == 0x2014; }

// Writes rows and cells down, with the place of each character.
class RowWriter {
 public:
  RowWriter(const std::vector<PdfPage>& pages, TranscriptWriter& writer)
      : pages_(pages), writer_(writer) {}

  // Writes a piece of a line.  Call Break between lines and Finish behind the last one.
  void Write(const PdfSegment& segment) {
    const PdfPage& page = pages_[segment.page];
    for (const int32_t index : segment.words) {
      const PdfWord& word = page.words[index];
      const PdfScript script = ScriptOf(segment, word);
      const float* const edges = page.edges.data() + word.first_edge;
      const std::string_view words =
          std::string_view(page.text).substr(word.start, word.end - word.start);
      const bool same_line = last_ != 0 && !broken_;
      const bool blank = same_line
                             ? ReadsBlank(last_, FirstOf(words), edges[0] - right_, segment.size)
                             : broken_ && JoinLine(FirstOf(words));
      // The blank belongs to the words before it.
      if (blank) Append(" ", &right_, 1);
      if (broken_ || script != script_ || segment.page != page_ || edges[0] < right_) Flush();
      broken_ = false;
      if (text_.empty()) {
        script_ = script;
        page_ = segment.page;
        top_ = word.top;
        bottom_ = word.bottom;
      }
      top_ = std::min(top_, word.top);
      bottom_ = std::max(bottom_, word.bottom);
      Append(words, edges, word.characters);
      right_ = edges[word.characters];
      last_ = LastOf(words);
    }
  }

  // A wide gap in a line: one blank, or two that keep apart what does not belong together.
  void Gap(int32_t blanks) {
    constexpr std::string_view kBlanks = "  ";
    if (last_ != 0) Append(kBlanks.substr(0, blanks), nullptr, blanks);
    last_ = 0;
  }

  // The words that follow stand on another line.  `full`: the one that ends has no room for another
  // character.
  void Break(bool full) {
    broken_ = last_ != 0;
    full_ = full;
  }

  void Finish() {
    Flush();
    last_ = 0;
    broken_ = false;
  }

 private:
  // Joins the line that ended to the one that begins with `next`: takes a hyphen away, and answers
  // whether a blank goes between.
  bool JoinLine(char32_t next) {
    if (IsEastAsian(last_) || IsEastAsian(next)) return false;
    // A number that is cut.
    if (IsDigit(last_) && (next == '.' || next == ',' || next == '%')) return false;
    if (IsDigit(next) && (last_ == '.' || (IsDigit(last_) && full_))) return false;
    // A sign before its number, and a range: 1—2月.
    if (IsDigit(next) && IsDash(last_)) return false;
    if (IsDigit(last_) && IsDash(next) && next != '-') return false;
    const bool lower = next >= 'a' && next <= 'z';
    if (last_ == '-' && lower && text_.size() >= 2 &&
        IsAsciiLetter(static_cast<unsigned char>(text_[text_.size() - 2]))) {
      text_.pop_back();
      right_ = edges_.back();
      edges_.pop_back();
      return false;
    }
    return true;
  }

  // `edges` are the left edges; nullptr: where the last word ended.
  void Append(std::string_view words, const float* edges, int32_t characters) {
    text_ += words;
    for (int32_t at = 0; at < characters; ++at)
      edges_.push_back(edges == nullptr ? right_ : edges[at]);
  }

  void Flush() {
    if (text_.empty()) return;
    const auto script = script_ == PdfScript::kSuperscript ? TranscriptWriter::Script::kSuperscript
                        : script_ == PdfScript::kSubscript ? TranscriptWriter::Script::kSubscript
                                                           : TranscriptWriter::Script::kNormal;
    const core::TextRange range = writer_.AppendWords(text_, script);
    edges_.push_back(right_);
    if (!range.empty()) writer_.places().AddLine(range, page_ + 1, top_, bottom_, edges_);
    text_.clear();
    edges_.clear();
  }

  const std::vector<PdfPage>& pages_;
  TranscriptWriter& writer_;
  std::string text_;          // not written yet
  std::vector<float> edges_;  // left edges of its characters
  PdfScript script_ = PdfScript::kNormal;
  int32_t page_ = 0;
  float top_ = 0;
  float bottom_ = 0;
  float right_ = 0;      // of the last word
  char32_t last_ = 0;    // character; 0 at the start of a line or cell
  bool broken_ = false;  // a line ended behind it
  bool full_ = false;    // and was full
};

class PageLayout {
 public:
  PageLayout(std::string_view uri, const std::vector<PdfPage>& pages, int64_t max_bytes,
             const core::Cancellation* cancellation)
      : pages_(pages), cancellation_(cancellation), writer_(uri, max_bytes) {}

  absl::StatusOr<Transcript> LayOut() {
    FindRegions();
    if (core::Stopped(cancellation_)) return cancellation_->status();
    MeasureRegions();
    FindElements();
    if (core::Stopped(cancellation_)) return cancellation_->status();
    RankHeadings();
    Write();
    if (core::Stopped(cancellation_)) return cancellation_->status();
    if (absl::Status status = writer_.status(); !status.ok()) return status;
    return std::move(writer_).Finish();
  }

 private:
  void FindRegions() {
    SizeCount sizes;
    for (const PdfPage& page : pages_) {
      for (const PdfWord& word : page.words) sizes.Add(word.size, word.characters);
    }
    std::vector<float> heights;
    std::vector<std::vector<PdfSegment>> segments;
    for (const PdfPage& page : pages_) {
      if (core::Stopped(cancellation_)) return;
      segments.push_back(
          FindSegments(page, static_cast<int32_t>(segments.size()), sizes.Mode(), cancellation_));
      heights.push_back(page.height);
    }
    furniture_ = TakeFurniture(heights, segments);
    SizeCount text_sizes;  // of what is in no table
    for (std::vector<PdfSegment>& page : segments) {
      if (core::Stopped(cancellation_)) return;
      const PdfPage& source = pages_[first_region_.size()];
      first_region_.push_back(regions_.size());
      for (std::vector<PdfSegment>& column : CutColumns(std::move(page))) {
        Region& region = regions_.emplace_back();
        region.items = FindPdfTables(source, GroupRows(std::move(column)), cancellation_);
        for (const PdfItem& item : region.items) {
          const auto* const row = std::get_if<PdfRow>(&item);
          if (row == nullptr) continue;
          for (const PdfSegment& segment : *row) {
            text_sizes.Add(segment.size, segment.characters);
            (segment.bold ? bold_ : regular_) += segment.characters;
          }
        }
      }
    }
    first_region_.push_back(regions_.size());
    body_size_ = text_sizes.Mode();
  }

  bool IsBody(const PdfRow& row) const {
    return std::abs(SizeOf(row) - body_size_) < 0.1F * body_size_;
  }

  // Margins and distances of lines.  A column with few lines has the margin of those that begin in
  // the same place.
  void MeasureRegions() {
    std::map<int64_t, float> rights;  // by the left margin
    const auto place = [](float left) { return static_cast<int64_t>(std::lround(left / 6)); };
    for (Region& region : regions_) {
      bool first = true;
      std::vector<float> distances;
      const PdfRow* before = nullptr;
      for (const PdfItem& item : region.items) {
        const auto* const row = std::get_if<PdfRow>(&item);
        if (row == nullptr || !IsBody(*row)) {
          before = nullptr;
          continue;
        }
        const float left = row->front().left;
        const float right = row->back().right;
        region.left = first ? left : std::min(region.left, left);
        region.right = first ? right : std::max(region.right, right);
        first = false;
        if (before != nullptr) distances.push_back(MiddleOf(*row) - MiddleOf(*before));
        before = row;
      }
      if (first) continue;
      if (!distances.empty()) {
        const auto middle = distances.begin() + static_cast<int64_t>(distances.size() / 2);
        std::nth_element(distances.begin(), middle, distances.end());
        region.distance = *middle;
      }
      float& right = rights[place(region.left)];
      right = std::max(right, region.right);
    }
    for (size_t at = 0; at < regions_.size(); ++at) {
      Region& region = regions_[at];
      if (region.right <= region.left) continue;
      // Beside another column it is as wide as its own lines.
      const float widest = rights[place(region.left)];
      if (StandsAlone(at)) region.right = std::max(region.right, widest);
      for (const PdfItem& item : region.items) {
        const auto* const row = std::get_if<PdfRow>(&item);
        if (row == nullptr || !IsBody(*row)) continue;
        const float indent = (row->front().left - region.left) / body_size_;
        indents_ |= indent > kIndent && indent < 3.5F;
      }
    }
  }

  // Whether nothing stands to the right of a region.
  bool StandsAlone(size_t region) const {
    const auto next = std::upper_bound(first_region_.begin(), first_region_.end(), region);
    for (size_t other = *std::prev(next); other < *next; ++other) {
      if (other != region && regions_[other].left > regions_[region].right) return false;
    }
    return true;
  }

  void FindElements() {
    for (size_t page = 0; page < pages_.size(); ++page) {
      if (core::Stopped(cancellation_)) return;
      for (PdfSegment& head : furniture_[page].heads) {
        Element& element = elements_.emplace_back();
        element.kind = Element::Kind::kFurniture;
        element.lines.push_back({{std::move(head)}});
      }
      for (size_t region = first_region_[page]; region < first_region_[page + 1]; ++region) {
        bool first = true;
        for (PdfItem& item : regions_[region].items) {
          if (auto* const table = std::get_if<PdfTable>(&item)) {
            AddTable(std::move(*table), first);
          } else {
            AddLine({std::get<PdfRow>(std::move(item)), region});
          }
          first = false;
        }
      }
    }
  }

  // The last element that is no running head and, with `notes`, no small type; or none.
  Element* Last(bool notes) {
    constexpr int kMaxSkipped = 32;
    int left = kMaxSkipped;
    for (auto element = elements_.rbegin(); element != elements_.rend() && left > 0;
         ++element, --left) {
      if (element->kind == Element::Kind::kFurniture) continue;
      const bool note =
          element->kind == Element::Kind::kText && element->size < kNoteSize * body_size_;
      if (!notes || !note) return &*element;
    }
    return nullptr;
  }

  void AddTable(PdfTable table, bool first) {
    Element* const last = Last(/*notes=*/false);
    if (first && last != nullptr && last->kind == Element::Kind::kTable &&
        GoesOn(last->table, table)) {
      AppendRows(std::move(table), last->table);
      return;
    }
    Element& element = elements_.emplace_back();
    element.kind = Element::Kind::kTable;
    element.table = std::move(table);
  }

  void AddLine(TextLine line) {
    Element* element = Last(/*notes=*/false);
    if (element == nullptr || !Joins(*element, line)) {
      // Notes at the foot of a column stand between the halves of a sentence.
      element = Last(/*notes=*/true);
      if (element != nullptr && !Joins(*element, line)) element = nullptr;
    }
    if (element == nullptr) {
      element = &elements_.emplace_back();
      element->size = SizeOf(line.row);
      element->bold = true;
    }
    for (const PdfSegment& segment : line.row) {
      element->bold &= segment.bold;
      element->characters += segment.characters;
    }
    element->lines.push_back(std::move(line));
  }

  static bool HasWideGap(const PdfRow& row) {
    for (size_t at = 1; at < row.size(); ++at) {
      if (row[at].left - row[at - 1].right > kWideGap * row[at].size) return true;
    }
    return false;
  }

  // In the middle of its column, or as wide as it.
  bool IsCentered(const TextLine& line) const {
    const Region& region = regions_[line.region];
    const float size = SizeOf(line.row);
    const float before = line.left() - region.left;
    const float after = region.right - line.right();
    return std::abs(before - after) < 2 * size;
  }

  // Whether `line` goes on with the paragraph `element`.
  bool Joins(const Element& element, const TextLine& line) const {
    if (element.kind != Element::Kind::kText) return false;
    const TextLine& last = element.lines.back();
    const float size = SizeOf(line.row);
    if (std::abs(size - element.size) > 0.08F * element.size) return false;
    if (HasWideGap(last.row) || HasWideGap(line.row)) return false;
    if (IsUnitNote(line.row[0].text) || IsCaption(line.row[0].text)) return false;
    const Region& region = regions_[line.region];
    const Region& last_region = regions_[last.region];
    const bool same_region = last.region == line.region;
    const std::string_view text = last.row.back().text;
    if (same_region) {
      const float distance = MiddleOf(line.row) - MiddleOf(last.row);
      if (distance > kMaxLineDistance * size) return false;
      const bool known = region.distance > 0 && std::abs(size - body_size_) < 0.1F * body_size_;
      if (known && distance > kMaxStretch * region.distance) return false;
      // A heading of several lines.
      if (size > kHeadingSize * body_size_ && distance < 2 * size && IsCentered(last) &&
          IsCentered(line) && line.left() > region.left + size) {
        return true;
      }
    }
    // The line must be full, but for a word that did not fit.
    int32_t word = 0;
    const std::string_view next = line.row.front().text;
    for (size_t at = 0; at < next.size() && word < 20; ++word) {
      const CodePoint c = CodePointAt(next, at);
      if (IsBlank(c.value) || (IsEastAsian(c.value) && word > 0)) break;
      at += c.size_bytes;
    }
    const float empty = last_region.right - last.right();
    if (empty > (kRagged + 0.55F * static_cast<float>(word)) * size) return false;
    const bool closed = EndsClosed(text);
    const float indent = line.left() - region.left;
    if (indent > kIndent * size) {
      // A block that is set in as a whole.
      return same_region && !closed && std::abs(line.left() - last.left()) < 0.5F * size;
    }
    // Behind a full line that ends a sentence only an indent tells where a paragraph begins.
    if (closed) return indents_ && empty < kRagged * size;
    return true;
  }

  bool MayBeHeading(size_t at) const {
    const Element& element = elements_[at];
    if (element.kind != Element::Kind::kText || element.characters > kMaxHeading) return false;
    const std::string_view text = element.lines.back().row.back().text;
    return !EndsClosed(text) && !HasInnerStop(text) && !HasWideGap(element.lines[0].row) &&
           OutlineDepth(element.lines[0].row[0].text) == 0 && !IsCaption(text) && !IsNote(text);
  }

  // Bold type among regular one heads what follows, unless that is a table, which it then names.
  bool IsBoldHeading(size_t at) const {
    const Element& element = elements_[at];
    return element.bold && bold_ < regular_ && element.size > kNoteSize * body_size_ &&
           at + 1 < elements_.size() && elements_[at + 1].kind == Element::Kind::kText &&
           !IsUnitNote(elements_[at + 1].lines[0].row[0].text);
  }

  // Levels of headings by their size, from the largest; the first is for a title that stands alone.
  void RankHeadings() {
    levels_.assign(elements_.size(), 0);
    std::map<int64_t, int32_t, std::greater<>> sizes;  // in half points, how many headings have it
    const auto step = [this](size_t at) { return std::lround(elements_[at].size * 2); };
    for (size_t at = 0; at < elements_.size(); ++at) {
      if (MayBeHeading(at) && elements_[at].size > kHeadingSize * body_size_) ++sizes[step(at)];
    }
    std::map<int64_t, int32_t> levels;
    int32_t level = sizes.empty() || sizes.begin()->second == 1 ? 1 : 2;
    for (const auto& [size, count] : sizes) levels[size] = std::min(level++, 6);
    for (size_t at = 0; at < elements_.size(); ++at) {
      if (!MayBeHeading(at)) continue;
      if (elements_[at].size > kHeadingSize * body_size_) {
        levels_[at] = levels[step(at)];
      } else if (IsBoldHeading(at)) {
        levels_[at] = std::clamp(level, 2, 6);
      }
    }
  }

  void Write() {
    RowWriter rows(pages_, writer_);
    for (const size_t at : core::Steps(elements_.size(), cancellation_)) {
      if (!writer_.status().ok()) return;
      Element& element = elements_[at];
      if (element.kind == Element::Kind::kTable) {
        IndentLabels(&element.table);
        WriteTable(element.table, rows);
        continue;
      }
      for (const TextLine& line : element.lines) {
        for (size_t piece = 0; piece < line.row.size(); ++piece) {
          const PdfSegment& segment = line.row[piece];
          if (piece > 0 && segment.left - line.row[piece - 1].right > kWideGap * segment.size) {
            // A title and its page belong together.
            const bool page = piece + 1 == line.row.size() && IsPageNumber(segment.text);
            rows.Gap(page ? 1 : 2);
          }
          rows.Write(segment);
        }
        rows.Break(element.kind == Element::Kind::kText &&
                   regions_[line.region].right - line.right() < 0.5F * element.size);
      }
      rows.Finish();
      TranscriptWriter::LineStyle style;
      if (element.kind == Element::Kind::kFurniture) {
        style.markup = Markup::kFurniture;
      } else if (levels_[at] > 0) {
        style.markup = Markup::kHeading;
        style.level = levels_[at];
      }
      writer_.EndLine(style);
    }
  }

  void WriteTable(const PdfTable& table, RowWriter& rows) {
    writer_.BeginTable();
    for (const PdfCell& cell : table.cells) {
      writer_.BeginCell({.row = cell.row,
                         .column = cell.column,
                         .row_span = cell.row_span,
                         .column_span = cell.column_span,
                         .header = cell.row < table.header_rows,
                         .indent = cell.indent});
      const PdfSegment* before = nullptr;
      for (const PdfSegment& line : cell.lines) {
        const bool same_line =
            before != nullptr && std::abs(line.middle() - before->middle()) < 0.4F * line.size;
        if (!same_line) rows.Break(/*full=*/false);
        rows.Write(line);
        before = &line;
      }
      rows.Finish();
      writer_.EndCell();
    }
    writer_.EndTable();
  }

  const std::vector<PdfPage>& pages_;
  const core::Cancellation* cancellation_;
  TranscriptWriter writer_;
  std::vector<PdfFurniture> furniture_;  // by page
  std::vector<Region> regions_;
  std::vector<size_t> first_region_;  // of each page, and behind the last one
  float body_size_ = 10;
  int64_t bold_ = 0;  // characters
  int64_t regular_ = 0;
  bool indents_ = false;  // paragraphs begin with an indent
  std::vector<Element> elements_;
  std::vector<int32_t> levels_;  // of elements that are headings
};

}  // namespace

absl::StatusOr<Transcript> LayOutPages(std::string_view uri, const std::vector<PdfPage>& pages,
                                       int64_t max_bytes, const core::Cancellation* cancellation) {
  return PageLayout(uri, pages, max_bytes, cancellation).LayOut();
}

}  // namespace crossfoot::document
