#ifndef CROSSFOOT_SERVICES_LEXICON_TRIE_H_
#define CROSSFOOT_SERVICES_LEXICON_TRIE_H_

#include <cstddef>
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
  Match Longest(std::string_view text) const {
    // Nearly every place of a text starts no word; its first character says so.
    return MayStart(text) ? Walk(text) : Match{};
  }
  // Whether a word may start `text`; false says for sure that none does.
  bool MayStart(std::string_view text) const {
    if (text.empty() || slots_.empty()) return false;
    if (!StartsWithThree(text)) return Next(0, text[0]) != 0;
    const Start start = StartOf(text);
    if (start.node == 0) return false;
    if (start.alone || !StartsWithThree(text.substr(3))) return start.alone;
    const size_t pair = PairOf(text);
    return (pairs_[pair >> 6] >> (pair & 63) & 1) != 0;
  }
  // The value of `word`, or -1.
  int32_t Find(std::string_view word) const;
  // Of a trie whose words were spelled backwards, byte by byte: the longest one, read forwards, that
  // `text` ends with.
  Match LongestAtEnd(std::string_view text) const;

 private:
  // A double array (Aoe, 1989): the node behind byte b of node n is slot base(n) + b, if that
  // slot's parent is n.
  struct Slot {
    int32_t base = 0;
    int32_t parent = -1;  // -1 when the slot is free; the root has itself
    int32_t value = -1;   // of the word that ends here, or -1
  };

  // The first character of the words, where it has three bytes, as Chinese does.
  struct Start {
    int32_t node = 0;    // behind it; 0 when no word starts with it
    bool alone = false;  // it is a word, or one goes on with no such character
  };

  static bool StartsWithThree(std::string_view text) {
    return text.size() >= 3 && (static_cast<uint8_t>(text[0]) & 0xF0) == 0xE0;
  }
  // The code point of the first character, which has three bytes.
  static size_t FirstOf(std::string_view text) {
    const auto byte = [text](size_t at) { return static_cast<uint8_t>(text[at]); };
    return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  }
  Start StartOf(std::string_view text) const {
    const size_t first = FirstOf(text);
    return starts_[size_t{pages_[first >> kPageBits]} << kPageBits |
                   (first & ((1 << kPageBits) - 1))];
  }
  // A number below kPairs for the first two characters, both of three bytes; others may share it.
  static size_t PairOf(std::string_view text) {
    return (FirstOf(text) * 0x9E5Bu ^ FirstOf(text.substr(3)) * 0x3D4Du) % kPairs;
  }
  // `text` may start a word.
  Match Walk(std::string_view text) const;
  // The node behind `byte` of `node`, or 0, the root, when there is none.
  int32_t Next(int32_t node, char byte) const {
    // A node without children has base 0, so the slot asked for is another node's or free.
    const size_t next = static_cast<size_t>(int64_t{slots_[node].base} + static_cast<uint8_t>(byte));
    return next < slots_.size() && slots_[next].parent == node ? static_cast<int32_t>(next) : 0;
  }
  void AddStart(std::string_view word);
  // A base whose slots for all of `bytes`, in order, are free.
  int32_t FindBase(const std::vector<uint8_t>& bytes);

  std::vector<Slot> slots_;
  size_t first_free_ = 1;  // no slot before it is free
  // By code point, in pages; the page of those that start no word is 0.
  static constexpr int kPageBits = 6;
  std::vector<uint16_t> pages_;
  std::vector<Start> starts_;
  // A bit for each pair of characters that a word starts with.
  static constexpr size_t kPairs = size_t{1} << 17;
  std::vector<uint64_t> pairs_;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_TRIE_H_
