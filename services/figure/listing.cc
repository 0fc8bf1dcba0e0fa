#include "services/figure/listing.h"

#include <algorithm>
#include <cstddef>

namespace crossfoot::figure {
namespace {

constexpr size_t kFewestItems = 3;
constexpr size_t kMostItems = 60;

// Cuts `text` at list commas outside brackets.
std::vector<std::string_view> Split(std::string_view text) {
  constexpr std::string_view kListComma = "、";
  std::vector<std::string_view> items;
  size_t start = 0;
  int depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("（") || rest.starts_with("(")) ++depth;
    if ((rest.starts_with("）") || rest.starts_with(")")) && depth > 0) --depth;
    if (depth > 0 || !rest.starts_with(kListComma)) continue;
    items.push_back(text.substr(start, at - start));
    start = at + kListComma.size();
    at = start - 1;
  }
  items.push_back(text.substr(start));
  return items;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
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

// Where a conjunction divides `item` so that both sides end in `tail`; npos when none does.
size_t Division(std::string_view item, std::string_view tail, const lexicon::Lexicon& lexicon,
                size_t* behind) {
  for (const std::string& conjunction : lexicon.conjunctions()) {
    const size_t at = item.find(conjunction);
    if (at == std::string_view::npos || at == 0) continue;
    *behind = at + conjunction.size();
    if (tail.empty() || item.substr(0, at).ends_with(tail)) return at;
  }
  return std::string_view::npos;
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

// `items`, which all end in `tail`; the last one divided by its conjunction.
std::vector<std::string> AlikeItems(const std::vector<std::string_view>& items,
                                    std::string_view tail, const lexicon::Lexicon& lexicon) {
  std::vector<std::string> names(items.begin(), items.end() - 1);
  size_t behind = 0;
  const std::string_view last = items.back();
  const size_t at = Division(last, tail, lexicon, &behind);
  if (at != std::string_view::npos) {
    names.emplace_back(last.substr(0, at));
    names.emplace_back(last.substr(behind));
  } else {
    names.emplace_back(last);
  }
  return names;
}

// 等 leaves open how many more there are.
std::vector<std::string> Told(std::vector<std::string> names, bool open, int64_t stated) {
  if (open && stated > static_cast<int64_t>(names.size())) return {};
  return names;
}

}  // namespace

std::vector<std::string> ItemsBefore(std::string_view clause, bool open, int64_t stated,
                                     const lexicon::Lexicon& lexicon) {
  std::vector<std::string_view> items = Split(Trim(clause));
  if (items.size() < kFewestItems || items.size() > kMostItems) return {};
  for (std::string_view& item : items) item = Trim(item);
  const std::string_view tail = Tail(items.back(), 1);
  if (tail.empty()) return {};
  const bool alike = std::all_of(items.begin(), items.end(),
                                 [&](std::string_view item) { return item.ends_with(tail); });
  // A conjunction in another item may divide it as well.
  int conjunctions = 0;
  for (const std::string_view item : items) conjunctions += CountConjunctions(item, lexicon);
  const int in_last = CountConjunctions(items.back(), lexicon);
  if (alike && conjunctions == in_last) return Told(AlikeItems(items, tail, lexicon), open, stated);
  const bool opened =
      std::any_of(lexicon.listing_openers().begin(), lexicon.listing_openers().end(),
                  [&](const std::string& opener) { return items.front().starts_with(opener); });
  if (!alike && !opened) return {};
  std::vector<std::string> names(items.begin(), items.end());
  const int64_t fewest = static_cast<int64_t>(names.size());
  if (open || (stated >= fewest && stated <= fewest + conjunctions)) {
    if (stated != fewest && !(open && stated < fewest)) return {};
  }
  return names;
}

std::vector<std::string> ItemsBehind(std::string_view rest, int64_t stated,
                                     const lexicon::Lexicon& lexicon) {
  constexpr size_t kTail = 2;
  std::vector<std::string_view> items = Split(Trim(rest));
  if (items.size() < kFewestItems || items.size() > kMostItems) return {};
  for (std::string_view& item : items) item = Trim(item);
  bool open = false;
  for (const std::string& word : lexicon.listing_ends()) {
    if (!items.back().ends_with(word)) continue;
    items.back().remove_suffix(word.size());
    open = true;
  }
  const std::string_view tail = Tail(items.back(), kTail);
  if (tail.empty() || !std::all_of(items.begin(), items.end(), [&](std::string_view item) {
        return item.size() > tail.size() && item.ends_with(tail);
      })) {
    return {};
  }
  return Told(AlikeItems(items, tail, lexicon), open, stated);
}

}  // namespace crossfoot::figure
