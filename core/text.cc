#include "core/text.h"

#include <atomic>
#include <cstring>
#include <new>

namespace crossfoot::core {

struct Text::Bytes {
  std::atomic<uint32_t> owners;
  uint32_t size;

  char* data() { return reinterpret_cast<char*>(this + 1); }
};

Text::Bytes* Text::Make(std::string_view text) {
  void* memory = ::operator new(sizeof(Bytes) + text.size());
  Bytes* bytes = new (memory) Bytes{1, static_cast<uint32_t>(text.size())};
  std::memcpy(bytes->data(), text.data(), text.size());
  return bytes;
}

void Text::Share() const { bytes_->owners.fetch_add(1, std::memory_order_relaxed); }

void Text::Release() {
  if (bytes_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    bytes_->~Bytes();
    ::operator delete(bytes_);
  }
}

std::string_view Text::view() const {
  return bytes_ == nullptr ? std::string_view() : std::string_view(bytes_->data(), bytes_->size);
}

}  // namespace crossfoot::core
