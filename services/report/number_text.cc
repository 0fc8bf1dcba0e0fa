#include "services/report/number_text.h"

#include <algorithm>

#include "core/decimal.h"

namespace crossfoot::report {
namespace {

constexpr int32_t kMaxPlaces = 12;
constexpr int32_t kExtraPlaces = 2;
// A number that ends within so many places more is written out.
constexpr int32_t kExactPlaces = 4;
// For figures without a quantum.
constexpr int32_t kDefaultPlaces = 4;

}  // namespace

NumberFormat NumberFormat::For(const core::Figure& figure) {
  NumberFormat format;
  if (figure.unit != "%" && figure.unit != "pp") {
    const core::Rational size = figure.value.Abs();
    if (size >= core::Rational(core::Decimal::PowerOfTen(8))) {
      format.scale_exponent_ = 8;
    } else if (size >= core::Rational(core::Decimal::PowerOfTen(4))) {
      format.scale_exponent_ = 4;
    }
  }
  format.places_ = kDefaultPlaces;
  if (!figure.quantum.zero()) {
    const int32_t quantum_places = -figure.quantum.Normalized().exponent();
    format.places_ =
        std::clamp(quantum_places + format.scale_exponent_ + kExtraPlaces, 0, kMaxPlaces);
  }
  return format;
}

std::string NumberFormat::Format(const core::Rational& number) const {
  const core::Rational scaled =
      number * core::Rational(core::Decimal::PowerOfTen(-scale_exponent_));
  core::Decimal shown = scaled.RoundedTo(places_ + kExactPlaces);
  std::string text;
  if (core::Rational(shown) != scaled) {
    shown = scaled.RoundedTo(places_);
    text = "≈";
  }
  text += shown.ToString();
  if (scale_exponent_ == 8) text += "亿";
  if (scale_exponent_ == 4) text += "万";
  return text;
}

std::string NumberFormat::Format(const core::Interval& interval) const {
  const core::Bound& lo = interval.lo();
  const core::Bound& hi = interval.hi();
  std::string text = !lo.infinite && lo.closed ? "[" : "(";
  text += lo.infinite ? "-∞" : Format(lo.value);
  text += ", ";
  text += hi.infinite ? "+∞" : Format(hi.value);
  text += !hi.infinite && hi.closed ? "]" : ")";
  return text;
}

}  // namespace crossfoot::report
