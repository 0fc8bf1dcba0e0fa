#include "services/figure/phrase.h"

#include <algorithm>
#include <array>
#include <utility>

namespace crossfoot::figure {
namespace {

using lexicon::Lexicon;

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}
bool EndsWith(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

constexpr std::array<std::string_view, 2> kOpen = {"（", "("};
constexpr std::array<std::string_view, 2> kClose = {"）", ")"};
// Marks that no name begins or ends with.
constexpr std::array<std::string_view, 16> kMarks = {" ", "\t", "\n", "、", "，", "：", "；", "。",
                                                     ",", ":",  ";",  "-",  "—",  "·",  "#",  "*"};

// The first bytes of kMarks, all others rule them out.
bool MayBeMark(char lead) {
  const uint8_t byte = static_cast<uint8_t>(lead);
  return byte < 0x80 || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF;
}

size_t LastCodePointStart(std::string_view text) {
  size_t start = text.size();
  while (start > 0 && (static_cast<uint8_t>(text[--start]) & 0xC0) == 0x80) {
  }
  return start;
}

size_t MarkAt(std::string_view text, size_t at, const std::array<std::string_view, 2>& marks) {
  const char lead = text[at];
  if (lead != '(' && lead != ')' && static_cast<uint8_t>(lead) != 0xEF) return 0;
  for (const std::string_view mark : marks) {
    if (text.substr(at, mark.size()) == mark) return mark.size();
  }
  return 0;
}

bool HasBrackets(std::string_view phrase) {
  return phrase.find('(') != std::string_view::npos ||
         phrase.find(kOpen[0]) != std::string_view::npos;
}

std::string WithoutBrackets(std::string_view phrase) {
  std::string out;
  out.reserve(phrase.size());
  int depth = 0;
  for (size_t i = 0; i < phrase.size();) {
    if (const size_t open = MarkAt(phrase, i, kOpen); open > 0) {
      ++depth;
      i += open;
    } else if (const size_t close = MarkAt(phrase, i, kClose); close > 0) {
      if (depth > 0) --depth;
      i += close;
    } else {
      if (depth == 0) out.push_back(phrase[i]);
      ++i;
    }
  }
  return out;
}

bool IsFiller(const lexicon::WordInfo* word) { return word != nullptr && word->filler(); }

// The size of the circled number, as lists have it, that `phrase` starts with; 0 for none.
size_t CircledNumberSize(std::string_view phrase) {
  constexpr std::string_view kFirst = "①", kLast = "⑳";
  const std::string_view mark = phrase.substr(0, kFirst.size());
  return mark >= kFirst && mark <= kLast ? kFirst.size() : 0;
}

// Where the filler at the end of `phrase` starts, one of at most four code points; its size when
// there is none.
size_t FillerAtEnd(std::string_view phrase, const Lexicon& lexicon) {
  size_t start = phrase.size();
  if (!lexicon.MayEndFiller(phrase)) return start;
  for (int i = 0; i < 4 && start > 0; ++i) {
    start = LastCodePointStart(phrase.substr(0, start));
    if (!IsFiller(lexicon.FindWord(phrase.substr(start)))) continue;
    // 日均 is a word that ends like a filler.
    const size_t longer = LastCodePointStart(phrase.substr(0, start));
    const lexicon::WordInfo* word = start > 0 ? lexicon.FindWord(phrase.substr(longer)) : nullptr;
    return word != nullptr && !IsFiller(word) ? phrase.size() : start;
  }
  return phrase.size();
}

}  // namespace

std::string CleanPhrase(std::string_view raw, const Lexicon& lexicon) {
  std::string bare;
  std::string_view phrase = raw;
  if (HasBrackets(raw)) phrase = bare = WithoutBrackets(raw);
  for (bool changed = true; changed && !phrase.empty();) {
    changed = false;
    if (MayBeMark(phrase.front()) || MayBeMark(phrase[LastCodePointStart(phrase)])) {
      for (const std::string_view mark : kMarks) {
        while (StartsWith(phrase, mark)) phrase.remove_prefix(mark.size()), changed = true;
        while (EndsWith(phrase, mark)) phrase.remove_suffix(mark.size()), changed = true;
      }
    }
    if (const size_t number = CircledNumberSize(phrase); number > 0) {
      phrase.remove_prefix(number);
      changed = true;
    }
    if (phrase.empty()) break;
    const auto word = lexicon.LongestWord(phrase);
    if (word && IsFiller(word.info)) {
      phrase.remove_prefix(word.size);
      changed = true;
    }
    const size_t start = FillerAtEnd(phrase, lexicon);
    if (start < phrase.size()) {
      phrase = phrase.substr(0, start);
      changed = true;
    }
  }
  for (const std::string& conjunction : lexicon.conjunctions()) {
    if (phrase == conjunction) return "";
  }
  // One pair of quotation marks around the whole.
  if (StartsWith(phrase, "“") && EndsWith(phrase, "”") && phrase.find("”") == phrase.size() - 3) {
    phrase = phrase.substr(3, phrase.size() - 6);
  }
  std::string out(phrase);
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](char c) { return c == ' ' || c == '\t' || c == '\n'; }),
            out.end());
  return out;
}

std::string_view WithoutTrailingFiller(std::string_view phrase, const Lexicon& lexicon) {
  while (!phrase.empty()) {
    const size_t start = FillerAtEnd(phrase, lexicon);
    if (start < phrase.size()) {
      phrase = phrase.substr(0, start);
    } else if (phrase.back() == ' ') {
      phrase.remove_suffix(1);
    } else {
      break;
    }
  }
  return phrase;
}

std::string WithoutConjunctions(std::string_view phrase, const Lexicon& lexicon) {
  for (bool changed = true; changed && !phrase.empty();) {
    changed = false;
    for (const std::string& conjunction : lexicon.conjunctions()) {
      if (StartsWith(phrase, conjunction)) phrase.remove_prefix(conjunction.size()), changed = true;
      if (EndsWith(phrase, conjunction)) phrase.remove_suffix(conjunction.size()), changed = true;
    }
  }
  return std::string(phrase);
}

StatisticName SplitStatistic(std::string_view phrase, const Lexicon& lexicon) {
  StatisticName name;
  const auto indicator = lexicon.IndicatorSuffix(phrase);
  if (!indicator) {
    name.indicator = std::string(phrase);
    return name;
  }
  name.known = true;
  name.generic = indicator.info->generic;
  name.indicator = std::string(phrase.substr(phrase.size() - indicator.size));
  name.sector = CleanPhrase(phrase.substr(0, phrase.size() - indicator.size), lexicon);
  return name;
}

namespace {

std::vector<std::string> SplitAt(std::string_view phrase,
                                 const std::vector<std::string_view>& marks) {
  std::vector<std::string> items;
  size_t start = 0;
  int depth = 0;
  for (size_t i = 0; i <= phrase.size();) {
    if (i == phrase.size()) {
      if (i > start) items.emplace_back(phrase.substr(start));
      break;
    }
    if (MarkAt(phrase, i, kOpen) > 0) ++depth;
    if (MarkAt(phrase, i, kClose) > 0 && depth > 0) --depth;
    size_t size = 0;
    if (depth == 0) {
      for (const std::string_view mark : marks) {
        if (phrase.substr(i, mark.size()) == mark) size = mark.size();
      }
    }
    if (size > 0) {
      if (i > start) items.emplace_back(phrase.substr(start, i - start));
      i += size;
      start = i;
    } else {
      ++i;
    }
  }
  return items;
}

}  // namespace

std::vector<std::string> SplitCoordination(std::string_view phrase, size_t count,
                                           const Lexicon& lexicon) {
  constexpr std::string_view kListComma = "、";
  std::vector<std::string_view> marks = {kListComma};
  std::vector<std::string> items = SplitAt(phrase, marks);
  for (const std::string& conjunction : lexicon.conjunctions()) {
    if (items.size() >= count) break;
    marks.push_back(conjunction);
    items = SplitAt(phrase, marks);
  }
  if (items.size() != count) items.clear();
  return items;
}

}  // namespace crossfoot::figure
