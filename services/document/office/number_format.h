#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_NUMBER_FORMAT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_NUMBER_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crossfoot::document {

// What day the number 0 is: the last of 1899, or the first of 1904 in books from old Macintoshes.
enum class DateSystem { k1900, k1904 };

// The code of a format that files name by number alone; "General" for numbers without one.
std::string_view BuiltInNumberFormat(int32_t id);

// A number format of a spreadsheet (ISO/IEC 29500-1, 18.8.31).  Prints numbers as Excel shows them
// in a cell that is wide enough, without the blanks that only align:
//
//   NumberFormat("#,##0.0").Format("1234.5499999999999", DateSystem::k1900)   // 1,234.6
//   NumberFormat("0.0%").Format("7.5999999999999998E-2", DateSystem::k1900)   // 7.6%
//
// Numbers are exact: the stored text, which has up to 17 digits so that no bit of a double is lost,
// is first taken to the 15 that Excel shows at most, and then rounded, halves away from zero. Where
// nothing but its colour tells that a number is negative, a minus is printed.
class NumberFormat {
 public:
  explicit NumberFormat(std::string_view code);

  // `text` is the number as the file has it: "12.5", "-1E-2".  What is no number comes back as it
  // is.
  std::string Format(std::string_view text, DateSystem system) const;

  // Whether cells with words show nothing: ";;;".
  bool hides_text() const { return sections_.size() >= 4 && sections_[3].tokens.empty(); }

 private:
  enum class Kind {
    kLiteral,
    kDigit,  // 0, # or ?
    kPoint,
    kComma,
    kPercent,
    kExponent,  // E+ or E-
    kSlash,
    kGeneral,
    kText,  // @
    kYear,
    kMonth,
    kDay,
    kHour,
    kMinute,
    kSecond,
    kWeekday,  // aaa
    kHalfDay,  // AM/PM, 上午/下午
    kElapsed,  // [h], [m], [s]
  };
  struct Token {
    Kind kind;
    std::string text;  // the literal, or the letters
  };
  // coefficient * 10^exponent, up to 15 digits
  struct Number {
    bool negative = false;
    int64_t coefficient = 0;
    int32_t exponent = 0;

    double ToDouble() const;
  };
  class Digits;
  struct Section {
    std::vector<Token> tokens;
    std::string condition;  // "<", "<=", "=", "<>", ">=", ">", or nothing
    double limit = 0;
    bool date = false;
    bool coloured = false;
    bool scientific = false;
    bool fraction = false;
    bool general = false;        // nothing but General
    bool shows_number = false;   // its digits stand somewhere
    size_t point = 0;            // the token; as many as there are when there is none
    int32_t whole_digits = 0;    // places before the point
    int32_t decimals = 0;        // and behind it
    bool grouped = false;        // 1,234
    int32_t shift = 0;           // the power of ten that % and commas at the end make
    bool plain = false;          // its digits stand side by side, as in nearly all formats; then:
    std::string before;          // what is printed before them
    std::string after;           // and behind them
    size_t least_whole = 0;      // places that are printed even of a smaller number
    size_t least_decimals = 0;   // and even when they are zero
    int32_t chinese_digits = 0;  // n of [DBNumn]
  };

  static Section ParseSection(std::string_view code);
  static void ParseBracket(std::string_view inside, Section* section);
  static void SettleMinutes(Section* section);
  static void MeasureDigits(Section* section);
  static void FindPlainDigits(Section* section);
  static std::optional<Number> ParseNumber(std::string_view text);
  static bool Meets(const Section& section, double value);
  // The section for a value, and whether its sign is said by the section itself.
  const Section* Choose(const Number& number, bool* unsigned_section) const;

  static std::string Fixed(const Number& number, int32_t decimals);
  static std::string General(const Number& number);
  static std::string FormatPlain(const Section& section, Number number);
  static std::string FormatNumber(const Section& section, Number number);
  static std::string FormatScientific(const Section& section, const Number& number);
  static std::string FormatFraction(const Section& section, const Number& number);
  static std::string FormatDate(const Section& section, const Number& number, DateSystem system);

  std::vector<Section> sections_;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_NUMBER_FORMAT_H_
