#ifndef CROSSFOOT_SERVICES_LEXICON_TRIE_H_
#define CROSSFOOT_SERVICES_LEXICON_TRIE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crossfoot::lexicon {

// An immutable set of words with a number each, for finding the longest one at a place of a text in
// time proportional to its length.  Words are byte strings; nothing is folded.
class Trie {
 public:
  Trie() = default;
  // `words` must be non-empty strings without duplicates; values must not be negative.
  explicit Trie(std::vector<std::pair<std::string, int32_t>> words);

  struct Match {
    int32_t size = 0;  // bytes; 0 when nothing matches
    int32_t value = -1;
  };
  // The longest word that `text` starts with.
  Match Longest(std::string_view text) const;
  // The value of `word`, or -1.
  int32_t Find(std::string_view word) const;

 private:
  struct Node {
    int32_t value = -1;
    int32_t first_edge = 0;
    int32_t edge_count = 0;
  };
  struct Edge {
    uint8_t byte;
    int32_t node;
  };
  int32_t Step(int32_t node, uint8_t byte) const;

  std::vector<Node> nodes_ = {Node{}};
  std::vector<Edge> edges_;  // of one node: consecutive, by byte
  // Most words and most text begin with a character of three bytes, so the first three steps are
  // one look-up: the node behind each character of the basic plane, or -1.  Empty when there are no
  // such words.
  std::vector<int32_t> first_character_;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_TRIE_H_
