#include "services/document/pdf/pdf_annotator.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/place.h"
#include "core/verdict.h"
#include "crossfoot/interchange/v1/pdf_annotation.pb.h"
#include "services/document/pdf/child_process.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using interchange::v1::PdfAnnotation;

// How often it is looked whether the process has ended.
constexpr std::chrono::milliseconds kPoll{2};
// What a copy may be larger than the original by, beside its size: poppler may write it anew.
constexpr int64_t kMaxAddedBytes = int64_t{64} << 20;

uint32_t ColorOf(core::Severity severity) {
  switch (severity) {
    case core::Severity::kError:
      return 0xFFA8A0;
    case core::Severity::kWarning:
      return 0xFFE070;
    default:
      return 0xA8D4FF;
  }
}

absl::StatusOr<PdfAnnotation> MakeRequest(const core::Document& document,
                                          const std::vector<Remark>& remarks) {
  PdfAnnotation request;
  request.set_document(document.original);
  for (const Remark& remark : remarks) {
    const std::optional<core::Place> place = document.PlaceOf(document.SpanOf(remark.range));
    if (!place.has_value() || place->boxes.empty()) {
      return core::MakeError(ErrorReason::kInternal, "a remark is about words that stand nowhere");
    }
    interchange::v1::PdfHighlight& highlight = *request.add_highlights();
    highlight.set_page(place->page);
    for (const core::Box& from : place->boxes) {
      interchange::v1::PdfBox& box = *highlight.add_boxes();
      box.set_left(from.left);
      box.set_top(from.top);
      box.set_right(from.right);
      box.set_bottom(from.bottom);
    }
    highlight.set_contents(remark.text);
    highlight.set_color(ColorOf(remark.severity));
  }
  return request;
}

// All bytes of a file in memory.
absl::StatusOr<std::string> ReadFromMemory(int file) {
  struct stat status;
  if (fstat(file, &status) != 0) return SystemError("cannot read the copy");
  std::string bytes(static_cast<size_t>(status.st_size), '\0');
  for (size_t read = 0; read < bytes.size();) {
    const ssize_t count =
        pread(file, bytes.data() + read, bytes.size() - read, static_cast<off_t>(read));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return SystemError("cannot read the copy");
    read += static_cast<size_t>(count);
  }
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> AnnotatePdf(const core::Document& document,
                                        const std::vector<Remark>& remarks,
                                        const std::string& program, const PdfLimits& limits) {
  const auto missing = [&] {
    return core::MakeError(
        ErrorReason::kFormatUnsupported,
        absl::StrCat(document.uri,
                     " is a PDF, and the program that marks words in them is not installed: put "
                     "crossfoot-pdf-annotator beside crossfoot"),
        {{"format", "application/pdf"}});
  };
  const auto damaged = [&](const char* why) {
    return core::MakeError(ErrorReason::kDocumentDamaged,
                           absl::StrCat(document.uri, " cannot be copied with remarks: ", why,
                                        "; open it, save it anew, and send that"));
  };
  if (remarks.empty()) return document.original;
  if (program.empty()) return missing();
  absl::StatusOr<PdfAnnotation> request = MakeRequest(document, remarks);
  if (!request.ok()) return request.status();
  Descriptor in;
  Descriptor out;
  if (absl::Status status = WriteToMemory(request->SerializeAsString(), in); !status.ok())
    return status;
  if (absl::Status status = WriteToMemory("", out); !status.ok()) return status;
  const auto size = static_cast<int64_t>(document.original.size());
  ChildProcess annotator;
  const int error = annotator.Start(
      {program,
       // It has the bytes several times: as they came, as a message, as a copy.
       absl::StrCat(limits.address_space_bytes + 6 * size), absl::StrCat(limits.cpu_time.count()),
       absl::StrCat(2 * size + kMaxAddedBytes)},
      in.number(), out.number());
  in.Close();
  if (error == ENOENT || error == EACCES || error == ENOEXEC) return missing();
  if (error != 0) {
    errno = error;
    return SystemError("cannot start the program that marks words in PDF");
  }
  const auto deadline = std::chrono::steady_clock::now() + limits.time;
  std::optional<int> ended;
  while (!(ended = annotator.ExitStatus()).has_value()) {
    if (std::chrono::steady_clock::now() >= deadline) return damaged("it takes too long");
    std::this_thread::sleep_for(kPoll);
  }
  if (*ended != 0) return damaged("the program that does so gave up");
  absl::StatusOr<std::string> copy = ReadFromMemory(out.number());
  if (copy.ok() && copy->empty()) return damaged("the program that does so wrote nothing");
  return copy;
}

}  // namespace crossfoot::document
