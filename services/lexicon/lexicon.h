#ifndef CROSSFOOT_SERVICES_LEXICON_LEXICON_H_
#define CROSSFOOT_SERVICES_LEXICON_LEXICON_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "core/mention.h"
#include "core/text.h"
#include "services/lexicon/lexicon_file.h"
#include "services/lexicon/trie.h"

// The words that the stages know.  They stand in services/lexicon/data, in the schema
// crossfoot.config.v1.Lexicon; code lists none.
//
//   auto lexicon = Lexicon::Load();
//   Lexicon::WordMatch word = (*lexicon)->LongestWord("同比增长7.6%");   // 同比, a cue

namespace crossfoot::lexicon {

struct UnitInfo {
  core::Text code;  // as figures name it: "CNY", "%", "pp", "台"
  core::Text ucum;
  int32_t power = 0;
  core::UnitKind kind = core::UnitKind::kMeasure;
  bool change = false;  // read as money only beside another unit of it: 角, 分
  core::Text money;     // the money that it counts when change follows: "CNY" for 块
};

// A character of Chinese numerals.
struct NumeralInfo {
  int32_t value = 0;  // of a digit: 0 to 9, or 20, 30, 40
  int32_t power = 0;  // of a scale: 1, 2, 3, 4, 8, 12; 0 for a digit
  bool formal = false;
  bool counting = false;  // 两: never in a row of digits
  bool some = false;      // 几, 数
};

// What a word that numbers are made with does.  Same numbers as
// crossfoot.config.v1.NumberWord.Role.
enum class NumberRole {
  kNone = 0,
  kPoint = 1,
  kParts = 2,
  kAnd = 3,
  kHalf = 4,
  kTenths = 5,
  kMinus = 6,
  kPer = 7,
  kDouble = 8,
  kDoublings = 9,
  kOrdinal = 10,
  kMoneyEnd = 11,
  kPiece = 12,
  kOneHalf = 13,
  kOverHalf = 14,
  kAll = 15,
  kHour = 16,
  kNamed = 17,
  kTwoDigits = 18,
};

struct AreaInfo {
  core::Text name;  // canonical
  core::Text code;  // ISO 3166-2, or empty
  core::AreaLevel level = core::AreaLevel::kNone;
  core::AreaLevel home_of = core::AreaLevel::kNone;  // of kHome: kProvince for 全省
};

struct IndicatorInfo {
  core::Text name;  // canonical
  std::string id;   // kebab-case
  bool stock = false;
  bool ratio = false;
  bool index = false;
  bool price = false;
  bool fronted = false;              // may stand before what it is of: 出口机电产品
  std::vector<std::string> members;  // of 产销: 产量, 销量
  bool generic = false;              // says little without what it is of: 收入, 价格
};

// What divides a statistic.  Same numbers as crossfoot.config.v1.Sector.Kind.
enum class SectorKind { kOther = 0, kIndustry = 1, kOwnership = 2, kGoods = 3 };

// A part that statistics are broken down by.
struct SectorInfo {
  std::string name;  // canonical
  std::string code;  // of its classification, or empty
  SectorKind kind = SectorKind::kOther;
};

// What a word of a period expression stands for.  Same numbers as
// crossfoot.config.v1.PeriodWord.Role.
enum class PeriodRole {
  kNone = 0,
  kYear = 1,
  kMonth = 2,
  kDay = 3,
  kQuarter = 4,
  kFirstHalf = 5,
  kSecondHalf = 6,
  kWholeYear = 7,
  kEnd = 8,
  kYearEnd = 9,
  kYearStart = 10,
  kThisYear = 11,
  kLastYear = 12,
  kYearBeforeLast = 13,
  kNextYear = 14,
  kFirst = 15,
  kMonths = 16,
  kTo = 17,
  kAsOf = 18,
  kOrdinal = 19,
  kSince = 20,
  kLastMonth = 21,
  kThisMonth = 22,
  kTenDays = 23,
  kRelativeDay = 24,
  kRelativeWeek = 25,
  kNextMonth = 26,
  kRelativeQuarter = 27,
  kHalfMonth = 28,
  kDays = 29,
  kWeeks = 30,
  kPast = 31,
  kRecent = 32,
  kComing = 33,
  kAgo = 34,
  kLastOf = 35,
  kCentury = 36,
  kDecade = 37,
  kLastCentury = 38,
  kRepublic = 39,
  kEra = 40,
  kPlanTime = 41,
  kQuarterLetter = 42,
  kFirstMonth = 43,
  kOf = 44,
  kBound = 45,
  kNow = 46,
  kYearBefore = 47,
};

struct PeriodWordInfo {
  PeriodRole role = PeriodRole::kNone;
  int32_t value = 0;  // as crossfoot.config.v1.PeriodWord.Role says
};

// A word that stands for several parts when as many numbers follow it: 城乡.
struct Compound {
  std::string word;
  std::vector<std::string> members;  // at least two
};

// What a word of running text is.
struct WordInfo {
  core::MentionKind kind =
      core::MentionKind::kCue;  // kHedge, kDirection, kCue, kArea; kLabel for a plain word
  core::Cue cue = core::Cue::kNone;
  core::Qualifier qualifier = core::Qualifier::kExact;
  int sign = 0;
  bool of_rate = false;
  bool of_magnitude = false;
  bool behind = false;
  int32_t area = -1;  // for `area()`

  // Whether names neither begin nor end with it: 已, 完成了, 据统计.
  bool filler() const {
    return kind == core::MentionKind::kCue &&
           (cue == core::Cue::kFiller || cue == core::Cue::kDone || cue == core::Cue::kAttribution);
  }
};

// Immutable after loading and safe to share between threads.
class Lexicon {
 public:
  // The words built into the program.
  static absl::StatusOr<std::unique_ptr<const Lexicon>> Load();

  // kDataInvalid, with metadata "file" and "line", for text that is no Lexicon, an empty word, a
  // word that stands twice, an enumerator that is not set, or a power outside its range.
  static absl::StatusOr<std::unique_ptr<const Lexicon>> Parse(
      const std::vector<LexiconFile>& files);

  template <typename T>
  struct Match {
    int32_t size = 0;         // bytes; 0 when nothing matches
    const T* info = nullptr;  // owned by the lexicon
    explicit operator bool() const { return size > 0; }
  };

  // The sorts of word that some entry begins with the first character of `text`, a sum of the
  // constants below.  One look-up: nearly every place of a text begins none.
  enum Sort : uint8_t {
    kWord = 1,
    kUnit = 2,
    kScale = 4,
    kPeriodWord = 8,  // one that a period may begin with
    kNumeral = 16,
    kNumberWord = 32,
    kCurrency = 64,      // a unit that is money
    kNumberStart = 128,  // a number word that a number may begin with
  };
  uint8_t SortsAt(std::string_view text) const {
    if (text.empty()) return 0;
    const uint8_t lead = static_cast<uint8_t>(text[0]);
    if (lead < 0x80) return sorts_[lead];
    if ((lead & 0xF0) != 0xE0 || text.size() < 3) return kWord | kUnit;
    return sorts_[CharacterOf(text)];
  }

  // The first place from `at` on where a mention may begin or another character than one of three
  // bytes from U+3000 up stands.
  size_t SkipToMention(std::string_view text, size_t at) const {
    return mention_starts_.Skip(text, at);
  }

  // The longest word of each sort that `text` starts with.
  Match<WordInfo> LongestWord(std::string_view text) const {
    return Longest(words_, word_infos_, text);
  }
  // The word that `text` is, as a whole; nullptr when it is none.
  const WordInfo* FindWord(std::string_view text) const {
    const int32_t value = words_.Find(text);
    return value < 0 ? nullptr : &word_infos_[value];
  }
  // False when `text`, which is not empty, surely ends with no filler.
  bool MayEndFiller(std::string_view text) const {
    const uint8_t last = static_cast<uint8_t>(text.back());
    return last < 0x80 || text.size() < 3 ||
           filler_ends_[CharacterOf(text.substr(text.size() - 3))];
  }
  Match<UnitInfo> LongestUnit(std::string_view text) const {
    return Longest(units_, unit_infos_, text);
  }
  Match<int32_t> LongestScale(std::string_view text) const {
    return Longest(scales_, scale_powers_, text);
  }

  Match<PeriodWordInfo> LongestPeriodWord(std::string_view text) const {
    return Longest(period_words_, period_infos_, text);
  }
  // A numeral is one character of three bytes.
  Match<NumeralInfo> LongestNumeral(std::string_view text) const {
    if (text.size() < 3 || (static_cast<uint8_t>(text[0]) & 0xF0) != 0xE0) return {};
    const uint8_t index = numerals_[CharacterOf(text)];
    return index == 0 ? Match<NumeralInfo>{} : Match<NumeralInfo>{3, &numeral_infos_[index - 1]};
  }
  Match<NumberRole> LongestNumberWord(std::string_view text) const {
    return Longest(number_words_, number_roles_, text);
  }

  const AreaInfo& area(int32_t index) const { return areas_[index]; }
  // The first area of level kNation; one without a name when there is none.
  const AreaInfo& nation() const { return nation_; }

  // The area of `level` that is spelled `text`, as a whole, short names included that mean another
  // area or a thing elsewhere: 吉林 among cities is 吉林市.  nullptr when there is none.
  const AreaInfo* FindArea(std::string_view text, core::AreaLevel level) const;
  // The area of `level` that is called `name` in lower-case Latin letters: daqing.  nullptr when
  // there is none, or more than one.
  const AreaInfo* FindRomanizedArea(std::string_view name, core::AreaLevel level) const;

  // The longest industry, sort of owner or sort of goods that `text` starts with.
  Match<SectorInfo> LongestSector(std::string_view text) const {
    return Longest(sectors_, sector_infos_, text);
  }

  // 和, 以及, …: words between the last two items of a list, the surest divider first.
  const std::vector<std::string>& conjunctions() const { return conjunctions_; }

  // 中, 之中: what the noun of a count ends with that others are counted out of.
  const std::vector<std::string>& among_words() const { return among_words_; }
  // Nouns that count what stands before them, words that begin a list, and that leave one open.
  const std::vector<std::string>& listing_nouns() const { return listing_nouns_; }
  const std::vector<std::string>& listing_openers() const { return listing_openers_; }
  const std::vector<std::string>& listing_ends() const { return listing_ends_; }
  const std::vector<std::string>& shared_tails() const { return shared_tails_; }
  const std::vector<std::string>& superlatives() const { return superlatives_; }
  const std::vector<std::string>& diminutives() const { return diminutives_; }
  const std::vector<std::string>& steady_words() const { return steady_words_; }
  const std::vector<std::string>& keeping_words() const { return keeping_words_; }

  const std::vector<Compound>& compounds() const { return compounds_; }

  // The longest statistic whose name `phrase` ends with.
  Match<IndicatorInfo> IndicatorSuffix(std::string_view phrase) const;
  // The longest fronted statistic whose name `phrase` starts with.
  Match<IndicatorInfo> FrontedIndicator(std::string_view phrase) const;
  // Whether `phrase` names a part and no statistic: a sector of the lexicon (钢材), or what ends
  // with a noun that only breakdowns end with (股份制企业, 衣着类).
  bool EndsLikeBreakdown(std::string_view phrase) const;

 private:
  template <typename T>
  static Match<T> Longest(const Trie& trie, const std::vector<T>& infos, std::string_view text) {
    const Trie::Match match = trie.Longest(text);
    return match.size == 0 ? Match<T>{} : Match<T>{match.size, &infos[match.value]};
  }

  // Marks the first character of `word`.
  void MarkSort(std::string_view word, uint8_t sort);

  Trie words_, units_, scales_, indicators_, period_words_, number_words_, sectors_;
  Trie indicator_ends_, breakdown_ends_;  // backwards
  StartFilter mention_starts_;
  std::vector<uint8_t> numerals_ = std::vector<uint8_t>(0x10000);  // 1 + index, by character
  std::vector<uint8_t> sorts_ = std::vector<uint8_t>(0x10000);
  std::vector<bool> filler_ends_ = std::vector<bool>(0x10000);  // last characters of fillers
  std::vector<WordInfo> word_infos_;
  std::vector<UnitInfo> unit_infos_;
  std::vector<int32_t> scale_powers_;
  std::vector<std::string> conjunctions_;
  std::vector<std::string> among_words_;
  std::vector<std::string> listing_nouns_, listing_openers_, listing_ends_;
  std::vector<std::string> shared_tails_;
  std::vector<std::string> superlatives_, diminutives_, steady_words_, keeping_words_;
  std::vector<Compound> compounds_;
  std::vector<PeriodWordInfo> period_infos_;
  std::vector<NumeralInfo> numeral_infos_;
  std::vector<NumberRole> number_roles_;
  std::vector<AreaInfo> areas_;
  AreaInfo nation_;
  absl::flat_hash_map<std::string, int32_t> areas_by_level_;   // "5吉林" → index
  absl::flat_hash_map<std::string, int32_t> romanized_areas_;  // "5daqing" → index, -1 for several
  std::vector<SectorInfo> sector_infos_;
  std::vector<IndicatorInfo> indicator_infos_;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_LEXICON_H_
