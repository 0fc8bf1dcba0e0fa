#include "services/mention/magnitude.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "services/mention/text.h"

namespace crossfoot::mention {
namespace {

using core::Decimal;
using core::MentionKind;
using lexicon::Lexicon;
using lexicon::NumberRole;
using lexicon::NumeralInfo;

constexpr int32_t kNoPlace = 1 << 20;
constexpr int32_t kTenThousand = 4;  // scales from here on multiply all that is smaller before them
constexpr int32_t kLargestPower = 64;

// The blanks that may stand inside a magnitude.
size_t SkipSpaces(std::string_view text, size_t at, size_t limit) {
  while (limit-- > 0 && at < text.size() && text[at] == ' ') ++at;
  return at;
}

// Digits in a row: 二〇二四.
struct Row {
  size_t end = 0;
  std::string digits;  // "2024", cut off behind Decimal::kMaxDigits + 1
  int size = 0;        // cut off alike
  int zeros = 0;       // that it begins with
  bool counting = false;
  bool formal = false;
};

class Reader {
 public:
  Reader(std::string_view text, const Lexicon& lexicon) : text_(text), lexicon_(lexicon) {}

  Magnitude Read(size_t at, std::optional<Digits> digits) {
    at_ = at;
    if (digits) {
      BeginWithDigits(std::move(*digits));
      if (result_.end == 0) return result_;
    }
    while (at_ < text_.size() && !result_.malformed && Step()) {
    }
    if (at_ == at) return {};
    Finish();
    return result_;
  }

 private:
  // What the parts read so far are worth, in falling order: 3 * 10^8 and 5000 * 10^4.
  struct Term {
    Decimal value;
    Decimal pair;
    int32_t power;
  };

  void BeginWithDigits(Digits digits) {
    result_.digits_end = at_ = digits.end;
    absl::StatusOr<Decimal> value =
        Decimal::Parse(digits.whole == 0 ? "0" + digits.plain : digits.plain);
    if (!value.ok()) return;
    coefficient_ = *std::move(value);
    decimals_ = digits.decimals;
    arabic_ = true;
    result_.atoms = 1;
    place_ = -decimals_;
    result_.digits = std::move(digits);
    result_.end = at_;
  }

  // Whether something stands before, that the next digit would go on from.
  bool Begun() const { return low_ != kNoPlace || !terms_.empty(); }
  // The place that the next digits must stay below.
  int32_t Room() const {
    return low_ != kNoPlace ? low_ : terms_.empty() ? kNoPlace : terms_.back().power;
  }

  // Reads one more character or row; false when nothing more belongs to the number.
  bool Step() {
    const size_t start = SkipSpaces(text_, at_, 2);
    if (start >= text_.size()) return false;
    const bool spaced = start > at_;
    if (const auto numeral = NumeralAt(text_, start, lexicon_); numeral) {
      if (result_.atoms == 0 && spaced) return false;
      if (numeral.info->power > 0) return Scale(start, numeral);
      if (numeral.info->some) return !spaced && Some(start, numeral.size);
      return Row_(start, spaced);
    }
    if (result_.atoms == 0 || finished_) return false;
    if (!spaced && DigitAt(text_, start)) return MoreDigits(start);
    if (const size_t hedge = InnerHedgeSize(text_, start, lexicon_); hedge > 0) {
      // Only before a large scale; before a unit it is the unit's business.
      const auto scale = NumeralAt(text_, start + hedge, lexicon_);
      if (!scale || scale.info->power < kTenThousand) return false;
      result_.over = true;
      at_ = start + hedge;
      return true;
    }
    const auto word = NumberWordAt(text_, start, lexicon_);
    if (!word) return false;
    if (*word.info == NumberRole::kPoint) return Point(start, word.size);
    if (*word.info == NumberRole::kPiece && !spaced) {
      // 两个亿, not 两个亿级.
      const size_t behind = start + word.size;
      const auto scale = NumeralAt(text_, behind, lexicon_);
      if (!scale || scale.info->power <= kTenThousand || !coefficient_ ||
          LongerWordAt(text_, behind, scale.size, lexicon_)) {
        return false;
      }
      at_ = behind;
      return true;
    }
    return false;
  }

  // A character that breaks the order ends a number of Arabic digits, and spoils a spelled one.
  bool Break() {
    if (!arabic_first() && result_.spelled) Spoil();
    return false;
  }
  bool arabic_first() const { return result_.digits.end > 0; }
  void Spoil() {
    result_.malformed = true;
    while (const auto numeral = NumeralAt(text_, at_, lexicon_)) at_ += numeral.size;
  }

  // Whether a scale follows at `at`, over blanks; its power or 0.
  int32_t ScaleFollows(size_t at) const {
    const auto next = NumeralAt(text_, SkipSpaces(text_, at, 2), lexicon_);
    return next ? next.info->power : 0;
  }

  bool Scale(size_t start, const Lexicon::Match<NumeralInfo>& numeral) {
    if (UnitIsLonger(start, numeral.size)) return false;
    const int32_t power = numeral.info->power;
    const bool spaced = start > at_;
    if (result_.atoms == 0) {
      result_.formal = numeral.info->formal;
      result_.bare_scale = power > 1;
    }
    if (coefficient_ && coefficient_->zero() && !arabic_) return spaced ? false : Break();  // 零十
    if (power < kTenThousand) {
      if (!SmallScale(power)) return spaced ? false : Break();
    } else if (!LargeScale(power)) {
      return Spoil(), false;
    }
    coefficient_.reset();
    pair_ = Decimal();
    zero_ = false;
    return Accept(start + numeral.size, /*scale=*/true);
  }

  // 十, 百, 千; false when it breaks the order.
  bool SmallScale(int32_t power) {
    if (power >= low_ || (finished_ && !coefficient_)) return false;
    if (!coefficient_) {
      // 十六, 一百十六, 一万零十; 百余家.
      if (power > 1 && Begun()) return false;
      coefficient_ = 1;
      decimals_ = 0;
      if (power == 1) result_.spelled = true;
    }
    section_ = section_ + coefficient_->TimesPowerOfTen(power);
    section_pair_ = section_pair_ + pair_.TimesPowerOfTen(power);
    place_ = power - decimals_;
    result_.scaled |= arabic_;
    result_.small_scale = low_ = last_scale_ = power;
    result_.large_scale = 0;
    return true;
  }

  // 万, 亿, 兆; false when it breaks the order.
  bool LargeScale(int32_t power) {
    const bool fresh = coefficient_.has_value() || low_ != kNoPlace;
    Term term{section_, section_pair_, power};
    int32_t top = power;  // the part reaches up to this place at least
    if (fresh) {
      if (coefficient_) {
        term.value = term.value + *coefficient_;
        term.pair = term.pair + pair_;
        place_ = -decimals_;
      }
      // 一万五千亿: what is smaller goes in.
      while (!terms_.empty() && terms_.back().power < power) {
        term.value = term.value + terms_.back().value;
        term.pair = term.pair + terms_.back().pair;
        top = power + terms_.back().power;
        terms_.pop_back();
      }
      result_.large_scale = last_scale_ = power;
    } else if (terms_.empty()) {
      term.value = 1;
      place_ = 0;
      result_.large_scale = last_scale_ = power;
    } else if (scale_adjacent_) {  // 万亿, 万万
      term = std::move(terms_.back());
      terms_.pop_back();
      top = term.power += power;
      result_.large_scale += power;
      last_scale_ += power;
    } else {
      return false;
    }
    if (top > kLargestPower || (!terms_.empty() && terms_.back().power <= top)) return false;
    term.value = term.value.TimesPowerOfTen(power);
    term.pair = term.pair.TimesPowerOfTen(power);
    terms_.push_back(std::move(term));
    section_ = section_pair_ = Decimal();
    low_ = kNoPlace;
    place_ += power;
    result_.scaled = true;
    return true;
  }

  bool Accept(size_t end, bool scale) {
    at_ = end;
    ++result_.atoms;
    if (!scale) result_.small_scale = result_.large_scale = 0;
    result_.scale_last = scale_adjacent_ = scale;
    return true;
  }

  // 千瓦时 is a unit, 千家 a scale with a unit: whichever reading is longer.
  bool UnitIsLonger(size_t start, size_t size) const {
    if ((lexicon_.SortsAt(text_.substr(start)) & Lexicon::kUnit) == 0) return false;
    const auto unit = UnitAt(text_, start, lexicon_);
    if (!unit || unit.size <= static_cast<int32_t>(size)) return false;
    const auto scale = lexicon_.LongestScale(text_.substr(start));
    const size_t behind = start + std::max<size_t>(size, scale.size);
    const auto scaled_unit = UnitAt(text_, behind, lexicon_);
    return start + unit.size >= behind + scaled_unit.size;
  }

  // 几十, 数百, 十几.
  bool Some(size_t start, size_t size) {
    const size_t end = start + size;
    if (result_.scale_last && !finished_ && last_scale_ < kTenThousand) {  // 十几, 十几万
      result_.over = true;
      result_.spelled = true;
      at_ = end;
      finished_ = true;
      return true;
    }
    if (result_.atoms > 0 || ScaleFollows(end) == 0) return false;
    coefficient_ = 1;
    decimals_ = 0;
    result_.over = result_.spelled = true;
    place_ = 0;
    return Accept(end, /*scale=*/false);
  }

  Row ReadRow(size_t start) const {
    Row row;
    row.end = start;
    bool leading = true;
    while (true) {
      const auto numeral = NumeralAt(text_, row.end, lexicon_);
      if (!numeral || numeral.info->power > 0 || numeral.info->some || numeral.info->value > 9)
        break;
      if (numeral.info->counting) {
        if (row.size > 1) break;
        row.counting = true;
      }
      if (row.size == 0) row.formal = numeral.info->formal;
      if (leading && numeral.info->value == 0) {
        ++row.zeros;
      } else {
        leading = false;
      }
      if (row.size <= Decimal::kMaxDigits) {
        row.digits.push_back(static_cast<char>('0' + numeral.info->value));
        ++row.size;
      }
      row.end += numeral.size;
      if (row.counting && row.size == 2) break;
    }
    return row;
  }

  bool Row_(size_t start, bool spaced) {
    const auto first = NumeralAt(text_, start, lexicon_);
    if (first.info->value > 9) {  // 廿
      if (coefficient_ || low_ <= 1 || finished_) return spaced ? false : Break();
      section_ = section_ + Decimal(first.info->value);
      low_ = place_ = last_scale_ = 1;
      result_.spelled = true;
      return Accept(start + first.size, /*scale=*/true);
    }
    if (coefficient_ || finished_) {
      // 二两: the unit.
      return spaced || arabic_first() || first.info->counting ? false : Break();
    }
    Row row = ReadRow(start);
    if (result_.atoms == 0) result_.formal = row.formal;
    const int32_t scale = ScaleFollows(row.end);
    if (!Begun()) return FirstRow(start, row, scale);
    // Behind a scale: one digit, or two that follow one another, behind zeros or not.
    const int digits = row.size - row.zeros;
    const bool zero = row.zeros > 0;
    if (pair_set_) return spaced ? false : Break();
    if (digits == 0) {
      // 一百零十, 1千零30万.
      if (scale != 1 && !(arabic_first() && DigitAt(text_, row.end))) return false;
      zero_ = true;
      at_ = row.end;
      scale_adjacent_ = false;
      return true;
    }
    const int value = row.digits[row.zeros] - '0';
    if (digits == 1 || (digits == 2 && IsPair(row, row.zeros))) {
      if (spaced && digits == 2) return false;
      if (scale == 0) {
        if (arabic_first() && !zero) return false;      // 9万亿三个
        if (row.counting && digits == 1) return false;  // 三千两百两
        if (!zero && LongerWordAt(text_, start, first.size, lexicon_)) return false;
      }
      if (zero && Room() <= 1) return Break();  // 十零一
      coefficient_ = value;
      decimals_ = 0;
      if (digits == 2) SetPair();
      zero_ = zero;
      arabic_ = false;
      result_.spelled = true;
      return Accept(row.end, /*scale=*/false);
    }
    return spaced || arabic_first() ? false : (at_ = start, Break());
  }

  bool FirstRow(size_t start, const Row& row, int32_t scale) {
    result_.spelled = true;
    if (row.size == 1) {
      coefficient_ = row.digits[0] - '0';
      result_.counting = row.counting && scale == 0;
      return Accept(row.end, /*scale=*/false);
    }
    // 三四百, 八九千 and 两三个 are two numbers side by side; 三四 alone is a row of digits.
    if (row.size == 2 && IsPair(row, 0) &&
        (row.counting || scale > 0 || UnitAt(text_, row.end, lexicon_) || TenthsAt(row.end))) {
      coefficient_ = row.digits[0] - '0';
      SetPair();
      return Accept(row.end, /*scale=*/false);
    }
    if (row.counting) {  // 两二 and 二两 begin with one digit
      const auto first = NumeralAt(text_, start, lexicon_);
      coefficient_ = row.digits[0] - '0';
      result_.counting = first.info->counting;
      return Accept(start + first.size, /*scale=*/false);
    }
    if (scale > 0 && scale < kTenThousand) return Spoil(), false;
    const absl::StatusOr<Decimal> value = Decimal::Parse(row.digits);
    if (!value.ok()) return Spoil(), false;
    coefficient_ = *value;
    result_.row = true;
    result_.atoms += row.size - 1;
    return Accept(row.end, /*scale=*/false);
  }

  bool TenthsAt(size_t at) const {
    const auto word = NumberWordAt(text_, at, lexicon_);
    return word && *word.info == NumberRole::kTenths;
  }

  static bool IsPair(const Row& row, int at) {
    return row.digits[at] != '0' && row.digits[at + 1] == row.digits[at] + 1;
  }
  void SetPair() {
    pair_ = 1;
    pair_set_ = true;
  }

  // Arabic digits behind a scale: 3万4000, 1百01, 5亿1万4千6百.
  bool MoreDigits(size_t start) {
    if (coefficient_ || !(result_.scale_last || zero_)) return false;
    size_t end = start;
    while (DigitAt(text_, end) && end - start <= 8) ++end;
    const int32_t count = static_cast<int32_t>(end - start);
    if (count > 8 || (end < text_.size() && (text_[end] == '.' || text_[end] == ',') &&
                      DigitAt(text_, end + 1))) {
      return false;
    }
    const int32_t scale = ScaleFollows(end);
    const bool scaled = scale > 0 && scale < Room() && count <= 4 && scale + count <= Room() + 1;
    const bool linked = zero_ && count <= Room();
    if (!scaled && !linked && count != Room()) return false;
    coefficient_ = *Decimal::Parse(text_.substr(start, count));
    decimals_ = 0;
    zero_ = true;  // counts ones
    arabic_ = true;
    return Accept(end, /*scale=*/false);
  }

  // 二点五: decimals digit by digit.  Behind Arabic digits 点 tells the time.
  bool Point(size_t start, size_t size) {
    if (!result_.spelled || result_.over || pointed_) return false;
    const size_t begin = SkipSpaces(text_, start + size, 1);
    std::string digits;
    size_t end = begin;
    if (DigitAt(text_, begin)) {
      const Digits arabic = ScanDigits(text_, begin);
      if (arabic.points > 0 || arabic.grouped) return false;
      digits = arabic.plain;
      end = arabic.end;
    } else {
      const Row row = ReadRow(begin);
      if (row.size == 0 || row.counting) {
        const auto ten = NumeralAt(text_, begin, lexicon_);
        result_.clock = ten && (ten.info->power == 1 || ten.info->value > 9);  // 八点十分
        return false;
      }
      digits = row.digits;
      end = row.end;
    }
    if (digits.size() > Decimal::kMaxDigits) return false;
    const auto next = NumeralAt(text_, end, lexicon_);
    if (next && next.info->power == 1) {  // 八点三十
      result_.clock = true;
      return false;
    }
    Close();
    const int32_t count = static_cast<int32_t>(digits.size());
    coefficient_ = total_ + Decimal::Parse(digits)->TimesPowerOfTen(-count);
    decimals_ = count;
    place_ = -count;
    terms_.clear();
    section_ = section_pair_ = pair_ = Decimal();
    low_ = kNoPlace;
    pointed_ = true;
    result_.row = false;
    return Accept(end, /*scale=*/false);
  }

  // Sums up what was read.
  void Close() {
    total_ = section_;
    total_pair_ = section_pair_;
    for (const Term& term : terms_) {
      total_ = total_ + term.value;
      total_pair_ = total_pair_ + term.pair;
    }
    if (!coefficient_) return;
    int32_t power = 0;
    if (Begun() && !zero_ && last_scale_ > 1) power = last_scale_ - 1;
    total_ = total_ + coefficient_->TimesPowerOfTen(power);
    total_pair_ = total_pair_ + pair_.TimesPowerOfTen(power);
    place_ = power - decimals_;
  }

  void Finish() {
    Close();
    result_.end = at_;
    result_.value = std::move(total_);
    result_.pair = std::move(total_pair_);
    result_.place = place_;
    if (!arabic_first()) result_.digits_end = at_;
    result_.scale_power = place_ + decimals_;
  }

  std::string_view text_;
  const Lexicon& lexicon_;
  size_t at_ = 0;
  Magnitude result_;
  absl::InlinedVector<Term, 4> terms_;  // with 万 and more, in falling order
  Decimal section_, section_pair_;      // below 万, behind the last term
  int32_t low_ = kNoPlace;              // of the last scale in the section
  std::optional<Decimal> coefficient_;  // a digit or more that waits for its scale
  Decimal pair_;
  int32_t decimals_ = 0;  // of the last coefficient
  int32_t place_ = 0;
  int32_t last_scale_ = 0;
  bool arabic_ = false;  // the last coefficient is in Arabic digits
  bool zero_ = false;    // 零 stands before the coefficient
  bool pair_set_ = false;
  bool scale_adjacent_ = false;  // the last character read is a scale
  bool pointed_ = false;
  bool finished_ = false;  // only large scales may follow
  Decimal total_, total_pair_;
};

}  // namespace

Lexicon::Match<NumeralInfo> NumeralAt(std::string_view text, size_t at, const Lexicon& lexicon) {
  if (at >= text.size()) return {};
  const std::string_view rest = text.substr(at);
  if ((lexicon.SortsAt(rest) & Lexicon::kNumeral) == 0) return {};
  return lexicon.LongestNumeral(rest);
}

Lexicon::Match<NumberRole> NumberWordAt(std::string_view text, size_t at, const Lexicon& lexicon) {
  if (at >= text.size()) return {};
  const std::string_view rest = text.substr(at);
  if ((lexicon.SortsAt(rest) & Lexicon::kNumberWord) == 0) return {};
  return lexicon.LongestNumberWord(rest);
}

Lexicon::Match<lexicon::UnitInfo> UnitAt(std::string_view text, size_t at, const Lexicon& lexicon) {
  if (at >= text.size()) return {};
  const std::string_view rest = text.substr(at);
  if ((lexicon.SortsAt(rest) & Lexicon::kUnit) == 0) return {};
  const auto unit = lexicon.LongestUnit(rest);
  if (!unit) return {};
  const size_t end = at + unit.size;
  if (IsLetter(text[end - 1]) && (LetterAt(text, end) || DigitAt(text, end))) return {};
  return unit;
}

size_t InnerHedgeSize(std::string_view text, size_t at, const Lexicon& lexicon) {
  if (at >= text.size()) return 0;
  if ((lexicon.SortsAt(text.substr(at)) & Lexicon::kWord) == 0) return 0;
  // One character alone: 多项 and 多元 are words of their own, but not behind a number.
  const size_t size = CodePointSize(text, at);
  const lexicon::WordInfo* word = lexicon.FindWord(text.substr(at, size));
  const bool over = word != nullptr && word->kind == MentionKind::kHedge && word->behind &&
                    word->qualifier == core::Qualifier::kOver;
  return over ? size : 0;
}

bool LongerWordAt(std::string_view text, size_t at, size_t size, const Lexicon& lexicon) {
  if (at >= text.size()) return false;
  const std::string_view rest = text.substr(at);
  const uint8_t sorts = lexicon.SortsAt(rest);
  if ((sorts & Lexicon::kWord) != 0 &&
      lexicon.LongestWord(rest).size > static_cast<int32_t>(size)) {
    return true;
  }
  return false;
}

Magnitude ReadMagnitude(std::string_view text, size_t at, const Lexicon& lexicon) {
  if (at >= text.size()) return {};
  if (DigitAt(text, at) || (text[at] == '.' && DigitAt(text, at + 1)))
    return ReadMagnitude(text, at, ScanDigits(text, at), lexicon);
  if (!NumeralAt(text, at, lexicon)) return {};
  return Reader(text, lexicon).Read(at, std::nullopt);
}

Magnitude ReadMagnitude(std::string_view text, size_t at, Digits digits, const Lexicon& lexicon) {
  // Most digits stand alone.
  const size_t next = SkipSpaces(text, digits.end, 2);
  const uint8_t sorts = next < text.size() ? lexicon.SortsAt(text.substr(next)) : uint8_t{0};
  if ((sorts & (Lexicon::kNumeral | Lexicon::kNumberWord)) == 0 && digits.whole > 0 &&
      ((sorts & Lexicon::kWord) == 0 || InnerHedgeSize(text, next, lexicon) == 0)) {
    Magnitude magnitude;
    absl::StatusOr<Decimal> value = Decimal::Parse(digits.plain);
    if (!value.ok()) return magnitude;
    magnitude.value = *std::move(value);
    magnitude.place = -digits.decimals;
    magnitude.digits_end = magnitude.end = digits.end;
    magnitude.atoms = 1;
    magnitude.digits = std::move(digits);
    return magnitude;
  }
  return Reader(text, lexicon).Read(at, std::move(digits));
}

}  // namespace crossfoot::mention
