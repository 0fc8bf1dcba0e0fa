#include "clients/cli/progress.h"

#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "services/report/utf8.h"

namespace crossfoot::cli {
namespace {

using report::Language;

constexpr char kEraseToEnd[] = "\x1b[K";

// "1.3 MB".
std::string SizeText(double bytes) {
  for (const char* unit : {"B", "kB", "MB"}) {
    if (bytes < 999.5) return absl::StrFormat("%.*f %s", bytes < 9.95 ? 1 : 0, bytes, unit);
    bytes /= 1000;
  }
  return absl::StrFormat("%.1f GB", bytes);
}

// "1 min 20 s", rounded up.
std::string DurationText(absl::Duration duration, Language language) {
  const int64_t seconds = absl::ToInt64Seconds(absl::Ceil(duration, absl::Seconds(1)));
  if (seconds < 60) return Say(language, messages::kSeconds, {std::to_string(seconds)});
  if (seconds < 3600) {
    return Say(language, messages::kMinutes,
               {std::to_string(seconds / 60), std::to_string(seconds % 60)});
  }
  return Say(language, messages::kHours,
             {std::to_string(seconds / 3600), std::to_string(seconds / 60 % 60)});
}

}  // namespace

std::string ProgressText(const Progress& progress, Language language, int32_t columns) {
  std::vector<std::string> parts = {
      Say(language, messages::kFilesDone,
          {std::to_string(progress.files_done), std::to_string(progress.files)})};
  const double seconds = absl::ToDoubleSeconds(progress.elapsed);
  if (progress.bytes_done > 0 && seconds > 0) {
    const double speed = static_cast<double>(progress.bytes_done) / seconds;
    parts.push_back(Say(language, messages::kSpeed, {SizeText(speed)}));
    const int64_t left = progress.bytes - progress.bytes_done;
    if (left > 0) {
      const absl::Duration time = absl::Seconds(static_cast<double>(left) / speed);
      parts.push_back(Say(language, messages::kTimeLeft, {DurationText(time, language)}));
    }
  }
  std::string text;
  for (const std::string& part : parts) {
    if (report::DisplayWidth(text) + report::DisplayWidth(part) > columns) break;
    text += part;
  }
  return text;
}

void ProgressLine::Start(Language language, size_t files, int64_t bytes) {
  const std::lock_guard lock(mutex_);
  running_ = true;
  language_ = language;
  progress_ = {.files = files, .bytes = bytes};
  start_ = terminal_.now();
  next_ = start_ + kDelay;
}

void ProgressLine::Advance(int64_t bytes) {
  {
    const std::lock_guard lock(mutex_);
    ++progress_.files_done;
    progress_.bytes_done += bytes;
  }
  Refresh();
}

void ProgressLine::Refresh() {
  const std::lock_guard lock(mutex_);
  const absl::Time now = terminal_.now();
  if (!running_ || !room_ || now < next_) return;
  next_ = now + kInterval;
  progress_.elapsed = now - start_;
  // The last column stays free: terminals differ in what they do with a cursor behind it.
  terminal_.out << "\r" + ProgressText(progress_, language_, terminal_.columns() - 1) + kEraseToEnd
                << std::flush;
  shown_ = true;
}

void ProgressLine::Erase() {
  const std::lock_guard lock(mutex_);
  if (!shown_) return;
  terminal_.out << std::string("\r") + kEraseToEnd << std::flush;
  shown_ = false;
}

void ProgressLine::SetRoom(bool room) {
  const std::lock_guard lock(mutex_);
  room_ = room;
}

void ProgressLine::Stop() {
  Erase();
  const std::lock_guard lock(mutex_);
  running_ = false;
}

ErasingBuffer::int_type ErasingBuffer::overflow(int_type byte) {
  line_.Erase();
  pending_ = true;
  if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
  line_.SetRoom(traits_type::to_char_type(byte) == '\n');
  return buffer_.sputc(traits_type::to_char_type(byte));
}

std::streamsize ErasingBuffer::xsputn(const char* bytes, std::streamsize size) {
  if (size <= 0) return 0;
  line_.Erase();
  line_.SetRoom(bytes[size - 1] == '\n');
  pending_ = true;
  return buffer_.sputn(bytes, size);
}

int ErasingBuffer::sync() {
  if (pending_) line_.Erase();
  pending_ = false;
  return buffer_.pubsync();
}

}  // namespace crossfoot::cli
