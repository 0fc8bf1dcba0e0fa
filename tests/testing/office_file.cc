#include "tests/testing/office_file.h"

#include <zip.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/string_view.h"

namespace crossfoot::testing {
namespace {

constexpr char kOffice[] = "application/vnd.openxmlformats-officedocument.";
constexpr char kRelationships[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "cannot make an archive: %s\n", what);
  std::abort();
}

// The names and contents of the parts, in order.
std::vector<std::pair<std::string, std::string>> Cut(absl::string_view parts) {
  std::vector<std::pair<std::string, std::string>> cut;
  for (const absl::string_view line : absl::StrSplit(parts, '\n')) {
    absl::string_view name = line;
    if (absl::ConsumePrefix(&name, "--- ")) {
      cut.emplace_back(name, "");
    } else if (!cut.empty()) {
      absl::StrAppend(&cut.back().second, cut.back().second.empty() ? "" : "\n", line);
    }
  }
  return cut;
}

std::string RelationshipsPart(const std::vector<std::pair<std::string, std::string>>& targets) {
  std::string xml =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  for (size_t index = 0; index < targets.size(); ++index) {
    absl::StrAppend(&xml, "<Relationship Id=\"rId", index + 1, "\" Type=\"", kRelationships, "/",
                    targets[index].first, "\" Target=\"", targets[index].second, "\"/>");
  }
  return xml + "</Relationships>";
}

class Maker {
 public:
  explicit Maker(absl::string_view text) {
    for (auto& [name, content] : Cut(text)) {
      if (absl::StrContains(name, "/") || absl::StrContains(name, ".")) {
        whole_.emplace_back(name, content);
      } else if (name == "body") {
        word_ = true;
        parts_[name] = content;
      } else if (absl::StartsWith(name, "sheet ")) {
        sheets_.emplace_back(name.substr(6), content);
      } else {
        parts_[name] = content;
      }
    }
  }

  std::string Make(bool packed) {
    if (word_) {
      MakeWord();
    } else if (!sheets_.empty()) {
      MakeSpreadsheet();
    }
    for (auto& [name, content] : whole_) Set(name, content);
    std::vector<ZipEntry> entries;
    entries.reserve(made_.size());
    for (auto& [name, content] : made_) entries.push_back({name, content, packed, ""});
    return ZipOf(entries);
  }

 private:
  void Set(const std::string& name, const std::string& content) {
    for (auto& [known, old] : made_) {
      if (known != name) continue;
      old = content;
      return;
    }
    made_.emplace_back(name, content);
  }

  void Begin(const std::string& main_part, absl::string_view type) {
    Set("[Content_Types].xml",
        absl::StrCat(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            "<Override PartName=\"/",
            main_part, "\" ContentType=\"", kOffice, type, "\"/></Types>"));
    Set("_rels/.rels", RelationshipsPart({{"officeDocument", main_part}}));
  }

  void MakeWord() {
    Begin("word/document.xml", "wordprocessingml.document.main+xml");
    const std::string names =
        " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
        " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
        " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
        " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
        " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
        " xmlns:v=\"urn:schemas-microsoft-com:vml\">";
    Set("word/document.xml",
        absl::StrCat("<w:document", names, "<w:body>", parts_["body"], "</w:body></w:document>"));
    std::vector<std::pair<std::string, std::string>> targets;
    for (const char* part : {"styles", "numbering", "footnotes", "endnotes"}) {
      if (parts_.find(part) == parts_.end()) continue;
      targets.emplace_back(part, absl::StrCat(part, ".xml"));
      Set(absl::StrCat("word/", part, ".xml"),
          absl::StrCat("<w:", part, names, parts_[part], "</w:", part, ">"));
    }
    Set("word/_rels/document.xml.rels", RelationshipsPart(targets));
  }

  void MakeSpreadsheet() {
    Begin("xl/workbook.xml", "spreadsheetml.sheet.main+xml");
    const std::string names =
        absl::StrCat(" xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"",
                     " xmlns:r=\"", kRelationships, "\">");
    std::string list;
    std::vector<std::pair<std::string, std::string>> targets;
    for (size_t index = 0; index < sheets_.size(); ++index) {
      absl::string_view name = sheets_[index].first;
      const bool hidden = absl::ConsumeSuffix(&name, " hidden");
      const std::string file = absl::StrCat("worksheets/sheet", index + 1, ".xml");
      targets.emplace_back("worksheet", file);
      absl::StrAppend(&list, "<sheet name=\"", name, "\" sheetId=\"", index + 1, "\"",
                      hidden ? " state=\"hidden\"" : "", " r:id=\"rId", index + 1, "\"/>");
      Set("xl/" + file, absl::StrCat("<worksheet", names, sheets_[index].second, "</worksheet>"));
    }
    if (parts_.find("strings") != parts_.end()) {
      targets.emplace_back("sharedStrings", "sharedStrings.xml");
      Set("xl/sharedStrings.xml", absl::StrCat("<sst", names, parts_["strings"], "</sst>"));
    }
    if (parts_.find("styles") != parts_.end()) {
      targets.emplace_back("styles", "styles.xml");
      Set("xl/styles.xml", absl::StrCat("<styleSheet", names, parts_["styles"], "</styleSheet>"));
    }
    Set("xl/workbook.xml", absl::StrCat("<workbook", names, parts_["workbook"], "<sheets>", list,
                                        "</sheets></workbook>"));
    Set("xl/_rels/workbook.xml.rels", RelationshipsPart(targets));
  }

  bool word_ = false;
  std::map<std::string, std::string> parts_;
  std::vector<std::pair<std::string, std::string>> sheets_;
  std::vector<std::pair<std::string, std::string>> whole_;
  std::vector<std::pair<std::string, std::string>> made_;
};

}  // namespace

std::string ZipOf(const std::vector<ZipEntry>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const out = zip_source_buffer_create(nullptr, 0, 0, &error);
  Require(out != nullptr, "no buffer");
  zip_t* const archive = zip_open_from_source(out, ZIP_CREATE | ZIP_TRUNCATE, &error);
  Require(archive != nullptr, zip_error_strerror(&error));
  zip_source_keep(out);
  for (const ZipEntry& entry : entries) {
    zip_source_t* const content =
        zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    const int64_t index =
        zip_file_add(archive, entry.name.c_str(), content, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
    if (index < 0) {  // a name that no archive can have
      zip_source_free(content);
      continue;
    }
    zip_set_file_compression(archive, index, entry.packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    zip_file_set_mtime(archive, index, 0, 0);
    if (!entry.password.empty()) {
      Require(zip_file_set_encryption(archive, index, ZIP_EM_AES_256, entry.password.c_str()) == 0,
              "no encryption");
    }
  }
  const bool empty = zip_get_num_entries(archive, 0) == 0;
  Require(zip_close(archive) == 0, "it cannot be closed");
  std::string bytes;
  if (!empty) {
    Require(zip_source_open(out) == 0, "it cannot be read");
    zip_source_seek(out, 0, SEEK_END);
    bytes.resize(static_cast<size_t>(zip_source_tell(out)));
    zip_source_seek(out, 0, SEEK_SET);
    Require(
        zip_source_read(out, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size()),
        "it cannot be read");
    zip_source_close(out);
  }
  zip_source_free(out);
  zip_error_fini(&error);
  return bytes;
}

std::string OfficeFile(std::string_view parts, bool packed) {
  return Maker(core::ToAbsl(parts)).Make(packed);
}

}  // namespace crossfoot::testing
