#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XML_PART_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XML_PART_H_

#include <cstddef>
#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/cancellation.h"

namespace crossfoot::document {

// The XML of one part of an Office file, which may be hostile.  A tree of it takes up to sixteen
// times its bytes, so the children of the one element that holds nearly all of a part ("body",
// "sheetData") are made into trees few at a time:
//
//   auto part = XmlPart::Open("a.xlsx", "xl/worksheets/sheet1.xml", bytes, "sheetData", nullptr);
//   pugi::xml_document frame;                     // everything but the rows
//   absl::Status status = part->LoadFrame(&frame);
//   status = part->VisitChildren([](const pugi::xml_node& row) { return absl::OkStatus(); });
//
// No entity is expanded but the five of XML and characters by number, and nothing is ever fetched.
class XmlPart {
 public:
  // The deepest nesting that is read.
  static constexpr int32_t kMaxDepth = 512;
  // The largest piece that is made into a tree at once.  In bytes.
  static constexpr size_t kMaxTreeBytes = size_t{16} << 20;

  // Takes `bytes`, XML in UTF-8 or UTF-16, which `uri` and `part` name in messages.  `container` is
  // the local name of the root or of elements right below it; empty for none.
  //
  // kDocumentDamaged for a DTD, which such files must not have, nesting above kMaxDepth, mark-up
  // that does not end, and bytes in another encoding.
  static absl::StatusOr<XmlPart> Open(std::string_view uri, std::string_view part,
                                      std::string bytes, std::string_view container,
                                      const core::Cancellation* cancellation);

  // All of it, in UTF-8, without a byte order mark.
  std::string_view text() const { return text_; }
  // The local name of the root: "document".
  std::string_view root() const { return root_; }
  // What stands before the local name of elements of the root's namespace: "w:", or nothing.
  std::string_view prefix() const { return prefix_; }

  // Makes the tree of everything but the container's content.  kDocumentDamaged for XML that is
  // not well-formed, kDocumentTooLarge above kMaxTreeBytes.
  absl::Status LoadFrame(pugi::xml_document* frame) const;

  // Calls `visit` with each element in the container, in order, until it fails.  The trees are gone
  // afterwards.  Call once.  As LoadFrame, and what `visit` returns; kCancelled or
  // kDeadlineExceeded when the work is given up.
  absl::Status VisitChildren(absl::FunctionRef<absl::Status(const pugi::xml_node&)> visit);

 private:
  struct Piece {
    size_t start;
    size_t end;
  };

  XmlPart() = default;
  absl::Status Scan(std::string_view container);
  absl::Status Damaged(std::string_view what, size_t offset) const;
  absl::Status TooLarge() const;

  std::string uri_;
  std::string part_;
  std::string text_;
  std::string root_;
  std::string prefix_;
  std::vector<Piece> batches_;   // neighbouring children of the container
  std::vector<Piece> contents_;  // of the container: what the frame lacks
  const core::Cancellation* cancellation_ = nullptr;
};

// "document" of "w:document".
std::string_view LocalName(std::string_view name);

// Whether the local name of `name`, of an element or attribute, is `local_name`.
inline bool IsNamed(const char* name, std::string_view local_name) {
  const char* local = name;
  for (const char* at = name; *at != '\0'; ++at) {
    if (*at == ':') local = at + 1;
  }
  // Names are too short for a call of memcmp.
  for (const char c : local_name) {
    if (*local++ != c) return false;
  }
  return *local == '\0';
}

// The local name of an element whose name begins with `prefix`; empty for others.
std::string_view NameWithin(std::string_view prefix, const pugi::xml_node& node);

// The name of an element of the same namespace as `like`, with the prefix that it has: "w:r" beside
// "w:p".
std::string NameLike(const pugi::xml_node& like, std::string_view local_name);

// The first child with that local name, of whatever prefix; null when there is none.
inline pugi::xml_node ChildOf(const pugi::xml_node& node, std::string_view local_name) {
  pugi::xml_node child = node.first_child();
  while (child && !IsNamed(child.name(), local_name)) child = child.next_sibling();
  return child;
}

// The value of the attribute with that local name; empty when there is none, see HasAttribute.
std::string_view AttributeOf(const pugi::xml_node& node, std::string_view local_name);
bool HasAttribute(const pugi::xml_node& node, std::string_view local_name);

// A number in an attribute; `absent` when there is none, or it is none.
int32_t NumberOf(const pugi::xml_node& node, std::string_view local_name, int32_t absent);

// Whether a switch is on: <w:vanish/>, w:val="1", "true", "on".  `absent` for a null node.
bool IsOn(const pugi::xml_node& node, std::string_view local_name, bool absent);

// The characters right in `node`, those in its children not.  The second form copies them, into
// `buffer`, only when they are in several pieces, and else is valid as long as the tree.
std::string TextOf(const pugi::xml_node& node);
std::string_view TextOf(const pugi::xml_node& node, std::string* buffer);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_XML_PART_H_
