#ifndef CROSSFOOT_CORE_TEXT_H_
#define CROSSFOOT_CORE_TEXT_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace crossfoot::core {

// A string that never changes, in the space of one pointer.  Copies share their bytes, so the names
// that a lexicon holds cost nothing where they are used; the empty string is no bytes at all.  Safe
// to copy and destroy in several threads at once.
//
//   mention.unit = unit_info.code;        // shared
//   std::string label = mention.unit;     // copied
class Text {
 public:
  Text() = default;
  explicit Text(std::string_view text) : bytes_(text.empty() ? nullptr : Make(text)) {}
  Text(const Text& other) : bytes_(other.bytes_) {
    if (bytes_ != nullptr) Share();
  }
  Text(Text&& other) noexcept : bytes_(std::exchange(other.bytes_, nullptr)) {}
  Text& operator=(Text other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  Text& operator=(std::string_view text) { return *this = Text(text); }
  Text& operator=(const std::string& text) { return *this = Text(text); }
  Text& operator=(const char* text) { return *this = Text(text); }
  ~Text() {
    if (bytes_ != nullptr) Release();
  }

  // Stays valid while a copy of this lives.
  std::string_view view() const;
  operator std::string_view() const { return view(); }          // NOLINT: it is one
  operator std::string() const { return std::string(view()); }  // NOLINT: it is one

  bool empty() const { return bytes_ == nullptr; }
  void clear() { *this = Text(); }

  friend bool operator==(const Text& a, const Text& b) {
    return a.bytes_ == b.bytes_ || a.view() == b.view();
  }
  friend bool operator==(const Text& a, std::string_view b) { return a.view() == b; }
  friend bool operator==(const Text& a, const std::string& b) { return a.view() == b; }
  friend bool operator==(const Text& a, const char* b) { return a.view() == b; }
  friend std::string operator+(std::string text, const Text& more) {
    text += more.view();
    return text;
  }
  friend std::ostream& operator<<(std::ostream& out, const Text& text) {
    return out << text.view();
  }

 private:
  struct Bytes;  // a count of the owners and a size, with the bytes behind them

  static Bytes* Make(std::string_view text);
  void Share() const;
  void Release();

  Bytes* bytes_ = nullptr;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_TEXT_H_
