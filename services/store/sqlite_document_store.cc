#include "services/store/sqlite_document_store.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/store/sqlite_connection.h"
#include "services/store/sqlite_queries.h"
#include "services/store/sqlite_schema.h"

namespace crossfoot::store {
namespace {

using core::ErrorReason;
using core::MakeError;

// Connections for reading: more reads than these at a time wait for one another.
constexpr int kReaderCount = 4;
// To which the write-ahead log shrinks back after a large document.
constexpr int64_t kMaxIdleLogBytes = 16 << 20;
// The day, in series, of a document without one.
constexpr int64_t kNoDay = std::numeric_limits<int64_t>::min();
constexpr absl::CivilDay kFirstDay(1970, 1, 1);

// Connections that wait for somebody who uses one for a while.
class ConnectionPool {
 public:
  // A connection in use; goes back when this object goes.
  class Lease {
   public:
    explicit Lease(ConnectionPool* pool) : pool_(*pool), connection_(pool->Take()) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { pool_.Return(connection_); }

    Connection* get() const { return connection_; }
    Connection* operator->() const { return connection_; }

   private:
    ConnectionPool& pool_;
    Connection* const connection_;
  };

  void Add(Connection connection) {
    all_.push_back(std::make_unique<Connection>(std::move(connection)));
    idle_.push_back(all_.back().get());
  }

 private:
  Connection* Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty(); });
    Connection* connection = idle_.back();
    idle_.pop_back();
    return connection;
  }

  void Return(Connection* connection) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      idle_.push_back(connection);
    }
    returned_.notify_one();
  }

  std::vector<std::unique_ptr<Connection>> all_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Connection*> idle_;  // guarded by mutex_
};

absl::Status WithName(ErrorReason reason, std::string_view id, std::string_view message,
                      std::map<std::string, std::string> metadata = {}) {
  const std::string name = absl::StrCat("documents/", core::ToAbsl(id));
  metadata["name"] = name;
  return MakeError(reason, absl::StrCat(name, ": ", core::ToAbsl(message)), metadata);
}

absl::Status NotFound(std::string_view id) {
  return WithName(ErrorReason::kDocumentNotFound, id, "no stored document has this name");
}

// 26 characters with 129 random bits.
absl::StatusOr<std::string> RandomId() {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz234567";
  std::array<unsigned char, 26> random;
  if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    return MakeError(ErrorReason::kInternal, "the system gives no random numbers");
  }
  std::string id;
  for (const unsigned char byte : random) id += kLetters[byte % (id.empty() ? 16 : 32)];
  return id;
}

// The number, from 1, in the first column of the only row; 0 when there is none.
absl::StatusOr<int64_t> ReadNumber(Statement& statement) {
  const absl::StatusOr<bool> row = statement.Step();
  if (!row.ok()) return row.status();
  return *row ? statement.Int(0) : 0;
}

absl::StatusOr<int64_t> FindNumber(Connection* connection, std::string_view sql,
                                   std::string_view text) {
  Statement statement = connection->Prepare(sql);
  statement.BindText(text);
  return ReadNumber(statement);
}

// A row that the tables promise.
absl::Status StepToRow(Statement& statement) {
  const absl::StatusOr<bool> row = statement.Step();
  if (!row.ok()) return row.status();
  return *row ? absl::OkStatus()
              : SqliteError(SQLITE_CORRUPT, 0, "a part of a document is missing");
}

absl::StatusOr<StoredDocument> ReadDocument(Connection* connection, int64_t number,
                                            bool with_content) {
  StoredDocument document;
  {
    Statement select = connection->Prepare(kSelectDocument);
    const absl::Status found = StepToRow(select.BindInt(number));
    if (!found.ok()) return found;
    document.id = select.Bytes(0);
    document.uri = select.Bytes(1);
    document.size_bytes = select.Int(2);
    document.sha256 = select.Bytes(3);
    document.create_time = absl::FromUnixMicros(select.Int(4));
    if (!select.IsNull(5)) document.latest_day = kFirstDay + select.Int(5);
    document.reading_options = select.Bytes(6);
    document.validation = select.Bytes(7);
  }
  if (with_content) {
    Statement select = connection->Prepare(kSelectContent);
    const absl::Status found = StepToRow(select.BindInt(number));
    if (!found.ok()) return found;
    document.content = select.Bytes(0);
  }
  return document;
}

// The number of a statistic or an area, which is stored when it is new.
absl::StatusOr<int64_t> NumberOfName(Connection* connection, std::string_view name) {
  const absl::StatusOr<int64_t> known = FindNumber(connection, kSelectName, name);
  if (!known.ok()) return known.status();
  if (*known != 0) return *known;
  Statement insert = connection->Prepare(kInsertName);
  absl::Status inserted = StepToRow(insert.BindText(name));
  if (!inserted.ok()) return inserted;
  return insert.Int(0);
}

absl::Status InsertBytes(Connection* connection, std::string_view sql, int64_t number,
                         std::string_view bytes) {
  Statement insert = connection->Prepare(sql);
  return insert.BindInt(number).BindBlob(bytes).Run();
}

absl::Status InsertSeries(Connection* connection, int64_t number, const NewDocument& document) {
  const int64_t latest_day =
      document.latest_day.has_value() ? *document.latest_day - kFirstDay : kNoDay;
  std::set<std::pair<std::string_view, std::string_view>> stored;
  for (const Series& series : document.series) {
    if (!stored.emplace(series.indicator, series.ref_area).second) continue;
    const absl::StatusOr<int64_t> indicator = NumberOfName(connection, series.indicator);
    if (!indicator.ok()) return indicator.status();
    const absl::StatusOr<int64_t> ref_area = NumberOfName(connection, series.ref_area);
    if (!ref_area.ok()) return ref_area.status();
    Statement insert = connection->Prepare(kInsertSeries);
    insert.BindInt(*indicator).BindInt(*ref_area).BindInt(number).BindInt(latest_day);
    absl::Status inserted = insert.Run();
    if (!inserted.ok()) return inserted;
  }
  return absl::OkStatus();
}

// The number that the document got; 0 when its id is taken.
absl::StatusOr<int64_t> InsertRow(Connection* connection, const NewDocument& document,
                                  std::string_view id, absl::Time create_time) {
  Statement insert = connection->Prepare(kInsertDocument);
  insert.BindText(id);
  if (document.request_id.empty()) {
    insert.BindNull();
  } else {
    insert.BindText(document.request_id);
  }
  insert.BindText(document.uri).BindInt(static_cast<int64_t>(document.content.size()));
  insert.BindText(document.sha256).BindInt(absl::ToUnixMicros(create_time));
  if (document.latest_day.has_value()) {
    insert.BindInt(*document.latest_day - kFirstDay);
  } else {
    insert.BindNull();
  }
  insert.BindBlob(document.reading_options);
  return ReadNumber(insert);
}

// What a request with the request_id of the stored document `number` is answered with.
absl::StatusOr<StoredDocument> Repeat(Connection* connection, int64_t number,
                                      const NewDocument& document) {
  absl::StatusOr<StoredDocument> stored = ReadDocument(connection, number, false);
  if (!stored.ok()) return stored;
  if (stored->sha256 == document.sha256 && stored->uri == document.uri &&
      stored->reading_options == document.reading_options &&
      (document.id.empty() || document.id == stored->id)) {
    return stored;
  }
  return WithName(ErrorReason::kRequestIdReused, stored->id,
                  "was stored with this request_id, and the request is for another document",
                  {{"field", "request_id"}});
}

// A place among the documents of a history: latest day and number.
using Place = std::pair<int64_t, int64_t>;

// The ids of the documents at `places`.
absl::StatusOr<std::vector<std::string>> ReadIds(Connection* connection,
                                                 const std::set<Place, std::greater<>>& places) {
  std::vector<std::string> ids;
  for (const auto& [day, number] : places) {
    Statement select = connection->Prepare(kSelectId);
    const absl::Status found = StepToRow(select.BindInt(number));
    if (!found.ok()) return found;
    ids.push_back(select.Bytes(0));
  }
  return ids;
}

class SqliteDocumentStore final : public DocumentStore {
 public:
  // In memory there is one connection, which `writers` and `readers` share.
  SqliteDocumentStore(std::shared_ptr<ConnectionPool> writers,
                      std::shared_ptr<ConnectionPool> readers)
      : writers_(std::move(writers)), readers_(std::move(readers)) {}

  absl::StatusOr<StoredDocument> Create(const NewDocument& document) override {
    std::string id = document.id;
    if (id.empty()) {
      absl::StatusOr<std::string> random = RandomId();
      if (!random.ok()) return random.status();
      id = *std::move(random);
    }
    const ConnectionPool::Lease connection(writers_.get());
    Transaction transaction(connection.get());
    absl::Status status = BeginChange(connection.get(), &transaction);
    if (!status.ok()) return status;
    if (!document.request_id.empty()) {
      const absl::StatusOr<int64_t> number =
          FindNumber(connection.get(), kNumberByRequestId, document.request_id);
      if (!number.ok()) return number.status();
      if (*number != 0) return Repeat(connection.get(), *number, document);
    }
    const absl::StatusOr<int64_t> number = InsertRow(connection.get(), document, id, absl::Now());
    if (!number.ok()) return number.status();
    if (*number == 0) {
      return WithName(ErrorReason::kDocumentExists, id, "a stored document has this name");
    }
    status = InsertBytes(connection.get(), kInsertContent, *number, document.content);
    if (!status.ok()) return status;
    status = InsertBytes(connection.get(), kInsertValidation, *number, document.validation);
    if (!status.ok()) return status;
    status = InsertSeries(connection.get(), *number, document);
    if (!status.ok()) return status;
    absl::StatusOr<StoredDocument> stored = ReadDocument(connection.get(), *number, false);
    if (!stored.ok()) return stored;
    status = transaction.Commit();
    if (!status.ok()) return status;
    return stored;
  }

  absl::StatusOr<StoredDocument> Get(std::string_view id, bool with_content) override {
    const ConnectionPool::Lease connection(readers_.get());
    Transaction transaction(connection.get());
    const absl::Status begun = transaction.Begin(Transaction::Kind::kRead);
    if (!begun.ok()) return begun;
    const absl::StatusOr<int64_t> number = FindNumber(connection.get(), kNumberById, id);
    if (!number.ok()) return number.status();
    if (*number == 0) return NotFound(id);
    return ReadDocument(connection.get(), *number, with_content);
  }

  absl::Status Delete(std::string_view id) override {
    const ConnectionPool::Lease connection(writers_.get());
    Transaction transaction(connection.get());
    absl::Status status = BeginChange(connection.get(), &transaction);
    if (!status.ok()) return status;
    const absl::StatusOr<int64_t> number = FindNumber(connection.get(), kDeleteDocument, id);
    if (!number.ok()) return number.status();
    if (*number == 0) return NotFound(id);
    return transaction.Commit();
  }

  absl::StatusOr<DocumentPage> List(const ListQuery& query) override {
    const ConnectionPool::Lease connection(readers_.get());
    Transaction transaction(connection.get());
    const absl::Status begun = transaction.Begin(Transaction::Kind::kRead);
    if (!begun.ok()) return begun;
    absl::StatusOr<std::vector<int64_t>> numbers = ListNumbers(connection.get(), query);
    if (!numbers.ok()) return numbers.status();
    DocumentPage page;
    // One more was asked for, to see whether there is a next page.
    if (numbers->size() > static_cast<size_t>(query.page_size)) {
      numbers->pop_back();
      page.next = numbers->back();
    }
    for (const int64_t number : *numbers) {
      absl::StatusOr<StoredDocument> document = ReadDocument(connection.get(), number, false);
      if (!document.ok()) return document.status();
      page.documents.push_back(*std::move(document));
    }
    return page;
  }

  absl::StatusOr<std::vector<std::string>> FindDocuments(const HistoryQuery& query) override {
    const ConnectionPool::Lease connection(readers_.get());
    Transaction transaction(connection.get());
    const absl::Status begun = transaction.Begin(Transaction::Kind::kRead);
    if (!begun.ok()) return begun;
    std::set<Place, std::greater<>> places;
    for (const Series& series : query.series) {
      const absl::Status added = AddHistory(connection.get(), query, series, &places);
      if (!added.ok()) return added;
    }
    return ReadIds(connection.get(), places);
  }

  absl::Status CheckReady() override {
    const ConnectionPool::Lease connection(readers_.get());
    absl::Status in_place = connection->CheckInPlace();
    if (!in_place.ok()) return in_place;
    return connection->ReadInt(kLastNumber).status();
  }

 private:
  // What is written to a file that was removed would be gone with the process.
  static absl::Status BeginChange(Connection* connection, Transaction* transaction) {
    absl::Status in_place = connection->CheckInPlace();
    if (!in_place.ok()) return in_place;
    return transaction->Begin(Transaction::Kind::kWrite);
  }

  // Of the page, and one more.
  static absl::StatusOr<std::vector<int64_t>> ListNumbers(Connection* connection,
                                                          const ListQuery& query) {
    const bool of_indicator = !query.indicator.empty();
    const bool of_ref_area = !query.ref_area.empty();
    Statement list = connection->Prepare(of_indicator && of_ref_area ? kListByBoth
                                         : of_indicator              ? kListByIndicator
                                         : of_ref_area               ? kListByRefArea
                                                                     : kListAll);
    if (of_indicator) list.BindText(query.indicator);
    if (of_ref_area) list.BindText(query.ref_area);
    list.BindInt(query.after == 0 ? std::numeric_limits<int64_t>::max() : query.after);
    list.BindInt(int64_t{query.page_size} + 1);
    std::vector<int64_t> numbers;
    while (true) {
      const absl::StatusOr<bool> row = list.Step();
      if (!row.ok()) return row.status();
      if (!*row) return numbers;
      numbers.push_back(list.Int(0));
    }
  }

  // Adds the documents of one series to `places`, which keeps the first ones of all.
  static absl::Status AddHistory(Connection* connection, const HistoryQuery& query,
                                 const Series& series, std::set<Place, std::greater<>>* places) {
    const size_t max_count = static_cast<size_t>(std::max(query.max_documents, 0));
    if (max_count == 0) return absl::OkStatus();
    Statement history = connection->Prepare(kHistoryOfSeries);
    history.BindText(series.indicator).BindText(series.ref_area);
    history.BindInt(query.not_after.has_value() ? *query.not_after - kFirstDay
                                                : std::numeric_limits<int64_t>::max());
    history.BindText(query.except_sha256);
    while (true) {
      const absl::StatusOr<bool> row = history.Step();
      if (!row.ok()) return row.status();
      if (!*row) return absl::OkStatus();
      const Place place(history.Int(0), history.Int(1));
      // Those that follow come after it.
      if (places->size() == max_count && place <= *places->rbegin()) return absl::OkStatus();
      places->insert(place);
      if (places->size() > max_count) places->erase(std::prev(places->end()));
    }
  }

  const std::shared_ptr<ConnectionPool> writers_;
  const std::shared_ptr<ConnectionPool> readers_;
};

// Makes `writer` the one that may change the file.
absl::Status PrepareWriter(const SqliteOptions& options, Connection* writer) {
  absl::Status status = writer->CheckWritable();
  if (!status.ok()) return status;
  const absl::StatusOr<int64_t> page_bytes = writer->ReadInt("PRAGMA page_size");
  if (!page_bytes.ok()) return page_bytes.status();
  const int64_t max_pages =
      std::clamp<int64_t>(options.max_bytes / std::max<int64_t>(*page_bytes, 1), 1,
                          std::numeric_limits<int32_t>::max());
  status = writer->Execute(absl::StrCat("PRAGMA max_page_count = ", max_pages,
                                        "; PRAGMA journal_size_limit = ", kMaxIdleLogBytes));
  if (!status.ok()) return status;
  return Migrate(writer, Migrations());
}

// Readers then see the last state while the next one is being written.
absl::Status UseWriteAheadLog(Connection* connection) {
  Statement set = connection->Prepare("PRAGMA journal_mode = WAL");
  const absl::StatusOr<bool> row = set.Step();
  if (!row.ok()) return row.status();
  if (*row && set.Bytes(0) == "wal") return absl::OkStatus();
  return MakeError(ErrorReason::kStoreUnavailable,
                   "the store: the file system lacks what a write-ahead log needs; put the file on "
                   "a disk of this machine");
}

absl::StatusOr<std::unique_ptr<DocumentStore>> Open(const SqliteOptions& options) {
  absl::StatusOr<Connection> writer = Connection::Open(options.file, options.busy_timeout);
  if (!writer.ok()) return writer.status();
  absl::Status status = PrepareWriter(options, &*writer);
  if (!status.ok()) return status;
  auto writers = std::make_shared<ConnectionPool>();
  std::shared_ptr<ConnectionPool> readers = writers;
  if (!options.file.empty()) {
    status = UseWriteAheadLog(&*writer);
    if (!status.ok()) return status;
    readers = std::make_shared<ConnectionPool>();
    for (int reader = 0; reader < kReaderCount; ++reader) {
      absl::StatusOr<Connection> connection = Connection::Open(options.file, options.busy_timeout);
      if (!connection.ok()) return connection.status();
      readers->Add(*std::move(connection));
    }
  }
  writers->Add(*std::move(writer));
  return std::make_unique<SqliteDocumentStore>(std::move(writers), std::move(readers));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DocumentStore>> OpenSqliteDocumentStore(
    const SqliteOptions& options) {
  if (options.max_bytes < 1) {
    return MakeError(ErrorReason::kArgumentInvalid, "max_bytes: below 1", {{"field", "max_bytes"}});
  }
  return Open(options);
}

}  // namespace crossfoot::store
