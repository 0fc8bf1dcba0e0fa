#include "clients/cpp/documents.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "services/report/utf8.h"

namespace crossfoot::client {

v1::Document TextDocument(std::string text, std::string uri) {
  v1::Document document;
  document.set_text(std::move(text));
  document.set_uri(std::move(uri));
  return document;
}

v1::Document BytesDocument(std::string bytes, std::string uri) {
  v1::Document document;
  document.set_content(std::move(bytes));
  document.set_uri(std::move(uri));
  return document;
}

absl::StatusOr<v1::Document> FileDocument(const std::string& path) {
  constexpr size_t kChunkBytes = size_t{1} << 16;
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  std::string chunk(kChunkBytes, '\0');
  while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || file.gcount() > 0)
    bytes.append(chunk, 0, static_cast<size_t>(file.gcount()));
  if (!file.is_open() || file.bad()) {
    return core::MakeError(
        errno == ENOENT ? core::ErrorReason::kFileNotFound : core::ErrorReason::kFileUnreadable,
        absl::StrCat(path, ": ", std::strerror(errno)));
  }
  return BytesDocument(std::move(bytes), report::ToValidUtf8(path));
}

std::vector<Place> PlacesOf(const v1::ValidateDocumentResponse& result,
                            const v1::Finding& finding) {
  std::map<std::string_view, Place> known;
  for (const v1::Figure& figure : result.figures())
    known[figure.id()] = {result.document().uri(), &figure};
  for (const v1::CitedFigure& cited : result.cited_figures())
    known[cited.figure().id()] = {cited.document_uri(), &cited.figure()};
  std::vector<Place> places;
  for (const std::string& id : finding.figure_ids())
    if (const auto at = known.find(id); at != known.end()) places.push_back(at->second);
  return places;
}

}  // namespace crossfoot::client
