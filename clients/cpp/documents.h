#ifndef CROSSFOOT_CLIENTS_CPP_DOCUMENTS_H_
#define CROSSFOOT_CLIENTS_CPP_DOCUMENTS_H_

#include <string>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/status/statusor.h"
#include "crossfoot/v1/document.pb.h"
#include "crossfoot/v1/figure.pb.h"
#include "crossfoot/v1/finding.pb.h"
#include "crossfoot/v1/validation_service.pb.h"

// Documents for requests, and where the findings of results are printed.

namespace crossfoot::client {

// A document given as text, which must be UTF-8.  `uri` names it in results and may be empty.
v1::Document TextDocument(std::string text, std::string uri = "");

// A document given as its bytes: text, Markdown or HTML in any encoding that is read.
v1::Document BytesDocument(std::string bytes, std::string uri = "");

// The file at `path`, which is also its uri.  kFileNotFound, kFileUnreadable.
absl::StatusOr<v1::Document> FileDocument(const std::string& path);

// Where a figure is printed: `figure->span()` has line, column, bytes and words.
struct Place {
  // The uri of the document that was checked, or of the earlier one that the figure is cited from.
  std::string document_uri;
  const v1::Figure* figure = nullptr;  // of the result; never null
};

// The places of all figures that take part in a finding of `result`, in the order of its
// figure_ids.  Empty where the request asked for no figures (VIEW_SUMMARY).
std::vector<Place> PlacesOf(const v1::ValidateDocumentResponse& result
                                ABSL_ATTRIBUTE_LIFETIME_BOUND,
                            const v1::Finding& finding);

}  // namespace crossfoot::client

#endif  // CROSSFOOT_CLIENTS_CPP_DOCUMENTS_H_
