#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_OOXML_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_OOXML_H_

#include <zip.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/cancellation.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {

// The relationship of one part to another: type "styles", target "word/styles.xml".
struct Relationship {
  std::string id;
  std::string type;    // the last word of it; those of Office alone, others are left out
  std::string target;  // the part's name in the archive
};

// The target of the first relationship of a type; empty when there is none.
std::string TargetOfType(const std::vector<Relationship>& relationships, std::string_view type);

// The relationship with that id; null when there is none.
const Relationship* FindRelationship(const std::vector<Relationship>& relationships,
                                     std::string_view id);

// The archive that a DOCX or XLSX is (Office Open XML, ISO/IEC 29500, both the transitional and the
// strict form).  Parts are found by their relationships and never by their usual names.  Macros,
// pictures and whatever else no reader asks for are never unpacked.
//
//   auto package = OfficePackage::Open("a.docx", bytes, {});
//   auto part = package->Read(package->main_part(), "body");
//
// What is unpacked is counted as it comes out, whatever the archive's directory says.
class OfficePackage {
 public:
  struct Options {
    // Of the archive and, later, of its words; its parts may unpack to kInflation times as many in
    // all.  In bytes.
    int64_t max_document_bytes = int64_t{16} << 20;
    const core::Cancellation* cancellation = nullptr;  // not owned; may be null
  };
  static constexpr int64_t kInflation = 8;
  // How often its packed size a part may unpack to, once it is above kFreeBytes.
  static constexpr int64_t kMaxRatio = 200;
  static constexpr int64_t kFreeBytes = int64_t{1} << 20;
  static constexpr int64_t kMaxEntries = 10'000;

  enum class Kind { kDocx, kXlsx };

  // `bytes` must outlive the package; `uri` names it in messages.
  //
  // kDocumentTooLarge above max_document_bytes; kFormatUnsupported for any other archive, with its
  // media type as "format"; kDocumentDamaged for what is no archive, has too many entries or lacks
  // what every Office file has; and what Read returns.
  static absl::StatusOr<OfficePackage> Open(std::string_view uri, std::string_view bytes,
                                            const Options& options);

  Kind kind() const { return kind_; }
  const std::string& uri() const { return uri_; }
  const Options& options() const { return options_; }
  const std::string& main_part() const { return main_part_; }

  bool Has(std::string_view part) const { return EntryOf(part) >= 0; }

  // The part that holds the relationships of `part`: "word/_rels/document.xml.rels".
  static std::string RelationshipsPartOf(std::string_view part);

  // What `part` refers to within the archive, in order; empty for a part without relationships.
  absl::StatusOr<std::vector<Relationship>> RelationshipsOf(std::string_view part);

  // Unpacks a part; `container` as of XmlPart.  kDocumentDamaged for a part that is missing,
  // damaged or unpacks to implausibly much, kDocumentEncrypted, kDocumentTooLarge, kCancelled,
  // kDeadlineExceeded.
  absl::StatusOr<XmlPart> Read(std::string_view part, std::string_view container = {});

  // kDocumentDamaged; `what` goes into "a.docx is damaged: …; save it again".
  absl::Status Damaged(std::string_view what) const;

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };

  OfficePackage() = default;
  absl::Status OpenArchive(std::string_view bytes);
  absl::Status FindMainPart();
  // The entry of a part, whose name may differ in case; -1 when there is none.
  int64_t EntryOf(std::string_view part) const;
  // The content type of a part by the archive's list of them; empty when it is not there.
  absl::StatusOr<std::string> ContentTypeOf(std::string_view part);
  absl::StatusOr<std::string> Unpack(std::string_view part, int64_t entry);
  // The media type of an archive that is no Office file.
  std::string MediaTypeOfOther();

  std::string uri_;
  Options options_;
  int64_t archive_bytes_ = 0;
  int64_t unpacked_bytes_ = 0;  // of all parts so far
  std::unique_ptr<zip_t, Discard> archive_;
  Kind kind_ = Kind::kDocx;
  std::string main_part_;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_OOXML_H_
