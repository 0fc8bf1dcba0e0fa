#include "services/method/documents.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/error.h"
#include "core/sha256.h"
#include "services/method/validation.h"
#include "services/validation/pipeline.h"
#include "tests/testing/fake_call.h"

namespace crossfoot::method {
namespace {

const validation::Pipeline& BuiltIn() {
  static const auto& pipeline = *validation::Pipeline::Create().value().release();
  return pipeline;
}

constexpr char kFebruary[] = "2024年1—2月，全国软件业务收入16850亿元，同比增长12.1%。\n";
constexpr char kMarch[] =
    "2024年1—3月，全国软件业务收入28020亿元，同比增长11.9%。1—2月，全国软件业务收入16950亿元。\n";

v1::CreateDocumentRequest Creation(const std::string& id, const std::string& text) {
  v1::CreateDocumentRequest request;
  request.set_document_id(id);
  request.mutable_document()->set_uri(id + ".txt");
  request.mutable_document()->set_text(text);
  return request;
}

core::ErrorReason ReasonOf(const absl::Status& status) {
  return core::ReasonOf(status).value_or(core::ErrorReason::kInternal);
}

class DocumentsTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::ValidateDocumentResponse> Validate(
      const v1::ValidateDocumentRequest& request) const {
    v1::ValidateDocumentResponse response;
    if (absl::Status status = ValidateDocument(call_, request, &response); !status.ok())
      return status;
    return response;
  }

  testing::FakeCall call_{BuiltIn()};
};

TEST_F(DocumentsTest, KeepsADocument) {
  const auto created = CreateDocument(call_, Creation("software-2024-02", kFebruary));
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->name(), "documents/software-2024-02");
  EXPECT_EQ(created->uri(), "software-2024-02.txt");
  EXPECT_EQ(created->size_bytes(), static_cast<int64_t>(std::string(kFebruary).size()));
  EXPECT_EQ(created->latest_day(), "2024-02-29");
  EXPECT_EQ(created->sha256().size(), 64u);
  EXPECT_EQ(created->validation().summary().figures(), 2);
  EXPECT_TRUE(created->content().empty());

  v1::GetDocumentRequest get;
  get.set_name(created->name());
  const auto basic = GetDocument(call_, get);
  ASSERT_TRUE(basic.ok()) << basic.status();
  EXPECT_EQ(basic->DebugString(), created->DebugString());
  get.set_view(v1::VIEW_FULL);
  EXPECT_EQ(GetDocument(call_, get)->content(), kFebruary);
  get.mutable_read_mask()->add_paths("uri");
  EXPECT_EQ(GetDocument(call_, get)->ByteSizeLong(), created->uri().size() + 2);
  get.mutable_read_mask()->add_paths("colour");
  EXPECT_EQ(core::MetadataOf(GetDocument(call_, get).status())["field"], "read_mask");

  v1::DeleteDocumentRequest remove;
  remove.set_name(created->name());
  EXPECT_TRUE(DeleteDocument(call_, remove).ok());
  EXPECT_EQ(ReasonOf(DeleteDocument(call_, remove).status()), core::ErrorReason::kDocumentNotFound);
  EXPECT_EQ(ReasonOf(GetDocument(call_, get).status()), core::ErrorReason::kArgumentInvalid);
  get.clear_read_mask();
  EXPECT_EQ(ReasonOf(GetDocument(call_, get).status()), core::ErrorReason::kDocumentNotFound);
}

TEST_F(DocumentsTest, KeepsWhatWasFound) {
  const auto created = CreateDocument(
      call_,
      Creation("trade", "2023年，进出口总值13.18万亿元。其中，出口7.81万亿元；进口6万亿元。"));
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->validation().summary().errors(), 1);
  EXPECT_EQ(created->validation().findings_size(), 0);
  v1::GetDocumentRequest get;
  get.set_name(created->name());
  get.set_view(v1::VIEW_FULL);
  EXPECT_EQ(GetDocument(call_, get)->validation().findings_size(), 1);
}

TEST_F(DocumentsTest, RepeatsARequestSafely) {
  v1::CreateDocumentRequest request = Creation("", kFebruary);
  request.set_request_id("6fa459ea-ee8a-3ca4-894e-db77e160355e");
  const auto first = CreateDocument(call_, request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(CreateDocument(call_, request)->name(), first->name());
  request.mutable_document()->set_text(kMarch);
  EXPECT_EQ(ReasonOf(CreateDocument(call_, request).status()), core::ErrorReason::kRequestIdReused);
  request.clear_request_id();
  EXPECT_NE(CreateDocument(call_, request)->name(), first->name());
}

TEST_F(DocumentsTest, RefusesWhatIsNoDocument) {
  ASSERT_TRUE(CreateDocument(call_, Creation("taken", kFebruary)).ok());
  EXPECT_EQ(ReasonOf(CreateDocument(call_, Creation("taken", kMarch)).status()),
            core::ErrorReason::kDocumentExists);
  EXPECT_EQ(ReasonOf(CreateDocument(call_, Creation("empty", "")).status()),
            core::ErrorReason::kDocumentEmpty);
  for (const char* id : {"abc", "1abc", "Abcd", "abc-", "a/b.c"}) {
    EXPECT_EQ(core::MetadataOf(CreateDocument(call_, Creation(id, kMarch)).status())["field"],
              "document_id")
        << id;
  }
  v1::CreateDocumentRequest request = Creation("fine", kMarch);
  request.set_request_id("once");
  EXPECT_EQ(core::MetadataOf(CreateDocument(call_, request).status())["field"], "request_id");
  request.clear_request_id();
  request.mutable_document()->set_name("documents/mine");
  EXPECT_EQ(core::MetadataOf(CreateDocument(call_, request).status())["field"], "document.name");
}

TEST_F(DocumentsTest, ListsPages) {
  for (const char* id : {"doc-1", "doc-2", "doc-3"})
    ASSERT_TRUE(CreateDocument(call_, Creation(id, kFebruary)).ok());
  ASSERT_TRUE(CreateDocument(call_, Creation("other", "2023年，粮食产量69541万吨。")).ok());
  v1::ListDocumentsRequest request;
  request.set_page_size(2);
  request.set_indicator("软件业务收入");
  request.set_ref_area("全国");
  std::vector<std::string> names;
  do {
    const auto page = ListDocuments(call_, request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Document& document : page->documents()) names.push_back(document.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names,
            (std::vector<std::string>{"documents/doc-3", "documents/doc-2", "documents/doc-1"}));
  request.set_page_token("nonsense");
  EXPECT_EQ(core::MetadataOf(ListDocuments(call_, request).status())["field"], "page_token");
}

TEST_F(DocumentsTest, PutsUploadsTogether) {
  Upload upload(1000);
  v1::UploadDocumentRequest message;
  EXPECT_FALSE(Upload(1000).Add(message).ok());
  message.mutable_create()->mutable_document()->set_uri("a.txt");
  ASSERT_TRUE(upload.Add(message).ok());
  const std::string text = kFebruary;
  for (const std::string& chunk : {text.substr(0, 10), text.substr(10)}) {
    message.set_chunk(chunk);
    ASSERT_TRUE(upload.Add(message).ok());
  }
  Upload cut = upload, wrong = upload;
  EXPECT_EQ(core::MetadataOf(std::move(cut).Finish().status())["field"], "sha256");
  message.set_sha256(core::Sha256Hex("something else"));
  EXPECT_EQ(core::MetadataOf(wrong.Add(message))["field"], "sha256");
  message.set_sha256(core::Sha256Hex(text));
  ASSERT_TRUE(upload.Add(message).ok());
  EXPECT_FALSE(upload.Add(message).ok());
  const auto request = std::move(upload).Finish();
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->document().content(), text);

  Upload large(100);
  message.mutable_create()->mutable_document()->set_uri("a.txt");
  ASSERT_TRUE(large.Add(message).ok());
  message.set_chunk(std::string(60, 'x'));
  ASSERT_TRUE(large.Add(message).ok());
  EXPECT_EQ(ReasonOf(large.Add(message)), core::ErrorReason::kDocumentTooLarge);
  EXPECT_FALSE(Upload(1000).Finish().ok());
}

// A document that is stored is named in requests, and held against what comes after it.
TEST_F(DocumentsTest, ServesAsHistory) {
  ASSERT_TRUE(CreateDocument(call_, Creation("february", kFebruary)).ok());
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_text(kMarch);
  request.mutable_document()->set_uri("march.txt");
  auto response = Validate(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->findings_size(), 0);
  request.set_check_stored_documents(true);
  for (int again = 0; again < 2; ++again) {  // the second time from the cache
    response = Validate(request);
    ASSERT_TRUE(response.ok()) << response.status();
    ASSERT_EQ(response->findings_size(), 1);
    EXPECT_EQ(response->findings(0).rule_id(), "release-restates");
    ASSERT_EQ(response->cited_figures_size(), 1);
    EXPECT_EQ(response->cited_figures(0).document_uri(), "february.txt");
  }
  request.set_check_stored_documents(false);
  request.add_earlier_documents()->set_name("documents/february");
  EXPECT_EQ(Validate(request)->findings_size(), 1);
  request.mutable_earlier_documents(0)->set_name("documents/none");
  EXPECT_EQ(ReasonOf(Validate(request).status()), core::ErrorReason::kDocumentNotFound);

  // By its name, without itself as its history.
  ASSERT_TRUE(CreateDocument(call_, Creation("march", kMarch)).ok());
  v1::ValidateDocumentRequest named;
  named.mutable_document()->set_name("documents/march");
  named.set_check_stored_documents(true);
  response = Validate(named);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->document().uri(), "march.txt");
  EXPECT_EQ(response->findings_size(), 1);
  // What is published later is no history.
  named.mutable_document()->set_name("documents/february");
  EXPECT_EQ(Validate(named)->findings_size(), 0);

  // Without the role nothing of the store is seen.
  access::Client client;
  client.name = "checker";
  client.roles.set(static_cast<size_t>(access::Role::kValidate));
  call_.client = &client;
  EXPECT_EQ(ReasonOf(Validate(named).status()), core::ErrorReason::kPermissionDenied);
  request.clear_earlier_documents();
  request.set_check_stored_documents(true);
  EXPECT_EQ(ReasonOf(Validate(request).status()), core::ErrorReason::kPermissionDenied);
}

}  // namespace
}  // namespace crossfoot::method
