#include "services/document/office/xlsx.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/error.h"
#include "core/string_view.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/line.h"
#include "services/document/line_shape.h"
#include "services/document/office/number_format.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;
using Script = TranscriptWriter::Script;

// The largest sheet of Excel.
constexpr int32_t kMaxRow = 1'048'576;
constexpr int32_t kMaxColumn = 16'384;
constexpr int32_t kMaxIndent = 250;
// The longest format; Excel takes 255 characters.
constexpr size_t kMaxFormatBytes = 1024;
// A cell with more bytes and a full stop is prose.
constexpr uint32_t kProseCellBytes = 150;
// What a cell counts beside its words.
constexpr int64_t kCellBytes = 8;
// Empty cells are written while a table has no more than this many places a filled one.
constexpr int64_t kSparseFactor = 4;
// What sheets are called before somebody names them.
constexpr std::string_view kDefaultNames[] = {"sheet", "工作表", "表"};

// Words in several scripts.
struct RichText {
  struct Stretch {
    uint32_t start;
    uint32_t end;
    Script script;
  };
  std::string words;
  std::vector<Stretch> scripted;  // in order; the rest is normal

  void Clear() {
    words.clear();
    scripted.clear();
  }
  void Append(std::string_view text, Script script) {
    const auto start = static_cast<uint32_t>(words.size());
    words += text;
    if (script != Script::kNormal && !text.empty())
      scripted.push_back({start, static_cast<uint32_t>(words.size()), script});
  }
};

// The texts that the cells of a book share.
class SharedStrings {
 public:
  void Add(const RichText& text) {
    const auto start = static_cast<uint32_t>(words_.size());
    words_ += text.words;
    ends_.push_back(static_cast<uint32_t>(words_.size()));
    for (const RichText::Stretch& stretch : text.scripted) {
      scripted_.push_back({static_cast<uint32_t>(ends_.size()) - 1,
                           {start + stretch.start, start + stretch.end, stretch.script}});
    }
  }

  // Puts one into `text`, which is empty, and stays so when there is none.
  void Get(size_t index, RichText* text) const {
    if (index >= ends_.size()) return;
    const uint32_t start = index == 0 ? 0 : ends_[index - 1];
    text->words.assign(words_, start, ends_[index] - start);
    for (auto stretch = std::lower_bound(
             scripted_.begin(), scripted_.end(), index,
             [](const auto& entry, size_t wanted) { return entry.first < wanted; });
         stretch != scripted_.end() && stretch->first == index; ++stretch) {
      text->scripted.push_back(
          {stretch->second.start - start, stretch->second.end - start, stretch->second.script});
    }
  }

 private:
  std::string words_;
  std::vector<uint32_t> ends_;
  std::vector<std::pair<uint32_t, RichText::Stretch>> scripted_;  // by string
};

// Decodes the _x000D_ that stands for a character that XML cannot hold.
std::string Unescape(std::string text) {
  size_t mark = text.find("_x");
  if (mark == std::string::npos) return text;
  std::string plain;
  size_t at = 0;
  for (; mark != std::string::npos; mark = text.find("_x", mark)) {
    uint32_t value = 0;
    if (mark + 7 > text.size() || text[mark + 6] != '_' ||
        !absl::SimpleHexAtoi(text.substr(mark + 2, 4), &value)) {
      ++mark;
      continue;
    }
    plain.append(text, at, mark - at);
    if (value != '\r' && (value < 0xD800 || value > 0xDFFF)) AppendUtf8(value, &plain);
    at = mark += 7;
  }
  plain.append(text, at, std::string::npos);
  return plain;
}

Script ScriptOf(const pugi::xml_node& run_properties) {
  const std::string_view align = AttributeOf(ChildOf(run_properties, "vertAlign"), "val");
  return align == "superscript" ? Script::kSuperscript
         : align == "subscript" ? Script::kSubscript
                                : Script::kNormal;
}

// Appends the words of <si> or <is> to `text`; how Japanese names are read aloud is left out.
void ReadRichText(const pugi::xml_node& node, RichText* text) {
  for (const pugi::xml_node& child : node.children()) {
    if (IsNamed(child.name(), "t")) {
      text->Append(Unescape(TextOf(child)), Script::kNormal);
    } else if (IsNamed(child.name(), "r")) {
      text->Append(Unescape(TextOf(ChildOf(child, "t"))), ScriptOf(ChildOf(child, "rPr")));
    }
  }
}

// The column that a reference, which ends with a NUL, begins with, from 1, and how long its name
// is; 0 when there is none.
int32_t ParseColumn(const char* text, size_t* size) {
  int32_t column = 0;
  size_t at = 0;
  for (; text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    column = column * 26 + (text[at] - 'A' + 1);
    if (column > kMaxColumn) return 0;
  }
  *size = at;
  return column;
}

// A cell at the corner of a range; false when `text` is none.
bool ParseReference(const std::string& text, int32_t* row, int32_t* column) {
  size_t size = 0;
  *column = ParseColumn(text.c_str(), &size);
  return *column > 0 && absl::SimpleAtoi(text.substr(size), row) && *row >= 1 && *row <= kMaxRow;
}

struct Merge {
  int32_t top = 0;
  int32_t left = 0;
  int32_t bottom = 0;
  int32_t right = 0;
};

// Whether `text` has more than blanks.
bool HasWords(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    if (c.value > 0x20 && c.value != 0x3000 && c.value != 0xA0) return true;
    at += static_cast<size_t>(c.size_bytes);
  }
  return false;
}

// The columns of a sheet that are shown.
class Columns {
 public:
  explicit Columns(const pugi::xml_node& list) {
    for (const pugi::xml_node& node : list.children()) {
      if (!HasAttribute(node, "hidden") || !IsOn(node, "hidden", false)) continue;
      const int32_t first = std::max(NumberOf(node, "min", 0), 1);
      const int32_t last = std::min(NumberOf(node, "max", 0), kMaxColumn);
      if (first <= last) hidden_.push_back({first, last + 1, 0});
    }
    std::sort(hidden_.begin(), hidden_.end(),
              [](const Range& a, const Range& b) { return a.first < b.first; });
    // Ranges may overlap.
    size_t count = 0;
    for (const Range& range : hidden_) {
      if (count > 0 && range.first <= hidden_[count - 1].end) {
        hidden_[count - 1].end = std::max(hidden_[count - 1].end, range.end);
      } else {
        hidden_[count++] = range;
      }
    }
    hidden_.resize(count);
    for (size_t index = 1; index < count; ++index) {
      const Range& last = hidden_[index - 1];
      hidden_[index].before = last.before + (last.end - last.first);
    }
  }

  bool IsHidden(int32_t column) const { return HiddenBefore(column + 1) > HiddenBefore(column); }
  // How many of the columns before `column` are shown.
  int32_t Index(int32_t column) const { return column - 1 - HiddenBefore(column); }

 private:
  struct Range {
    int32_t first;
    int32_t end;     // behind the last one
    int32_t before;  // hidden columns before the first one
  };

  int32_t HiddenBefore(int32_t column) const {
    const auto after =
        std::lower_bound(hidden_.begin(), hidden_.end(), column,
                         [](const Range& range, int32_t wanted) { return range.first < wanted; });
    if (after == hidden_.begin()) return 0;
    const Range& range = *std::prev(after);
    return range.before + std::min(column, range.end) - range.first;
  }

  std::vector<Range> hidden_;  // in order, apart
};

// What the styles of a book say of its cells.
class CellStyles {
 public:
  CellStyles() = default;
  explicit CellStyles(const pugi::xml_node& styles) {
    absl::flat_hash_map<int32_t, std::string> codes;
    for (const pugi::xml_node& node : ChildOf(styles, "numFmts").children()) {
      const std::string_view code = AttributeOf(node, "formatCode");
      if (code.size() <= kMaxFormatBytes) codes[NumberOf(node, "numFmtId", -1)] = std::string(code);
    }
    absl::flat_hash_map<int32_t, size_t> known;  // index into formats_, by id
    for (const pugi::xml_node& node : ChildOf(styles, "cellXfs").children()) {
      const int32_t id = NumberOf(node, "numFmtId", 0);
      const auto [format, added] = known.try_emplace(id, formats_.size());
      if (added) {
        const auto code = codes.find(id);
        formats_.emplace_back(code != codes.end() ? std::string_view(code->second)
                                                  : BuiltInNumberFormat(id));
      }
      styles_.push_back(
          {format->second,
           std::clamp(NumberOf(ChildOf(node, "alignment"), "indent", 0), 0, kMaxIndent)});
    }
  }

  const NumberFormat& FormatOf(int32_t style) const {
    static const NumberFormat& general = *new NumberFormat("General");
    return IsKnown(style) ? formats_[styles_[static_cast<size_t>(style)].format] : general;
  }
  int32_t IndentOf(int32_t style) const {
    return IsKnown(style) ? styles_[static_cast<size_t>(style)].indent : 0;
  }

 private:
  struct Style {
    size_t format;
    int32_t indent;
  };
  bool IsKnown(int32_t style) const {
    return style >= 0 && style < static_cast<int32_t>(styles_.size());
  }

  std::vector<Style> styles_;
  std::vector<NumberFormat> formats_;
};

// What the attributes of a cell say.
struct CellAttributes {
  int32_t column = 0;  // from 1; 0 for the next one
  int32_t style = 0;
  std::string_view type = {};
};

CellAttributes ReadAttributes(const pugi::xml_node& cell) {
  CellAttributes attributes;
  pugi::xml_attribute attribute = cell.first_attribute();
  // Behind the last one the name is empty.
  for (const char* name = attribute.name(); name[0] != '\0';
       attribute = attribute.next_attribute(), name = attribute.name()) {
    if (name[1] != '\0') continue;
    if (name[0] == 'r') {
      size_t size = 0;
      attributes.column = ParseColumn(attribute.value(), &size);
    } else if (name[0] == 's') {
      const std::string_view value = attribute.value();
      std::from_chars(value.data(), value.data() + value.size(), attributes.style);
    } else if (name[0] == 't') {
      attributes.type = attribute.value();
    }
  }
  return attributes;
}

// A cell with words, and a row of them.
struct SheetCell {
  uint32_t start = 0;  // of its words, in those of the region
  uint32_t end = 0;
  uint32_t first_stretch = 0;  // [first, last) of the region's
  uint32_t last_stretch = 0;
  int32_t column = 0;       // from 1
  int32_t index = 0;        // among the columns that are shown, from 0
  int32_t column_span = 1;  // those that are shown alone
  int32_t bottom = 0;       // the last row that it reaches
  int32_t indent = 0;
};
struct SheetRow {
  int32_t number = 0;  // from 1
  size_t first_cell = 0;
  size_t last_cell = 0;
};

class XlsxReader {
 public:
  explicit XlsxReader(OfficePackage& package)
      : package_(package),
        max_bytes_(package.options().max_document_bytes),
        writer_(package.uri(), max_bytes_) {}

  absl::StatusOr<Transcript> Read() {
    absl::StatusOr<std::vector<Relationship>> parts =
        package_.RelationshipsOf(package_.main_part());
    if (!parts.ok()) return parts.status();
    for (const Relationship& part : *parts) {
      absl::Status status;
      if (part.type == "sharedStrings") status = ReadStrings(part.target);
      if (part.type == "styles") status = ReadStyles(part.target);
      if (!status.ok()) return status;
    }
    absl::StatusOr<XmlPart> book = package_.Read(package_.main_part());
    if (!book.ok()) return book.status();
    pugi::xml_document tree;
    if (absl::Status status = book->LoadFrame(&tree); !status.ok()) return status;
    if (book->root() != "workbook")
      return package_.Damaged(absl::StrCat("its part ", package_.main_part(), " is no workbook"));
    const pugi::xml_node properties = ChildOf(tree.document_element(), "workbookPr");
    if (HasAttribute(properties, "date1904") && IsOn(properties, "date1904", false))
      dates_ = DateSystem::k1904;
    for (const pugi::xml_node& sheet : ChildOf(tree.document_element(), "sheets").children()) {
      const std::string_view state = AttributeOf(sheet, "state");
      if (state == "hidden" || state == "veryHidden") continue;
      const std::string_view id = AttributeOf(sheet, "id");
      const Relationship* const part = FindRelationship(*parts, id);
      sheet_ = AttributeOf(sheet, "name");
      if (part == nullptr)
        return package_.Damaged(absl::StrCat("its sheet ", sheet_, " has no part"));
      if (part->type != "worksheet") continue;  // a chart
      if (absl::Status status = ReadSheet(part->target); !status.ok()) return status;
    }
    return std::move(writer_).Finish();
  }

 private:
  absl::Status ReadStrings(const std::string& name) {
    absl::StatusOr<XmlPart> part = package_.Read(name, "sst");
    if (!part.ok()) return part.status();
    return part->VisitChildren([this](const pugi::xml_node& node) {
      text_.Clear();
      ReadRichText(node, &text_);
      strings_.Add(text_);
      return absl::OkStatus();
    });
  }

  absl::Status ReadStyles(const std::string& name) {
    absl::StatusOr<XmlPart> part = package_.Read(name);
    if (!part.ok()) return part.status();
    pugi::xml_document tree;
    if (absl::Status status = part->LoadFrame(&tree); !status.ok()) return status;
    styles_ = CellStyles(tree.document_element());
    return absl::OkStatus();
  }

  absl::Status ReadSheet(const std::string& name) {
    absl::StatusOr<XmlPart> part = package_.Read(name, "sheetData");
    if (!part.ok()) return part.status();
    if (part->root() != "worksheet")
      return package_.Damaged(absl::StrCat("its part ", name, " is no worksheet"));
    pugi::xml_document frame;
    if (absl::Status status = part->LoadFrame(&frame); !status.ok()) return status;
    const pugi::xml_node root = frame.document_element();
    columns_ = Columns(ChildOf(root, "cols"));
    const pugi::xml_node view = ChildOf(ChildOf(root, "sheetViews"), "sheetView");
    shows_zeros_ = !HasAttribute(view, "showZeros") || IsOn(view, "showZeros", true);
    ReadMerges(ChildOf(root, "mergeCells"));
    last_row_ = 0;
    named_ = false;
    blank_rows_ = 0;
    if (absl::Status status =
            part->VisitChildren([this](const pugi::xml_node& row) { return ReadRow(row); });
        !status.ok()) {
      return status;
    }
    return Flush();
  }

  void ReadMerges(const pugi::xml_node& list) {
    merges_.clear();
    next_merge_ = 0;
    open_merges_.clear();
    for (const pugi::xml_node& node : list.children()) {
      const std::string range(AttributeOf(node, "ref"));
      const size_t colon = std::min(range.find(':'), range.size());
      Merge merge;
      if (!ParseReference(range.substr(0, colon), &merge.top, &merge.left) ||
          !ParseReference(range.substr(std::min(colon + 1, range.size())), &merge.bottom,
                          &merge.right) ||
          merge.bottom < merge.top || merge.right < merge.left) {
        continue;
      }
      merges_.push_back(merge);
    }
    std::stable_sort(merges_.begin(), merges_.end(),
                     [](const Merge& a, const Merge& b) { return a.top < b.top; });
  }

  // The merged cells that a cell of the row is in; rows only go down.
  const Merge* MergeAt(int32_t row, int32_t column) {
    if (open_merges_.empty() && next_merge_ == merges_.size()) return nullptr;
    for (; next_merge_ < merges_.size() && merges_[next_merge_].top <= row; ++next_merge_) {
      const Merge& merge = merges_[next_merge_];
      if (merge.bottom < row) continue;
      // One that overlaps an earlier one cannot be.
      const Merge* const left = OpenMergeUpTo(row, merge.right);
      if (left == nullptr || left->right < merge.left) open_merges_[merge.left] = merge;
    }
    const Merge* const merge = OpenMergeUpTo(row, column);
    return merge != nullptr && merge->right >= column ? merge : nullptr;
  }

  // The last open one that begins no further right than `column`.
  const Merge* OpenMergeUpTo(int32_t row, int32_t column) {
    while (true) {
      auto after = open_merges_.upper_bound(column);
      if (after == open_merges_.begin()) return nullptr;
      --after;
      if (after->second.bottom >= row) return &after->second;
      open_merges_.erase(after);
    }
  }

  absl::Status ReadRow(const pugi::xml_node& node) {
    if (!IsNamed(node.name(), "row")) return absl::OkStatus();
    const int32_t number = std::max(NumberOf(node, "r", 0), last_row_ + 1);
    if (number > kMaxRow) return absl::OkStatus();
    // Rows that the file leaves out are blank.
    CountBlankRows(last_row_ + 1, number - 1);
    last_row_ = number;
    if (HasAttribute(node, "hidden") && IsOn(node, "hidden", false)) return absl::OkStatus();
    SheetRow row;
    row.number = number;
    row.first_cell = cells_.size();
    int32_t column = 0;
    for (pugi::xml_node cell = node.first_child(); cell; cell = cell.next_sibling()) {
      if (!IsNamed(cell.name(), "c")) continue;
      const CellAttributes attributes = ReadAttributes(cell);
      column = std::max(attributes.column, column + 1);
      if (column > kMaxColumn) break;
      if (columns_.IsHidden(column) && !ReachesShownColumn(number, column)) continue;
      if (absl::Status status = ReadCell(cell, attributes, number, column); !status.ok())
        return status;
    }
    row.last_cell = cells_.size();
    if (row.first_cell == row.last_cell) {
      CountBlankRows(number, number);
      return absl::OkStatus();
    }
    return AddRow(row);
  }

  // Whether merged cells that begin in a hidden column go on to one that is shown.
  bool ReachesShownColumn(int32_t row, int32_t column) {
    const Merge* const merge = MergeAt(row, column);
    return merge != nullptr && columns_.Index(merge->right + 1) > columns_.Index(column);
  }

  void CountBlankRows(int32_t first, int32_t last) {
    // Those that a merged cell reaches over are none.
    blank_rows_ += std::max(last - std::max(first, covered_rows_ + 1) + 1, 0);
  }

  absl::Status ReadCell(const pugi::xml_node& node, const CellAttributes& attributes, int32_t row,
                        int32_t column) {
    const Merge* const merge = MergeAt(row, column);
    if (merge != nullptr && (merge->top != row || merge->left != column)) return absl::OkStatus();
    const int32_t style = attributes.style;
    text_.Clear();
    ReadValue(node, attributes);
    if (!HasWords(text_.words)) return absl::OkStatus();
    charged_ += kCellBytes + static_cast<int64_t>(text_.words.size());
    if (charged_ > max_bytes_) return TooManyCells();
    SheetCell& cell = cells_.emplace_back();
    cell.start = static_cast<uint32_t>(words_.size());
    words_ += text_.words;
    cell.end = static_cast<uint32_t>(words_.size());
    cell.first_stretch = static_cast<uint32_t>(scripted_.size());
    for (const RichText::Stretch& stretch : text_.scripted) {
      scripted_.push_back({cell.start + stretch.start, cell.start + stretch.end, stretch.script});
    }
    cell.last_stretch = static_cast<uint32_t>(scripted_.size());
    cell.column = column;
    cell.index = columns_.Index(column);
    cell.bottom = row;
    if (merge != nullptr) {
      cell.column_span = columns_.Index(merge->right + 1) - cell.index;
      cell.bottom = merge->bottom;
    }
    cell.indent = styles_.IndentOf(style);
    return absl::OkStatus();
  }

  // Puts what the cell shows into text_, which is empty.
  void ReadValue(const pugi::xml_node& node, const CellAttributes& attributes) {
    const std::string_view type = attributes.type;
    const NumberFormat& format = styles_.FormatOf(attributes.style);
    if (type == "inlineStr") {
      if (!format.hides_text()) ReadRichText(ChildOf(node, "is"), &text_);
      return;
    }
    const std::string_view value = TextOf(ChildOf(node, "v"), &buffer_);
    if (value.empty()) return;
    if (type == "s" || type == "str") {
      if (format.hides_text()) return;
      size_t index = 0;
      if (type == "str") {
        text_.words = Unescape(std::string(value));
      } else if (absl::SimpleAtoi(ToAbsl(value), &index)) {
        strings_.Get(index, &text_);
      }
    } else if (type == "b") {
      text_.words = value == "0" || value == "false" ? "FALSE" : "TRUE";
    } else if (type == "e") {
      text_.words = value;
    } else if (type == "d") {
      text_.words = std::string(absl::StripSuffix(ToAbsl(value), "T00:00:00"));
    } else {
      const bool plain = value.front() > ' ' && value.back() > ' ';
      ReadNumber(plain ? value : core::FromAbsl(absl::StripAsciiWhitespace(ToAbsl(value))), format);
    }
  }

  void ReadNumber(std::string_view value, const NumberFormat& format) {
    if (!shows_zeros_ && value.find_first_not_of("-0.") == std::string_view::npos) return;
    std::string& words = text_.words;
    words = format.Format(value, dates_);
    // (25.25) is what accounts print for -25.25; in a text it would be an aside.
    if (value.starts_with('-') && words.size() > 2 && words.front() == '(' && words.back() == ')') {
      words.front() = '-';
      words.pop_back();
    }
  }

  absl::Status TooManyCells() const {
    return core::MakeError(core::ErrorReason::kDocumentTooLarge,
                           absl::StrCat(package_.uri(), " has more cells than the limit of ",
                                        max_bytes_, " bytes allows, in sheet ", sheet_, " row ",
                                        last_row_, "; split it or raise the limit"),
                           {{"max_document_bytes", absl::StrCat(max_bytes_)}});
  }

  // ---- Regions: the rows between blank ones ----------------------------------------------------

  std::string_view WordsOf(const SheetCell& cell) const {
    return std::string_view(words_).substr(cell.start, cell.end - cell.start);
  }
  bool IsLone(const SheetRow& row) const { return row.last_cell - row.first_cell == 1; }
  bool IsProse(const SheetCell& cell) const {
    return cell.end - cell.start > kProseCellBytes && Contains(WordsOf(cell), "。");
  }
  bool IsNumber(const SheetCell& cell) const {
    return IsNumberCell(WordsOf(cell)) && !IsYearNumber(WordsOf(cell));
  }
  // A label, then numbers.
  bool IsData(const SheetRow& row) const {
    if (IsNumber(cells_[row.first_cell])) return false;
    for (size_t cell = row.first_cell + 1; cell < row.last_cell; ++cell) {
      if (IsNumber(cells_[cell])) return true;
    }
    return false;
  }

  absl::Status AddRow(SheetRow row) {
    const bool goes_on = blank_rows_ == 0 || (blank_rows_ == 1 && has_data_ && IsData(row) &&
                                              cells_[row.first_cell].index >= first_index_);
    const bool prose = IsLone(row) && IsProse(cells_[row.first_cell]);
    blank_rows_ = 0;
    if (!rows_.empty() && (!goes_on || prose)) {
      // The row is kept for the next region.
      std::vector<SheetCell> cells(cells_.begin() + static_cast<ptrdiff_t>(row.first_cell),
                                   cells_.end());
      cells_.resize(row.first_cell);
      const std::string words = words_.substr(cells.front().start);
      const uint32_t shift = cells.front().start;
      std::vector<RichText::Stretch> stretches(
          scripted_.begin() + static_cast<ptrdiff_t>(cells.front().first_stretch), scripted_.end());
      const uint32_t stretch_shift = cells.front().first_stretch;
      if (absl::Status status = Flush(); !status.ok()) return status;
      for (SheetCell& cell : cells) {
        cell.start -= shift;
        cell.end -= shift;
        cell.first_stretch -= stretch_shift;
        cell.last_stretch -= stretch_shift;
      }
      for (RichText::Stretch& stretch : stretches) {
        stretch.start -= shift;
        stretch.end -= shift;
      }
      cells_ = std::move(cells);
      words_ = words;
      scripted_ = std::move(stretches);
      row.first_cell = 0;
      row.last_cell = cells_.size();
    }
    for (size_t cell = row.first_cell; cell < row.last_cell; ++cell) {
      covered_rows_ = std::max(covered_rows_, cells_[cell].bottom);
      first_index_ = std::min(first_index_, cells_[cell].index);
    }
    has_data_ |= IsData(row);
    rows_.push_back(row);
    return prose ? Flush() : writer_.status();
  }

  // Writes the region that was read, and begins another one.
  absl::Status Flush() {
    WriteRegion();
    rows_.clear();
    cells_.clear();
    words_.clear();
    scripted_.clear();
    has_data_ = false;
    first_index_ = kMaxColumn;
    covered_rows_ = 0;
    return full_ ? TooManyCells() : writer_.status();
  }

  // The rows of the region that the cell of a row reaches into.
  int32_t RowSpan(size_t row, const SheetCell& cell, size_t end) const {
    if (cell.bottom <= rows_[row].number) return 1;
    const auto last = std::partition_point(
        rows_.begin() + static_cast<ptrdiff_t>(row), rows_.begin() + static_cast<ptrdiff_t>(end),
        [&cell](const SheetRow& r) { return r.number <= cell.bottom; });
    return std::max<int32_t>(static_cast<int32_t>(last - rows_.begin()) - static_cast<int32_t>(row),
                             1);
  }

  void WriteRegion() {
    const auto lone = [this](size_t row) {
      const SheetCell& cell = cells_[rows_[row].first_cell];
      return IsLone(rows_[row]) && RowSpan(row, cell, rows_.size()) == 1 && !IsNumber(cell);
    };
    size_t begin = 0;
    size_t end = rows_.size();
    // A title stands at the left or over it; alone at the right stands only a unit.
    while (begin < end && lone(begin) &&
           (cells_[rows_[begin].first_cell].index == first_index_ ||
            IsUnitNote(WordsOf(cells_[rows_[begin].first_cell])))) {
      ++begin;
    }
    // Notes go on below the first of them.
    for (size_t row = end; row > begin && lone(row - 1); --row) {
      const SheetCell& cell = cells_[rows_[row - 1].first_cell];
      if (cell.index != first_index_) break;
      if (cell.column_span > 1 || IsNote(WordsOf(cell)) || IsProse(cell)) end = row - 1;
    }
    if (begin == end && rows_.size() > begin) end = begin = rows_.size();
    if (begin > 0) named_ = true;  // the sheet says itself what it is
    WriteLines(0, begin);
    if (begin < end && LaysOut(begin, end)) {
      WriteLines(begin, end);
    } else if (begin < end) {
      WriteName();
      WriteTable(begin, end);
    }
    WriteLines(end, rows_.size());
  }

  bool LaysOut(size_t begin, size_t end) const {
    uint64_t bytes = 0;
    uint64_t prose = 0;
    for (size_t cell = rows_[begin].first_cell; cell < rows_[end - 1].last_cell; ++cell) {
      bytes += cells_[cell].end - cells_[cell].start;
      if (IsProse(cells_[cell])) prose += cells_[cell].end - cells_[cell].start;
    }
    return prose * 2 > bytes;
  }

  // The name of the sheet, once, when it is no default.
  void WriteName() {
    if (std::exchange(named_, true)) return;
    const std::string lower = absl::AsciiStrToLower(sheet_);
    std::string_view rest = lower;
    for (const std::string_view word : kDefaultNames) {
      if (rest.starts_with(word)) {
        rest.remove_prefix(word.size());
        break;
      }
    }
    if (rest.find_first_not_of("0123456789 ()") == std::string_view::npos) return;
    writer_.AppendWords(sheet_);
    writer_.EndLine({.markup = Markup::kHeading, .level = 2});
  }

  void WriteLines(size_t begin, size_t end) {
    for (size_t row = begin; row < end; ++row) {
      for (size_t cell = rows_[row].first_cell; cell < rows_[row].last_cell; ++cell) {
        WriteWords(rows_[row].number, cells_[cell], /*line_breaks=*/true);
        writer_.EndLine({});
      }
    }
  }

  void WriteTable(size_t begin, size_t end) {
    int32_t left = kMaxColumn;
    int32_t right = 0;
    for (size_t cell = rows_[begin].first_cell; cell < rows_[end - 1].last_cell; ++cell) {
      left = std::min(left, cells_[cell].index);
      right = std::max(right, cells_[cell].index + cells_[cell].column_span);
    }
    const int64_t places = static_cast<int64_t>(end - begin) * (right - left);
    const auto filled = static_cast<int64_t>(rows_[end - 1].last_cell - rows_[begin].first_cell);
    const bool dense = places <= filled * kSparseFactor;
    if (dense) charged_ += (places - filled) * kCellBytes;
    if (charged_ > max_bytes_) {
      full_ = true;
      return;
    }
    // By column: the row that no cell above reaches.
    std::vector<int32_t> free(dense ? static_cast<size_t>(right - left) : 0, 0);
    writer_.BeginTable(static_cast<size_t>(dense ? places : filled));
    for (size_t row = begin; row < end; ++row) {
      const auto number = static_cast<int32_t>(row - begin);
      int32_t column = 0;
      const auto fill = [&](int32_t until) {
        for (; dense && column < until; ++column) {
          if (free[static_cast<size_t>(column)] > number) continue;
          writer_.BeginCell({.row = number, .column = column});
          writer_.EndCell();
        }
      };
      for (size_t at = rows_[row].first_cell; at < rows_[row].last_cell; ++at) {
        const SheetCell& cell = cells_[at];
        fill(cell.index - left);
        column = cell.index - left;
        const int32_t row_span = RowSpan(row, cell, end);
        writer_.BeginCell({.row = number,
                           .column = column,
                           .row_span = row_span,
                           .column_span = cell.column_span,
                           .indent = cell.indent});
        WriteWords(rows_[row].number, cell, /*line_breaks=*/false);
        writer_.EndCell();
        for (int32_t covered = 0; dense && covered < cell.column_span; ++covered)
          free[static_cast<size_t>(column) + static_cast<size_t>(covered)] = number + row_span;
        column += cell.column_span;
      }
      fill(right - left);
    }
    writer_.EndTable();
  }

  // Writes the words of a cell.  A break in them ends a line, or stands for a blank where the
  // script needs one.
  void WriteWords(int32_t row, const SheetCell& cell, bool line_breaks) {
    uint32_t stretch = cell.first_stretch;
    for (uint32_t at = cell.start; at < cell.end;) {
      while (stretch < cell.last_stretch && scripted_[stretch].end <= at) ++stretch;
      Script script = Script::kNormal;
      uint32_t next = cell.end;
      if (stretch < cell.last_stretch) {
        const RichText::Stretch& known = scripted_[stretch];
        script = at >= known.start ? known.script : Script::kNormal;
        next = at >= known.start ? known.end : known.start;
      }
      const size_t line_break = std::string_view(words_).substr(0, next).find('\n', at);
      const auto end = static_cast<uint32_t>(std::min<size_t>(line_break, next));
      const core::TextRange range =
          writer_.AppendWords(std::string_view(words_).substr(at, end - at), script);
      if (!range.empty()) writer_.places().AddCell(range, sheet_, row, cell.column);
      at = end;
      if (at < cell.end && words_[at] == '\n') {
        ++at;
        if (line_breaks) {
          writer_.EndLine({});
        } else if (at - 1 > cell.start && at < cell.end &&
                   (!IsEastAsian(CodePointBefore(words_, at - 1).value) ||
                    !IsEastAsian(CodePointAt(words_, at).value))) {
          writer_.AppendWords(" ");
        }
      }
    }
  }

  OfficePackage& package_;
  int64_t max_bytes_;
  TranscriptWriter writer_;
  SharedStrings strings_;
  CellStyles styles_;
  DateSystem dates_ = DateSystem::k1900;
  int64_t charged_ = 0;
  bool full_ = false;

  // Of the sheet.
  std::string sheet_;
  Columns columns_{pugi::xml_node()};
  bool shows_zeros_ = true;
  std::vector<Merge> merges_;  // by their first rows
  size_t next_merge_ = 0;
  std::map<int32_t, Merge> open_merges_;  // by their first columns: those of the rows that are read
  int32_t last_row_ = 0;
  bool named_ = false;  // its name, or words that say more, were written

  // Of the cell; kept for their memory.
  RichText text_;
  std::string buffer_;

  // Of the region.
  std::vector<SheetRow> rows_;
  std::vector<SheetCell> cells_;
  std::string words_;
  std::vector<RichText::Stretch> scripted_;
  int32_t blank_rows_ = 0;  // behind its last row
  int32_t covered_rows_ = 0;
  int32_t first_index_ = kMaxColumn;
  bool has_data_ = false;
};

}  // namespace

absl::StatusOr<Transcript> ReadXlsx(OfficePackage& package) { return XlsxReader(package).Read(); }

}  // namespace crossfoot::document
