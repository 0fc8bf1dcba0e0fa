#include "services/figure/setting.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"

namespace crossfoot::figure {
namespace {

using core::AreaLevel;
using core::Block;
using core::BlockKind;
using core::Document;
using core::Mention;
using core::MentionKind;
using core::TextRange;

bool NamesPlace(AreaLevel level) {
  return level == AreaLevel::kCity || level == AreaLevel::kProvince ||
         level == AreaLevel::kCluster || level == AreaLevel::kRegion;
}

// The parts of a URI that its publisher chose: the host, and the last segment without what stands
// behind its last point.
std::string_view HostOf(std::string_view uri) {
  const size_t scheme = uri.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view rest = uri.substr(scheme + 3);
  return rest.substr(0, rest.find('/'));
}
std::string_view StemOf(std::string_view uri) {
  if (const size_t scheme = uri.find("://"); scheme != std::string_view::npos) {
    uri.remove_prefix(std::min(uri.find('/', scheme + 3), uri.size()));
  }
  uri = uri.substr(0, uri.find_first_of("?#"));
  if (const size_t slash = uri.rfind('/'); slash != std::string_view::npos)
    uri.remove_prefix(slash + 1);
  return uri.substr(0, uri.rfind('.'));
}

// The only area of `level` that `name` holds, as a word or as a run of Latin letters; nullptr when
// there is none, or more than one.
const lexicon::AreaInfo* OnlyAreaIn(std::string_view name, AreaLevel level,
                                    const lexicon::Lexicon& lexicon) {
  const lexicon::AreaInfo* found = nullptr;
  for (size_t at = 0; at < name.size();) {
    const lexicon::AreaInfo* area = nullptr;
    size_t size = 0;
    while (at + size < name.size() && absl::ascii_isalpha(name[at + size])) ++size;
    if (size > 0) {
      std::string letters(name.substr(at, size));
      absl::AsciiStrToLower(&letters);
      area = lexicon.FindRomanizedArea(letters, level);
    } else if (const auto word = lexicon.LongestWord(name.substr(at)); word) {
      size = static_cast<size_t>(word.size);
      if (word.info->area >= 0) area = &lexicon.area(word.info->area);
      if (area != nullptr && area->level != level) area = nullptr;
    }
    if (area != nullptr && found != nullptr && found != area) return nullptr;
    if (area != nullptr) found = area;
    at += std::max<size_t>(size, 1);
  }
  return found;
}

// Where a report that names no place of its own comes from, by its URI: tjj.daqing.gov.cn,
// 大庆市2025年统计公报.txt.
const lexicon::AreaInfo* AreaOfUri(std::string_view uri, AreaLevel level,
                                   const lexicon::Lexicon& lexicon) {
  const lexicon::AreaInfo* area = OnlyAreaIn(StemOf(uri), level, lexicon);
  return area != nullptr ? area : OnlyAreaIn(HostOf(uri), level, lexicon);
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

// Says where in a text blanks stand, in one pass over it for ranges in ascending order.
class BlankFinder {
 public:
  explicit BlankFinder(std::string_view text) : text_(text) {
    for (Next& next : next_) next.at = text_.find(next.blank);
  }

  bool FindIn(TextRange range) {
    bool found = false;
    for (Next& next : next_) {
      if (next.at < static_cast<size_t>(range.start)) next.at = text_.find(next.blank, range.start);
      found |= next.at < static_cast<size_t>(range.end);
    }
    return found;
  }

 private:
  struct Next {
    char blank;
    size_t at = 0;  // the first one from the start of the last range on, or npos
  };
  std::string_view text_;
  std::array<Next, 3> next_ = {Next{' '}, Next{'\t'}, Next{'\n'}};
};

// The words of a line, with one mark for each number and without blanks.
std::string WordsOf(std::string_view line) {
  std::string words;
  for (size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (!absl::ascii_isdigit(c)) {
      if (!IsBlank(c)) words.push_back(c);
      continue;
    }
    words.push_back('0');
    while (at + 1 < line.size() && (absl::ascii_isdigit(line[at + 1]) || line[at + 1] == '.')) ++at;
  }
  return words;
}

// An entry of a table of contents without the page that opens it: "- 04 …".
std::string_view WithoutEntryNumber(std::string_view line) {
  size_t at = 0;
  while (at < line.size() && (IsBlank(line[at]) || line[at] == '-' || line[at] == '.')) ++at;
  const size_t digits = at;
  while (at < line.size() && absl::ascii_isdigit(line[at])) ++at;
  return at > digits && at < line.size() && IsBlank(line[at]) ? line.substr(at) : line;
}

}  // namespace

std::vector<bool> FindCopies(const Document& document, const core::Cancellation* cancellation) {
  constexpr size_t kMinSentenceBytes = 60;
  constexpr size_t kMinCopyBytes = 120;
  std::vector<bool> copies(document.blocks.size());
  // Hashes: two long sentences that differ and share one are less likely than a cosmic ray.
  absl::flat_hash_set<size_t> seen;
  std::string without_blanks;
  BlankFinder blanks(document.text);
  for (const size_t b : core::Steps(document.blocks.size(), cancellation)) {
    const Block& block = document.blocks[b];
    if (block.kind != BlockKind::kParagraph) continue;
    size_t known = 0, total = 0;
    for (const size_t s : core::Steps(block.sentence_count, cancellation)) {
      const TextRange range = document.sentences[block.first_sentence + s].range;
      std::string_view text = document.TextOf(range);
      if (blanks.FindIn(range)) {
        without_blanks.assign(text);
        std::erase_if(without_blanks, IsBlank);
        text = without_blanks;
      }
      total += text.size();
      if (text.size() < kMinSentenceBytes) continue;
      if (!seen.insert(std::hash<std::string_view>()(text)).second) known += text.size();
    }
    copies[b] = known >= kMinCopyBytes && known * 5 >= total * 4;
  }
  return copies;
}

std::vector<int32_t> FindContents(const Document& document) {
  constexpr size_t kMinWords = 18;  // bytes
  std::vector<int32_t> contents;
  absl::flat_hash_map<std::string, int32_t> headings;
  const auto numbered = [&](const Block& block) {
    const std::string_view text = document.TextOf(block.range);
    return std::any_of(text.begin(), text.end(), absl::ascii_isdigit);
  };
  const auto entry = [&](const Block& block) {
    return block.kind == BlockKind::kFurniture && numbered(block);
  };
  if (std::none_of(document.blocks.begin(), document.blocks.end(), entry)) return contents;
  for (size_t b = 0; b < document.blocks.size(); ++b) {
    const Block& block = document.blocks[b];
    if (block.kind == BlockKind::kHeading && numbered(block))
      headings.try_emplace(WordsOf(document.TextOf(block.range)), static_cast<int32_t>(b));
  }
  if (headings.empty()) return contents;
  for (size_t b = 0; b < document.blocks.size(); ++b) {
    if (!entry(document.blocks[b])) continue;
    const std::string words =
        WordsOf(WithoutEntryNumber(document.TextOf(document.blocks[b].range)));
    const auto heading = headings.find(words);
    if (words.size() < kMinWords || heading == headings.end()) continue;
    if (contents.empty()) contents.assign(document.blocks.size(), -1);
    contents[b] = heading->second;
  }
  return contents;
}

std::vector<Home> FindHomes(const Document& document, const std::vector<Mention>& mentions,
                            const lexicon::Lexicon& lexicon, std::string_view home_area,
                            const core::Cancellation* cancellation) {
  // What is given may be a place that the lexicon does not know; its sort fits any word then.
  Home given;
  AreaLevel given_level = AreaLevel::kNone;
  if (!home_area.empty()) {
    given.area = std::string(home_area);
    const lexicon::WordInfo* word = lexicon.FindWord(home_area);
    if (word != nullptr && word->area >= 0) {
      const lexicon::AreaInfo& area = lexicon.area(word->area);
      given = {area.name, area.code, {}};
      given_level = area.level;
    }
  }
  struct Candidates {
    const Mention* title = nullptr;                     // the place in the title
    const Mention* word = nullptr;                      // the first 全市, 我省
    absl::flat_hash_map<std::string_view, int> places;  // how often each is named
    absl::flat_hash_map<std::string_view, const Mention*> first;
  };
  std::vector<Candidates> articles(std::max(document.article_count, 1));
  for (const size_t at : core::Steps(mentions.size(), cancellation)) {
    const Mention& mention = mentions[at];
    if (mention.kind != MentionKind::kArea || mention.sentence < 0) continue;
    const Block& block = document.blocks[document.sentences[mention.sentence].block];
    Candidates& article = articles[block.article];
    if (mention.area_level == AreaLevel::kHome) {
      if (article.word == nullptr) article.word = &mention;
    } else if (NamesPlace(mention.area_level)) {
      // The first heading that names a place.
      if (block.kind == BlockKind::kHeading && block.level <= 1 && article.title == nullptr)
        article.title = &mention;
      ++article.places[mention.canonical];
      article.first.try_emplace(mention.canonical, &mention);
    }
  }
  std::vector<Home> homes(articles.size());
  for (size_t i = 0; i < articles.size(); ++i) {
    const Candidates& article = articles[i];
    const Mention* home = article.title;
    if (home == nullptr && article.word != nullptr) {
      home = article.word;
      const lexicon::WordInfo* word = lexicon.FindWord(article.word->canonical);
      const AreaLevel level =
          word != nullptr && word->area >= 0 ? lexicon.area(word->area).home_of : AreaLevel::kNone;
      int most = 0, second = 0;
      const Mention* named = nullptr;
      for (const auto& [name, count] : article.places) {
        const Mention* place = article.first.at(name);
        if (place->area_level != level) continue;
        if (count > most) {
          second = most;
          most = count;
          named = place;
        } else {
          second = std::max(second, count);
        }
      }
      if (most > 2 * second) {
        home = named;
      } else if (!given.area.empty() && (given_level == AreaLevel::kNone || given_level == level)) {
        homes[i] = given;
        continue;
      } else if (const auto* area = AreaOfUri(document.uri, level, lexicon);
                 given.area.empty() && area != nullptr) {
        homes[i] = {area->name, area->code, {}};
        continue;
      }
    }
    if (home != nullptr) {
      homes[i] = {home->canonical, home->code, home->range};
    } else {
      homes[i] = {lexicon.nation().name, lexicon.nation().code, {}};
    }
  }
  return homes;
}

std::vector<std::optional<absl::CivilDay>> FindDates(const Document& document,
                                                     const std::vector<Mention>& mentions) {
  constexpr int32_t kLines = 16;       // a page's buttons may stand above its title
  constexpr int32_t kLineBytes = 150;  // longer ones are the text itself
  std::vector<std::optional<absl::CivilDay>> dates(std::max(document.article_count, 1));
  std::vector<int32_t> first_block(dates.size(), -1);
  for (size_t b = document.blocks.size(); b-- > 0;)
    first_block[document.blocks[b].article] = static_cast<int32_t>(b);
  for (const Mention& mention : mentions) {
    if (mention.kind != MentionKind::kPeriod || mention.sentence < 0 || !mention.period) continue;
    // A day, not the end of a month or year: its key has the day as its third part.
    const std::string_view key = mention.period_key;
    // 1月18日 alone leaves open which year it is of.
    constexpr size_t kYearDigits = 4;
    if (std::count(key.begin(), key.end(), '/') != 2 || key.find('/') < kYearDigits ||
        mention.period->start != mention.period->end || mention.period->assumed) {
      continue;
    }
    const int32_t block = document.sentences[mention.sentence].block;
    const int32_t article = document.blocks[block].article;
    if (dates[article] || block >= first_block[article] + kLines ||
        document.blocks[block].range.size() > kLineBytes) {
      continue;
    }
    dates[article] = mention.period->end;
  }
  return dates;
}

}  // namespace crossfoot::figure
