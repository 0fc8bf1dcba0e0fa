#include "services/lexicon/lexicon.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "crossfoot/config/v1/lexicon.pb.h"
#include "google/protobuf/descriptor.h"
#include "proto/crossfoot/config/textproto.h"
#include "services/lexicon/lexicon_data.h"

namespace crossfoot::lexicon {
namespace {

namespace pb = ::crossfoot::config::v1;

core::UnitKind ToUnitKind(pb::Unit::Kind kind) {
  switch (kind) {
    case pb::Unit::KIND_CURRENCY:
      return core::UnitKind::kCurrency;
    case pb::Unit::KIND_COUNT:
      return core::UnitKind::kCount;
    case pb::Unit::KIND_PERCENT:
      return core::UnitKind::kPercent;
    case pb::Unit::KIND_POINT:
      return core::UnitKind::kPoint;
    case pb::Unit::KIND_MULTIPLE:
      return core::UnitKind::kMultiple;
    case pb::Unit::KIND_DURATION:
      return core::UnitKind::kDuration;
    case pb::Unit::KIND_PLACE:
      return core::UnitKind::kPlace;
    default:
      return core::UnitKind::kMeasure;
  }
}

core::Qualifier ToQualifier(pb::Hedge::Qualifier qualifier) {
  switch (qualifier) {
    case pb::Hedge::QUALIFIER_ALMOST:
      return core::Qualifier::kAlmost;
    case pb::Hedge::QUALIFIER_OVER:
      return core::Qualifier::kOver;
    default:
      return core::Qualifier::kAbout;
  }
}

// Whether a period may begin with a word of `role`, rather than have it behind a number.
bool BeginsPeriod(PeriodRole role) {
  switch (role) {
    case PeriodRole::kYear:
    case PeriodRole::kMonth:
    case PeriodRole::kDay:
    case PeriodRole::kQuarter:
    case PeriodRole::kEnd:
    case PeriodRole::kMonths:
    case PeriodRole::kTo:
    case PeriodRole::kSince:
    case PeriodRole::kTenDays:
    case PeriodRole::kDays:
    case PeriodRole::kWeeks:
    case PeriodRole::kAgo:
    case PeriodRole::kLastOf:
    case PeriodRole::kCentury:
    case PeriodRole::kDecade:
    case PeriodRole::kPlanTime:
    case PeriodRole::kFirstMonth:
    case PeriodRole::kOf:
    case PeriodRole::kBound:
    case PeriodRole::kNow:
      return false;
    default:
      return true;
  }
}

// Whether a number may begin with a word of `role`.
bool BeginsNumber(NumberRole role) {
  switch (role) {
    case NumberRole::kHalf:
    case NumberRole::kMinus:
    case NumberRole::kDouble:
    case NumberRole::kOrdinal:
    case NumberRole::kOneHalf:
    case NumberRole::kOverHalf:
    case NumberRole::kTwoDigits:
    case NumberRole::kAll:
      return true;
    default:
      return false;
  }
}

// Collects the words of one trie and refuses a second one.
class WordTable {
 public:
  explicit WordTable(std::string sort) : sort_(std::move(sort)) {}

  absl::Status Add(const std::string& word, int32_t value, const std::string& path, int line) {
    if (word.empty()) return Bad(path, line, absl::StrCat("an empty word among the ", sort_));
    auto [at, inserted] = first_.try_emplace(word, absl::StrCat(path, ":", line));
    if (!inserted) {
      return Bad(
          path, line,
          absl::StrCat("\"", word, "\" stands twice among the ", sort_, ", first at ", at->second));
    }
    words_.emplace_back(word, value);
    return absl::OkStatus();
  }

  static absl::Status Bad(const std::string& path, int line, const std::string& what) {
    return core::MakeError(core::ErrorReason::kDataInvalid,
                           absl::StrCat(path, ":", line, ": ", what),
                           {{"file", path}, {"line", absl::StrCat(line)}});
  }

  const std::vector<std::pair<std::string, int32_t>>& words() const { return words_; }
  Trie Build() && { return Trie(std::move(words_)); }
  // For Trie::LongestAtEnd.
  Trie BuildBackwards() && {
    for (auto& [word, value] : words_) std::reverse(word.begin(), word.end());
    return Trie(std::move(words_));
  }

 private:
  std::string sort_;
  std::vector<std::pair<std::string, int32_t>> words_;
  absl::flat_hash_map<std::string, std::string> first_;  // word → where it stands
};

// Key of an area in the table of spellings by level.
std::string AreaKey(std::string_view word, int level) {
  return absl::StrCat(level, core::ToAbsl(word));
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Lexicon>> Lexicon::Load() {
  std::vector<LexiconFile> files;
  for (const auto& file : embedded::lexicon_data())
    files.push_back({file.path, std::string(file.data, file.size)});
  return Parse(files);
}

absl::StatusOr<std::unique_ptr<const Lexicon>> Lexicon::Parse(
    const std::vector<LexiconFile>& files) {
  auto lexicon = std::make_unique<Lexicon>();
  WordTable words("words"), units("units"), scales("scales"), indicators("indicators");
  WordTable period_words("period words"), numerals("numerals"), sectors("sectors");
  WordTable number_words("number words");
  WordTable breakdown_nouns("breakdown nouns");
  for (const LexiconFile& file : files) {
    pb::Lexicon data;
    config::Locations lines;
    if (absl::Status status = config::Parse(file.path, file.text, &data, &lines); !status.ok())
      return status;
    auto bad = [&](const char* field, int index, const std::string& what) {
      return WordTable::Bad(file.path, lines.LineOf(data, field, index), what);
    };
    auto add_all = [&](WordTable& table, const auto& spellings, int32_t value, const char* field,
                       int index) -> absl::Status {
      const int line = lines.LineOf(data, field, index);
      if (spellings.empty()) return WordTable::Bad(file.path, line, "an entry without a word");
      for (const std::string& word : spellings) {
        if (absl::Status status = table.Add(word, value, file.path, line); !status.ok())
          return status;
      }
      return absl::OkStatus();
    };
    auto add_words = [&](const auto& spellings, const WordInfo& info, const char* field,
                         int index) -> absl::Status {
      lexicon->word_infos_.push_back(info);
      return add_all(words, spellings, static_cast<int32_t>(lexicon->word_infos_.size()) - 1, field,
                     index);
    };

    for (int i = 0; i < data.scales_size(); ++i) {
      const pb::Scale& scale = data.scales(i);
      if (scale.power() < 1 || scale.power() > 16)
        return bad("scales", i, "a scale's power must be 1 to 16");
      lexicon->scale_powers_.push_back(scale.power());
      if (absl::Status status =
              add_all(scales, std::vector<std::string>{scale.word()},
                      static_cast<int32_t>(lexicon->scale_powers_.size()) - 1, "scales", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.units_size(); ++i) {
      const pb::Unit& unit = data.units(i);
      if (unit.words().empty()) return bad("units", i, "a unit without a word");
      if (unit.power() < -6 || unit.power() > 12)
        return bad("units", i, "a unit's power must be -6 to 12");
      lexicon->unit_infos_.push_back(
          {core::Text(unit.code().empty() ? unit.words(0) : unit.code()), core::Text(unit.ucum()),
           unit.power(), ToUnitKind(unit.kind()), unit.change(), core::Text(unit.money())});
      if (absl::Status status =
              add_all(units, unit.words(), static_cast<int32_t>(lexicon->unit_infos_.size()) - 1,
                      "units", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.areas_size(); ++i) {
      const pb::Area& area = data.areas(i);
      lexicon->areas_.push_back({core::Text(area.name()), core::Text(area.code()),
                                 static_cast<core::AreaLevel>(area.level()),
                                 static_cast<core::AreaLevel>(area.home_of())});
      if (lexicon->nation_.name.empty() && area.level() == pb::Area::LEVEL_NATION)
        lexicon->nation_ = lexicon->areas_.back();
      WordInfo info;
      info.kind = core::MentionKind::kArea;
      info.area = static_cast<int32_t>(lexicon->areas_.size()) - 1;
      std::vector<std::string> spellings = {area.name()};
      spellings.insert(spellings.end(), area.aliases().begin(), area.aliases().end());
      if (absl::Status status = add_words(spellings, info, "areas", i); !status.ok()) return status;
      spellings.insert(spellings.end(), area.shared_aliases().begin(), area.shared_aliases().end());
      for (const std::string& word : spellings) {
        if (word.empty()) return bad("areas", i, "an empty word among the words");
        if (!lexicon->areas_by_level_.try_emplace(AreaKey(word, area.level()), info.area).second)
          return bad("areas", i,
                     absl::StrCat("\"", word, "\" stands twice among areas of a level"));
      }
      for (const std::string& name : area.romanized()) {
        if (name.empty() || !std::all_of(name.begin(), name.end(), absl::ascii_islower))
          return bad("areas", i, "a romanized name is made of lower-case letters");
        const auto [at, added] =
            lexicon->romanized_areas_.try_emplace(AreaKey(name, area.level()), info.area);
        if (!added) at->second = -1;
      }
    }
    for (int i = 0; i < data.sectors_size(); ++i) {
      const pb::Sector& sector = data.sectors(i);
      lexicon->sector_infos_.push_back(
          {sector.name(), sector.code(), static_cast<SectorKind>(sector.kind())});
      std::vector<std::string> spellings = {sector.name()};
      spellings.insert(spellings.end(), sector.aliases().begin(), sector.aliases().end());
      if (absl::Status status =
              add_all(sectors, spellings, static_cast<int32_t>(lexicon->sector_infos_.size()) - 1,
                      "sectors", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.hedges_size(); ++i) {
      const pb::Hedge& hedge = data.hedges(i);
      if (hedge.qualifier() == pb::Hedge::QUALIFIER_UNSPECIFIED)
        return bad("hedges", i, "a hedge without a qualifier");
      WordInfo info;
      info.kind = core::MentionKind::kHedge;
      info.qualifier = ToQualifier(hedge.qualifier());
      info.behind = hedge.behind();
      if (absl::Status status = add_words(hedge.words(), info, "hedges", i); !status.ok())
        return status;
    }
    for (int i = 0; i < data.directions_size(); ++i) {
      const pb::Direction& direction = data.directions(i);
      if (direction.sign() != 1 && direction.sign() != -1)
        return bad("directions", i, "a sign must be 1 or -1");
      WordInfo info;
      info.kind = core::MentionKind::kDirection;
      info.sign = direction.sign();
      info.of_rate = direction.of_rate();
      info.of_magnitude = direction.of_magnitude();
      if (absl::Status status = add_words(direction.words(), info, "directions", i); !status.ok())
        return status;
    }
    for (int i = 0; i < data.cues_size(); ++i) {
      const pb::Cue& cue = data.cues(i);
      if (cue.role() == pb::Cue::ROLE_UNSPECIFIED) return bad("cues", i, "a cue without a role");
      WordInfo info;
      info.kind = core::MentionKind::kCue;
      info.cue = static_cast<core::Cue>(cue.role());
      info.sign = cue.sign();
      info.of_rate = cue.of_rate();
      if (absl::Status status = add_words(cue.words(), info, "cues", i); !status.ok())
        return status;
    }
    for (int i = 0; i < data.plain_words_size(); ++i) {
      WordInfo info;
      info.kind = core::MentionKind::kLabel;
      if (absl::Status status =
              add_words(std::vector<std::string>{data.plain_words(i)}, info, "plain_words", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.indicators_size(); ++i) {
      const pb::Indicator& indicator = data.indicators(i);
      lexicon->indicator_infos_.push_back({core::Text(indicator.name()),
                                           indicator.id(),
                                           indicator.stock(),
                                           indicator.ratio(),
                                           indicator.index(),
                                           indicator.price(),
                                           indicator.fronted(),
                                           {indicator.members().begin(), indicator.members().end()},
                                           indicator.generic()});
      std::vector<std::string> spellings = {indicator.name()};
      spellings.insert(spellings.end(), indicator.aliases().begin(), indicator.aliases().end());
      if (absl::Status status =
              add_all(indicators, spellings,
                      static_cast<int32_t>(lexicon->indicator_infos_.size()) - 1, "indicators", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.period_words_size(); ++i) {
      const pb::PeriodWord& word = data.period_words(i);
      if (word.role() == pb::PeriodWord::ROLE_UNSPECIFIED)
        return bad("period_words", i, "a period word without a role");
      lexicon->period_infos_.push_back({static_cast<PeriodRole>(word.role()), word.value()});
      if (absl::Status status =
              add_all(period_words, word.words(),
                      static_cast<int32_t>(lexicon->period_infos_.size()) - 1, "period_words", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.numerals_size(); ++i) {
      const pb::Numeral& numeral = data.numerals(i);
      if (numeral.word().size() != 3 || (numeral.word()[0] & 0xF0) != 0xE0)
        return bad("numerals", i, "a numeral must be one character of three bytes");
      if (lexicon->numeral_infos_.size() >= 255) return bad("numerals", i, "too many numerals");
      if (numeral.value() < 0 || numeral.value() > 40)
        return bad("numerals", i, "a numeral must be 0 to 40");
      if (numeral.power() < 0 || numeral.power() > 16)
        return bad("numerals", i, "a numeral's power must be 0 to 16");
      lexicon->numeral_infos_.push_back(
          {numeral.value(), numeral.power(), numeral.formal(), numeral.counting(), numeral.some()});
      if (absl::Status status =
              add_all(numerals, std::vector<std::string>{numeral.word()},
                      static_cast<int32_t>(lexicon->numeral_infos_.size()) - 1, "numerals", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.number_words_size(); ++i) {
      const pb::NumberWord& word = data.number_words(i);
      if (word.role() == pb::NumberWord::ROLE_UNSPECIFIED)
        return bad("number_words", i, "a number word without a role");
      lexicon->number_roles_.push_back(static_cast<NumberRole>(word.role()));
      if (absl::Status status =
              add_all(number_words, word.words(),
                      static_cast<int32_t>(lexicon->number_roles_.size()) - 1, "number_words", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.breakdown_nouns_size(); ++i) {
      if (absl::Status status =
              add_all(breakdown_nouns, std::vector<std::string>{data.breakdown_nouns(i)}, i,
                      "breakdown_nouns", i);
          !status.ok()) {
        return status;
      }
    }
    for (int i = 0; i < data.compounds_size(); ++i) {
      const pb::Compound& compound = data.compounds(i);
      if (compound.word().empty() || compound.members_size() < 2)
        return bad("compounds", i, "a compound needs a word and two members");
      lexicon->compounds_.push_back(
          {compound.word(), {compound.members().begin(), compound.members().end()}});
    }
    const struct {
      const char* field;
      const google::protobuf::RepeatedPtrField<std::string>& words;
      std::vector<std::string>& list;
    } lists[] = {{"among_words", data.among_words(), lexicon->among_words_},
                 {"conjunctions", data.conjunctions(), lexicon->conjunctions_},
                 {"listing_nouns", data.listing_nouns(), lexicon->listing_nouns_},
                 {"listing_openers", data.listing_openers(), lexicon->listing_openers_},
                 {"listing_ends", data.listing_ends(), lexicon->listing_ends_},
                 {"shared_tails", data.shared_tails(), lexicon->shared_tails_},
                 {"superlatives", data.superlatives(), lexicon->superlatives_},
                 {"diminutives", data.diminutives(), lexicon->diminutives_},
                 {"steady_words", data.steady_words(), lexicon->steady_words_},
                 {"keeping_words", data.keeping_words(), lexicon->keeping_words_}};
    for (const auto& [field, words, list] : lists) {
      for (int i = 0; i < words.size(); ++i) {
        if (words[i].empty()) return bad(field, i, "an empty word");
        list.push_back(words[i]);
      }
    }
  }
  lexicon->sectors_ = std::move(sectors).Build();
  const std::pair<const WordTable*, Sort> sorts[] = {
      {&words, kWord},       {&units, kUnit},
      {&scales, kScale},     {&period_words, kPeriodWord},
      {&numerals, kNumeral}, {&number_words, kNumberWord}};
  for (const auto& [table, sort] : sorts) {
    for (const auto& [word, value] : table->words()) {
      const bool money =
          sort == kUnit && lexicon->unit_infos_[value].kind == core::UnitKind::kCurrency;
      const bool opens_number = sort == kNumberWord && BeginsNumber(lexicon->number_roles_[value]);
      const bool opens_period =
          sort == kPeriodWord && BeginsPeriod(lexicon->period_infos_[value].role);
      if (sort != kPeriodWord || opens_period) lexicon->MarkSort(word, sort);
      if (money) lexicon->MarkSort(word, kCurrency);
      if (opens_number) lexicon->MarkSort(word, kNumberStart);
      if (sort == kWord || sort == kNumeral || money || opens_number || opens_period)
        lexicon->mention_starts_.Add(word);
      if (sort == kWord && word.size() >= 3 && lexicon->word_infos_[value].filler())
        lexicon->filler_ends_[CharacterOf(std::string_view(word).substr(word.size() - 3))] = true;
    }
  }
  lexicon->period_words_ = std::move(period_words).Build();
  for (const auto& [word, value] : numerals.words())
    lexicon->numerals_[CharacterOf(word)] = static_cast<uint8_t>(value + 1);
  lexicon->number_words_ = std::move(number_words).Build();
  lexicon->words_ = std::move(words).Build();
  lexicon->units_ = std::move(units).Build();
  lexicon->scales_ = std::move(scales).Build();
  lexicon->indicator_ends_ = WordTable(indicators).BuildBackwards();
  lexicon->indicators_ = std::move(indicators).Build();
  lexicon->breakdown_ends_ = std::move(breakdown_nouns).BuildBackwards();
  return std::unique_ptr<const Lexicon>(std::move(lexicon));
}

void Lexicon::MarkSort(std::string_view word, uint8_t sort) {
  const uint8_t lead = static_cast<uint8_t>(word[0]);
  if (lead < 0x80) {
    sorts_[lead] |= sort;
  } else if ((lead & 0xF0) == 0xE0 && word.size() >= 3) {
    sorts_[CharacterOf(word)] |= sort;
  }
}

const AreaInfo* Lexicon::FindArea(std::string_view text, core::AreaLevel level) const {
  const auto at = areas_by_level_.find(AreaKey(text, static_cast<int>(level)));
  return at == areas_by_level_.end() ? nullptr : &areas_[at->second];
}

const AreaInfo* Lexicon::FindRomanizedArea(std::string_view name, core::AreaLevel level) const {
  const auto at = romanized_areas_.find(AreaKey(name, static_cast<int>(level)));
  return at == romanized_areas_.end() || at->second < 0 ? nullptr : &areas_[at->second];
}

Lexicon::Match<IndicatorInfo> Lexicon::IndicatorSuffix(std::string_view phrase) const {
  const Trie::Match match = indicator_ends_.LongestAtEnd(phrase);
  if (match.size == 0) return {};
  return {match.size, &indicator_infos_[match.value]};
}

Lexicon::Match<IndicatorInfo> Lexicon::FrontedIndicator(std::string_view phrase) const {
  const Match<IndicatorInfo> match = Longest(indicators_, indicator_infos_, phrase);
  return match && match.info->fronted ? match : Match<IndicatorInfo>{};
}

bool Lexicon::EndsLikeBreakdown(std::string_view phrase) const {
  return sectors_.Find(phrase) >= 0 || breakdown_ends_.LongestAtEnd(phrase).size > 0;
}

}  // namespace crossfoot::lexicon
