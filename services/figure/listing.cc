#include "services/figure/listing.h"

#include <algorithm>
#include <cstddef>

namespace crossfoot::figure {
namespace {

constexpr size_t kFewestItems = 3;
constexpr size_t kMostItems = 60;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

constexpr std::string_view kListComma = "、";
// Chinese and ASCII.
constexpr std::string_view kSemicolons[] = {"；", ";"};
constexpr std::string_view kCommas[] = {"，", ","};

// Cuts `text` at `mark`s outside brackets, blanks trimmed.
std::vector<std::string_view> Split(std::string_view text, std::string_view mark = kListComma) {
  std::vector<std::string_view> items;
  size_t start = 0;
  int depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("（") || rest.starts_with("(")) ++depth;
    if ((rest.starts_with("）") || rest.starts_with(")")) && depth > 0) --depth;
    if (depth > 0 || !rest.starts_with(mark)) continue;
    items.push_back(Trim(text.substr(start, at - start)));
    start = at + mark.size();
    at = start - 1;
  }
  items.push_back(Trim(text.substr(start)));
  return items;
}

// The last `count` characters of `text`, which are of three bytes; empty when they are not.
std::string_view Tail(std::string_view text, size_t count) {
  if (text.size() < 3 * count) return "";
  const std::string_view tail = text.substr(text.size() - 3 * count);
  for (size_t i = 0; i < count; ++i) {
    if ((static_cast<uint8_t>(tail[3 * i]) & 0xF0) != 0xE0) return "";
  }
  return tail;
}

int CountConjunctions(std::string_view text, const lexicon::Lexicon& lexicon) {
  int count = 0;
  for (const std::string& conjunction : lexicon.conjunctions()) {
    for (size_t at = text.find(conjunction); at != std::string_view::npos;
         at = text.find(conjunction, at + conjunction.size()))
      ++count;
  }
  return count;
}

// The names of `items`; the last one divided when a conjunction leaves both sides ending in `tail`.
std::vector<std::string> Divided(const std::vector<std::string_view>& items, std::string_view tail,
                                 const lexicon::Lexicon& lexicon) {
  std::vector<std::string> names(items.begin(), items.end());
  const std::string_view last = items.back();
  for (const std::string& conjunction : lexicon.conjunctions()) {
    const size_t at = last.find(conjunction);
    if (at == std::string_view::npos || !last.substr(0, at).ends_with(tail)) continue;
    names.back() = std::string(last.substr(0, at));
    names.emplace_back(last.substr(at + conjunction.size()));
    break;
  }
  return names;
}

// `names`, unless there may be `stated` of them: where 等 leaves the list open, or where the
// conjunctions inside them divide them further.
std::vector<std::string> Told(std::vector<std::string> names, bool open, int64_t stated,
                              const lexicon::Lexicon& lexicon) {
  const auto fewest = static_cast<int64_t>(names.size());
  int64_t most = fewest;
  for (const std::string& name : names) most += CountConjunctions(name, lexicon);
  if (stated > fewest && (open || stated <= most)) return {};
  return names;
}

bool EndAlike(const std::vector<std::string_view>& items, std::string_view tail) {
  return std::all_of(items.begin(), items.end(), [tail](std::string_view item) {
    return item.size() > tail.size() && item.ends_with(tail);
  });
}

// How many of `items` have the `end` of two characters that most of them have.
template <typename End>
size_t CountAlike(const std::vector<std::string_view>& items, End end) {
  size_t most = 0;
  for (const std::string_view item : items) {
    const std::string_view own = end(item);
    if (own.empty()) continue;
    most = std::max<size_t>(
        most, std::count_if(items.begin(), items.end(),
                            [&](std::string_view other) { return end(other) == own; }));
  }
  return most;
}

// Items between semicolons that all begin alike, 支持…；支持…，…；支持…, or of which all but one
// end alike, …予以补贴；…予以补助；…予以补助；…予以补助.
std::vector<std::string> ItemsAlike(const std::vector<std::string_view>& items) {
  if (items.size() < kFewestItems || items.size() > kMostItems) return {};
  const auto head = [](std::string_view item) { return Tail(item.substr(0, 6), 2); };
  const auto tail = [](std::string_view item) { return Tail(item, 2); };
  const bool begun_alike = CountAlike(items, head) == items.size();
  const bool ended_alike =
      items.size() > kFewestItems && CountAlike(items, tail) + 1 >= items.size();
  if (!begun_alike && !ended_alike) return {};
  std::vector<std::string> names;
  for (const std::string_view item : items) {
    size_t end = item.size();
    for (const std::string_view comma : kCommas) end = std::min(end, item.find(comma));
    names.emplace_back(begun_alike ? item.substr(0, end) : item);
  }
  return names;
}

}  // namespace

std::vector<std::string> ItemsBefore(std::string_view clause, bool open, int64_t stated,
                                     const lexicon::Lexicon& lexicon) {
  // A、B以及7个集群: the count is one more item.
  for (const std::string& conjunction : lexicon.conjunctions()) {
    if (clause.ends_with(conjunction)) return {};
  }
  const std::vector<std::string_view> items = Split(clause);
  if (items.size() < kFewestItems || items.size() > kMostItems) return {};
  const std::string_view tail = Tail(items.back(), 1);
  if (tail.empty()) return {};
  if (EndAlike(items, tail)) return Told(Divided(items, tail, lexicon), open, stated, lexicon);
  const bool opened =
      std::any_of(lexicon.listing_openers().begin(), lexicon.listing_openers().end(),
                  [&](const std::string& opener) { return items.front().starts_with(opener); });
  if (!opened) return {};
  return Told({items.begin(), items.end()}, open, stated, lexicon);
}

std::vector<std::string> ItemsBehind(std::string_view rest, int64_t stated,
                                     const lexicon::Lexicon& lexicon) {
  for (const std::string_view mark : kSemicolons) {
    if (rest.find(mark) != std::string_view::npos) return ItemsAlike(Split(rest, mark));
  }
  for (const std::string_view mark : kCommas) {
    if (rest.find(mark) != std::string_view::npos) return {};
  }
  std::vector<std::string_view> items = Split(rest);
  if (items.size() < kFewestItems || items.size() > kMostItems) return {};
  bool open = false;
  for (const std::string& word : lexicon.listing_ends()) {
    if (!items.back().ends_with(word)) continue;
    items.back().remove_suffix(word.size());
    open = true;
  }
  const std::string_view tail = Tail(items.back(), 2);
  if (tail.empty() || !EndAlike(items, tail)) return {};
  return Told(Divided(items, tail, lexicon), open, stated, lexicon);
}

}  // namespace crossfoot::figure
