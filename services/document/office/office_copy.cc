#include "services/document/office/office_copy.h"

#include <zip.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/document/office/xml_part.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;

constexpr char kContentTypes[] = "[Content_Types].xml";
constexpr char kRelationshipsNamespace[] =
    "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr char kTransitional[] = "http://schemas.openxmlformats.org/officeDocument/2006/";
constexpr char kStrict[] = "http://purl.oclc.org/ooxml/officeDocument/";
// 1 January 1980, midnight: the first moment that archives know.
constexpr zip_uint16_t kNoTime = 0;
constexpr zip_uint16_t kNoDate = 0x21;

// Writes a tree into a string.
class StringWriter final : public pugi::xml_writer {
 public:
  void write(const void* data, size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
  std::string text;
};

std::string TextOfTree(const pugi::xml_document& tree) {
  StringWriter writer;
  tree.save(writer, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return std::move(writer.text);
}

absl::Status NotWritten(const char* why) {
  return core::MakeError(core::ErrorReason::kInternal,
                         absl::StrCat("the copy cannot be written: ", why));
}

// Adds `content` as the entry `name`, in place of the one that is there; false when that fails.
bool AddEntry(zip_t* archive, const std::string& name, const std::string& content) {
  zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
  if (source == nullptr) return false;
  zip_int64_t index = zip_name_locate(archive, name.c_str(), 0);
  if (index < 0) index = zip_name_locate(archive, name.c_str(), ZIP_FL_NOCASE);
  const bool taken =
      index >= 0 ? zip_file_replace(archive, static_cast<zip_uint64_t>(index), source, 0) == 0
                 : (index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8)) >= 0;
  if (!taken) {
    zip_source_free(source);
    return false;
  }
  const auto at = static_cast<zip_uint64_t>(index);
  return zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 0) == 0 &&
         zip_file_set_dostime(archive, at, kNoTime, kNoDate, 0) == 0;
}

// All bytes of `source`.
bool ReadSource(zip_source_t* source, std::string* bytes) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return false;
  bytes->resize(static_cast<size_t>(stat.size));
  size_t read = 0;
  while (read < bytes->size()) {
    const zip_int64_t count = zip_source_read(source, bytes->data() + read, bytes->size() - read);
    if (count <= 0) break;
    read += static_cast<size_t>(count);
  }
  zip_source_close(source);
  return read == bytes->size();
}

}  // namespace

absl::StatusOr<pugi::xml_document*> OfficeCopy::Edit(std::string_view part) {
  const auto known = trees_.find(part);
  if (known != trees_.end()) return known->second.get();
  absl::StatusOr<XmlPart> xml = package_.Read(part);
  if (!xml.ok()) return xml.status();
  const std::string_view text = xml->text();
  if (text.size() > XmlPart::kMaxTreeBytes) {
    return core::MakeError(
        core::ErrorReason::kDocumentTooLarge,
        absl::StrCat(package_.uri(), " is too large for remarks: its part ", ToAbsl(part), " has ",
                     text.size(), " bytes, more than ", XmlPart::kMaxTreeBytes, "; split it"));
  }
  auto tree = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result parsed = tree->load_buffer(
      text.data(), text.size(), pugi::parse_full | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed)
    return package_.Damaged(absl::StrCat("its part ", ToAbsl(part), " is not well-formed"));
  // It is written in UTF-8, whatever it was read from.
  pugi::xml_node declaration = tree->first_child();
  if (declaration.type() == pugi::node_declaration) {
    if (pugi::xml_attribute encoding = declaration.attribute("encoding")) encoding = "UTF-8";
  }
  return trees_.emplace(part, std::move(tree)).first->second.get();
}

pugi::xml_document& OfficeCopy::New(std::string_view part) {
  auto tree = std::make_unique<pugi::xml_document>();
  pugi::xml_node declaration = tree->append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  return *(trees_[std::string(part)] = std::move(tree));
}

void OfficeCopy::Put(std::string_view part, std::string content) {
  // What was read from UTF-16 says so.
  const size_t end = content.starts_with("<?xml") ? content.find("?>") : 0;
  const size_t name = content.find("encoding");
  if (end != std::string::npos && name < end) {
    const size_t open = content.find_first_of("\"'", name);
    const size_t close = open < end ? content.find(content[open], open + 1) : end;
    if (close < end) content.replace(open + 1, close - open - 1, "UTF-8");
  }
  parts_[std::string(part)] = std::move(content);
}

std::string OfficeCopy::NewName(std::string_view stem, std::string_view extension) const {
  for (int number = 1;; ++number) {
    std::string name = absl::StrCat(ToAbsl(stem), number, ToAbsl(extension));
    if (!package_.Has(name) && parts_.count(name) == 0 && trees_.count(name) == 0) return name;
  }
}

absl::StatusOr<std::string> OfficeCopy::Relate(std::string_view part, std::string_view type,
                                               std::string_view target) {
  const absl::StatusOr<bool> strict = IsStrict();
  if (!strict.ok()) return strict.status();
  const std::string list = OfficePackage::RelationshipsPartOf(part);
  pugi::xml_document* tree = nullptr;
  if (package_.Has(list) || trees_.count(list) > 0) {
    absl::StatusOr<pugi::xml_document*> edited = Edit(list);
    if (!edited.ok()) return edited.status();
    tree = *edited;
  } else {
    tree = &New(list);
    tree->append_child("Relationships").append_attribute("xmlns") = kRelationshipsNamespace;
  }
  pugi::xml_node root = tree->document_element();
  std::string id;
  const auto taken = [&] {
    for (const pugi::xml_node& node : root.children()) {
      if (id == AttributeOf(node, "Id")) return true;
    }
    return false;
  };
  int number = 0;
  do {
    id = absl::StrCat("rIdCrossfoot", ++number);
  } while (taken());
  pugi::xml_node node = root.append_child(NameLike(root, "Relationship").c_str());
  node.append_attribute("Id") = id.c_str();
  node.append_attribute("Type") =
      absl::StrCat(*strict ? kStrict : kTransitional, "relationships/", ToAbsl(type)).c_str();
  node.append_attribute("Target") = absl::StrCat("/", ToAbsl(target)).c_str();
  return id;
}

absl::Status OfficeCopy::Declare(std::string_view part, std::string_view content_type,
                                 bool by_extension) {
  absl::StatusOr<pugi::xml_document*> tree = Edit(kContentTypes);
  if (!tree.ok()) return tree.status();
  pugi::xml_node root = (*tree)->document_element();
  const std::string extension(part.substr(part.rfind('.') + 1));
  if (by_extension) {
    for (const pugi::xml_node& node : root.children()) {
      if (LocalName(node.name()) == "Default" &&
          absl::EqualsIgnoreCase(ToAbsl(AttributeOf(node, "Extension")), extension))
        return absl::OkStatus();
    }
  }
  pugi::xml_node node =
      root.append_child(NameLike(root, by_extension ? "Default" : "Override").c_str());
  if (by_extension) {
    node.append_attribute("Extension") = extension.c_str();
  } else {
    node.append_attribute("PartName") = absl::StrCat("/", ToAbsl(part)).c_str();
  }
  node.append_attribute("ContentType") = std::string(content_type).c_str();
  return absl::OkStatus();
}

absl::StatusOr<bool> OfficeCopy::IsStrict() {
  absl::StatusOr<XmlPart> list = package_.Read("_rels/.rels");
  if (!list.ok()) return list.status();
  return list->text().find(absl::StrCat(kStrict, "relationships/officeDocument")) !=
         std::string_view::npos;
}

absl::StatusOr<std::string> OfficeCopy::Finish() {
  for (const auto& [part, tree] : trees_) parts_[part] = TextOfTree(*tree);
  trees_.clear();
  return Pack(parts_);
}

absl::StatusOr<std::string> OfficeCopy::Pack(
    const std::map<std::string, std::string>& parts) const {
  struct FreeSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
  };
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  zip_error_t error;
  zip_error_init(&error);
  // libzip frees what it is given, whatever it was asked, once it copies entries within it.
  char* const original = static_cast<char*>(std::malloc(std::max(bytes_.size(), size_t{1})));
  if (original == nullptr) return NotWritten("no memory");
  std::memcpy(original, bytes_.data(), bytes_.size());
  // Kept by this function as well as by the archive, which goes first.
  const std::unique_ptr<zip_source_t, FreeSource> source(
      zip_source_buffer_create(original, bytes_.size(), 1, &error));
  if (source == nullptr) {
    std::free(original);
    return NotWritten(zip_error_strerror(&error));
  }
  zip_source_keep(source.get());
  std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(source.get(), 0, &error));
  if (archive == nullptr) {
    zip_source_free(source.get());
    return NotWritten(zip_error_strerror(&error));
  }
  for (const auto& [name, content] : parts) {
    if (!AddEntry(archive.get(), name, content)) return NotWritten(zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) return NotWritten(zip_strerror(archive.get()));
  static_cast<void>(archive.release());
  std::string copy;
  if (!ReadSource(source.get(), &copy)) return NotWritten("it cannot be read back");
  return copy;
}

}  // namespace crossfoot::document
