#include "services/method/validation.h"

#include <type_traits>

#include "core/error.h"
#include "gtest/gtest.h"
#include "services/method/reading.h"
#include "tests/testing/fake_call.h"
#include "tests/testing/fake_pipeline.h"

namespace crossfoot::method {
namespace {

using testing::FakePipeline;

constexpr int64_t kLimit = 1000;

// What `method` answers in a call of its own.
template <typename Request, typename Response>
absl::StatusOr<Response> AnswerBy(absl::Status (*method)(const Call&, const Request&, Response*),
                                  const validation::Pipeline& pipeline, int64_t max_document_bytes,
                                  const Request& request) {
  testing::FakeCall call(pipeline);
  call.max_document_bytes = max_document_bytes;
  Response response;
  if (absl::Status status = method(call, request, &response); !status.ok()) return status;
  return response;
}

// What each method answers.
template <typename Request>
auto Answer(const validation::Pipeline& pipeline, int64_t max_document_bytes,
            const Request& request) {
  if constexpr (std::is_same_v<Request, v1::ValidateDocumentRequest>) {
    return AnswerBy(&ValidateDocument, pipeline, max_document_bytes, request);
  } else if constexpr (std::is_same_v<Request, v1::ExtractFiguresRequest>) {
    return AnswerBy(&ExtractFigures, pipeline, max_document_bytes, request);
  } else {
    return AnswerBy(&ValidateDocumentSet, pipeline, max_document_bytes, request);
  }
}

TEST(ValidationTest, ValidatesADocument) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_uri("a.txt");
  request.mutable_document()->set_content("x");
  request.mutable_options()->set_language(v1::LANGUAGE_EN);
  request.mutable_options()->set_view(v1::VIEW_FULL);
  const auto response = Answer(FakePipeline(), kLimit, request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->document().uri(), "a.txt");
  EXPECT_EQ(response->document().source_case(), v1::Document::SOURCE_NOT_SET);
  ASSERT_EQ(response->findings_size(), 1);
  EXPECT_EQ(response->findings(0).message(), "the parts do not add up to the total");
  EXPECT_EQ(response->mentions_size(), 7);
}

TEST(ValidationTest, ExtractsFiguresFromText) {
  v1::ExtractFiguresRequest request;
  request.mutable_document()->set_text("x");
  const auto response = Answer(FakePipeline(), kLimit, request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->figures_size(), 6);
  EXPECT_EQ(response->mentions_size(), 0);
}

TEST(ValidationTest, PassesBytesAndOptionsOn) {
  FakePipeline pipeline;
  std::string seen;
  pipeline.on_call = [&seen](const std::string& bytes, const validation::PipelineOptions& options) {
    seen = bytes + " " + std::to_string(options.max_document_bytes) + " " +
           (options.reference_date.has_value() ? std::to_string(options.reference_date->year())
                                               : "open");
  };
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_content("abc");
  ASSERT_TRUE(Answer(pipeline, kLimit, request).ok());
  EXPECT_EQ(seen, "abc 1000 open");
  request.mutable_options()->set_reference_date("2024-03-31");
  ASSERT_TRUE(Answer(pipeline, kLimit, request).ok());
  EXPECT_EQ(seen, "abc 1000 2024");
}

TEST(ValidationTest, HoldsTheDocumentAgainstEarlierOnes) {
  FakePipeline pipeline;
  std::vector<size_t> earlier;
  pipeline.on_call = [&](const std::string&, const validation::PipelineOptions& options) {
    earlier.push_back(options.earlier.size());
  };
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_content("now");
  request.add_earlier_documents()->set_text("before then");
  request.add_earlier_documents()->set_content("then");
  ASSERT_TRUE(Answer(pipeline, kLimit, request).ok());
  EXPECT_EQ(earlier, (std::vector<size_t>{0, 0, 2}));

  v1::Document& empty = *request.add_earlier_documents();
  empty.set_uri("empty.txt");
  empty.set_content("");
  const absl::Status unread = Answer(pipeline, kLimit, request).status();
  EXPECT_EQ(core::ReasonOf(unread), core::ErrorReason::kDocumentEmpty);
  EXPECT_EQ(core::MetadataOf(unread)["document"], "empty.txt");
  request.mutable_earlier_documents(2)->clear_content();
  EXPECT_EQ(core::MetadataOf(Answer(pipeline, kLimit, request).status())["field"],
            "earlier_documents");
  for (int i = 0; i < kMaxDocuments; ++i) request.add_earlier_documents()->set_text("x");
  EXPECT_EQ(core::MetadataOf(Answer(pipeline, kLimit, request).status())["field"],
            "earlier_documents");
}

TEST(ValidationTest, HoldsEachDocumentOfASetAgainstThoseBeforeIt) {
  FakePipeline pipeline;
  std::vector<std::string> seen;
  pipeline.on_call = [&](const std::string& bytes, const validation::PipelineOptions& options) {
    seen.push_back(bytes);
    for (const validation::Validation* report : options.earlier)
      seen.back() += " " + report->document.uri;
  };
  v1::ValidateDocumentSetRequest request;
  EXPECT_EQ(core::MetadataOf(Answer(pipeline, kLimit, request).status())["field"], "documents");
  for (const char* name : {"a", "b", "c"}) {
    v1::Document& document = *request.add_documents();
    document.set_uri(name);
    document.set_text(std::string("text of ") + name);
  }
  const auto response = Answer(pipeline, kLimit, request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(seen, (std::vector<std::string>{"text of a", "text of b a", "text of c b a"}));
  ASSERT_EQ(response->responses_size(), 3);
  EXPECT_EQ(response->responses(2).document().uri(), "c");

  request.mutable_documents(1)->set_text("");
  const absl::Status unread = Answer(pipeline, kLimit, request).status();
  EXPECT_EQ(core::ReasonOf(unread), core::ErrorReason::kDocumentEmpty);
  EXPECT_EQ(core::MetadataOf(unread)["document"], "b");
  request.mutable_options()->set_reference_date("yesterday");
  EXPECT_EQ(core::MetadataOf(Answer(pipeline, kLimit, request).status())["field"],
            "options.reference_date");
}

// The field that `request` is refused for, by both methods alike.
std::string RefusedField(const v1::ValidateDocumentRequest& request) {
  const absl::Status status = Answer(FakePipeline(), kLimit, request).status();
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kArgumentInvalid) << status;
  v1::ExtractFiguresRequest other;
  *other.mutable_document() = request.document();
  *other.mutable_options() = request.options();
  EXPECT_EQ(Answer(FakePipeline(), kLimit, other).status(), status);
  return core::MetadataOf(status)["field"];
}

TEST(ValidationTest, NamesTheFieldThatIsWrong) {
  v1::ValidateDocumentRequest request;
  EXPECT_EQ(RefusedField(request), "document");
  request.mutable_document()->set_content("x");
  request.mutable_document()->set_uri(std::string(kMaxUriBytes + 1, 'u'));
  EXPECT_EQ(RefusedField(request), "document.uri");
  request.mutable_document()->clear_uri();
  request.mutable_options()->set_reference_date("2024-02-30");
  EXPECT_EQ(RefusedField(request), "options.reference_date");
  request.mutable_options()->clear_reference_date();
  request.mutable_options()->set_home_area(std::string(61, 'x'));
  EXPECT_EQ(RefusedField(request), "options.home_area");
  request.mutable_options()->clear_home_area();
  request.mutable_options()->set_language(static_cast<v1::Language>(77));
  EXPECT_EQ(RefusedField(request), "options.language");
  request.mutable_options()->clear_language();
  request.mutable_options()->set_view(static_cast<v1::View>(77));
  EXPECT_EQ(RefusedField(request), "options.view");
}

TEST(ValidationTest, GivesTheErrorsOfThePipeline) {
  v1::ValidateDocumentRequest request;
  request.mutable_document()->set_content("");
  EXPECT_EQ(core::ReasonOf(Answer(FakePipeline(), kLimit, request).status()),
            core::ErrorReason::kDocumentEmpty);
  request.mutable_document()->set_content(std::string(kLimit + 1, 'x'));
  EXPECT_EQ(core::ReasonOf(Answer(FakePipeline(), kLimit, request).status()),
            core::ErrorReason::kDocumentTooLarge);
}

}  // namespace
}  // namespace crossfoot::method
