#ifndef CROSSFOOT_SERVICES_LEXICON_TRIE_H_
#define CROSSFOOT_SERVICES_LEXICON_TRIE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crossfoot::lexicon {

// Whether a character of three bytes, as nearly all Chinese ones are, begins `text`.
inline bool StartsWithThree(std::string_view text) {
  return text.size() >= 3 && (static_cast<uint8_t>(text[0]) & 0xF0) == 0xE0;
}
// The code point of that character.
inline size_t CharacterOf(std::string_view text) {
  const auto byte = [text](size_t at) { return static_cast<uint8_t>(text[at]); };
  return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

// Tells from its first two characters that a text starts with none of a set of words, which nearly
// every place of a text does.  Small enough to stay in the fastest cache.
class StartFilter {
 public:
  void Add(std::string_view word);

  // The first place from `at` on where a word may start or where no character from U+3000 up, of
  // three bytes, stands.
  size_t Skip(std::string_view text, size_t at) const;
  // False says for sure that `text` starts with no word.
  bool MayStart(std::string_view text) const {
    if (text.empty() || alone_.empty()) return false;
    if (!StartsWithThree(text)) return Has(alone_, static_cast<uint8_t>(text[0]));
    if (Has(alone_, CharacterOf(text))) return true;
    return StartsWithThree(text.substr(3)) && Has(pairs_, PairOf(text));
  }

 private:
  static bool Has(const std::vector<uint64_t>& bits, size_t at) {
    return (bits[at >> 6] >> (at & 63) & 1) != 0;
  }
  // A number below kPairs for the first two characters, both of three bytes; others may share it.
  static constexpr size_t kPairs = size_t{1} << 17;
  static size_t PairOf(size_t first, size_t second) {
    return (first * 0x9E5Bu ^ second * 0x3D4Du) % kPairs;
  }
  static size_t PairOf(std::string_view text) {
    return PairOf(CharacterOf(text), CharacterOf(text.substr(3)));
  }

  // A bit for each first character that is a word or that one goes on from with no character of
  // three bytes, by code point; for other words by their first byte.  The code points that share a
  // bit with a byte have fewer bytes.
  std::vector<uint64_t> alone_;
  // A bit for the first two characters of each other word.
  std::vector<uint64_t> pairs_;
};

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
  bool MayStart(std::string_view text) const { return filter_.MayStart(text); }
  // The value of `word`, or -1.
  int32_t Find(std::string_view word) const;
  // Of a trie whose words were spelled backwards, byte by byte: the longest one, read forwards,
  // that `text` ends with.
  Match LongestAtEnd(std::string_view text) const;

 private:
  // A double array (Aoe, 1989): the node behind byte b of node n is slot base(n) + b, if that
  // slot's parent is n.
  struct Slot {
    int32_t base = 0;
    int32_t parent = -1;  // -1 when the slot is free; the root has itself
    int32_t value = -1;   // of the word that ends here, or -1
  };

  // The node behind the first character of `text`, which has three bytes; 0 when there is none.
  int32_t StartOf(std::string_view text) const {
    const size_t first = CharacterOf(text);
    return starts_[size_t{pages_[first >> kPageBits]} << kPageBits |
                   (first & ((1 << kPageBits) - 1))];
  }
  // `text` may start a word.
  Match Walk(std::string_view text) const;
  // The node behind `byte` of `node`, or 0, the root, when there is none.
  int32_t Next(int32_t node, char byte) const {
    // A node without children has base 0, so the slot asked for is another node's or free.
    const size_t next =
        static_cast<size_t>(int64_t{slots_[node].base} + static_cast<uint8_t>(byte));
    return next < slots_.size() && slots_[next].parent == node ? static_cast<int32_t>(next) : 0;
  }
  void AddStart(std::string_view word);
  // A base whose slots for all of `bytes`, in order, are free.
  int32_t FindBase(const std::vector<uint8_t>& bytes);

  std::vector<Slot> slots_;
  size_t first_free_ = 1;  // no slot before it is free
  StartFilter filter_;
  // The nodes behind first characters of three bytes, by code point, in pages; the page of those
  // that start no word is 0.
  static constexpr int kPageBits = 6;
  std::vector<uint16_t> pages_;
  std::vector<int32_t> starts_;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_TRIE_H_
