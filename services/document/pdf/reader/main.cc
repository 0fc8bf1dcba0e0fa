// crossfoot-pdf-reader: reads a PDF from the standard input and writes its words and where they
// stand to the standard output, as crossfoot/interchange/v1/pdf_text.proto says.  It gives up all
// rights first (sandbox.h): what is wrong with a document can cost this process and nothing else.
//
//   crossfoot-pdf-reader ADDRESS_SPACE_BYTES CPU_SECONDS MAX_BYTES MAX_PAGES < document.pdf
//
// Exit status: 0 when all was written, a failure of the document included; 1 when there is no
// sandbox or nobody takes what is written; 2 for bad arguments.

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crossfoot/interchange/v1/pdf_text.pb.h"
#include "services/document/pdf/reader/read_pages.h"
#include "services/document/pdf/sandbox.h"

namespace {

using crossfoot::interchange::v1::PdfFailure;
using crossfoot::interchange::v1::PdfText;

bool ParsePositive(std::string_view text, int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value > 0;
}

// Appends at most `max_bytes` of the standard input; false for more of them, or when it cannot be
// read.
bool ReadInput(int64_t max_bytes, std::string& bytes) {
  constexpr size_t kChunkBytes = size_t{1} << 18;
  for (;;) {
    const size_t size = bytes.size();
    bytes.resize(size + kChunkBytes);
    const ssize_t count = read(STDIN_FILENO, bytes.data() + size, kChunkBytes);
    bytes.resize(size + (count > 0 ? static_cast<size_t>(count) : 0));
    if (count == 0) return true;
    if (count < 0 && errno != EINTR) return false;
    if (static_cast<int64_t>(bytes.size()) > max_bytes) return false;
  }
}

bool Write(const PdfText& part) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    if (!google::protobuf::util::SerializeDelimitedToZeroCopyStream(part, &stream)) return false;
  }
  for (size_t written = 0; written < bytes.size();) {
    const ssize_t count = write(STDOUT_FILENO, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) written += static_cast<size_t>(count);
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  crossfoot::document::SandboxLimits limits;
  int64_t max_bytes = 0;
  int64_t max_pages = 0;
  if (argc != 5 || !ParsePositive(argv[1], limits.address_space_bytes) ||
      !ParsePositive(argv[2], limits.cpu_seconds) || !ParsePositive(argv[3], max_bytes) ||
      !ParsePositive(argv[4], max_pages) || max_pages > INT32_MAX) {
    return 2;
  }
  crossfoot::document::pdf_reader::LoadLibraries();
  if (!crossfoot::document::EnterSandbox(limits)) return 1;
  std::string bytes;
  bool written = true;
  if (ReadInput(max_bytes, bytes)) {
    crossfoot::document::pdf_reader::ReadPages(bytes, static_cast<int32_t>(max_pages),
                                               [&written](const PdfText& part) {
                                                 written = Write(part);
                                                 return written;
                                               });
  } else {
    PdfText part;
    part.mutable_failure()->set_reason(PdfFailure::REASON_TOO_LARGE);
    written = Write(part);
  }
  // Nothing is left to tidy up, and what a document did to the heap must not matter any more.
  _exit(written ? 0 : 1);
}
