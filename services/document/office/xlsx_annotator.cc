#include "services/document/office/xlsx_annotator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/error.h"
#include "core/place.h"
#include "core/string_view.h"
#include "services/document/office/office_copy.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;

constexpr char kAuthor[] = "Crossfoot";
constexpr char kCommentsType[] =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
constexpr char kDrawingType[] = "application/vnd.openxmlformats-officedocument.vmlDrawing";
constexpr char kRelationships[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr char kStrictRelationships[] = "http://purl.oclc.org/ooxml/officeDocument/relationships";
// What may follow legacyDrawing in a worksheet (ISO/IEC 29500-1, 18.3.1.99, CT_Worksheet).
constexpr std::string_view kBehindDrawing[] = {"legacyDrawingHF", "drawingHF", "picture",
                                               "oleObjects",      "controls",  "webPublishItems",
                                               "tableParts",      "extLst",    "AlternateContent"};
// The drawing that Excel keeps the windows of notes in (ECMA-376 part 4, 19: VML), without them.
constexpr char kDrawingHead[] =
    R"(<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office")"
    R"( xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">)"
    R"(<o:idmap v:ext="edit" data="1"/></o:shapelayout>)";
constexpr std::string_view kDrawingEnd = "</xml>";
constexpr std::string_view kShapeId = "_x0000_s";
// Size of a window: columns, and about as many characters as fit into a line of it.
constexpr int32_t kWindowColumns = 6;
constexpr size_t kWindowBytesPerLine = 90;

// The notes of a sheet by the cell: row, column.
using Notes = std::map<std::pair<int32_t, int32_t>, std::string>;

// The window of a note: hidden until somebody points at the cell.
std::string Shape(int64_t id, int32_t row, int32_t column, std::string_view note) {
  int32_t lines = 2;
  for (size_t at = 0; at < note.size();) {
    const size_t end = std::min(note.find('\n', at), note.size());
    lines += 1 + static_cast<int32_t>((end - at) / kWindowBytesPerLine);
    at = end + 1;
  }
  return absl::StrCat(
      "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" "
      "xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      "xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"",
      ToAbsl(kShapeId), id,
      "\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\" coordsize=\"21600,21600\" "
      "style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
      "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"none\"/>"
      "<v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\">"
      "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>",
      column, ", 15, ", row - 1, ", 2, ", column + kWindowColumns, ", 15, ", row - 1 + lines,
      ", 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>", row - 1, "</x:Row><x:Column>",
      column - 1, "</x:Column></x:ClientData></v:shape>");
}

// The first number that no shape of a drawing has.
int64_t FreeShapeId(std::string_view drawing) {
  int64_t free = 1025;
  for (size_t at = 0; (at = drawing.find(kShapeId, at)) != std::string_view::npos;) {
    at += kShapeId.size();
    int64_t id = 0;
    const size_t end = drawing.find_first_not_of("0123456789", at);
    if (absl::SimpleAtoi(ToAbsl(drawing.substr(at, end - at)), &id)) free = std::max(free, id + 1);
  }
  return free;
}

// The offset in the text of a worksheet at which a legacyDrawing may stand; npos when the text is
// no worksheet.  Only what is behind the cells is made into a tree.
size_t DrawingOffset(std::string_view sheet) {
  const size_t end = sheet.rfind("</");
  size_t start = sheet.rfind("sheetData");
  if (start != std::string_view::npos) start = sheet.find('>', start);
  if (end == std::string_view::npos || start == std::string_view::npos || start >= end)
    return std::string_view::npos;
  ++start;
  pugi::xml_document tail;
  if (!tail.load_buffer(sheet.data() + start, end - start,
                        pugi::parse_default | pugi::parse_fragment, pugi::encoding_utf8))
    return std::string_view::npos;
  for (const pugi::xml_node& node : tail.children()) {
    if (std::find(std::begin(kBehindDrawing), std::end(kBehindDrawing), LocalName(node.name())) !=
        std::end(kBehindDrawing))
      return start + static_cast<size_t>(node.offset_debug()) - 1;
  }
  return end;
}

// Notes and where they go.
class XlsxAnnotator {
 public:
  XlsxAnnotator(OfficePackage& package, const core::Document& document)
      : package_(package), document_(document), copy_(package, document.original) {}

  absl::StatusOr<std::string> Annotate(const std::vector<Remark>& remarks) {
    if (remarks.empty()) return document_.original;
    std::map<std::string, Notes> notes;  // by the name of the sheet
    for (const Remark& remark : remarks) {
      const std::optional<core::Place> place = document_.PlaceOf(document_.SpanOf(remark.range));
      if (!place.has_value()) return Nowhere();
      std::string& note = notes[place->sheet][{place->row, place->column}];
      absl::StrAppend(&note, note.empty() ? "" : "\n\n", remark.text);
    }
    absl::StatusOr<bool> strict = copy_.IsStrict();
    if (!strict.ok()) return strict.status();
    strict_ = *strict;
    absl::StatusOr<std::vector<Relationship>> parts =
        package_.RelationshipsOf(package_.main_part());
    if (!parts.ok()) return parts.status();
    absl::StatusOr<XmlPart> book = package_.Read(package_.main_part());
    if (!book.ok()) return book.status();
    pugi::xml_document tree;
    if (absl::Status status = book->LoadFrame(&tree); !status.ok()) return status;
    for (const pugi::xml_node& sheet : ChildOf(tree.document_element(), "sheets").children()) {
      const auto of_sheet = notes.find(std::string(AttributeOf(sheet, "name")));
      if (of_sheet == notes.end()) continue;
      const std::string_view id = AttributeOf(sheet, "id");
      const Relationship* const part = FindRelationship(*parts, id);
      if (part == nullptr) return Nowhere();
      if (absl::Status status = AnnotateSheet(part->target, of_sheet->second); !status.ok())
        return status;
      notes.erase(of_sheet);
    }
    if (!notes.empty()) return Nowhere();
    return copy_.Finish();
  }

 private:
  static absl::Status Nowhere() {
    return core::MakeError(core::ErrorReason::kInternal,
                           "a remark is about a cell that is not there");
  }

  absl::Status AnnotateSheet(const std::string& sheet, Notes& notes) {
    absl::StatusOr<std::vector<Relationship>> relationships = package_.RelationshipsOf(sheet);
    if (!relationships.ok()) return relationships.status();
    const std::string comments = TargetOfType(*relationships, "comments");
    if (absl::Status status = AddComments(sheet, comments, notes); !status.ok()) return status;
    return AddShapes(sheet, *relationships, notes);
  }

  // Writes the notes; takes those out of `notes` whose cells had one, and so a window, before.
  absl::Status AddComments(const std::string& sheet, const std::string& part, Notes& notes) {
    pugi::xml_node root;
    if (part.empty()) {
      const std::string name = copy_.NewName("xl/crossfoot-comments", ".xml");
      root = copy_.New(name).append_child("comments");
      root.append_attribute("xmlns") =
          strict_ ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
                  : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
      if (absl::Status status = copy_.Declare(name, kCommentsType, false); !status.ok())
        return status;
      if (absl::Status status = copy_.Relate(sheet, "comments", name).status(); !status.ok())
        return status;
    } else {
      absl::StatusOr<pugi::xml_document*> tree = copy_.Edit(part);
      if (!tree.ok()) return tree.status();
      root = (*tree)->document_element();
    }
    const std::string prefix = NameLike(root, "");
    const auto child = [&prefix](pugi::xml_node node, const char* name) {
      pugi::xml_node found = ChildOf(node, name);
      return found ? found : node.append_child((prefix + name).c_str());
    };
    pugi::xml_node authors = child(root, "authors");
    pugi::xml_node list = child(root, "commentList");
    int64_t author = 0;
    for (const pugi::xml_node& known : authors.children())
      author += LocalName(known.name()) == "author" ? 1 : 0;
    authors.append_child((prefix + "author").c_str()).text() = kAuthor;
    const auto write = [&](pugi::xml_node comment, const std::string& note) {
      pugi::xml_node text = child(comment, "text");
      // How words are pronounced stands behind all runs.
      pugi::xml_node behind;
      for (const char* const name : {"phoneticPr", "rPh"}) {
        if (const pugi::xml_node found = ChildOf(text, name)) behind = found;
      }
      const std::string run = prefix + "r";
      pugi::xml_node words =
          (behind ? text.insert_child_before(run.c_str(), behind) : text.append_child(run.c_str()))
              .append_child((prefix + "t").c_str());
      words.append_attribute("xml:space") = "preserve";
      words.text() = note.c_str();
    };
    std::map<std::string, pugi::xml_node, std::less<>> present;
    for (const pugi::xml_node& comment : list.children())
      present.emplace(AttributeOf(comment, "ref"), comment);
    for (auto note = notes.begin(); note != notes.end();) {
      const std::string cell = core::CellReference(note->first.first, note->first.second);
      const auto old = present.find(cell);
      if (old == present.end()) {
        pugi::xml_node comment = list.append_child((prefix + "comment").c_str());
        comment.append_attribute("ref") = cell.c_str();
        comment.append_attribute("authorId") = author;
        write(comment, note->second);
        ++note;
      } else {
        MakeRuns(ChildOf(old->second, "text"), prefix);
        write(old->second, "\n\n" + note->second);
        note = notes.erase(note);
      }
    }
    return absl::OkStatus();
  }

  // A text is one t or several runs.
  static void MakeRuns(pugi::xml_node text, const std::string& prefix) {
    const pugi::xml_node plain = ChildOf(text, "t");
    if (!plain) return;
    text.prepend_child((prefix + "r").c_str()).append_move(plain);
  }

  // Windows for the notes of cells that had none.
  absl::Status AddShapes(const std::string& sheet, const std::vector<Relationship>& relationships,
                         const Notes& notes) {
    if (notes.empty()) return absl::OkStatus();
    absl::StatusOr<XmlPart> part = package_.Read(sheet, "sheetData");
    if (!part.ok()) return part.status();
    pugi::xml_document frame;
    if (absl::Status status = part->LoadFrame(&frame); !status.ok()) return status;
    const pugi::xml_node old = ChildOf(frame.document_element(), "legacyDrawing");
    std::string drawing = kDrawingHead;
    std::string name;
    if (old) {
      const std::string_view id = AttributeOf(old, "id");
      const Relationship* const found = FindRelationship(relationships, id);
      if (found == nullptr)
        return package_.Damaged(absl::StrCat("its part ", sheet, " has a drawing that is missing"));
      name = found->target;
      absl::StatusOr<XmlPart> xml = package_.Read(name);
      if (!xml.ok()) return xml.status();
      const size_t end = xml->text().rfind(kDrawingEnd);
      if (end == std::string_view::npos)
        return package_.Damaged(absl::StrCat("its part ", name, " is no drawing"));
      drawing = std::string(xml->text().substr(0, end));
    }
    int64_t id = FreeShapeId(drawing);
    for (const auto& [cell, note] : notes)
      absl::StrAppend(&drawing, Shape(id++, cell.first, cell.second, note));
    absl::StrAppend(&drawing, ToAbsl(kDrawingEnd));
    if (!old) {
      name = copy_.NewName("xl/drawings/crossfoot-notes", ".vml");
      if (absl::Status status = copy_.Declare(name, kDrawingType, true); !status.ok())
        return status;
      absl::StatusOr<std::string> relationship = copy_.Relate(sheet, "vmlDrawing", name);
      if (!relationship.ok()) return relationship.status();
      const std::string_view text = part->text();
      const size_t offset = DrawingOffset(text);
      if (offset == std::string_view::npos)
        return package_.Damaged(absl::StrCat("its part ", sheet, " is no worksheet"));
      copy_.Put(sheet, absl::StrCat(ToAbsl(text.substr(0, offset)), "<", ToAbsl(part->prefix()),
                                    "legacyDrawing xmlns:r=\"",
                                    strict_ ? kStrictRelationships : kRelationships, "\" r:id=\"",
                                    *relationship, "\"/>", ToAbsl(text.substr(offset))));
    }
    copy_.Put(name, std::move(drawing));
    return absl::OkStatus();
  }

  OfficePackage& package_;
  const core::Document& document_;
  OfficeCopy copy_;
  bool strict_ = false;
};

}  // namespace

absl::StatusOr<std::string> AnnotateXlsx(OfficePackage& package, const core::Document& document,
                                         const std::vector<Remark>& remarks) {
  return XlsxAnnotator(package, document).Annotate(remarks);
}

}  // namespace crossfoot::document
