#include "services/report/sdmx_csv_writer.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "core/decimal.h"
#include "core/mention.h"
#include "core/rational.h"
#include "services/report/civil_day.h"
#include "services/report/csv.h"
#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

// Digits after the point of a fraction that has no end.
constexpr int kMostPlaces = 12;

// The length of a period in its largest unit.
struct Length {
  int64_t count;
  char unit;  // 'Y', 'M' or 'D'
};

Length LengthOf(const core::Period& period) {
  const absl::CivilDay behind = period.end + 1;
  if (period.start.day() == 1 && behind.day() == 1) {
    const int64_t months = absl::CivilMonth(behind) - absl::CivilMonth(period.start);
    if (months > 0 && months % 12 == 0 && period.start.month() == 1) return {months / 12, 'Y'};
    return {months, 'M'};
  }
  return {behind - period.start, 'D'};
}

// "A", "S", "Q", "M", "D"; "" for another length.
std::string_view FrequencyOf(const core::Period& period) {
  const Length length = LengthOf(period);
  if (length.count == 1) return length.unit == 'Y' ? "A" : length.unit == 'M' ? "M" : "D";
  if (length.unit == 'M' && length.count == 6 && period.start.month() % 6 == 1) return "S";
  if (length.unit == 'M' && length.count == 3 && period.start.month() % 3 == 1) return "Q";
  return "";
}

// A number in the scale that it was printed in.
struct PrintedNumber {
  core::Decimal value;
  int32_t power = 0;     // of ten, that `value` is to be multiplied by
  int32_t decimals = 0;  // printed after the point
};

PrintedNumber PrintedNumberOf(const core::Figure& figure) {
  PrintedNumber number;
  const bool decimal = figure.value.decimal();
  const core::Decimal value = decimal ? core::Decimal::Parse(figure.value.ToString()).value_or(0)
                                      : figure.value.RoundedTo(kMostPlaces);
  const size_t point = figure.digits.find('.');
  number.decimals = point == std::string::npos
                        ? std::max(0, -figure.quantum.Normalized().exponent())
                        : static_cast<int32_t>(figure.digits.size() - point - 1);
  number.value = value;
  const absl::StatusOr<core::Decimal> digits = core::Decimal::Parse(figure.digits);
  if (!decimal || !digits.ok()) return number;
  if (point == std::string::npos) number.decimals = 0;
  if (digits->zero()) {
    number.power = figure.quantum.zero() ? 0 : figure.quantum.exponent() + number.decimals;
    return number;
  }
  // 2463 and 246300000000 have the same digits before their zeros.
  const core::Decimal printed = digits->Normalized();
  const core::Decimal whole = value.Normalized();
  if (printed.compact_coefficient() == whole.compact_coefficient().Abs()) {
    number.power = whole.exponent() - printed.exponent();
    number.value = value.TimesPowerOfTen(-number.power);
  }
  return number;
}

// With as many digits after the point as were printed: 5.40.
std::string WithDecimals(const PrintedNumber& number) {
  std::string text = number.value.ToString();
  const size_t point = text.find('.');
  size_t places = point == std::string::npos ? 0 : text.size() - point - 1;
  const size_t wanted = static_cast<size_t>(std::clamp(number.decimals, 0, kMostPlaces));
  if (places < wanted && point == std::string::npos) text += '.';
  for (; places < wanted; ++places) text += '0';
  return text;
}

std::string_view ObsStatusOf(core::Status status) {
  switch (status) {
    case core::Status::kActual:
      return "A";
    case core::Status::kTarget:
      return "F";
    case core::Status::kEstimate:
      return "E";
  }
  return "";
}

std::string UnitOf(const validation::Validation& validation, const core::Figure& figure) {
  // The mention knows the UCUM code, unless the figure got its unit from elsewhere.
  if (figure.mention >= 0 && static_cast<size_t>(figure.mention) < validation.mentions.size()) {
    const core::Mention& mention = validation.mentions[figure.mention];
    if (mention.unit == figure.unit && !mention.unit_ucum.empty()) {
      return std::string(mention.unit_ucum);
    }
  }
  return ToPrintable(figure.unit);
}

}  // namespace

std::string SdmxTimePeriod(const core::Period& period) {
  const std::string start = FormatCivilDay(period.start);
  const std::string_view frequency = FrequencyOf(period);
  const std::string year = start.substr(0, 4);
  if (frequency == "A") return year;
  if (frequency == "S") return year + (period.start.month() == 1 ? "-S1" : "-S2");
  if (frequency == "Q") return year + "-Q" + std::to_string((period.start.month() + 2) / 3);
  if (frequency == "M") return start.substr(0, 7);
  if (frequency == "D") return start;
  const Length length = LengthOf(period);
  return start + "/P" + std::to_string(length.count) + length.unit;
}

std::string SdmxCsvHead() {
  return CsvRecord({"STRUCTURE", "STRUCTURE_ID", "ACTION", "DOCUMENT", "FIGURE", "FREQ", "REF_AREA",
                    "INDICATOR", "ACTIVITY", "KIND", "BASIS", "TIME_PERIOD", "OBS_VALUE",
                    "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS"});
}

std::string FiguresToSdmxCsv(const validation::Validation& validation) {
  std::string table;
  for (const core::Figure& figure : validation.figures) {
    std::string frequency, period;
    if (figure.time_period.has_value()) {
      frequency = FrequencyOf(*figure.time_period);
      if (frequency.empty()) frequency = "_O";
      period = SdmxTimePeriod(*figure.time_period);
    }
    const PrintedNumber number = PrintedNumberOf(figure);
    table += CsvRecord(
        {"datastructure", "CROSSFOOT:FIGURES(1.0.0)", "I", ToPrintable(validation.document.uri),
         figure.id, frequency,
         figure.ref_area_code.empty() ? ToPrintable(figure.ref_area) : figure.ref_area_code,
         ToPrintable(figure.indicator), ToPrintable(figure.sector),
         std::string(core::ToString(figure.kind)), std::string(core::ToString(figure.basis)),
         period, WithDecimals(number), UnitOf(validation, figure), std::to_string(number.power),
         std::to_string(number.decimals), std::string(ObsStatusOf(figure.status))});
  }
  return table;
}

}  // namespace crossfoot::report
