#include "services/lexicon/trie.h"

#include <algorithm>

namespace crossfoot::lexicon {

Trie::Trie(std::vector<std::pair<std::string, int32_t>> words) {
  if (words.empty()) return;
  std::sort(words.begin(), words.end());
  first_.assign(0x10000 / 64, 0);
  alone_.assign(0x10000 / 64, 0);
  pairs_.assign(kPairs / 64, 0);
  const auto mark = [](std::vector<uint64_t>& bits, size_t at) {
    bits[at >> 6] |= uint64_t{1} << (at & 63);
  };
  for (const auto& [word, value] : words) {
    mark(first_, FirstOf(word));
    if (StartsWithPair(word)) {
      mark(pairs_, PairOf(word));
    } else {
      mark(alone_, FirstOf(word));
    }
  }
  slots_.resize(1);
  slots_[0].parent = 0;
  // Breadth first: each node stands for a range of the sorted words that share a prefix of `depth`
  // bytes.
  struct Node {
    int32_t slot;
    size_t begin, end, depth;
  };
  std::vector<Node> nodes = {{0, 0, words.size(), 0}};
  std::vector<uint8_t> bytes;
  for (size_t n = 0; n < nodes.size(); ++n) {
    auto [slot, begin, end, depth] = nodes[n];
    if (words[begin].first.size() == depth) slots_[slot].value = words[begin++].second;
    if (begin == end) continue;
    bytes.clear();
    for (size_t i = begin; i < end; ++i) {
      const uint8_t byte = static_cast<uint8_t>(words[i].first[depth]);
      if (bytes.empty() || bytes.back() != byte) bytes.push_back(byte);
    }
    const int32_t base = FindBase(bytes);
    slots_[slot].base = base;
    for (const uint8_t byte : bytes) {
      const int32_t child = base + byte;
      if (static_cast<size_t>(child) >= slots_.size()) slots_.resize(child + 1);
      slots_[child].parent = slot;
      const size_t first = begin;
      while (begin < end && static_cast<uint8_t>(words[begin].first[depth]) == byte) ++begin;
      nodes.push_back({child, first, begin, depth + 1});
    }
  }
}

int32_t Trie::FindBase(const std::vector<uint8_t>& bytes) {
  const auto free = [this](size_t slot) {
    return slot >= slots_.size() || slots_[slot].parent < 0;
  };
  while (!free(first_free_)) ++first_free_;
  for (size_t slot = first_free_;; ++slot) {
    const int32_t base = static_cast<int32_t>(slot) - bytes.front();
    if (std::all_of(bytes.begin(), bytes.end(),
                    [&](uint8_t byte) { return free(static_cast<size_t>(base + byte)); })) {
      return base;
    }
  }
}

Trie::Match Trie::Walk(std::string_view text) const {
  Match best;
  int32_t node = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    // A node without children has base 0, so the slot asked for is another node's or free.
    const size_t next =
        static_cast<size_t>(int64_t{slots_[node].base} + static_cast<uint8_t>(text[i]));
    if (next >= slots_.size() || slots_[next].parent != node || next == 0) break;
    node = static_cast<int32_t>(next);
    if (slots_[node].value >= 0) best = {static_cast<int32_t>(i + 1), slots_[node].value};
  }
  return best;
}

int32_t Trie::Find(std::string_view word) const {
  const Match match = Longest(word);
  return match.size == static_cast<int32_t>(word.size()) ? match.value : -1;
}

}  // namespace crossfoot::lexicon
