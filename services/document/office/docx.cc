#include "services/document/office/docx.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/string_view.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/line.h"
#include "services/document/line_shape.h"
#include "services/document/office/word_numbering.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;
using Script = TranscriptWriter::Script;

// A heading with more bytes and a full stop is prose in the style of a heading, and so is a cell.
constexpr size_t kProseBytes = 150;
// What is not read beyond: Word itself stops at 63 columns.
constexpr int32_t kMaxColumnSpan = 1000;
// The size of letters where nothing says it, in half points.
constexpr int32_t kDefaultSize = 20;
// Styles that one may be based on, one after the other.
constexpr int kMaxStyleChain = 32;

// What a style, or a paragraph or run itself, says; what it leaves open is not set.
struct Properties {
  std::optional<int32_t> outline;  // 0 to 8 for headings, 9 for body text
  std::optional<int32_t> number_id;
  std::optional<int32_t> level;  // of the list
  std::optional<bool> hidden;
  std::optional<Script> script;
  std::optional<int32_t> raise;  // of letters above the line; below 0: below it
  std::optional<int32_t> size;   // of letters; both in half points

  void InheritFrom(const Properties& base) {
    if (!outline.has_value()) outline = base.outline;
    if (!number_id.has_value()) number_id = base.number_id;
    if (!level.has_value()) level = base.level;
    if (!hidden.has_value()) hidden = base.hidden;
    if (!script.has_value()) script = base.script;
    if (!raise.has_value()) raise = base.raise;
    if (!size.has_value()) size = base.size;
  }
};

void ReadRunProperties(const pugi::xml_node& node, Properties* properties) {
  if (const pugi::xml_node hidden = ChildOf(node, "vanish"))
    properties->hidden = IsOn(hidden, "val", true);
  if (const pugi::xml_node align = ChildOf(node, "vertAlign")) {
    const std::string_view value = AttributeOf(align, "val");
    properties->script = value == "superscript" ? Script::kSuperscript
                         : value == "subscript" ? Script::kSubscript
                                                : Script::kNormal;
  }
  if (const pugi::xml_node raise = ChildOf(node, "position"))
    properties->raise = NumberOf(raise, "val", 0);
  if (const pugi::xml_node size = ChildOf(node, "sz")) properties->size = NumberOf(size, "val", 0);
}

void ReadParagraphProperties(const pugi::xml_node& node, Properties* properties) {
  if (const pugi::xml_node outline = ChildOf(node, "outlineLvl"))
    properties->outline = NumberOf(outline, "val", 9);
  if (const pugi::xml_node list = ChildOf(node, "numPr")) {
    if (const pugi::xml_node id = ChildOf(list, "numId"))
      properties->number_id = NumberOf(id, "val", 0);
    if (const pugi::xml_node level = ChildOf(list, "ilvl"))
      properties->level = NumberOf(level, "val", 0);
  }
}

// The styles of a document by id, with what they inherit.
class StyleSheet {
 public:
  struct Style {
    std::string name;  // in lower case, as Word calls it in every language: "heading 1"
    std::string base;
    Properties properties;
  };

  StyleSheet() = default;
  explicit StyleSheet(const pugi::xml_node& styles) {
    ReadRunProperties(ChildOf(ChildOf(ChildOf(styles, "docDefaults"), "rPrDefault"), "rPr"),
                      &defaults_);
    for (const pugi::xml_node& node : styles.children()) {
      if (LocalName(node.name()) != "style") continue;
      Style style;
      style.name = absl::AsciiStrToLower(ToAbsl(AttributeOf(ChildOf(node, "name"), "val")));
      style.base = std::string(AttributeOf(ChildOf(node, "basedOn"), "val"));
      ReadParagraphProperties(ChildOf(node, "pPr"), &style.properties);
      ReadRunProperties(ChildOf(node, "rPr"), &style.properties);
      if (!style.properties.outline.has_value()) style.properties.outline = OutlineOf(style.name);
      const std::string id(AttributeOf(node, "styleId"));
      if (AttributeOf(node, "type") == "paragraph" && IsOn(node, "default", false) &&
          HasAttribute(node, "default")) {
        default_paragraph_ = id;
      }
      if (style.properties.number_id.has_value()) numbers_[id] = *style.properties.number_id;
      styles_[id] = std::move(style);
    }
    absl::flat_hash_map<std::string, Properties> inherited;
    for (const auto& [id, style] : styles_) {
      Properties all = style.properties;
      const Style* base = Find(style.base);
      for (int step = 0; step < kMaxStyleChain && base != nullptr; ++step) {
        all.InheritFrom(base->properties);
        base = Find(base->base);
      }
      inherited[id] = all;
    }
    for (auto& [id, properties] : inherited) styles_[id].properties = properties;
  }

  // Null for a style that is not there.
  const Style* Find(std::string_view id) const {
    const auto found = styles_.find(ToAbsl(id));
    return found == styles_.end() ? nullptr : &found->second;
  }
  const std::string& default_paragraph() const { return default_paragraph_; }
  // What holds where no style says anything.
  const Properties& defaults() const { return defaults_; }
  // The lists of styles that have one, by the style's id.
  const absl::flat_hash_map<std::string, int32_t>& numbers() const { return numbers_; }

 private:
  // 0 of "heading 1"; nullopt for other names.
  static std::optional<int32_t> OutlineOf(absl::string_view name) {
    int32_t level = 0;
    if (!absl::StartsWith(name, "heading ") || !absl::SimpleAtoi(name.substr(8), &level))
      return std::nullopt;
    return level >= 1 && level <= 9 ? std::optional<int32_t>(level - 1) : std::nullopt;
  }

  absl::flat_hash_map<std::string, Style> styles_;
  absl::flat_hash_map<std::string, int32_t> numbers_;
  std::string default_paragraph_;
  Properties defaults_;
};

// What a w:sym prints that is no letter of its font's own making: signs of the font Symbol.
std::string SymbolText(std::string_view font, std::string_view code) {
  uint32_t value = 0;
  if (!absl::SimpleHexAtoi(ToAbsl(code), &value)) return "";
  std::string text;
  if (value < 0xF000 || value > 0xF0FF) {
    const bool valid = value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (valid) AppendUtf8(value, &text);
    return text;
  }
  if (!absl::EqualsIgnoreCase(ToAbsl(font), "Symbol")) return text;  // a picture
  const uint32_t place = value - 0xF000;
  struct Sign {
    uint32_t place;
    char32_t sign;
  };
  constexpr Sign kSigns[] = {{0x2D, U'−'}, {0xA3, U'≤'}, {0xB1, U'±'}, {0xB3, U'≥'}, {0xB4, U'×'},
                             {0xB8, U'÷'}, {0xB9, U'≠'}, {0xBB, U'≈'}, {0xD7, U'·'}};
  for (const Sign& sign : kSigns) {
    if (sign.place == place) AppendUtf8(sign.sign, &text);
  }
  // Digits and most punctuation stand where ASCII has them.
  if (text.empty() && place >= 0x20 && place <= 0x3F) AppendUtf8(place, &text);
  return text;
}

// Reads one part of a document after the other into a transcript.
class DocxReader {
 public:
  explicit DocxReader(OfficePackage& package)
      : package_(package),
        cancellation_(package.options().cancellation),
        writer_(package.uri(), package.options().max_document_bytes) {}

  absl::StatusOr<Transcript> Read() {
    absl::StatusOr<std::vector<Relationship>> parts =
        package_.RelationshipsOf(package_.main_part());
    if (!parts.ok()) return parts.status();
    const auto part_of = [&parts](std::string_view type) { return TargetOfType(*parts, type); };
    if (absl::Status status = ReadStyles(part_of("styles"), part_of("numbering")); !status.ok())
      return status;
    if (absl::Status status = ReadPart(package_.main_part(), "document", "document", "body");
        !status.ok()) {
      return status;
    }
    for (const char* notes : {"footnotes", "endnotes"}) {
      const std::string part = part_of(notes);
      if (part.empty()) continue;
      markup_ = Markup::kNote;
      if (absl::Status status = ReadPart(part, notes, notes, notes); !status.ok()) return status;
    }
    return std::move(writer_).Finish();
  }

 private:
  // A stretch of a paragraph in one script, or a line break.
  struct Stretch {
    std::string words;
    Script script = Script::kNormal;
    int32_t run = 0;
    bool line_break = false;
  };
  struct TextBox {
    pugi::xml_node content;
    int32_t paragraphs_before = 0;
  };
  struct Paragraph {
    Properties properties;
    std::string style_name;
    int32_t number = 0;
    int32_t run_count = 0;
    bool contents = false;  // an entry of a table of contents
    std::vector<Stretch> stretches;
    std::vector<TextBox> boxes;
  };
  struct Field {
    std::string instruction;
    bool result = false;  // behind the mark that separates it from its instruction
  };
  // A cell of a table before it is read.
  struct Cell {
    pugi::xml_node node;
    int32_t column = 0;
    int32_t column_span = 1;
    int32_t row_span = 1;
    bool covered = false;  // by the cell above
    size_t bytes = 0;      // of its words
  };
  struct Row {
    pugi::xml_node node;
    bool left_out = false;
    bool header = false;
    std::vector<Cell> cells;
  };

  absl::Status ReadStyles(const std::string& styles, const std::string& numbering) {
    if (!styles.empty()) {
      absl::StatusOr<XmlPart> part = package_.Read(styles);
      if (!part.ok()) return part.status();
      pugi::xml_document tree;
      if (absl::Status status = part->LoadFrame(&tree); !status.ok()) return status;
      styles_ = StyleSheet(tree.document_element());
    }
    if (numbering.empty()) return absl::OkStatus();
    absl::StatusOr<XmlPart> part = package_.Read(numbering);
    if (!part.ok()) return part.status();
    pugi::xml_document tree;
    if (absl::Status status = part->LoadFrame(&tree); !status.ok()) return status;
    numbering_ = WordNumbering(tree.document_element(), styles_.numbers());
    return absl::OkStatus();
  }

  absl::Status ReadPart(const std::string& name, std::string_view place, std::string_view root,
                        std::string_view container) {
    absl::StatusOr<XmlPart> part = package_.Read(name, container);
    if (!part.ok()) return part.status();
    if (part->root() != root)
      return package_.Damaged(absl::StrCat("its part ", name, " holds no Word text"));
    place_ = place;
    prefix_ = part->prefix();
    paragraph_count_ = 0;
    fields_.clear();
    const absl::Status status = part->VisitChildren([this](const pugi::xml_node& node) {
      ReadBlock(node);
      return stopped_ ? cancellation_->status() : writer_.status();
    });
    if (!status.ok()) return status;
    EndOpenLine();
    return absl::OkStatus();
  }

  std::string_view NameOf(const pugi::xml_node& node) const { return NameWithin(prefix_, node); }

  // Whether the work is given up or the transcript is full; looked at now and then.
  bool Stopped() {
    if ((++steps_ & 63) == 0 && !stopped_) stopped_ = core::Stopped(cancellation_);
    return stopped_ || full_;
  }

  // ---- Blocks ----------------------------------------------------------------------------------

  void ReadBlocks(const pugi::xml_node& parent) {
    for (const pugi::xml_node& child : parent.children()) ReadBlock(child);
  }

  // A paragraph, a table, or what wraps some of them.
  void ReadBlock(const pugi::xml_node& node) {
    if (Stopped()) return;
    const std::string_view name = NameOf(node);
    if (name == "p") {
      ReadParagraph(node);
    } else if (name == "tbl") {
      ReadTable(node);
    } else if (name == "sdt") {
      ReadControl(node, nullptr);
    } else if (name == "footnote" || name == "endnote") {
      const std::string_view type = AttributeOf(node, "type");
      if (type.empty() || type == "normal") {
        ReadBlocks(node);
      } else {
        Skip(node, nullptr);  // the line above the notes
      }
    } else if (name == "del" || name == "moveFrom") {
      Skip(node, nullptr);
    } else if (LocalName(node.name()) == "AlternateContent") {
      ReadAlternative(node, nullptr, [this](const pugi::xml_node& chosen) { ReadBlocks(chosen); });
    } else if (name == "ins" || name == "moveTo" || name == "customXml" || name == "smartTag") {
      ReadBlocks(node);
    } else {
      Skip(node, nullptr);
    }
  }

  // A content control, in a paragraph or around some; what it shows only to be filled in is left
  // out.
  void ReadControl(const pugi::xml_node& node, Paragraph* paragraph) {
    const pugi::xml_node content = ChildOf(node, "sdtContent");
    if (const pugi::xml_node hint = ChildOf(ChildOf(node, "sdtPr"), "showingPlcHdr");
        IsOn(hint, "val", false)) {
      Skip(content, paragraph);
    } else if (paragraph != nullptr) {
      ReadInline(content, paragraph);
    } else {
      ReadBlocks(content);
    }
  }

  // Of several forms of the same the first, which programs of today show.
  template <typename Read>
  void ReadAlternative(const pugi::xml_node& node, Paragraph* paragraph, Read read) {
    const pugi::xml_node choice = ChildOf(node, "Choice");
    const pugi::xml_node chosen = choice ? choice : ChildOf(node, "Fallback");
    for (const pugi::xml_node& child : node.children()) {
      if (child == chosen) {
        read(child);
      } else {
        Skip(child, paragraph);
      }
    }
  }

  // Counts the paragraphs of what is left out, and the runs that belong to `paragraph`.
  void Skip(const pugi::xml_node& node, Paragraph* paragraph) {
    if (Stopped()) return;
    const std::string_view name = NameOf(node);
    if (name == "p") {
      ++paragraph_count_;
      paragraph = nullptr;
    } else if (name == "r" && paragraph != nullptr) {
      ++paragraph->run_count;
    }
    for (const pugi::xml_node& child : node.children()) Skip(child, paragraph);
  }

  // ---- Paragraphs ------------------------------------------------------------------------------

  void ReadParagraph(const pugi::xml_node& node) {
    Paragraph paragraph;
    paragraph.number = ++paragraph_count_;
    const pugi::xml_node own = ChildOf(node, "pPr");
    const std::string_view named = AttributeOf(ChildOf(own, "pStyle"), "val");
    const std::string_view style_id =
        named.empty() ? std::string_view(styles_.default_paragraph()) : named;
    ReadParagraphProperties(own, &paragraph.properties);
    if (const StyleSheet::Style* const style = styles_.Find(style_id)) {
      paragraph.style_name = style->name;
      const bool listed =
          !paragraph.properties.number_id.has_value() && style->properties.number_id.has_value();
      paragraph.properties.InheritFrom(style->properties);
      // A list says itself which of its levels is the style's.
      if (const int32_t level =
              listed ? numbering_.LevelOfStyle(*style->properties.number_id, style_id) : -1;
          level >= 0) {
        paragraph.properties.level = level;
      }
    }
    ReadInline(node, &paragraph);
    const pugi::xml_node mark = ChildOf(own, "rPr");
    const bool joins_next = ChildOf(mark, "del") || ChildOf(mark, "moveFrom");
    WriteParagraph(paragraph, joins_next);
    for (const TextBox& box : paragraph.boxes) {
      EndOpenLine();
      const int32_t count = std::exchange(paragraph_count_, box.paragraphs_before);
      std::vector<Field> fields = std::exchange(fields_, {});
      ReadBlocks(box.content);
      EndOpenLine();
      fields_ = std::move(fields);
      paragraph_count_ = count;
    }
  }

  void ReadInline(const pugi::xml_node& parent, Paragraph* paragraph) {
    for (const pugi::xml_node& node : parent.children()) {
      if (Stopped()) return;
      const std::string_view name = NameOf(node);
      if (name == "r") {
        ReadRun(node, paragraph);
      } else if (name == "sdt") {
        ReadControl(node, paragraph);
      } else if (name == "del" || name == "moveFrom") {
        Skip(node, paragraph);
      } else if (name == "ins" || name == "moveTo" || name == "hyperlink" || name == "smartTag" ||
                 name == "customXml" || name == "fldSimple" || name == "dir" || name == "bdo") {
        ReadInline(node, paragraph);
      } else if (LocalName(node.name()) == "AlternateContent") {
        ReadAlternative(node, paragraph,
                        [&](const pugi::xml_node& chosen) { ReadInline(chosen, paragraph); });
      } else if (LocalName(node.name()) == "oMath" || LocalName(node.name()) == "oMathPara") {
        // In a row of characters a fraction would be another number.
        AddWords(" ", Script::kNormal, 0, paragraph);
        Skip(node, paragraph);
      } else {
        Skip(node, paragraph);
      }
    }
  }

  void ReadRun(const pugi::xml_node& node, Paragraph* paragraph) {
    const int32_t run = ++paragraph->run_count;
    Properties properties;
    const pugi::xml_node own = ChildOf(node, "rPr");
    ReadRunProperties(own, &properties);
    Properties around = paragraph->properties;
    around.InheritFrom(styles_.defaults());
    // Letters that are smaller than those around them and not on their line are scripts as well.
    if (const int32_t raise = properties.raise.value_or(0);
        raise != 0 && !properties.script.has_value() && properties.size.has_value() &&
        *properties.size < around.size.value_or(kDefaultSize)) {
      properties.script = raise > 0 ? Script::kSuperscript : Script::kSubscript;
    }
    if (const StyleSheet::Style* const style =
            styles_.Find(AttributeOf(ChildOf(own, "rStyle"), "val"))) {
      properties.InheritFrom(style->properties);
    }
    properties.InheritFrom(around);
    ReadRunContent(node, properties, run, paragraph);
  }

  void ReadRunContent(const pugi::xml_node& parent, const Properties& properties, int32_t run,
                      Paragraph* paragraph) {
    const bool hidden = properties.hidden.value_or(false);
    const auto add = [&](std::string words) {
      if (!hidden)
        AddWords(std::move(words), properties.script.value_or(Script::kNormal), run, paragraph);
    };
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = NameOf(node);
      if (name == "t") {
        add(TextOf(node));
      } else if (name == "tab" || name == "ptab") {
        add(in_cell_ ? " " : "  ");  // two blanks divide the columns of aligned text
      } else if (name == "br" || name == "cr") {
        if (!hidden && Shown()) {
          Stretch stretch;
          stretch.line_break = true;
          paragraph->stretches.push_back(std::move(stretch));
        }
      } else if (name == "noBreakHyphen") {
        add("-");
      } else if (name == "sym") {
        add(SymbolText(AttributeOf(node, "font"), AttributeOf(node, "char")));
      } else if (name == "fldChar") {
        ReadFieldMark(AttributeOf(node, "fldCharType"));
      } else if (name == "instrText") {
        if (!fields_.empty() && fields_.back().instruction.size() < 16)
          fields_.back().instruction += TextOf(node);
      } else if (name == "ruby") {
        for (const pugi::xml_node& part : node.children()) {
          if (NameOf(part) == "rubyBase" && !hidden) {
            ReadInline(part, paragraph);
          } else {
            Skip(part, paragraph);
          }
        }
      } else if (LocalName(node.name()) == "AlternateContent") {
        ReadAlternative(node, paragraph, [&](const pugi::xml_node& chosen) {
          ReadRunContent(chosen, properties, run, paragraph);
        });
      } else if (hidden) {
        Skip(node, paragraph);
      } else if (name == "drawing" || name == "pict" || name == "object") {
        FindTextBoxes(node, paragraph);
      } else {
        Skip(node, paragraph);
      }
    }
  }

  void FindTextBoxes(const pugi::xml_node& node, Paragraph* paragraph) {
    if (NameOf(node) == "txbxContent") {
      paragraph->boxes.push_back({node, paragraph_count_});
      Skip(node, nullptr);
    } else if (LocalName(node.name()) == "AlternateContent") {
      ReadAlternative(node, paragraph,
                      [&](const pugi::xml_node& chosen) { FindTextBoxes(chosen, paragraph); });
    } else {
      for (const pugi::xml_node& child : node.children()) FindTextBoxes(child, paragraph);
    }
  }

  void ReadFieldMark(std::string_view type) {
    constexpr size_t kMostOpenFields = 64;  // what nests deeper is no field of a person's
    if (type == "begin") {
      if (fields_.size() < kMostOpenFields) fields_.emplace_back();
    } else if (!fields_.empty() && type == "separate") {
      fields_.back().result = true;
    } else if (!fields_.empty() && type == "end") {
      fields_.pop_back();
    }
  }

  // Whether words are shown here: in no field's instruction.
  bool Shown() const {
    return std::all_of(fields_.begin(), fields_.end(), [](const Field& f) { return f.result; });
  }
  bool InContents() const {
    return std::any_of(fields_.begin(), fields_.end(), [](const Field& field) {
      return absl::StartsWith(absl::StripLeadingAsciiWhitespace(field.instruction), "TOC");
    });
  }

  void AddWords(std::string words, Script script, int32_t run, Paragraph* paragraph) {
    if (words.empty() || !Shown()) return;
    paragraph->contents |= InContents();
    Stretch stretch;
    stretch.words = std::move(words);
    stretch.script = script;
    stretch.run = run;
    paragraph->stretches.push_back(std::move(stretch));
  }

  // ---- Writing ---------------------------------------------------------------------------------

  static std::string WordsOf(const Paragraph& paragraph) {
    std::string words;
    for (const Stretch& stretch : paragraph.stretches) words += stretch.words;
    return words;
  }

  // `joins_next`: its mark was deleted, so that the next paragraph goes on with its line.
  void WriteParagraph(const Paragraph& paragraph, bool joins_next) {
    const std::string words = WordsOf(paragraph);
    std::optional<WordNumbering::Mark> mark;
    if (!line_open_ && paragraph.properties.number_id.value_or(0) != 0) {
      mark =
          numbering_.Next(*paragraph.properties.number_id, paragraph.properties.level.value_or(0));
    }
    if (words.find_first_not_of(' ') == std::string::npos) {
      if (!joins_next) EndOpenLine();
      return;
    }
    if (!line_open_) style_ = StyleOf(paragraph, words, mark);
    const bool joins_breaks = in_cell_ || style_.markup == Markup::kHeading;
    if (in_cell_ && !line_open_) gap_ = true;
    if (mark.has_value() && !mark->text.empty()) {
      CloseGap(mark->text);
      Write(mark->text, Script::kNormal);
    }
    for (const Stretch& stretch : paragraph.stretches) {
      if (!stretch.line_break) {
        CloseGap(stretch.words);
        const core::TextRange range = Write(stretch.words, stretch.script);
        if (!range.empty() && stretch.run > 0)
          writer_.places().AddRun(range, place_, paragraph.number, stretch.run);
      } else if (joins_breaks) {
        gap_ = true;
      } else {
        EndLine();
        if (style_.markup == Markup::kListItem) style_.markup = Markup::kNone;
      }
    }
    line_open_ = true;
    if (!joins_next) EndOpenLine();
  }

  core::TextRange Write(std::string_view words, Script script) {
    const core::TextRange range = writer_.AppendWords(words, script);
    full_ = !writer_.status().ok();
    last_words_ = words;
    return range;
  }

  // Writes the blank between two paragraphs of a cell, unless the script needs none.
  void CloseGap(std::string_view next) {
    if (!std::exchange(gap_, false) || last_words_.empty()) return;
    const char32_t before = CodePointBefore(last_words_, last_words_.size()).value;
    if (!IsEastAsian(before) || !IsEastAsian(CodePointAt(next, 0).value)) writer_.AppendWords(" ");
  }

  void EndLine() {
    if (!in_cell_) {
      writer_.EndLine(style_);
      last_words_.clear();
      gap_ = false;
    }
  }

  // Ends the line of a paragraph whose end was written, or that nothing goes on with.
  void EndOpenLine() {
    if (!std::exchange(line_open_, false)) return;
    EndLine();
  }

  TranscriptWriter::LineStyle StyleOf(const Paragraph& paragraph, const std::string& words,
                                      const std::optional<WordNumbering::Mark>& mark) const {
    const std::string& name = paragraph.style_name;
    if (paragraph.contents || absl::StartsWith(name, "toc ")) return {.markup = Markup::kFurniture};
    if (markup_ == Markup::kNote) return {.markup = Markup::kNote};
    const bool prose = words.size() > kProseBytes && Contains(words, "。");
    if (!prose && name == "title") return {.markup = Markup::kHeading, .level = 1};
    // The title has a level of its own, above "heading 1".
    if (const int32_t outline = paragraph.properties.outline.value_or(9);
        !prose && outline >= 0 && outline < 9) {
      return {.markup = Markup::kHeading, .level = std::min(outline + 2, 6)};
    }
    // What is numbered as outlines are is read as if the number were typed.
    if (mark.has_value() && (mark->bullet || OutlineDepth(mark->text + words) == 0))
      return {.markup = Markup::kListItem};
    return {};
  }

  // ---- Tables ----------------------------------------------------------------------------------

  void ReadTable(const pugi::xml_node& node) {
    EndOpenLine();
    std::vector<Row> rows;
    bool header = true;
    FindRows(node, &rows, &header);
    SpanRows(&rows);
    if (in_cell_ || LaysOut(rows)) {
      ReadThrough(rows);
      return;
    }
    writer_.BeginTable();
    in_cell_ = true;
    int32_t row_number = 0;
    int32_t header_end = 0;  // the row that no header cell reaches
    for (const Row& row : rows) {
      if (row.left_out || row.cells.empty()) {
        Skip(row.node, nullptr);
        continue;
      }
      const auto filled = std::count_if(row.cells.begin(), row.cells.end(),
                                        [](const Cell& cell) { return cell.bytes > 0; });
      // A title or a unit across the table is marked to be repeated as well, and heads no column.
      const bool heads = (row.header && filled >= 2) || row_number < header_end;
      for (const Cell& cell : row.cells) {
        if (cell.covered) {
          Skip(cell.node, nullptr);
          continue;
        }
        if (heads) header_end = std::max(header_end, row_number + cell.row_span);
        writer_.BeginCell({.row = row_number,
                           .column = cell.column,
                           .row_span = cell.row_span,
                           .column_span = cell.column_span,
                           .header = heads});
        last_words_.clear();
        gap_ = false;
        ReadBlocks(cell.node);
        EndOpenLine();
        writer_.EndCell();
      }
      ++row_number;
    }
    in_cell_ = false;
    last_words_.clear();
    gap_ = false;
    writer_.EndTable();
  }

  // The rows of a table, whatever wraps them; `header`: those before are marked as headers.
  void FindRows(const pugi::xml_node& parent, std::vector<Row>* rows, bool* header) {
    for (const pugi::xml_node& node : parent.children()) {
      if (Stopped()) return;
      const std::string_view name = NameOf(node);
      if (name == "sdt") {
        FindRows(ChildOf(node, "sdtContent"), rows, header);
      } else if (name == "customXml" || name == "ins" || name == "moveTo") {
        FindRows(node, rows, header);
      } else if (name == "tr") {
        Row row;
        row.node = node;
        const pugi::xml_node own = ChildOf(node, "trPr");
        row.left_out = ChildOf(own, "del") || IsOn(ChildOf(own, "hidden"), "val", false);
        *header = *header && (row.left_out || IsOn(ChildOf(own, "tblHeader"), "val", false));
        row.header = *header;
        int32_t column =
            std::clamp(NumberOf(ChildOf(own, "gridBefore"), "val", 0), 0, kMaxColumnSpan);
        FindCells(node, &row, &column);
        rows->push_back(std::move(row));
      }
    }
  }

  void FindCells(const pugi::xml_node& parent, Row* row, int32_t* column) {
    for (const pugi::xml_node& node : parent.children()) {
      const std::string_view name = NameOf(node);
      if (name == "sdt") {
        FindCells(ChildOf(node, "sdtContent"), row, column);
      } else if (name == "customXml") {
        FindCells(node, row, column);
      } else if (name == "tc") {
        Cell cell;
        cell.node = node;
        cell.column = *column;
        const pugi::xml_node own = ChildOf(node, "tcPr");
        cell.column_span =
            std::clamp(NumberOf(ChildOf(own, "gridSpan"), "val", 1), 1, kMaxColumnSpan);
        const pugi::xml_node merge = ChildOf(own, "vMerge");
        cell.covered = merge && AttributeOf(merge, "val") != "restart";
        *column += cell.column_span;
        row->cells.push_back(cell);
      }
    }
  }

  // Counts how many rows each cell reaches over.
  static void SpanRows(std::vector<Row>* rows) {
    absl::flat_hash_map<int32_t, Cell*> above;  // by column: the cell that goes on in the next row
    for (Row& row : *rows) {
      if (row.left_out || row.cells.empty()) continue;
      absl::flat_hash_map<int32_t, Cell*> open;
      for (Cell& cell : row.cells) {
        const auto found = above.find(cell.column);
        cell.covered =
            cell.covered && found != above.end() && found->second->column_span == cell.column_span;
        Cell* const whole = cell.covered ? found->second : &cell;
        if (cell.covered) ++whole->row_span;
        open[cell.column] = whole;
      }
      above = std::move(open);
    }
  }

  // Whether a table lays out a page, as in html.cc.  Measures its cells.
  bool LaysOut(std::vector<Row>& rows) {
    size_t text_bytes = 0;
    size_t prose_bytes = 0;
    bool nests = false;
    for (Row& row : rows) {
      for (Cell& cell : row.cells) {
        bool stop = false;
        Measure(cell.node, &cell.bytes, &stop, &nests);
        text_bytes += cell.bytes;
        if (stop && cell.bytes > kProseBytes) prose_bytes += cell.bytes;
      }
    }
    return nests || prose_bytes * 2 > text_bytes;
  }

  void Measure(const pugi::xml_node& node, size_t* bytes, bool* stop, bool* nests) {
    for (const pugi::xml_node& child : node.children()) {
      if (*nests || Stopped()) return;
      const std::string_view name = NameOf(child);
      if (name == "t") {
        const std::string text = TextOf(child);
        *bytes += text.size();
        *stop = *stop || Contains(text, "。");
      } else if (name != "del" && name != "moveFrom") {
        *nests = *nests || name == "tbl";
        Measure(child, bytes, stop, nests);
      }
    }
  }

  void ReadThrough(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      if (row.left_out) {
        Skip(row.node, nullptr);
        continue;
      }
      for (const Cell& cell : row.cells) {
        ReadBlocks(cell.node);
        EndOpenLine();
      }
    }
  }

  OfficePackage& package_;
  const core::Cancellation* cancellation_;
  TranscriptWriter writer_;
  StyleSheet styles_;
  WordNumbering numbering_;
  Markup markup_ = Markup::kNone;  // of all lines of the part
  std::string place_;              // the part, as places call it
  std::string prefix_;             // of the part's elements
  int32_t paragraph_count_ = 0;    // that have begun in the part
  std::vector<Field> fields_;      // that are open
  uint32_t steps_ = 0;
  bool stopped_ = false;
  bool full_ = false;

  bool line_open_ = false;  // words were written that no end of a line follows yet
  TranscriptWriter::LineStyle style_;
  bool in_cell_ = false;
  bool gap_ = false;        // a break was read that a blank may stand for
  std::string last_words_;  // of the line or cell
};

}  // namespace

absl::StatusOr<Transcript> ReadDocx(OfficePackage& package) { return DocxReader(package).Read(); }

}  // namespace crossfoot::document
