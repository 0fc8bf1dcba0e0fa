#ifndef CROSSFOOT_CLIENTS_CLI_PROGRESS_H_
#define CROSSFOOT_CLIENTS_CLI_PROGRESS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <ostream>
#include <streambuf>
#include <string>

#include "absl/time/time.h"
#include "services/report/language.h"

// A line on a terminal that tells how far a run is.

namespace crossfoot::cli {

// How far a run is.
struct Progress {
  size_t files_done = 0;
  size_t files = 0;
  int64_t bytes_done = 0;  // the sizes of the files that are done
  int64_t bytes = 0;       // of all files; 0 for one whose size nobody knows, such as a pipe
  absl::Duration elapsed = absl::ZeroDuration();  // since the first file was begun
};

// "12 of 340 files, 1.3 MB/s, about 45 s left", in one line of at most `columns` columns: what does
// not fit is left out, and so is what the sizes do not tell.
std::string ProgressText(const Progress& progress, report::Language language, int32_t columns);

// Draws the line.  Only Erase may be called by other threads than the one that starts it.
class ProgressLine {
 public:
  // What is drawn when: a short run shows nothing.
  static constexpr absl::Duration kDelay = absl::Seconds(1);
  static constexpr absl::Duration kInterval = absl::Milliseconds(250);

  struct Terminal {
    std::ostream& out;  // written to directly; must outlive the line
    std::function<int32_t()> columns;
    std::function<absl::Time()> now;
  };

  explicit ProgressLine(Terminal terminal) : terminal_(std::move(terminal)) {}

  // Begins a run of `files` files with `bytes` bytes in all.
  void Start(report::Language language, size_t files, int64_t bytes);

  // One more file is done, of this size.
  void Advance(int64_t bytes);

  // Draws the line, if it is time.
  void Refresh();

  // Takes the line away, so that something else can be printed.
  void Erase();

  // What was printed last ended its line, or did not: there is no room for the line then.
  void SetRoom(bool room);

  // The same; the run is over.
  void Stop();

 private:
  const Terminal terminal_;
  std::mutex mutex_;
  bool running_ = false;
  bool shown_ = false;
  bool room_ = true;
  report::Language language_ = report::Language::kChinese;
  Progress progress_;
  absl::Time start_;
  absl::Time next_;  // not drawn before
};

// A stream to the terminal of `line`: whatever is written takes the line away first.  `buffer` and
// `line` must outlive it.
class ErasingBuffer : public std::streambuf {
 public:
  ErasingBuffer(std::streambuf& buffer, ProgressLine& line) : buffer_(buffer), line_(line) {}

 protected:
  int_type overflow(int_type byte) override;
  std::streamsize xsputn(const char* bytes, std::streamsize size) override;
  int sync() override;

 private:
  std::streambuf& buffer_;
  ProgressLine& line_;
  bool pending_ = false;  // something may not have reached the terminal yet
};

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_PROGRESS_H_
