#include "services/lexicon/trie.h"

#include <algorithm>

namespace crossfoot::lexicon {

void StartFilter::Add(std::string_view word) {
  if (alone_.empty()) {
    alone_.assign((size_t{1} << kAloneBits) / 64, 0);
    pairs_.assign((size_t{1} << kPairBits) / 64, 0);
  }
  const auto mark = [](std::vector<uint64_t>& bits, size_t at) {
    bits[at >> 6] |= uint64_t{1} << (at & 63);
  };
  const uint64_t bytes = FirstBytes(word);
  if (!LeadsThree(bytes)) {
    mark(alone_, AloneOf(bytes & 0xFF));
  } else if (LeadsThree(bytes >> 24)) {
    mark(pairs_, PairOf(bytes));
  } else {
    mark(alone_, AloneOf(bytes & 0xFFFFFF));
  }
}

Trie::Trie(std::vector<std::pair<std::string, int32_t>> words) {
  if (words.empty()) return;
  std::sort(words.begin(), words.end());
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
  pages_.assign(0x10000 >> kPageBits, 0);
  starts_.resize(size_t{1} << kPageBits);
  for (const auto& [word, value] : words) {
    filter_.Add(word);
    AddStart(word);
  }
  AddPairs(words);
}

void Trie::AddPairs(const std::vector<std::pair<std::string, int32_t>>& words) {
  const auto has_pair = [](std::string_view word) {
    return word.size() >= 6 && StartsWithThree(word) && StartsWithThree(word.substr(3));
  };
  // At most half full, so that what is not there is missed at once.
  int bits = 4;
  while ((size_t{1} << bits) < 2 * words.size()) ++bits;
  pairs_.resize(size_t{1} << bits);
  pair_shift_ = 32 - bits;
  for (const auto& [word, value] : words) {
    if (!has_pair(word) || PairOf(word) != 0) continue;
    int32_t node = 0;
    for (size_t i = 0; i < 6; ++i) node = Next(node, word[i]);
    size_t at = PairPlace(PairKey(word));
    while (pairs_[at].node != 0) at = (at + 1) & (pairs_.size() - 1);
    pairs_[at] = {PairKey(word), node};
  }
}

void Trie::AddStart(std::string_view word) {
  if (!StartsWithThree(word)) return;
  const size_t first = CharacterOf(word);
  uint16_t& page = pages_[first >> kPageBits];
  if (page == 0) {
    page = static_cast<uint16_t>(starts_.size() >> kPageBits);
    starts_.resize(starts_.size() + (size_t{1} << kPageBits));
  }
  starts_[size_t{page} << kPageBits | (first & ((1 << kPageBits) - 1))] =
      Next(Next(Next(0, word[0]), word[1]), word[2]);
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

Trie::Match Trie::WalkFrom(int32_t node, size_t size, std::string_view text, Match best) const {
  while (node != 0) {
    if (slots_[node].value >= 0) best = {static_cast<int32_t>(size), slots_[node].value};
    if (size == text.size()) break;
    node = Next(node, text[size++]);
  }
  return best;
}

Trie::Match Trie::Walk(std::string_view text) const {
  if (!StartsWithThree(text)) return WalkFrom(Next(0, text.front()), 1, text, {});
  if (text.size() >= 6 && StartsWithThree(text.substr(3))) {
    const Match best = WalkFrom(PairOf(text), 6, text, {});
    if (best.size > 0) return best;
    return WalkFrom(StartOf(text), 3, text.substr(0, 3), {});
  }
  return WalkFrom(StartOf(text), 3, text, {});
}

Trie::Match Trie::LongestAtEnd(std::string_view text) const {
  Match best;
  if (slots_.empty()) return best;
  int32_t node = 0;
  for (size_t size = 1; size <= text.size(); ++size) {
    node = Next(node, text[text.size() - size]);
    if (node == 0) break;
    if (slots_[node].value >= 0) best = {static_cast<int32_t>(size), slots_[node].value};
  }
  return best;
}

int32_t Trie::Find(std::string_view word) const {
  const Match match = Longest(word);
  return match.size == static_cast<int32_t>(word.size()) ? match.value : -1;
}

}  // namespace crossfoot::lexicon
