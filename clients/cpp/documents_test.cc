#include "clients/cpp/documents.h"

#include <fstream>
#include <string>
#include <vector>

#include "core/error.h"
#include "gtest/gtest.h"

namespace crossfoot::client {
namespace {

TEST(DocumentsTest, AFileIsSentByItsBytesAndCalledByItsPath) {
  const std::string path = ::testing::TempDir() + "/documents_test_\xff.txt";
  std::string bytes("\xef\xbb\xbf\0收入", 10);
  for (int i = 0; i < 20000; ++i) bytes += "2463亿元。\n";
  std::ofstream(path, std::ios::binary) << bytes;
  const auto document = FileDocument(path);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->content(), bytes);
  EXPECT_EQ(document->uri(), ::testing::TempDir() + "/documents_test_\uFFFD.txt");
  std::ofstream(path, std::ios::binary) << "";
  EXPECT_EQ(FileDocument(path)->content(), "");
}

TEST(DocumentsTest, AFileThatCannotBeReadIsAnError) {
  const auto missing = FileDocument("/nowhere/a.txt");
  EXPECT_EQ(core::ReasonOf(missing.status()), core::ErrorReason::kFileNotFound);
  const auto folder = FileDocument(::testing::TempDir());
  EXPECT_EQ(core::ReasonOf(folder.status()), core::ErrorReason::kFileUnreadable);
}

TEST(DocumentsTest, FindingsLeadToWhatIsPrinted) {
  v1::ValidateDocumentResponse result;
  result.mutable_document()->set_uri("q4.txt");
  result.add_figures()->set_id("f1");
  v1::Figure* const printed = result.add_figures();
  printed->set_id("f2");
  v1::CitedFigure* const cited = result.add_cited_figures();
  cited->set_document_uri("q3.txt");
  cited->mutable_figure()->set_id("h1");
  v1::Finding finding;
  for (const char* id : {"h1", "f2", "f9"}) finding.add_figure_ids(id);
  const std::vector<Place> places = PlacesOf(result, finding);
  ASSERT_EQ(places.size(), 2u) << "f9 is nowhere";
  EXPECT_EQ(places[0].document_uri, "q3.txt");
  EXPECT_EQ(places[0].figure, &cited->figure());
  EXPECT_EQ(places[1].document_uri, "q4.txt");
  EXPECT_EQ(places[1].figure, printed);
}

}  // namespace
}  // namespace crossfoot::client
