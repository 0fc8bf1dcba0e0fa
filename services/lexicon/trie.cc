#include "services/lexicon/trie.h"

#include <algorithm>

namespace crossfoot::lexicon {
namespace {

// The character of three bytes that `text` starts with, or -1.
int32_t ThreeByteCharacter(std::string_view text) {
  if (text.size() < 3 || (static_cast<uint8_t>(text[0]) & 0xF0) != 0xE0) return -1;
  return (text[0] & 0x0F) << 12 | (text[1] & 0x3F) << 6 | (text[2] & 0x3F);
}

}  // namespace

Trie::Trie(std::vector<std::pair<std::string, int32_t>> words) {
  std::sort(words.begin(), words.end());
  // Breadth first: each node stands for a range of the sorted words that share a prefix of `depth`
  // bytes.
  struct Range {
    size_t begin, end, depth;
  };
  std::vector<Range> ranges = {{0, words.size(), 0}};
  for (size_t node = 0; node < nodes_.size(); ++node) {
    auto [begin, end, depth] = ranges[node];
    if (begin < end && words[begin].first.size() == depth)
      nodes_[node].value = words[begin++].second;
    nodes_[node].first_edge = static_cast<int32_t>(edges_.size());
    while (begin < end) {
      const uint8_t byte = static_cast<uint8_t>(words[begin].first[depth]);
      size_t next = begin;
      while (next < end && static_cast<uint8_t>(words[next].first[depth]) == byte) ++next;
      edges_.push_back({byte, static_cast<int32_t>(nodes_.size())});
      nodes_.push_back({});
      ranges.push_back({begin, next, depth + 1});
      begin = next;
    }
    nodes_[node].edge_count = static_cast<int32_t>(edges_.size()) - nodes_[node].first_edge;
  }
  first_character_.assign(0x10000, -1);
  for (const auto& [word, value] : words) {
    const int32_t character = ThreeByteCharacter(word);
    if (character < 0 || first_character_[character] >= 0) continue;
    int32_t node = 0;
    for (int i = 0; i < 3; ++i) node = Step(node, static_cast<uint8_t>(word[i]));
    first_character_[character] = node;
  }
}

int32_t Trie::Step(int32_t node, uint8_t byte) const {
  const Edge* first = edges_.data() + nodes_[node].first_edge;
  const int32_t count = nodes_[node].edge_count;
  // Words share few bytes: most nodes have one edge or none.
  if (count <= 1) return count == 1 && first->byte == byte ? first->node : -1;
  const Edge* last = first + count;
  const Edge* edge =
      std::lower_bound(first, last, byte, [](const Edge& e, uint8_t b) { return e.byte < b; });
  return edge != last && edge->byte == byte ? edge->node : -1;
}

Trie::Match Trie::Longest(std::string_view text) const {
  Match best;
  int32_t node = 0;
  size_t start = 0;
  if (const int32_t character = ThreeByteCharacter(text);
      character >= 0 && !first_character_.empty()) {
    node = first_character_[character];
    if (node < 0) return best;
    if (nodes_[node].value >= 0) best = {3, nodes_[node].value};
    start = 3;
  }
  for (size_t i = start; i < text.size(); ++i) {
    node = Step(node, static_cast<uint8_t>(text[i]));
    if (node < 0) break;
    if (nodes_[node].value >= 0) best = {static_cast<int32_t>(i + 1), nodes_[node].value};
  }
  return best;
}

int32_t Trie::Find(std::string_view word) const {
  const Match match = Longest(word);
  return match.size == static_cast<int32_t>(word.size()) ? match.value : -1;
}

}  // namespace crossfoot::lexicon
