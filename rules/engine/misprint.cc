#include "rules/engine/misprint.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace crossfoot::rules {
namespace {

using core::Decimal;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int32_t DecimalsOf(std::string_view digits) {
  const size_t point = digits.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int32_t>(digits.size() - point - 1);
}

// "007" and "" are no numbers that anyone prints; "0.7" is.
bool Printable(std::string_view digits) {
  if (digits.empty() || !IsDigit(digits.front()) || !IsDigit(digits.back())) return false;
  return digits.size() < 2 || digits[0] != '0' || digits[1] == '.';
}

template <typename Visit>
void ForEachVariant(std::string_view digits, Visit visit) {
  std::string text(digits);
  auto offer = [&](MisprintKind kind, std::string variant) {
    if (Printable(variant) && variant != digits) visit(kind, std::move(variant));
  };
  std::vector<size_t> places;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsDigit(text[i])) places.push_back(i);
  }
  for (size_t i = 0; i + 1 < places.size(); ++i) {
    if (text[places[i]] == text[places[i + 1]]) continue;
    std::string variant = text;
    std::swap(variant[places[i]], variant[places[i + 1]]);
    offer(MisprintKind::kSwapped, std::move(variant));
  }
  for (const size_t place : places) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == text[place]) continue;
      std::string variant = text;
      variant[place] = digit;
      offer(MisprintKind::kWrongDigit, std::move(variant));
    }
  }
  const size_t point = text.find('.');
  std::string plain = text;
  if (point != std::string::npos) {
    plain.erase(point, 1);
    offer(MisprintKind::kPoint, plain);
  }
  for (size_t at = 1; at < plain.size(); ++at) {
    // Reports print one or two decimals; a point that was lost stood before those.
    const bool near =
        point == std::string::npos ? plain.size() - at <= 2 : at + 1 == point || at == point + 1;
    if (near) offer(MisprintKind::kPoint, plain.substr(0, at) + "." + plain.substr(at));
  }
  for (const size_t place : places) {  // the misprint added this digit
    std::string variant = text;
    variant.erase(place, 1);
    if (!variant.empty() && variant.back() == '.') variant.pop_back();
    offer(MisprintKind::kExtra, std::move(variant));
  }
  for (size_t at = 0; at <= text.size(); ++at) {  // the misprint lost a digit
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string variant = text;
      variant.insert(at, 1, digit);
      offer(MisprintKind::kLost, std::move(variant));
    }
  }
}

}  // namespace

std::optional<int32_t> ScalePower(const core::Figure& figure) {
  if (figure.digits.empty() || figure.value.denominator() != 1) return std::nullopt;
  const absl::StatusOr<Decimal> digits = Decimal::Parse(figure.digits);
  if (!digits.ok()) return std::nullopt;
  if (digits->zero()) return figure.quantum.Normalized().exponent() + DecimalsOf(figure.digits);
  return figure.value.numerator().Normalized().exponent() - digits->Normalized().exponent();
}

std::vector<Correction> CorrectionsOf(const core::Figure& figure) {
  constexpr size_t kMaxDigits = 20;
  std::vector<Correction> corrections;
  const std::optional<int32_t> scale = ScalePower(figure);
  if (!scale || figure.digits.size() > kMaxDigits || figure.quantum.zero()) return corrections;
  const int32_t power = *scale;
  const int32_t decimals = DecimalsOf(figure.digits);
  const bool negative = figure.value.sign() < 0;
  ForEachVariant(figure.digits, [&](MisprintKind kind, std::string variant) {
    absl::StatusOr<Decimal> value = Decimal::Parse(variant);
    if (!value.ok()) return;
    const Decimal scaled = value->TimesPowerOfTen(power);
    corrections.push_back(
        {kind, variant, negative ? core::Rational(-scaled) : core::Rational(scaled),
         DecimalsOf(variant) == decimals ? figure.quantum
                                         : Decimal::PowerOfTen(power - DecimalsOf(variant))});
  });
  constexpr int32_t kTenThousand = 4, kHundredMillion = 8;  // powers of ten
  if (power == kTenThousand || power == kHundredMillion) {
    const int32_t shift = power == kTenThousand ? kTenThousand : -kTenThousand;
    corrections.push_back({MisprintKind::kScale, figure.digits,
                           figure.value * core::Rational(Decimal::PowerOfTen(shift)),
                           figure.quantum.TimesPowerOfTen(shift)});
  }
  const bool moves = figure.kind == core::FigureKind::kGrowthRate ||
                     figure.kind == core::FigureKind::kChange ||
                     figure.kind == core::FigureKind::kPointChange;
  if (moves && !figure.value.zero()) {
    corrections.push_back({MisprintKind::kSign, figure.digits, -figure.value, figure.quantum});
  }
  return corrections;
}

bool MisprintOf(std::string_view digits, std::string_view other) {
  if (digits.empty() || other.empty() || digits == other) return false;
  const int32_t decimals = DecimalsOf(digits), other_decimals = DecimalsOf(other);
  std::string plain, other_plain;
  std::copy_if(digits.begin(), digits.end(), std::back_inserter(plain), IsDigit);
  std::copy_if(other.begin(), other.end(), std::back_inserter(other_plain), IsDigit);
  if (plain == other_plain) return true;  // the point alone
  if (plain.size() > other_plain.size()) std::swap(plain, other_plain);
  // Past the common beginning and end.
  size_t first = 0;
  while (first < plain.size() && plain[first] == other_plain[first]) ++first;
  size_t end = plain.size(), other_end = other_plain.size();
  while (end > first && other_end > first && plain[end - 1] == other_plain[other_end - 1]) {
    --end, --other_end;
  }
  const size_t left = end - first, other_left = other_end - first;
  if (left == 0) return other_left == 1 && std::abs(decimals - other_decimals) <= 1;
  if (decimals != other_decimals) return false;
  if (left == 1 && other_left == 1) return true;  // one digit for another
  return left == 2 && other_left == 2 && plain[first] == other_plain[first + 1] &&
         plain[first + 1] == other_plain[first];
}

std::string_view DescribeEn(MisprintKind kind) {
  switch (kind) {
    case MisprintKind::kSwapped:
      return "digits swapped";
    case MisprintKind::kWrongDigit:
      return "one digit wrong";
    case MisprintKind::kPoint:
      return "decimal point misplaced";
    case MisprintKind::kLost:
      return "a digit lost";
    case MisprintKind::kExtra:
      return "a digit too many";
    case MisprintKind::kScale:
      return "ten thousands for hundred millions, or the other way round";
    case MisprintKind::kSign:
      return "up for down, or the other way round";
  }
  return "";
}

std::string_view DescribeZh(MisprintKind kind) {
  switch (kind) {
    case MisprintKind::kSwapped:
      return "相邻两位颠倒";
    case MisprintKind::kWrongDigit:
      return "错一位数字";
    case MisprintKind::kPoint:
      return "小数点错位";
    case MisprintKind::kLost:
      return "漏一位数字";
    case MisprintKind::kExtra:
      return "多一位数字";
    case MisprintKind::kScale:
      return "万、亿混用";
    case MisprintKind::kSign:
      return "增减方向相反";
  }
  return "";
}

}  // namespace crossfoot::rules
