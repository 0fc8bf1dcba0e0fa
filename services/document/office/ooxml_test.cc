#include "services/document/office/ooxml.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_replace.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "gtest/gtest.h"
#include "services/document/office/xml_part.h"
#include "tests/testing/office_file.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using testing::OfficeFile;
using testing::ZipEntry;
using testing::ZipOf;

constexpr char kWord[] = "--- body\n<w:p/>\n";

constexpr char kTypes[] = "<Types><Default Extension=\"xml\" ContentType=\"TYPE\"/></Types>";
constexpr char kRels[] =
    "<Relationships><Relationship Type=\"REL/officeDocument\" Target=\"/a/b/../main.xml\"/>"
    "</Relationships>";
constexpr char kTransitional[] =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr char kStrict[] = "http://purl.oclc.org/ooxml/officeDocument/relationships";

// An archive whose main part has the content type.
std::string FileOfType(const std::string& content_type, const char* relationships = kTransitional) {
  return ZipOf({{"[Content_Types].xml", absl::StrReplaceAll(kTypes, {{"TYPE", content_type}})},
                {"_rels/.rels", absl::StrReplaceAll(kRels, {{"REL", relationships}})},
                {"a/main.xml", "<x/>", true}});
}

absl::Status OpenStatus(const std::string& bytes, int64_t max_document_bytes = 1 << 20) {
  return OfficePackage::Open("a.docx", bytes, {.max_document_bytes = max_document_bytes}).status();
}

std::string FormatOf(const absl::Status& status) {
  const auto metadata = core::MetadataOf(status);
  const auto format = metadata.find("format");
  return format == metadata.end() ? status.ToString() : format->second;
}

TEST(OfficePackageTest, FindsTheMainPartByRelationshipAndType) {
  const std::string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
  const std::string excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  for (const char* relationships : {kTransitional, kStrict}) {
    for (const std::string& type :
         {word + "document.main+xml", word + "template.main+xml",
          std::string("application/vnd.ms-word.document.macroEnabled.main+xml")}) {
      const std::string bytes = FileOfType(type, relationships);
      const auto package = OfficePackage::Open("a", bytes, {});
      ASSERT_TRUE(package.ok()) << package.status();
      EXPECT_EQ(package->kind(), OfficePackage::Kind::kDocx);
      EXPECT_EQ(package->main_part(), "a/main.xml");
    }
    for (const std::string& type :
         {excel + "sheet.main+xml", excel + "template.main+xml",
          std::string("application/vnd.ms-excel.sheet.macroEnabled.main+xml")}) {
      const std::string bytes = FileOfType(type, relationships);
      const auto package = OfficePackage::Open("a", bytes, {});
      ASSERT_TRUE(package.ok()) << package.status();
      EXPECT_EQ(package->kind(), OfficePackage::Kind::kXlsx);
    }
  }
}

TEST(OfficePackageTest, SaysWhichOtherArchivesAreNotRead) {
  EXPECT_EQ(FormatOf(OpenStatus(FileOfType("application/vnd.openxmlformats-officedocument."
                                           "presentationml.presentation.main+xml"))),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation");
  EXPECT_EQ(
      FormatOf(OpenStatus(FileOfType("application/vnd.ms-excel.sheet.binary.macroEnabled.main"))),
      "application/vnd.ms-excel.sheet.binary.macroEnabled");
  EXPECT_EQ(FormatOf(OpenStatus(ZipOf({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                       {"content.xml", "<a/>"}}))),
            "application/vnd.oasis.opendocument.text");
  EXPECT_EQ(FormatOf(OpenStatus(ZipOf({{"mimetype", "收入"}}))), "application/zip");
  EXPECT_EQ(FormatOf(OpenStatus(ZipOf({{"a.txt", "收入"}}))), "application/zip");
  EXPECT_EQ(core::ReasonOf(OpenStatus(ZipOf({{"a.txt", "收入"}}))),
            ErrorReason::kFormatUnsupported);
  std::string empty = "PK\x05\x06";
  empty.append(18, '\0');
  EXPECT_EQ(FormatOf(OpenStatus(empty)), "application/zip");
}

TEST(OfficePackageTest, FollowsRelationships) {
  const std::string bytes = OfficeFile(
      "--- body\n<w:p/>\n--- styles\n<w:style/>\n"
      "--- word/_rels/document.xml.rels\n"
      "<Relationships><Relationship Id='r1' Target='styles.xml' "
      "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles'/>"
      "<Relationship Id='r2' Target='http://example.org/' TargetMode='External' "
      "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink'/>"
      "<Relationship Id='r3' Target='../x.xml' Type='http://example.org/x'/></Relationships>");
  auto package = OfficePackage::Open("a", bytes, {});
  ASSERT_TRUE(package.ok()) << package.status();
  const auto relationships = package->RelationshipsOf(package->main_part());
  ASSERT_TRUE(relationships.ok());
  ASSERT_EQ(relationships->size(), 1u);
  EXPECT_EQ((*relationships)[0].id, "r1");
  EXPECT_EQ((*relationships)[0].type, "styles");
  EXPECT_EQ((*relationships)[0].target, "word/styles.xml");
  EXPECT_TRUE(package->Read("WORD/styles.XML").ok());  // names do not differ by case alone
  EXPECT_EQ(package->RelationshipsOf("word/styles.xml")->size(), 0u);
}

TEST(OfficePackageTest, SaysWhatIsDamaged) {
  const std::string good = OfficeFile(kWord);
  for (const std::string& bytes :
       {good.substr(0, good.size() / 2), std::string("PK\x03\x04"), good.substr(0, 30)}) {
    const absl::Status status = OpenStatus(bytes);
    EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentDamaged) << status;
  }
  // A byte of a part that is not what it was.
  std::string broken = good;
  broken[good.find("<w:p/>") + 1] ^= 1;
  auto package = OfficePackage::Open("a.docx", broken, {});
  ASSERT_TRUE(package.ok()) << package.status();
  EXPECT_EQ(package->Read("word/document.xml", "body").status().message(),
            "a.docx is damaged: its part word/document.xml is broken (CRC error); save it again");
  EXPECT_EQ(package->Read("word/none.xml").status().message(),
            "a.docx is damaged: it lacks its part word/none.xml; save it again");
}

TEST(OfficePackageTest, SaysThatItIsEncrypted) {
  const std::string bytes = ZipOf(
      {{"[Content_Types].xml", kTypes, true, "secret"}, {"_rels/.rels", kRels, true, "secret"}});
  EXPECT_EQ(core::ReasonOf(OpenStatus(bytes)), ErrorReason::kDocumentEncrypted);
}

TEST(OfficePackageTest, RefusesBombs) {
  const std::string zeros(size_t{64} << 20, '\0');
  const std::string bomb =
      ZipOf({{"[Content_Types].xml", zeros, true}, {"_rels/.rels", zeros, true}});
  ASSERT_LT(bomb.size(), 1u << 20);
  const absl::Status status = OpenStatus(bomb, int64_t{16} << 20);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentDamaged) << status;
  EXPECT_EQ(status.message(),
            "a.docx is damaged: its part _rels/.rels unpacks to more than 200 times its size, as "
            "no report does; save it again");

  // Below the ratio, the sum counts: the same part again and again.
  std::string text;
  for (uint32_t word = 1; text.size() < (200u << 10); word = word * 1664525 + 1013904223)
    text += std::to_string(word);
  const std::string bytes =
      OfficeFile(std::string(kWord) + "--- word/more.xml\n<a>" + text + "</a>");
  auto package = OfficePackage::Open("a.docx", bytes,
                                     {.max_document_bytes = static_cast<int64_t>(bytes.size())});
  ASSERT_TRUE(package.ok()) << package.status();
  absl::Status read;
  int reads = 0;
  while (read.ok() && reads < 20) {
    read = package->Read("word/more.xml").status();
    ++reads;
  }
  EXPECT_EQ(core::ReasonOf(read), ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(reads, 9);  // the archive holds a little more than the part

  std::vector<ZipEntry> many;
  for (int64_t entry = 0; entry <= OfficePackage::kMaxEntries; ++entry)
    many.push_back({std::to_string(entry), ""});
  EXPECT_EQ(OpenStatus(ZipOf(many), 16 << 20).message(),
            "a.docx is damaged: its archive has more than 10000 entries; save it again");
}

TEST(OfficePackageTest, RefusesWhatIsTooLarge) {
  const std::string bytes = OfficeFile(kWord);
  const absl::Status status = OpenStatus(bytes, 100);
  EXPECT_EQ(core::ReasonOf(status), ErrorReason::kDocumentTooLarge);
  EXPECT_EQ(core::MetadataOf(status).at("max_document_bytes"), "100");
}

TEST(OfficePackageTest, IsGivenUp) {
  core::Cancellation cancellation;
  cancellation.Cancel();
  const std::string bytes = OfficeFile(kWord);
  EXPECT_EQ(
      core::ReasonOf(OfficePackage::Open("a", bytes, {.cancellation = &cancellation}).status()),
      ErrorReason::kCancelled);
}

}  // namespace
}  // namespace crossfoot::document
