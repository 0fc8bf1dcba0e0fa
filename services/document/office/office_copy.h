#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_OFFICE_COPY_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_OFFICE_COPY_H_

#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/document/office/ooxml.h"

namespace crossfoot::document {

// A copy of an Office file in which some parts are changed or new.  All others keep their bytes.
//
//   OfficeCopy copy(package, bytes);
//   absl::StatusOr<pugi::xml_document*> tree = copy.Edit(package.main_part());
//   …
//   absl::StatusOr<std::string> changed = copy.Finish();
//
// The same changes make the same bytes: parts that are written carry no time.
class OfficeCopy {
 public:
  // `bytes` are those that `package` was opened with.  Both must outlive the copy.
  OfficeCopy(OfficePackage& package, std::string_view bytes) : package_(package), bytes_(bytes) {}

  // The tree of a part with every blank of it, to be changed; the same one each time.  What
  // OfficePackage::Read returns; kDocumentTooLarge above XmlPart::kMaxTreeBytes.
  absl::StatusOr<pugi::xml_document*> Edit(std::string_view part);

  // The tree of a new part, with nothing but its declaration.
  pugi::xml_document& New(std::string_view part);

  // Replaces or adds a part.
  void Put(std::string_view part, std::string content);

  // A name that no part has: "xl/comments1.xml" of "xl/comments" and ".xml".
  std::string NewName(std::string_view stem, std::string_view extension) const;

  // Adds a relationship of `part` to `target`, another part, and gives its id.  `type` is the last
  // word of it, "comments".
  absl::StatusOr<std::string> Relate(std::string_view part, std::string_view type,
                                     std::string_view target);

  // Says what type of content `part` has; with `by_extension` all parts with its ending that say
  // nothing else.
  absl::Status Declare(std::string_view part, std::string_view content_type, bool by_extension);

  // Whether the file is of the strict form, whose namespaces are others.
  absl::StatusOr<bool> IsStrict();

  // The bytes of the copy.  Call once, last.  kInternal when no archive can be made.
  absl::StatusOr<std::string> Finish();

 private:
  absl::StatusOr<std::string> Pack(const std::map<std::string, std::string>& parts) const;

  OfficePackage& package_;
  const std::string_view bytes_;
  std::map<std::string, std::unique_ptr<pugi::xml_document>, std::less<>> trees_;
  std::map<std::string, std::string> parts_;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_OFFICE_COPY_H_
