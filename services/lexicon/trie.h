#ifndef CROSSFOOT_SERVICES_LEXICON_TRIE_H_
#define CROSSFOOT_SERVICES_LEXICON_TRIE_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
// every place of a text does.  A Bloom filter (Bloom, 1970) with one hash, small enough to stay in
// the fastest cache.
class StartFilter {
 public:
  void Add(std::string_view word);

  // The first place from `at` on where a word may start or where no character from U+3000 up, of
  // three bytes, stands.
  size_t Skip(std::string_view text, size_t at) const {
    if (alone_.empty()) return at;
    for (; at < text.size(); at += 3) {
      const uint64_t bytes = FirstBytes(text.substr(at));
      const uint8_t lead = bytes & 0xFF;
      if (lead < 0xE3 || lead > 0xEF || MayStart(bytes)) return at;
    }
    return text.size();
  }
  // False says for sure that `text` starts with no word.
  bool MayStart(std::string_view text) const {
    return !text.empty() && !alone_.empty() && MayStart(FirstBytes(text));
  }

 private:
  // The first eight bytes of `text`, zeros for those that it does not have, the first one lowest.
  static uint64_t FirstBytes(std::string_view text) {
    uint64_t bytes = 0;
    if (text.size() >= sizeof(bytes)) {
      std::memcpy(&bytes, text.data(), sizeof(bytes));
    } else {
      std::memcpy(&bytes, text.data(), text.size());
    }
    if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
    return bytes;
  }
  static bool LeadsThree(uint64_t byte) { return (byte & 0xF0) == 0xE0; }
  static bool Has(const std::vector<uint64_t>& bits, size_t at) {
    return (bits[at >> 6] >> (at & 63) & 1) != 0;
  }
  bool MayStart(uint64_t bytes) const {
    if (!LeadsThree(bytes)) return Has(alone_, AloneOf(bytes & 0xFF));
    return Has(alone_, AloneOf(bytes & 0xFFFFFF)) ||
           (LeadsThree(bytes >> 24) && Has(pairs_, PairOf(bytes)));
  }

  // The bits for a first character, as its bytes, and for the first two characters, both of three
  // bytes; others may share them (Knuth's multiplicative hash).
  static constexpr int kAloneBits = 16;
  static constexpr int kPairBits = 17;
  static size_t AloneOf(uint64_t character) {
    return character * 0x9E3779B97F4A7C15u >> (64 - kAloneBits);
  }
  static size_t PairOf(uint64_t bytes) {
    return (bytes & 0xFFFFFFFFFFFF) * 0x9E3779B97F4A7C15u >> (64 - kPairBits);
  }

  // A bit for each first character that is a word or that one goes on from with no character of
  // three bytes; for other words for their first byte.
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
  // The node behind the first two characters of `text`, both of three bytes; 0 when there is none.
  int32_t PairOf(std::string_view text) const {
    const uint32_t key = PairKey(text);
    for (size_t at = PairPlace(key);; at = (at + 1) & (pairs_.size() - 1)) {
      const Pair& pair = pairs_[at];
      if (pair.node == 0 || pair.key == key) return pair.node;
    }
  }
  static uint32_t PairKey(std::string_view text) {
    return static_cast<uint32_t>(CharacterOf(text) << 16 | CharacterOf(text.substr(3)));
  }
  // Knuth's multiplicative hash.
  size_t PairPlace(uint32_t key) const { return key * 0x9E3779B1u >> pair_shift_; }
  void AddPairs(const std::vector<std::pair<std::string, int32_t>>& words);
  // The longest word from `node`, behind `size` bytes of `text`, on; `best` when there is none.
  Match WalkFrom(int32_t node, size_t size, std::string_view text, Match best) const;
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
  // The nodes behind the first two characters, which nearly every word has: an open table with
  // room to spare.
  struct Pair {
    uint32_t key = 0;  // both characters
    int32_t node = 0;  // 0: no pair
  };
  std::vector<Pair> pairs_;
  int pair_shift_ = 0;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_TRIE_H_
