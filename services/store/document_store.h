#ifndef CROSSFOOT_SERVICES_STORE_DOCUMENT_STORE_H_
#define CROSSFOOT_SERVICES_STORE_DOCUMENT_STORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

// Published reports, kept as the history that later ones are held against.
//
//   absl::StatusOr<StoredDocument> stored = store.Create(document);
//   absl::StatusOr<std::vector<std::string>> earlier = store.FindDocuments(
//       {.series = document.series, .not_after = document.latest_day,
//        .except_sha256 = document.sha256, .max_documents = 32});

namespace crossfoot::store {

// A statistic of an area: what figures of several reports have in common.  Both as in
// crossfoot.v1.Figure; the area may be empty.
struct Series {
  std::string indicator;
  std::string ref_area;
};

// A document to be kept.  What it holds is stored as it is; the caller vouches that the parts
// belong together.
struct NewDocument {
  // 4 to 63 of a-z, 0-9 and "-", beginning with a letter and not ending with "-", which the caller
  // has checked.  Empty: the store chooses one at random.
  std::string id;
  std::string request_id;  // empty: none
  std::string uri;
  std::string content;
  std::string sha256;                        // of `content`, lower-case hexadecimal
  std::optional<absl::CivilDay> latest_day;  // nullopt: the figures name no day
  std::string reading_options;               // opaque
  std::string validation;                    // opaque
  std::vector<Series> series;                // of its figures; repetitions count once
};

// A document that is kept.
struct StoredDocument {
  std::string id;
  std::string uri;
  std::string content;     // empty unless it was asked for
  int64_t size_bytes = 0;  // of the content
  std::string sha256;
  absl::Time create_time;  // in whole microseconds
  std::optional<absl::CivilDay> latest_day;
  std::string reading_options;
  std::string validation;
};

// Defaults throughout, so that a query names what it asks for: List({.page_size = 50}).
struct ListQuery {
  std::string indicator = {};  // only documents that state it; empty: any
  std::string ref_area = {};   // only documents that speak of it, in a series of `indicator` when
                               // both are given; empty: any
  int32_t page_size = 0;       // most documents of the page; at least 1
  int64_t after = 0;           // DocumentPage::next of the page before; 0: the first page
};

struct DocumentPage {
  std::vector<StoredDocument> documents;  // without content, the latest stored first
  int64_t next = 0;                       // asks for the next page; 0 on the last one
};

struct HistoryQuery {
  std::vector<Series> series = {};
  std::optional<absl::CivilDay> not_after = {};  // nullopt: any day
  std::string except_sha256 = {};                // no document with this content; empty: any
  int32_t max_documents = 0;
};

// Thread-safe.  Each method sees and leaves the store in one piece: all of a change or nothing.
//
// Errors of every method, besides those named there:
//   kStoreUnavailable  the store cannot be read or written; nothing was changed, unless it failed
//                      at the very end of a change, which a Create with the same request_id finds
//                      out.
// The messages name no path.
class DocumentStore {
 public:
  virtual ~DocumentStore() = default;

  // Stores a document.  When it returns, the document outlasts the end of the process and, if the
  // store is kept on a disk, of the machine.  A repetition, with the `request_id` of a document
  // that is still kept and the same `sha256`, `uri` and `reading_options`, and its `id` or none,
  // stores nothing and gives that document.  The result has no content.
  //
  //   kDocumentExists    the id is taken; metadata "name"
  //   kRequestIdReused   the request_id stored another document; "field" and, that one, "name"
  //   kStoreFull         the disk or the store's limit is full
  virtual absl::StatusOr<StoredDocument> Create(const NewDocument& document) = 0;

  // kDocumentNotFound, metadata "name".
  virtual absl::StatusOr<StoredDocument> Get(std::string_view id, bool with_content) = 0;

  // Removes a document and all that was kept of it.  kDocumentNotFound, metadata "name";
  // kStoreFull when the disk has no room left for the journal of the change.
  virtual absl::Status Delete(std::string_view id) = 0;

  // One page of the documents.  Documents that are stored or deleted between two pages make none
  // of the others appear twice or not at all.
  virtual absl::StatusOr<DocumentPage> List(const ListQuery& query) = 0;

  // The ids of the documents that state any of the series, the latest `latest_day` first, those of
  // one day latest stored first, those without a day at the end.  Documents of a day later than
  // `not_after` are left out.  By the time that one is read it may be deleted.
  virtual absl::StatusOr<std::vector<std::string>> FindDocuments(const HistoryQuery& query) = 0;

  // OK when documents can be read.
  virtual absl::Status CheckReady() = 0;
};

}  // namespace crossfoot::store

#endif  // CROSSFOOT_SERVICES_STORE_DOCUMENT_STORE_H_
