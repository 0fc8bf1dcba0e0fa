#ifndef CROSSFOOT_CORE_COMPACT_INTEGER_H_
#define CROSSFOOT_CORE_COMPACT_INTEGER_H_

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <utility>

namespace crossfoot::core {

using Integer = boost::multiprecision::cpp_int;

// An integer of any size in the space of one machine word: up to 62 bits are kept in place, larger
// ones on the heap.  Printed statistics nearly always fit, and a report holds many of them.
class CompactInteger {
 public:
  static constexpr int64_t kMaxSmall = (int64_t{1} << 62) - 1;

  CompactInteger() : CompactInteger(0) {}
  CompactInteger(int64_t value) {  // NOLINT: integers are integers
    if (value >= -kMaxSmall && value <= kMaxSmall) {
      word_ = Tag(value);
    } else {
      word_ = Box(Integer(value));
    }
  }
  explicit CompactInteger(Integer value);

  CompactInteger(const CompactInteger& other)
      : word_(other.small() ? other.word_ : Box(other.big())) {}
  CompactInteger(CompactInteger&& other) noexcept : word_(std::exchange(other.word_, Tag(0))) {}
  CompactInteger& operator=(CompactInteger other) noexcept {
    std::swap(word_, other.word_);
    return *this;
  }
  ~CompactInteger() {
    if (!small()) Free();
  }

  // Whether it is kept in place; every number from -kMaxSmall to kMaxSmall is.
  bool small() const { return (word_ & 1) != 0; }
  // The number; `small()` must be true.
  int64_t small_value() const { return static_cast<int64_t>(word_) >> 1; }
  Integer value() const { return small() ? Integer(small_value()) : big(); }

  int sign() const {
    if (!small()) return big().sign();
    return (small_value() > 0) - (small_value() < 0);
  }
  bool zero() const { return word_ == Tag(0); }
  bool one() const { return word_ == Tag(1); }

  CompactInteger operator-() const {
    return small() ? CompactInteger(-small_value()) : CompactInteger(Integer(-big()));
  }
  CompactInteger Abs() const { return sign() < 0 ? -*this : *this; }
  friend CompactInteger operator*(const CompactInteger& a, const CompactInteger& b) {
    int64_t product;
    if (a.small() && b.small() &&
        !__builtin_mul_overflow(a.small_value(), b.small_value(), &product)) {
      return product;
    }
    return CompactInteger(Integer(a.value() * b.value()));
  }
  friend CompactInteger operator+(const CompactInteger& a, const CompactInteger& b) {
    // Two numbers of 62 bits cannot overflow a word.
    if (a.small() && b.small()) return a.small_value() + b.small_value();
    return CompactInteger(Integer(a.value() + b.value()));
  }
  friend CompactInteger operator-(const CompactInteger& a, const CompactInteger& b) {
    if (a.small() && b.small()) return a.small_value() - b.small_value();
    return CompactInteger(Integer(a.value() - b.value()));
  }
  friend bool operator==(const CompactInteger& a, const CompactInteger& b) {
    // A number is either always small or never.
    if (a.small() || b.small()) return a.word_ == b.word_;
    return a.big() == b.big();
  }
  friend int Compare(const CompactInteger& a, const CompactInteger& b) {  // -1, 0, 1
    if (a.small() && b.small()) {
      return (a.small_value() > b.small_value()) - (a.small_value() < b.small_value());
    }
    const int order = a.value().compare(b.value());
    return (order > 0) - (order < 0);
  }

 private:
  static uint64_t Tag(int64_t value) { return static_cast<uint64_t>(value) << 1 | 1; }
  static uint64_t Box(Integer value);
  const Integer& big() const { return *reinterpret_cast<const Integer*>(word_); }
  void Free();

  uint64_t word_;  // 2 * number + 1, or the address of an Integer, which is even
};

int Compare(const CompactInteger& a, const CompactInteger& b);

}  // namespace crossfoot::core

#endif  // CROSSFOOT_CORE_COMPACT_INTEGER_H_
