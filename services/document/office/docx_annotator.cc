#include "services/document/office/docx_annotator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/error.h"
#include "core/place.h"
#include "core/string_view.h"
#include "core/text_span.h"
#include "services/document/office/office_copy.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;

constexpr char kAuthor[] = "Crossfoot";
constexpr char kInitials[] = "CF";
constexpr char kCommentsType[] =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

// Where the words of a remark stand: the `occurrence`-th time, from 1, that a run of a paragraph
// has them.
struct Target {
  core::Place place;
  std::string words;
  int32_t occurrence = 1;
};

std::optional<Target> TargetOf(const core::Document& document, core::TextRange range) {
  const core::TextSpan span = document.SpanOf(range);
  std::optional<core::Place> place = document.PlaceOf(span);
  if (!place.has_value()) return std::nullopt;
  Target target = {*std::move(place), std::string(document.ContentOf(span)), 1};
  // A paragraph is a line of the transcript.
  const std::string_view source = document.source;
  const auto start =
      static_cast<size_t>(document.SourceRangeOf(span.start_byte, span.end_byte).start);
  const size_t line_break = source.substr(0, start).rfind('\n');
  size_t at = line_break == std::string_view::npos ? 0 : line_break + 1;
  while ((at = source.find(target.words, at)) < start) {
    const core::TextRange before = {static_cast<int32_t>(at), static_cast<int32_t>(at) + 1};
    const std::optional<core::Place> there = document.places.PlaceOf(source, before);
    if (there.has_value() && there->paragraph == target.place.paragraph &&
        there->run == target.place.run)
      ++target.occurrence;
    ++at;
  }
  return target;
}

// What comes next in the order of the document; within `root`.
pugi::xml_node Next(const pugi::xml_node& node, const pugi::xml_node& root, bool enter) {
  if (enter && node.first_child()) return node.first_child();
  for (pugi::xml_node at = node; at && at != root; at = at.parent()) {
    if (at.next_sibling()) return at.next_sibling();
  }
  return {};
}

// The paragraphs of a part by their numbers, of those that `wanted` has.  docx.h says what counts.
std::map<int32_t, pugi::xml_node> FindParagraphs(const pugi::xml_node& root,
                                                 const std::vector<int32_t>& wanted) {
  std::map<int32_t, pugi::xml_node> found;
  const std::string name = NameLike(root, "p");
  int32_t number = 0;
  for (pugi::xml_node node = root; node; node = Next(node, root, true)) {
    if (name != node.name()) continue;
    ++number;
    if (std::binary_search(wanted.begin(), wanted.end(), number)) found[number] = node;
  }
  return found;
}

// The runs of a paragraph, those of paragraphs inside it not.
std::vector<pugi::xml_node> RunsOf(const pugi::xml_node& paragraph) {
  std::vector<pugi::xml_node> runs;
  const std::string paragraph_name = NameLike(paragraph, "p");
  const std::string run_name = NameLike(paragraph, "r");
  pugi::xml_node node = Next(paragraph, paragraph, true);
  while (node) {
    if (run_name == node.name()) runs.push_back(node);
    node = Next(node, paragraph, paragraph_name != node.name());
  }
  return runs;
}

// Makes a run begin at `offset` of the words of `text`, a w:t, and gives it.  What is before stays
// where it is.
pugi::xml_node SplitAt(const pugi::xml_node& text, size_t offset) {
  pugi::xml_node run = text.parent();
  const pugi::xml_node properties = ChildOf(run, "rPr");
  const pugi::xml_node before = text.previous_sibling();
  if (offset == 0 && (!before || before == properties)) return run;
  pugi::xml_node tail = run.parent().insert_child_after(run.name(), run);
  for (const pugi::xml_attribute& attribute : run.attributes()) tail.append_copy(attribute);
  if (properties) tail.append_copy(properties);
  pugi::xml_node moved = text;
  if (offset > 0) {
    const std::string words = text.text().get();
    pugi::xml_node head = text;
    pugi::xml_node rest = tail.append_copy(text);
    moved = text.next_sibling();
    for (pugi::xml_node* const part : {&head, &rest}) {
      if (!part->attribute("xml:space")) part->append_attribute("xml:space");
      part->attribute("xml:space") = "preserve";
    }
    head.text() = words.substr(0, offset).c_str();
    rest.text() = words.substr(offset).c_str();
  }
  while (moved) {
    const pugi::xml_node next = moved.next_sibling();
    tail.append_move(moved);
    moved = next;
  }
  return tail;
}

// The words of a paragraph's runs, and which element each stretch of them is in.
struct Words {
  struct Piece {
    size_t start;
    pugi::xml_node text;  // w:t
  };
  std::string all;
  std::vector<Piece> pieces;
  std::vector<size_t> run_starts;  // and the end of the last one

  explicit Words(const std::vector<pugi::xml_node>& runs) {
    for (const pugi::xml_node& run : runs) {
      run_starts.push_back(all.size());
      const std::string name = NameLike(run, "t");
      for (pugi::xml_node child : run.children(name.c_str())) {
        if (child.first_child() != child.last_child()) {
          // Comments and the like divide the words; they are one piece from here on.
          const std::string words = TextOf(child);
          child.remove_children();
          child.text() = words.c_str();
        }
        pieces.push_back({all.size(), child});
        all += child.text().get();
      }
    }
    run_starts.push_back(all.size());
  }

  const Piece& PieceAt(size_t offset) const {
    const auto next = std::upper_bound(
        pieces.begin(), pieces.end(), offset,
        [](size_t value, const Piece& candidate) { return value < candidate.start; });
    return *(next - 1);
  }

  // Where `words` begin for the `occurrence`-th time in a run.
  std::optional<size_t> Find(std::string_view words, size_t run, int32_t occurrence) const {
    size_t at = run_starts[run];
    while ((at = all.find(words, at)) < run_starts[run + 1]) {
      if (--occurrence == 0) return at;
      ++at;
    }
    return std::nullopt;
  }
};

// Comments and where they go.
class DocxAnnotator {
 public:
  DocxAnnotator(OfficePackage& package, const core::Document& document)
      : package_(package), document_(document), copy_(package, document.original) {}

  absl::StatusOr<std::string> Annotate(const std::vector<Remark>& remarks) {
    if (remarks.empty()) return document_.original;
    absl::StatusOr<pugi::xml_document*> body = copy_.Edit(package_.main_part());
    if (!body.ok()) return body.status();
    body_ = (*body)->document_element();
    if (absl::Status status = OpenComments(); !status.ok()) return status;
    std::map<std::string, std::map<int32_t, std::vector<Anchor>>> anchors;
    for (const Remark& remark : remarks) {
      std::optional<Target> target = TargetOf(document_, remark.range);
      if (!target.has_value()) return Nowhere();
      const std::string part = target->place.part;
      const int32_t paragraph = target->place.paragraph;
      anchors[part][paragraph].push_back({*std::move(target), AddComment(remark)});
    }
    for (auto& [part, paragraphs] : anchors) {
      const absl::Status status =
          part == "document" ? AnchorInBody(paragraphs) : AnchorAtNotes(part, paragraphs);
      if (!status.ok()) return status;
    }
    return copy_.Finish();
  }

 private:
  struct Anchor {
    Target target;
    std::string comment;  // its id
  };
  // Words of a paragraph, as offsets of Words::all.
  struct Stretch {
    size_t start;
    size_t end;
    std::string comment;
  };

  static absl::Status Nowhere() {
    return core::MakeError(core::ErrorReason::kInternal,
                           "a remark is about words that stand nowhere");
  }

  absl::Status OpenComments() {
    absl::StatusOr<std::vector<Relationship>> relationships =
        package_.RelationshipsOf(package_.main_part());
    if (!relationships.ok()) return relationships.status();
    if (const std::string part = TargetOfType(*relationships, "comments"); !part.empty()) {
      absl::StatusOr<pugi::xml_document*> tree = copy_.Edit(part);
      if (!tree.ok()) return tree.status();
      comments_ = (*tree)->document_element();
      for (const pugi::xml_node& comment : comments_.children())
        next_id_ = std::max(next_id_, NumberOf(comment, "id", -1) + 1);
      return absl::OkStatus();
    }
    // With the prefix and the namespace of the body.
    const std::string name = NameLike(body_, "comments");
    const std::string_view prefix = std::string_view(name).substr(0, name.find(':'));
    const std::string namespace_name =
        name == "comments" ? "xmlns" : absl::StrCat("xmlns:", ToAbsl(prefix));
    const std::string comments_part = copy_.NewName("word/crossfoot-comments", ".xml");
    comments_ = copy_.New(comments_part).append_child(name.c_str());
    comments_.append_attribute(namespace_name.c_str()) =
        body_.attribute(namespace_name.c_str()).value();
    if (absl::Status status = copy_.Declare(comments_part, kCommentsType, false); !status.ok())
      return status;
    return copy_.Relate(package_.main_part(), "comments", comments_part).status();
  }

  // An attribute of Word's own, which has the prefix of its elements.
  static pugi::xml_attribute Attribute(pugi::xml_node node, std::string_view local_name) {
    return node.append_attribute(NameLike(node, local_name).c_str());
  }

  std::string AddComment(const Remark& remark) {
    const std::string id = absl::StrCat(next_id_++);
    pugi::xml_node comment = comments_.append_child(NameLike(comments_, "comment").c_str());
    Attribute(comment, "id") = id.c_str();
    Attribute(comment, "author") = kAuthor;
    Attribute(comment, "initials") = kInitials;
    for (const absl::string_view line : absl::StrSplit(remark.text, '\n')) {
      pugi::xml_node words = comment.append_child(NameLike(comment, "p").c_str())
                                 .append_child(NameLike(comment, "r").c_str())
                                 .append_child(NameLike(comment, "t").c_str());
      words.append_attribute("xml:space") = "preserve";
      words.text() = std::string(line).c_str();
    }
    return id;
  }

  absl::Status AnchorInBody(const std::map<int32_t, std::vector<Anchor>>& anchors) {
    std::vector<int32_t> wanted;
    for (const auto& [number, unused] : anchors) wanted.push_back(number);
    const std::map<int32_t, pugi::xml_node> paragraphs = FindParagraphs(body_, wanted);
    for (const auto& [number, of_paragraph] : anchors) {
      const auto paragraph = paragraphs.find(number);
      if (paragraph == paragraphs.end()) return Nowhere();
      if (absl::Status status = AnchorInParagraph(paragraph->second, of_paragraph); !status.ok())
        return status;
    }
    return absl::OkStatus();
  }

  absl::Status AnchorInParagraph(const pugi::xml_node& paragraph,
                                 const std::vector<Anchor>& anchors) {
    const std::vector<pugi::xml_node> runs = RunsOf(paragraph);
    const Words words(runs);
    std::vector<Stretch> stretches;
    for (const Anchor& anchor : anchors) {
      const size_t run = static_cast<size_t>(anchor.target.place.run) - 1;
      if (run >= runs.size()) return Nowhere();
      const pugi::xml_node box = BoxRunOf(runs[run]);
      const std::optional<size_t> start =
          words.Find(anchor.target.words, run, anchor.target.occurrence);
      if (box) {
        Enclose(box, box, anchor.comment);
      } else if (start.has_value()) {
        stretches.push_back({*start, *start + anchor.target.words.size(), anchor.comment});
      } else {
        Enclose(runs[run], runs[run], anchor.comment);
      }
    }
    // From the last to the first, so that what is before stays where it is.
    std::stable_sort(stretches.begin(), stretches.end(),
                     [](const Stretch& a, const Stretch& b) { return a.start > b.start; });
    size_t limit = words.all.size();
    pugi::xml_node first;
    pugi::xml_node last;
    for (const Stretch& stretch : stretches) {
      if (!first || stretch.start != limit) {
        const Words::Piece& last_piece = words.PieceAt(stretch.end - 1);
        const Words::Piece& first_piece = words.PieceAt(stretch.start);
        // Words that reach into those of a remark behind them end where those do.
        const bool reaches = stretch.end > limit;
        if (!reaches && stretch.end < words.all.size()) {
          const Words::Piece& behind = words.PieceAt(stretch.end);
          SplitAt(behind.text, stretch.end - behind.start);
        }
        first = SplitAt(first_piece.text, stretch.start - first_piece.start);
        if (!reaches) last = last_piece.start < stretch.start ? first : last_piece.text.parent();
        limit = stretch.start;
      }
      Enclose(first, last, stretch.comment);
    }
    return absl::OkStatus();
  }

  // The run that a text box around `run` is anchored in; null where there is none.
  static pugi::xml_node BoxRunOf(const pugi::xml_node& run) {
    pugi::xml_node outermost;
    bool in_box = false;
    for (pugi::xml_node at = run.parent(); at; at = at.parent()) {
      in_box = in_box || LocalName(at.name()) == "txbxContent";
      if (in_box && std::string_view(at.name()) == run.name()) outermost = at;
    }
    return outermost;
  }

  // Notes hold no comments: theirs stand at the marks of the notes.
  absl::Status AnchorAtNotes(std::string_view notes,
                             const std::map<int32_t, std::vector<Anchor>>& anchors) {
    absl::StatusOr<std::vector<Relationship>> relationships =
        package_.RelationshipsOf(package_.main_part());
    if (!relationships.ok()) return relationships.status();
    const std::string notes_part = TargetOfType(*relationships, notes);
    if (notes_part.empty()) return Nowhere();
    absl::StatusOr<pugi::xml_document*> tree = copy_.Edit(notes_part);
    if (!tree.ok()) return tree.status();
    const std::string_view kind = notes.substr(0, notes.size() - 1);  // "footnote"
    std::vector<int32_t> wanted;
    for (const auto& [number, unused] : anchors) wanted.push_back(number);
    std::map<std::string, std::vector<std::string>> comments;  // by the id of the note
    for (const auto& [number, paragraph] : FindParagraphs((*tree)->document_element(), wanted)) {
      pugi::xml_node note = paragraph;
      while (note && LocalName(note.name()) != kind) note = note.parent();
      for (const Anchor& anchor : anchors.at(number))
        comments[std::string(AttributeOf(note, "id"))].push_back(anchor.comment);
    }
    const std::string reference = NameLike(body_, absl::StrCat(ToAbsl(kind), "Reference"));
    for (pugi::xml_node node = body_; node; node = Next(node, body_, true)) {
      if (reference != node.name()) continue;
      const auto of_note = comments.find(std::string(AttributeOf(node, "id")));
      if (of_note == comments.end()) continue;
      for (const std::string& comment : of_note->second)
        Enclose(node.parent(), node.parent(), comment);
      comments.erase(of_note);
    }
    if (comments.empty()) return absl::OkStatus();
    // Notes that the body does not refer to.
    const std::string run = NameLike(body_, "r");
    pugi::xml_node first = body_;
    while (first && run != first.name()) first = Next(first, body_, true);
    if (!first) return Nowhere();
    for (const auto& [id, of_note] : comments) {
      for (const std::string& comment : of_note) Enclose(first, first, comment);
    }
    return absl::OkStatus();
  }

  // Makes `comment` one on the runs from `first` to `last`.
  static void Enclose(pugi::xml_node first, pugi::xml_node last, const std::string& comment) {
    const auto mark = [&](pugi::xml_node node) { Attribute(node, "id") = comment.c_str(); };
    mark(first.parent().insert_child_before(NameLike(first, "commentRangeStart").c_str(), first));
    pugi::xml_node parent = last.parent();
    const pugi::xml_node end =
        parent.insert_child_after(NameLike(last, "commentRangeEnd").c_str(), last);
    mark(end);
    mark(parent.insert_child_after(last.name(), end)
             .append_child(NameLike(last, "commentReference").c_str()));
  }

  OfficePackage& package_;
  const core::Document& document_;
  OfficeCopy copy_;
  pugi::xml_node body_;      // the root of the main part
  pugi::xml_node comments_;  // what comments are added to
  int32_t next_id_ = 0;
};

}  // namespace

absl::StatusOr<std::string> AnnotateDocx(OfficePackage& package, const core::Document& document,
                                         const std::vector<Remark>& remarks) {
  return DocxAnnotator(package, document).Annotate(remarks);
}

}  // namespace crossfoot::document
