#include "services/document/pdf/process.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "crossfoot/interchange/v1/pdf_text.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "services/document/characters.h"
#include "services/document/pdf/child_process.h"
#include "services/document/text_decoder.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using interchange::v1::PdfFailure;
using interchange::v1::PdfText;

// How often it is looked whether the work is given up.
constexpr int kPollMs = 10;
// The largest message: a page of some million characters.
constexpr size_t kMaxMessageBytes = size_t{64} << 20;
// Pages with fewer characters each, on average, have no text layer: a scan with a stamp or a page
// number that the scanner added.
constexpr int64_t kMinCharacters = 4;
// Lengths beyond this, in points, are none of a page: 14,400 is the most that PDF allows.
constexpr float kMaxLength = 1'000'000;

absl::Status Damaged(std::string_view uri, std::string_view why) {
  return core::MakeError(ErrorReason::kDocumentDamaged,
                         absl::StrCat(core::ToAbsl(uri), " cannot be read as PDF: ",
                                      core::ToAbsl(why), "; open it, save it anew, and send that"));
}

absl::Status TooLarge(std::string_view uri, std::string_view what) {
  return core::MakeError(ErrorReason::kDocumentTooLarge,
                         absl::StrCat(core::ToAbsl(uri), " has more ", core::ToAbsl(what),
                                      " than are read; split it"));
}

// The characters of `text` from `at` on are valid UTF-8 and `count` of them end at the returned
// byte; npos when there are fewer.
size_t EndOf(std::string_view text, size_t at, int32_t count) {
  for (; count > 0 && at < text.size(); --count) at += CodePointAt(text, at).size_bytes;
  return count > 0 ? std::string_view::npos : at;
}

bool IsLength(float value) { return std::isfinite(value) && std::abs(value) <= kMaxLength; }

// Takes a page over; false when it breaks a promise of pdf_page.h that no real page can.  Words
// without height or size, which real pages have, are left out.
bool TakePage(interchange::v1::PdfPage& source, PdfPage& page) {
  if (!IsLength(source.width()) || !IsLength(source.height())) return false;
  if (FindInvalidUtf8(source.text()) < source.text().size()) return false;
  page.width = source.width();
  page.height = source.height();
  page.text = std::move(*source.mutable_text());
  page.edges.assign(source.edges().begin(), source.edges().end());
  page.words.reserve(static_cast<size_t>(source.words_size()));
  size_t at = 0;
  size_t edge = 0;
  for (const interchange::v1::PdfWord& word : source.words()) {
    const int32_t characters = word.characters();
    if (characters <= 0 || static_cast<size_t>(characters) >= page.edges.size() - edge)
      return false;
    const size_t end = EndOf(page.text, at, characters);
    if (end == std::string_view::npos) return false;
    PdfWord taken;
    taken.start = static_cast<int32_t>(at);
    taken.end = static_cast<int32_t>(end);
    taken.first_edge = static_cast<int32_t>(edge);
    taken.characters = characters;
    taken.top = word.top();
    taken.bottom = word.bottom();
    taken.size = word.size();
    taken.bold = word.bold();
    bool usable = IsLength(word.top()) && IsLength(word.bottom()) && word.top() < word.bottom() &&
                  IsLength(word.size()) && word.size() > 0;
    for (int32_t character = 0; character <= characters; ++character, ++edge) {
      usable &= IsLength(page.edges[edge]);
      // Marks that combine may begin before the letter that they stand on.
      if (character > 0) page.edges[edge] = std::max(page.edges[edge], page.edges[edge - 1]);
    }
    at = end;
    if (usable) page.words.push_back(taken);
  }
  return at == page.text.size() && edge == page.edges.size();
}

// Reads what the process writes.
class Conversation {
 public:
  Conversation(std::string_view uri, int64_t max_bytes, const core::Cancellation* cancellation,
               const PdfLimits& limits)
      : uri_(uri), max_bytes_(max_bytes), cancellation_(cancellation), limits_(limits) {}

  absl::StatusOr<std::vector<PdfPage>> Run(int in) {
    const auto deadline = std::chrono::steady_clock::now() + limits_.time;
    std::vector<char> chunk(size_t{1} << 18);
    while (!ended_) {
      if (core::Stopped(cancellation_)) return cancellation_->status();
      if (std::chrono::steady_clock::now() >= deadline)
        return Damaged(uri_, "it takes too long to read");
      pollfd event = {in, POLLIN, 0};
      const int ready = poll(&event, 1, kPollMs);
      if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
      if (ready < 0) return SystemError("cannot wait for the reader of PDF");
      const ssize_t count = read(in, chunk.data(), chunk.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return Damaged(uri_, "the program that reads it gave up");
      buffer_.append(chunk.data(), static_cast<size_t>(count));
      if (absl::Status status = TakeMessages(); !status.ok()) return status;
    }
    if (characters_ < kMinCharacters * page_count_) {
      return core::MakeError(
          ErrorReason::kTextLayerMissing,
          absl::StrCat(core::ToAbsl(uri_), " has no text layer: its ", page_count_,
                       " pages are pictures, or are shown sideways; recognise the characters (OCR) "
                       "or turn the pages, and send the result"));
    }
    return std::move(pages_);
  }

 private:
  // Takes the messages that the buffer holds whole.
  absl::Status TakeMessages() {
    size_t at = 0;
    while (!ended_) {
      const auto* const data = reinterpret_cast<const uint8_t*>(buffer_.data()) + at;
      const size_t left = buffer_.size() - at;
      google::protobuf::io::CodedInputStream stream(
          data, static_cast<int>(std::min(left, kMaxMessageBytes)));
      uint32_t size = 0;
      if (!stream.ReadVarint32(&size)) {
        if (left >= 10) return Garbage();
        break;
      }
      if (size > kMaxMessageBytes) return Garbage();
      const auto prefix = static_cast<size_t>(stream.CurrentPosition());
      if (left - prefix < size) break;
      PdfText part;
      if (!part.ParseFromArray(data + prefix, static_cast<int>(size))) return Garbage();
      at += prefix + size;
      if (absl::Status status = Take(part); !status.ok()) return status;
    }
    buffer_.erase(0, at);
    return absl::OkStatus();
  }

  absl::Status Take(PdfText& part) {
    switch (part.part_case()) {
      case PdfText::kDocument:
        if (page_count_ > 0 || part.document().page_count() <= 0 ||
            part.document().page_count() > limits_.max_pages)
          return Garbage();
        page_count_ = part.document().page_count();
        return absl::OkStatus();
      case PdfText::kPage: {
        if (static_cast<int32_t>(pages_.size()) >= page_count_) return Garbage();
        PdfPage& page = pages_.emplace_back();
        if (!TakePage(*part.mutable_page(), page)) return Garbage();
        bytes_ += static_cast<int64_t>(page.text.size());
        for (const PdfWord& word : page.words) characters_ += word.characters;
        if (bytes_ > max_bytes_) return TooLarge(uri_, "words");
        return absl::OkStatus();
      }
      case PdfText::kEnd:
        if (page_count_ == 0 || static_cast<int32_t>(pages_.size()) != page_count_)
          return Garbage();
        ended_ = true;
        return absl::OkStatus();
      case PdfText::kFailure:
        return Failure(part.failure().reason());
      case PdfText::PART_NOT_SET:
        break;
    }
    return Garbage();
  }

  absl::Status Failure(PdfFailure::Reason reason) const {
    switch (reason) {
      case PdfFailure::REASON_ENCRYPTED:
        return core::MakeError(
            ErrorReason::kDocumentEncrypted,
            absl::StrCat(core::ToAbsl(uri_), " is protected by a password; save it without one"));
      case PdfFailure::REASON_TOO_LARGE:
        return TooLarge(uri_, "pages or bytes");
      default:
        return Damaged(uri_, "it has no pages that can be found");
    }
  }

  absl::Status Garbage() const { return Damaged(uri_, "the program that reads it was misled"); }

  std::string_view uri_;
  int64_t max_bytes_;
  const core::Cancellation* cancellation_;
  const PdfLimits& limits_;
  std::string buffer_;  // what was read and not taken
  std::vector<PdfPage> pages_;
  int32_t page_count_ = 0;
  int64_t bytes_ = 0;
  int64_t characters_ = 0;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<std::vector<PdfPage>> ReadPdfPages(std::string_view uri, std::string_view source,
                                                  const std::string& program, int64_t max_bytes,
                                                  const core::Cancellation* cancellation,
                                                  const PdfLimits& limits) {
  const auto missing = [&] {
    return core::MakeError(
        ErrorReason::kFormatUnsupported,
        absl::StrCat(core::ToAbsl(uri),
                     " is a PDF, and the program that reads them is not installed: put "
                     "crossfoot-pdf-reader beside crossfoot, or send text, HTML, DOCX or XLSX"),
        {{"format", "application/pdf"}});
  };
  if (program.empty()) return missing();
  Descriptor document;
  if (absl::Status status = WriteToMemory(source, document); !status.ok()) return status;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return SystemError("no pipe to the reader of PDF");
  const Descriptor out(ends[0]);
  Descriptor in(ends[1]);
  const auto size = static_cast<int64_t>(source.size());
  ChildProcess reader;
  const int error = reader.Start(
      {program,
       // It has the bytes twice while its buffer grows.
       absl::StrCat(limits.address_space_bytes + 3 * size), absl::StrCat(limits.cpu_time.count()),
       absl::StrCat(std::max(size, int64_t{1})), absl::StrCat(limits.max_pages)},
      document.number(), in.number());
  in.Close();
  document.Close();
  if (error == ENOENT || error == EACCES || error == ENOEXEC) return missing();
  if (error != 0) {
    errno = error;
    return SystemError("cannot start the reader of PDF");
  }
  return Conversation(uri, max_bytes, cancellation, limits).Run(out.number());
}

}  // namespace crossfoot::document
