#ifndef CROSSFOOT_CORE_BOXED_H_
#define CROSSFOOT_CORE_BOXED_H_

#include <memory>
#include <optional>
#include <utility>

namespace crossfoot::core {

// A std::optional in the space of one pointer, for values that most of many objects do not have.
// Copies are deep.
template <typename Value>
class Boxed {
 public:
  Boxed() = default;
  Boxed(std::nullopt_t) {}  // NOLINT: as std::optional
  Boxed(Value value) : value_(std::make_unique<Value>(std::move(value))) {}  // NOLINT: the same
  Boxed(std::optional<Value> value) {                                        // NOLINT: the same
    if (value) value_ = std::make_unique<Value>(*std::move(value));
  }
  Boxed(const Boxed& other) {
    if (other.value_) value_ = std::make_unique<Value>(*other.value_);
  }
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(Boxed other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }

  operator std::optional<Value>() const {  // NOLINT: it is one
    return value_ ? std::optional<Value>(*value_) : std::nullopt;
  }

  bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  void reset() { value_.reset(); }

  // There must be a value.
  const Value& operator*() const { return *value_; }
  Value& operator*() { return *value_; }
  const Value* operator->() const { return value_.get(); }
  Value* operator->() { return value_.get(); }

 private:
  std::unique_ptr<Value> value_;
};

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_BOXED_H_
