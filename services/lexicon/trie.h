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
    if (text.empty() || first_.empty()) return false;
    const size_t first = FirstOf(text);
    if ((first_[first >> 6] >> (first & 63) & 1) == 0) return false;
    if ((alone_[first >> 6] >> (first & 63) & 1) != 0 || !StartsWithPair(text)) return true;
    const size_t pair = PairOf(text);
    return (pairs_[pair >> 6] >> (pair & 63) & 1) != 0;
  }
  // The value of `word`, or -1.
  int32_t Find(std::string_view word) const;

 private:
  // A double array (Aoe, 1989): the node behind byte b of node n is slot base(n) + b, if that
  // slot's parent is n.
  struct Slot {
    int32_t base = 0;
    int32_t parent = -1;  // -1 when the slot is free; the root has itself
    int32_t value = -1;   // of the word that ends here, or -1
  };

  // The number of the first character, which must be of three bytes, or of a single first byte.
  static size_t FirstOf(std::string_view text) {
    const auto byte = [text](size_t at) { return static_cast<uint8_t>(text[at]); };
    if ((byte(0) & 0xF0) != 0xE0 || text.size() < 3) return byte(0);
    return (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  }
  // Whether two characters of three bytes stand first.
  static bool StartsWithPair(std::string_view text) {
    const auto three = [text](size_t at) {
      return (static_cast<uint8_t>(text[at]) & 0xF0) == 0xE0;
    };
    return text.size() >= 6 && three(0) && three(3);
  }
  // A number below kPairs for the first two characters; others may share it.
  static size_t PairOf(std::string_view text) {
    return (FirstOf(text) * 0x9E5Bu ^ FirstOf(text.substr(3)) * 0x3D4Du) % kPairs;
  }
  Match Walk(std::string_view text) const;
  // A base whose slots for all of `bytes`, in order, are free.
  int32_t FindBase(const std::vector<uint8_t>& bytes);

  std::vector<Slot> slots_;
  size_t first_free_ = 1;  // no slot before it is free
  // A bit for each first character of a word: by code point where it has three bytes, as Chinese
  // does, else by its first byte.  The code points that share a bit with a byte have fewer bytes.
  std::vector<uint64_t> first_;
  // The same for the characters that are a word by themselves or begin one of another shape than
  // two characters of three bytes, and a bit for the first two characters of all other words.
  std::vector<uint64_t> alone_;
  static constexpr size_t kPairs = size_t{1} << 17;
  std::vector<uint64_t> pairs_;
};

}  // namespace crossfoot::lexicon

#endif  // CROSSFOOT_SERVICES_LEXICON_TRIE_H_
