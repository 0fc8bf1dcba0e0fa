#include "services/document/office/ooxml.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/document/file_format.h"

namespace crossfoot::document {
namespace {

using core::FromAbsl;
using core::ToAbsl;

constexpr std::string_view kContentTypes = "[Content_Types].xml";
constexpr std::string_view kRelationshipTypes[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/"};
constexpr size_t kChunkBytes = size_t{64} << 10;

// The content types of main parts that are read, in lower case: documents and templates, with and
// without macros.
struct MainType {
  std::string_view content_type;
  OfficePackage::Kind kind;
};
constexpr MainType kMainTypes[] = {
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
     OfficePackage::Kind::kDocx},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
     OfficePackage::Kind::kDocx},
    {"application/vnd.ms-word.document.macroenabled.main+xml", OfficePackage::Kind::kDocx},
    {"application/vnd.ms-word.template.macroenabledtemplate.main+xml", OfficePackage::Kind::kDocx},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
     OfficePackage::Kind::kXlsx},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
     OfficePackage::Kind::kXlsx},
    {"application/vnd.ms-excel.sheet.macroenabled.main+xml", OfficePackage::Kind::kXlsx},
    {"application/vnd.ms-excel.template.macroenabled.main+xml", OfficePackage::Kind::kXlsx},
};

// "word/document.xml" of the target "document.xml", "/word/document.xml" or "../word/document.xml"
// in a part of `folder`.
std::string Resolve(std::string_view folder, std::string_view target) {
  std::vector<absl::string_view> names;
  const auto add = [&names](std::string_view path) {
    for (const absl::string_view name : absl::StrSplit(ToAbsl(path), '/', absl::SkipEmpty())) {
      if (name == "..") {
        if (!names.empty()) names.pop_back();
      } else if (name != ".") {
        names.push_back(name);
      }
    }
  };
  if (!target.starts_with('/')) add(folder);
  add(target);
  return absl::StrJoin(names, "/");
}

std::string_view FolderOf(std::string_view part) {
  const size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : part.substr(0, slash);
}

// How many entries the archive's own count at its end says, or 0 when it has none; all ones stands
// for more than 65,534.  Read before anything else is made of them.
int64_t CountedEntries(std::string_view bytes) {
  const size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string_view::npos || bytes.size() - end < 22) return 0;
  return static_cast<unsigned char>(bytes[end + 10]) | static_cast<unsigned char>(bytes[end + 11])
                                                           << 8;
}

}  // namespace

std::string TargetOfType(const std::vector<Relationship>& relationships, std::string_view type) {
  const auto found = std::find_if(relationships.begin(), relationships.end(),
                                  [type](const Relationship& r) { return r.type == type; });
  return found == relationships.end() ? std::string() : found->target;
}

const Relationship* FindRelationship(const std::vector<Relationship>& relationships,
                                     std::string_view id) {
  const auto found = std::find_if(relationships.begin(), relationships.end(),
                                  [id](const Relationship& r) { return r.id == id; });
  return found == relationships.end() ? nullptr : &*found;
}

absl::StatusOr<OfficePackage> OfficePackage::Open(std::string_view uri, std::string_view bytes,
                                                  const Options& options) {
  OfficePackage package;
  package.uri_ = uri;
  package.options_ = options;
  if (absl::Status status = package.OpenArchive(bytes); !status.ok()) return status;
  if (absl::Status status = package.FindMainPart(); !status.ok()) return status;
  return package;
}

absl::Status OfficePackage::OpenArchive(std::string_view bytes) {
  archive_bytes_ = static_cast<int64_t>(bytes.size());
  if (archive_bytes_ > options_.max_document_bytes) {
    return core::MakeError(
        core::ErrorReason::kDocumentTooLarge,
        absl::StrCat(uri_, " has ", archive_bytes_, " bytes, more than ",
                     options_.max_document_bytes, ", the limit; split it or raise the limit"),
        {{"max_document_bytes", absl::StrCat(options_.max_document_bytes)}});
  }
  int64_t entries = CountedEntries(bytes);
  if (entries <= kMaxEntries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    archive_.reset(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
    if (archive_ == nullptr) {
      const std::string why = zip_error_strerror(&error);
      zip_error_fini(&error);
      if (source != nullptr) zip_source_free(source);
      return Damaged(absl::StrCat("its archive cannot be opened (", why, ")"));
    }
    zip_error_fini(&error);
    entries = zip_get_num_entries(archive_.get(), 0);
  }
  if (entries > kMaxEntries) {
    archive_.reset();
    return Damaged(absl::StrCat("its archive has more than ", kMaxEntries, " entries"));
  }
  return absl::OkStatus();
}

absl::Status OfficePackage::FindMainPart() {
  absl::StatusOr<std::vector<Relationship>> relationships = RelationshipsOf("");
  if (!relationships.ok()) return relationships.status();
  for (Relationship& relationship : *relationships) {
    if (relationship.type == "officeDocument" && main_part_.empty())
      main_part_ = std::move(relationship.target);
  }
  if (main_part_.empty() || EntryOf(kContentTypes) < 0)
    return RefuseMediaType(uri_, MediaTypeOfOther());
  absl::StatusOr<std::string> type = ContentTypeOf(main_part_);
  if (!type.ok()) return type.status();
  const std::string lower = absl::AsciiStrToLower(*type);
  for (const MainType& known : kMainTypes) {
    if (lower != known.content_type) continue;
    kind_ = known.kind;
    return absl::OkStatus();
  }
  if (type->empty())
    return Damaged(absl::StrCat("the type of its part ", main_part_, " is missing"));
  return RefuseMediaType(uri_,
                         FromAbsl(absl::StripSuffix(absl::StripSuffix(*type, "+xml"), ".main")));
}

std::string OfficePackage::MediaTypeOfOther() {
  // OpenDocument and EPUB begin with their own media type.
  constexpr std::string_view kFallback = "application/zip";
  const int64_t entry = EntryOf("mimetype");
  if (entry < 0) return std::string(kFallback);
  absl::StatusOr<std::string> type = Unpack("mimetype", entry);
  if (!type.ok()) return std::string(kFallback);
  absl::StripAsciiWhitespace(&*type);
  const bool plausible =
      absl::StartsWith(*type, "application/") && type->size() <= 100 &&
      std::all_of(type->begin(), type->end(), [](unsigned char c) {
        return absl::ascii_isalnum(c) || c == '/' || c == '.' || c == '-' || c == '+';
      });
  return plausible ? *type : std::string(kFallback);
}

int64_t OfficePackage::EntryOf(std::string_view part) const {
  const std::string name(part);
  const int64_t entry = zip_name_locate(archive_.get(), name.c_str(), 0);
  return entry >= 0 ? entry : zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
}

absl::StatusOr<std::string> OfficePackage::ContentTypeOf(std::string_view part) {
  absl::StatusOr<XmlPart> list = Read(kContentTypes);
  if (!list.ok()) return list.status();
  pugi::xml_document tree;
  if (absl::Status status = list->LoadFrame(&tree); !status.ok()) return status;
  const std::string_view extension = part.substr(std::min(part.rfind('.'), part.size() - 1) + 1);
  std::string_view type;
  for (const pugi::xml_node& node : tree.document_element().children()) {
    const std::string_view name = LocalName(node.name());
    const std::string_view part_name = AttributeOf(node, "PartName");
    if (name == "Override" && part_name.starts_with('/') &&
        absl::EqualsIgnoreCase(ToAbsl(part_name.substr(1)), ToAbsl(part))) {
      return std::string(AttributeOf(node, "ContentType"));
    }
    if (name == "Default" &&
        absl::EqualsIgnoreCase(ToAbsl(AttributeOf(node, "Extension")), ToAbsl(extension))) {
      type = AttributeOf(node, "ContentType");
    }
  }
  return std::string(type);
}

std::string OfficePackage::RelationshipsPartOf(std::string_view part) {
  const std::string_view folder = FolderOf(part);
  const std::string_view name = folder.empty() ? part : part.substr(folder.size() + 1);
  return Resolve(folder, absl::StrCat("_rels/", ToAbsl(name), ".rels"));
}

absl::StatusOr<std::vector<Relationship>> OfficePackage::RelationshipsOf(std::string_view part) {
  std::vector<Relationship> relationships;
  const std::string_view folder = FolderOf(part);
  const std::string list = RelationshipsPartOf(part);
  if (!Has(list)) return relationships;
  absl::StatusOr<XmlPart> xml = Read(list);
  if (!xml.ok()) return xml.status();
  pugi::xml_document tree;
  if (absl::Status status = xml->LoadFrame(&tree); !status.ok()) return status;
  for (const pugi::xml_node& node : tree.document_element().children()) {
    if (AttributeOf(node, "TargetMode") == "External") continue;
    const std::string_view type = AttributeOf(node, "Type");
    for (const std::string_view known : kRelationshipTypes) {
      if (!type.starts_with(known)) continue;
      relationships.push_back({std::string(AttributeOf(node, "Id")),
                               std::string(type.substr(known.size())),
                               Resolve(folder, AttributeOf(node, "Target"))});
    }
  }
  return relationships;
}

absl::StatusOr<XmlPart> OfficePackage::Read(std::string_view part, std::string_view container) {
  const int64_t entry = EntryOf(part);
  if (entry < 0) return Damaged(absl::StrCat("it lacks its part ", ToAbsl(part)));
  absl::StatusOr<std::string> bytes = Unpack(part, entry);
  if (!bytes.ok()) return bytes.status();
  return XmlPart::Open(uri_, part, std::move(*bytes), container, options_.cancellation);
}

absl::StatusOr<std::string> OfficePackage::Unpack(std::string_view part, int64_t entry) {
  const auto damaged = [&](std::string_view what) {
    return Damaged(absl::StrCat("its part ", ToAbsl(part), " ", ToAbsl(what)));
  };
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), entry, 0, &stat) != 0)
    return damaged(zip_strerror(archive_.get()));
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
    return core::MakeError(core::ErrorReason::kDocumentEncrypted,
                           absl::StrCat(uri_, " is protected by a password; save it without one"));
  }
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return damaged("is packed in a way that Office files never are");
  const struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  } close;
  const std::unique_ptr<zip_file_t, Close> file(zip_fopen_index(archive_.get(), entry, 0), close);
  if (file == nullptr) return damaged(zip_strerror(archive_.get()));
  // The directory may lie about the packed size as well.
  const int64_t packed = std::min(static_cast<int64_t>(stat.comp_size), archive_bytes_);
  const int64_t ratio_limit = std::max(packed * kMaxRatio, kFreeBytes);
  const int64_t total_limit = options_.max_document_bytes * kInflation;
  std::string bytes;
  // What the directory says of the unpacked size may be a lie.
  bytes.reserve(static_cast<size_t>(
      std::min({static_cast<int64_t>(std::min(stat.size, zip_uint64_t{INT64_MAX})), ratio_limit,
                std::max<int64_t>(total_limit - unpacked_bytes_, 0)})));
  std::array<char, kChunkBytes> chunk;
  while (true) {
    if (core::Stopped(options_.cancellation)) return options_.cancellation->status();
    const int64_t read = zip_fread(file.get(), chunk.data(), chunk.size());
    if (read < 0) return damaged(absl::StrCat("is broken (", zip_file_strerror(file.get()), ")"));
    if (read == 0) break;
    unpacked_bytes_ += read;
    bytes.append(chunk.data(), static_cast<size_t>(read));
    if (static_cast<int64_t>(bytes.size()) > ratio_limit) {
      return damaged(
          absl::StrCat("unpacks to more than ", kMaxRatio, " times its size, as no report does"));
    }
    if (unpacked_bytes_ > total_limit) {
      return core::MakeError(core::ErrorReason::kDocumentTooLarge,
                             absl::StrCat(uri_, " unpacks to more than ", total_limit,
                                          " bytes, the limit; split it or raise the limit"),
                             {{"max_document_bytes", absl::StrCat(options_.max_document_bytes)}});
    }
  }
  return bytes;
}

absl::Status OfficePackage::Damaged(std::string_view what) const {
  return core::MakeError(core::ErrorReason::kDocumentDamaged,
                         absl::StrCat(uri_, " is damaged: ", ToAbsl(what), "; save it again"));
}

}  // namespace crossfoot::document
