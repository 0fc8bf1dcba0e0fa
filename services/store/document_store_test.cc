#include "services/store/document_store.h"

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/store/sqlite_document_store.h"
#include "services/store/temporary_folder.h"

// The contract of DocumentStore, kept by every store.

namespace crossfoot::store {
namespace {

using core::ErrorReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::UnorderedElementsAreArray;

enum class Kind { kSqliteFile, kSqliteMemory };

std::string NameOf(const ::testing::TestParamInfo<Kind>& kind) {
  return kind.param == Kind::kSqliteFile ? "SqliteFile" : "SqliteMemory";
}

class DocumentStoreTest : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    SqliteOptions options;
    if (GetParam() == Kind::kSqliteFile) options.file = folder_.File("store.db");
    absl::StatusOr<std::unique_ptr<DocumentStore>> store = OpenSqliteDocumentStore(options);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }

  DocumentStore& store() { return *store_; }

  // The id that the document got.
  std::string Stored(const NewDocument& document) {
    const absl::StatusOr<StoredDocument> stored = store_->Create(document);
    EXPECT_TRUE(stored.ok()) << stored.status();
    return stored.ok() ? stored->id : "";
  }

  // The ids of all pages.
  std::vector<std::string> ListedIds(ListQuery query) {
    std::vector<std::string> ids;
    while (true) {
      const absl::StatusOr<DocumentPage> page = store_->List(query);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return ids;
      for (const StoredDocument& document : page->documents) ids.push_back(document.id);
      if (page->next == 0) return ids;
      EXPECT_EQ(page->documents.size(), query.page_size);
      query.after = page->next;
    }
  }

  std::vector<std::string> Found(const HistoryQuery& query) {
    const absl::StatusOr<std::vector<std::string>> ids = store_->FindDocuments(query);
    EXPECT_TRUE(ids.ok()) << ids.status();
    return ids.ok() ? *ids : std::vector<std::string>();
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<DocumentStore> store_;
};

INSTANTIATE_TEST_SUITE_P(Stores, DocumentStoreTest,
                         ::testing::Values(Kind::kSqliteFile, Kind::kSqliteMemory), NameOf);

NewDocument Software() {
  NewDocument document;
  document.id = "software-2024-02";
  document.request_id = "7b0c8f6e-0000-4000-8000-000000000001";
  document.uri = "https://www.miit.gov.cn/软件业.html";
  document.content = std::string("<p>\0软件业务收入\xff</p>", 26);
  document.sha256 = "f0";
  document.latest_day = absl::CivilDay(2024, 2, 29);
  document.reading_options = std::string("\0\x01opt", 5);
  document.validation = std::string("val\0", 4);
  document.series = {{"软件业务收入", "全国"}, {"软件业务收入", "北京"}};
  return document;
}

NewDocument Plain(const std::string& id, const std::vector<Series>& series,
                  std::optional<absl::CivilDay> latest_day = std::nullopt) {
  NewDocument document;
  document.id = id;
  document.content = "content of " + id;
  document.sha256 = "sha of " + id;
  document.series = series;
  document.latest_day = latest_day;
  return document;
}

void ExpectSoftware(const StoredDocument& stored) {
  const NewDocument software = Software();
  EXPECT_EQ(stored.id, software.id);
  EXPECT_EQ(stored.uri, software.uri);
  EXPECT_EQ(stored.size_bytes, software.content.size());
  EXPECT_EQ(stored.sha256, software.sha256);
  EXPECT_EQ(stored.latest_day, software.latest_day);
  EXPECT_EQ(stored.reading_options, software.reading_options);
  EXPECT_EQ(stored.validation, software.validation);
}

void ExpectError(const absl::Status& status, ErrorReason reason,
                 const std::map<std::string, std::string>& metadata) {
  EXPECT_EQ(core::ReasonOf(status), reason) << status;
  EXPECT_EQ(core::MetadataOf(status), metadata) << status;
}

TEST_P(DocumentStoreTest, GivesBackWhatWasStoredByteByByte) {
  const absl::Time before = absl::FromUnixMicros(absl::ToUnixMicros(absl::Now()));
  const absl::StatusOr<StoredDocument> created = store().Create(Software());
  ASSERT_TRUE(created.ok()) << created.status();
  ExpectSoftware(*created);
  EXPECT_EQ(created->content, "");
  EXPECT_GE(created->create_time, before);
  EXPECT_LE(created->create_time, absl::Now());

  const absl::StatusOr<StoredDocument> without = store().Get("software-2024-02", false);
  ASSERT_TRUE(without.ok()) << without.status();
  ExpectSoftware(*without);
  EXPECT_EQ(without->content, "");
  EXPECT_EQ(without->create_time, created->create_time);

  const absl::StatusOr<StoredDocument> with = store().Get("software-2024-02", true);
  ASSERT_TRUE(with.ok()) << with.status();
  ExpectSoftware(*with);
  EXPECT_EQ(with->content, Software().content);

  const absl::StatusOr<DocumentPage> page = store().List({.page_size = 1});
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->documents.size(), 1);
  ExpectSoftware(page->documents[0]);
  EXPECT_EQ(page->documents[0].content, "");
  EXPECT_EQ(page->documents[0].create_time, created->create_time);
}

TEST_P(DocumentStoreTest, StoresADocumentOfWhichLittleIsKnown) {
  const std::string id = Stored({});
  const absl::StatusOr<StoredDocument> stored = store().Get(id, true);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->uri, "");
  EXPECT_EQ(stored->content, "");
  EXPECT_EQ(stored->size_bytes, 0);
  EXPECT_EQ(stored->latest_day, std::nullopt);
  EXPECT_EQ(stored->reading_options, "");
  EXPECT_EQ(stored->validation, "");
}

TEST_P(DocumentStoreTest, KeepsDaysBefore1970) {
  NewDocument document = Plain("old-report", {});
  document.latest_day = absl::CivilDay(1949, 10, 1);
  Stored(document);
  EXPECT_EQ(store().Get("old-report", false)->latest_day, document.latest_day);
}

TEST_P(DocumentStoreTest, ChoosesIdsThatAreValidAndDiffer) {
  std::set<std::string> ids;
  for (int count = 0; count < 100; ++count) {
    const std::string id = Stored({});
    EXPECT_THAT(id, MatchesRegex("[a-z][a-z0-9-]+[a-z0-9]"));
    EXPECT_GE(id.size(), 4);
    EXPECT_LE(id.size(), 63);
    EXPECT_TRUE(ids.insert(id).second) << id;
  }
}

TEST_P(DocumentStoreTest, RefusesAnIdThatIsTaken) {
  Stored(Software());
  NewDocument other = Plain("software-2024-02", {{"另一统计", "全国"}});
  ExpectError(store().Create(other).status(), ErrorReason::kDocumentExists,
              {{"name", "documents/software-2024-02"}});
  ExpectSoftware(*store().Get("software-2024-02", false));
  EXPECT_THAT(ListedIds({.indicator = "另一统计", .page_size = 5}), IsEmpty());
}

TEST_P(DocumentStoreTest, AnswersARepeatedRequestWithWhatItStored) {
  const absl::StatusOr<StoredDocument> first = store().Create(Software());
  ASSERT_TRUE(first.ok()) << first.status();
  NewDocument again = Software();
  again.validation = "of a newer program";
  for (const char* id : {"software-2024-02", ""}) {
    again.id = id;
    const absl::StatusOr<StoredDocument> repeated = store().Create(again);
    ASSERT_TRUE(repeated.ok()) << repeated.status();
    ExpectSoftware(*repeated);
    EXPECT_EQ(repeated->create_time, first->create_time);
  }
  EXPECT_THAT(ListedIds({.page_size = 5}), ElementsAre("software-2024-02"));
}

TEST_P(DocumentStoreTest, RepeatsARequestThatLeftTheIdToTheStore) {
  NewDocument document = Software();
  document.id = "";
  const std::string id = Stored(document);
  EXPECT_EQ(Stored(document), id);
}

TEST_P(DocumentStoreTest, RefusesARequestIdOfAnotherDocument) {
  Stored(Software());
  const std::vector<std::function<void(NewDocument*)>> changes = {
      [](NewDocument* document) { document->sha256 = "f1"; },
      [](NewDocument* document) { document->uri = "elsewhere"; },
      [](NewDocument* document) { document->reading_options = ""; },
      [](NewDocument* document) { document->id = "another-id"; },
  };
  for (const auto& change : changes) {
    NewDocument other = Software();
    change(&other);
    ExpectError(store().Create(other).status(), ErrorReason::kRequestIdReused,
                {{"field", "request_id"}, {"name", "documents/software-2024-02"}});
  }
  EXPECT_THAT(ListedIds({.page_size = 5}), ElementsAre("software-2024-02"));
}

TEST_P(DocumentStoreTest, ForgetsARequestWithItsDocument) {
  Stored(Software());
  ASSERT_TRUE(store().Delete("software-2024-02").ok());
  NewDocument other = Plain("another-id", {});
  other.request_id = Software().request_id;
  EXPECT_EQ(Stored(other), "another-id");
}

TEST_P(DocumentStoreTest, StoresTheSameContentTwice) {
  NewDocument document = Software();
  document.request_id = "";
  Stored(document);
  document.id = "second";
  Stored(document);
  EXPECT_THAT(ListedIds({.page_size = 5}), ElementsAre("second", "software-2024-02"));
}

TEST_P(DocumentStoreTest, DeletesAllOfADocument) {
  Stored(Software());
  Stored(Plain("other", {{"软件业务收入", "全国"}}));
  ASSERT_TRUE(store().Delete("software-2024-02").ok());
  ExpectError(store().Get("software-2024-02", true).status(), ErrorReason::kDocumentNotFound,
              {{"name", "documents/software-2024-02"}});
  EXPECT_THAT(ListedIds({.page_size = 5}), ElementsAre("other"));
  EXPECT_THAT(ListedIds({.indicator = "软件业务收入", .page_size = 5}), ElementsAre("other"));
  EXPECT_THAT(ListedIds({.ref_area = "北京", .page_size = 5}), IsEmpty());
  EXPECT_THAT(Found({.series = Software().series, .max_documents = 5}), ElementsAre("other"));
  // The name is free again.
  Stored(Software());
  EXPECT_THAT(Found({.series = {{"软件业务收入", "北京"}}, .max_documents = 5}),
              ElementsAre("software-2024-02"));
}

TEST_P(DocumentStoreTest, SaysWhichDocumentIsNotThere) {
  for (const absl::Status& status :
       {store().Get("nowhere", false).status(), store().Get("nowhere", true).status(),
        store().Delete("nowhere")}) {
    ExpectError(status, ErrorReason::kDocumentNotFound, {{"name", "documents/nowhere"}});
  }
}

TEST_P(DocumentStoreTest, ListsAnEmptyStore) {
  const absl::StatusOr<DocumentPage> page = store().List({.page_size = 10});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->documents, IsEmpty());
  EXPECT_EQ(page->next, 0);
}

TEST_P(DocumentStoreTest, ListsTheLatestStoredFirstPageByPage) {
  for (int number = 1; number <= 6; ++number) Stored(Plain(absl::StrCat("doc-", number), {}));
  for (int32_t page_size = 1; page_size <= 7; ++page_size) {
    EXPECT_THAT(ListedIds({.page_size = page_size}),
                ElementsAre("doc-6", "doc-5", "doc-4", "doc-3", "doc-2", "doc-1"));
  }
  // The last page that is full has no next one.
  const absl::StatusOr<DocumentPage> page = store().List({.page_size = 6});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->next, 0);
}

TEST_P(DocumentStoreTest, ListsByIndicatorAreaAndBothAtOnce) {
  Stored(Plain("doc-1", {{"收入", "北京"}, {"利润", "上海"}}));
  Stored(Plain("doc-2", {{"收入", "上海"}, {"收入", "北京"}, {"收入", "北京"}}));
  Stored(Plain("doc-3", {{"收入", "上海"}, {"利润", "北京"}, {"利润", ""}}));
  Stored(Plain("doc-4", {}));
  for (const int32_t page_size : {1, 2, 10}) {
    EXPECT_THAT(ListedIds({.indicator = "收入", .page_size = page_size}),
                ElementsAre("doc-3", "doc-2", "doc-1"));
    EXPECT_THAT(ListedIds({.ref_area = "北京", .page_size = page_size}),
                ElementsAre("doc-3", "doc-2", "doc-1"));
    EXPECT_THAT(ListedIds({.indicator = "收入", .ref_area = "北京", .page_size = page_size}),
                ElementsAre("doc-2", "doc-1"));
    EXPECT_THAT(ListedIds({.indicator = "利润", .ref_area = "上海", .page_size = page_size}),
                ElementsAre("doc-1"));
    EXPECT_THAT(ListedIds({.indicator = "收", .page_size = page_size}), IsEmpty());
    EXPECT_THAT(ListedIds({.indicator = "北京", .page_size = page_size}), IsEmpty());
  }
}

TEST_P(DocumentStoreTest, ListsOnWhileDocumentsComeAndGo) {
  for (int number = 1; number <= 8; ++number) {
    Stored(Plain(absl::StrCat("doc-", number), {{"收入", "全国"}}));
  }
  for (const char* indicator : {"", "收入"}) {
    ListQuery query = {.indicator = indicator, .page_size = 3};
    const absl::StatusOr<DocumentPage> first = store().List(query);
    ASSERT_TRUE(first.ok()) << first.status();
    EXPECT_EQ(first->documents.back().id, "doc-6");
    // One before the place, the one at the place, the one behind it, and a new one.
    for (const char* id : {"doc-8", "doc-6", "doc-5"}) ASSERT_TRUE(store().Delete(id).ok());
    Stored(Plain("doc-9", {{"收入", "全国"}}));
    query.after = first->next;
    EXPECT_THAT(ListedIds(query), ElementsAre("doc-4", "doc-3", "doc-2", "doc-1"));
    ASSERT_TRUE(store().Delete("doc-9").ok());
    ASSERT_TRUE(store().Delete("doc-7").ok());
    for (const char* id : {"doc-4", "doc-3", "doc-2", "doc-1"}) {
      ASSERT_TRUE(store().Delete(id).ok());
    }
    for (int number = 1; number <= 8; ++number) {
      Stored(Plain(absl::StrCat("doc-", number), {{"收入", "全国"}}));
    }
  }
}

TEST_P(DocumentStoreTest, DoesNotGiveThePlaceOfADeletedDocumentToANewOne) {
  Stored(Plain("doc-1", {}));
  Stored(Plain("doc-2", {}));
  Stored(Plain("doc-3", {}));
  const absl::StatusOr<DocumentPage> first = store().List({.page_size = 2});
  ASSERT_TRUE(first.ok()) << first.status();
  for (const char* id : {"doc-3", "doc-2", "doc-1"}) ASSERT_TRUE(store().Delete(id).ok());
  Stored(Plain("doc-4", {}));
  EXPECT_THAT(ListedIds({.page_size = 2, .after = first->next}), IsEmpty());
}

TEST_P(DocumentStoreTest, FindsTheHistoryOfSeriesLatestDayFirst) {
  const Series income = {"收入", "全国"};
  const Series profit = {"利润", "全国"};
  Stored(Plain("march", {income}, absl::CivilDay(2024, 3, 31)));
  Stored(Plain("no-day", {income}));
  Stored(Plain("january", {profit}, absl::CivilDay(2024, 1, 31)));
  Stored(Plain("february", {income, profit}, absl::CivilDay(2024, 2, 29)));
  Stored(Plain("february-again", {profit}, absl::CivilDay(2024, 2, 29)));
  Stored(Plain("elsewhere", {{"收入", "北京"}, {"利润", ""}}, absl::CivilDay(2024, 2, 28)));
  Stored(Plain("before-1970", {profit}, absl::CivilDay(1949, 12, 31)));

  EXPECT_THAT(
      Found({.series = {income, profit, income}, .max_documents = 32}),
      ElementsAre("march", "february-again", "february", "january", "before-1970", "no-day"));
  EXPECT_THAT(Found({.series = {income}, .max_documents = 32}),
              ElementsAre("march", "february", "no-day"));
  EXPECT_THAT(Found({.series = {{"利润", ""}}, .max_documents = 32}), ElementsAre("elsewhere"));
  EXPECT_THAT(Found({.series = {{"收入", ""}, {"全国", "收入"}}, .max_documents = 32}), IsEmpty());
  EXPECT_THAT(Found({.series = {}, .max_documents = 32}), IsEmpty());
}

TEST_P(DocumentStoreTest, LeavesLaterDaysAndTheDocumentItselfOutOfAHistory) {
  const Series income = {"收入", "全国"};
  NewDocument march = Plain("march", {income}, absl::CivilDay(2024, 3, 31));
  Stored(march);
  march.id = "march-copy";
  Stored(march);
  Stored(Plain("february", {income}, absl::CivilDay(2024, 2, 29)));
  Stored(Plain("no-day", {income}));
  EXPECT_THAT(Found({.series = {income},
                     .not_after = absl::CivilDay(2024, 3, 31),
                     .except_sha256 = march.sha256,
                     .max_documents = 1}),
              ElementsAre("february"));
  EXPECT_THAT(
      Found({.series = {income}, .not_after = absl::CivilDay(2024, 3, 30), .max_documents = 32}),
      ElementsAre("february", "no-day"));
  EXPECT_THAT(
      Found({.series = {income}, .not_after = absl::CivilDay(2024, 2, 28), .max_documents = 32}),
      ElementsAre("no-day"));
}

TEST_P(DocumentStoreTest, CutsAHistoryBehindTheLatestOfAllSeries) {
  std::vector<Series> all;
  for (int number = 0; number < 10; ++number) {
    all.push_back({absl::StrCat("series-", number), "全国"});
    // The days of each series lie between those of the others.
    for (int day = 10 + number; day < 110; day += 10) {
      Stored(Plain(absl::StrCat("doc-", day), {all.back()}, absl::CivilDay(2024, 1, 1) + day));
    }
  }
  EXPECT_THAT(Found({.series = all, .max_documents = 3}),
              ElementsAre("doc-109", "doc-108", "doc-107"));
  EXPECT_THAT(Found({.series = {all[3], all[0]}, .max_documents = 3}),
              ElementsAre("doc-103", "doc-100", "doc-93"));
  EXPECT_EQ(Found({.series = all, .max_documents = 99}).size(), 99);
  EXPECT_EQ(Found({.series = all, .max_documents = 1000}).size(), 100);
  EXPECT_THAT(Found({.series = all, .max_documents = 0}), IsEmpty());
}

TEST_P(DocumentStoreTest, IsReady) { EXPECT_TRUE(store().CheckReady().ok()); }

TEST_P(DocumentStoreTest, StoresOnceWhatIsRequestedAtOnce) {
  NewDocument document = Software();
  document.id = "";
  std::vector<std::string> ids(8);
  std::vector<std::thread> threads;
  threads.reserve(ids.size());
  for (std::string& id : ids) threads.emplace_back([&] { id = Stored(document); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1);
  EXPECT_THAT(ListedIds({.page_size = 10}), ElementsAre(ids[0]));
}

TEST_P(DocumentStoreTest, ListsEachLastingDocumentOnceWhileOthersAreStoredAndDeleted) {
  constexpr int kLasting = 40;
  constexpr int kWriters = 3;
  constexpr int kReaders = 3;
  constexpr int kRounds = 30;
  const Series series = {"收入", "全国"};
  std::vector<std::string> lasting;
  for (int number = 0; number < kLasting; ++number) {
    lasting.push_back(absl::StrCat("lasting-", number));
    Stored(Plain(lasting.back(), {series}, absl::CivilDay(2024, 1, 1)));
  }
  std::atomic<int> writing = kWriters;
  std::vector<std::thread> threads;
  threads.reserve(kWriters + kReaders);
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      for (int round = 0; round < kRounds; ++round) {
        const std::string id = absl::StrCat("passing-", writer, "-", round);
        Stored(Plain(id, {series, {id, id}}, absl::CivilDay(2023, 1, 1)));
        const absl::StatusOr<StoredDocument> stored = store().Get(id, true);
        ASSERT_TRUE(stored.ok()) << stored.status();
        EXPECT_EQ(stored->content, "content of " + id);
        EXPECT_THAT(Found({.series = {{id, id}}, .max_documents = 2}), ElementsAre(id));
        EXPECT_TRUE(store().Delete(id).ok());
        EXPECT_THAT(Found({.series = {{id, id}}, .max_documents = 2}), IsEmpty());
      }
      --writing;
    });
  }
  for (int reader = 0; reader < kReaders; ++reader) {
    threads.emplace_back([&, reader] {
      do {
        ListQuery query = {.page_size = 7};
        if (reader == 1) query.indicator = series.indicator;
        if (reader == 2) query.ref_area = series.ref_area;
        std::vector<std::string> ids = ListedIds(query);
        std::erase_if(ids, [](const std::string& id) { return id.starts_with("passing"); });
        EXPECT_THAT(ids, UnorderedElementsAreArray(lasting));
        EXPECT_EQ(Found({.series = {series}, .max_documents = kLasting}).size(), kLasting);
        EXPECT_TRUE(store().CheckReady().ok());
      } while (writing > 0);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(ListedIds({.page_size = 1000}), UnorderedElementsAreArray(lasting));
}

}  // namespace
}  // namespace crossfoot::store
