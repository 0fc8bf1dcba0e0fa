#include "services/lexicon/trie.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crossfoot::lexicon {
namespace {

TEST(TrieTest, FindsTheLongestWord) {
  const Trie trie({{"增长", 1}, {"增长率", 2}, {"增", 3}, {"%", 4}, {"km", 5}, {"①", 6}});
  const auto expect = [&trie](std::string_view text, int32_t size, int32_t value) {
    const Trie::Match match = trie.Longest(text);
    EXPECT_EQ(match.size, size) << text;
    EXPECT_EQ(match.value, value) << text;
  };
  expect("增长率为", 9, 2);
  expect("增长5%", 6, 1);
  expect("增速", 3, 3);
  expect("%", 1, 4);
  expect("km²", 2, 5);
  expect("k", 0, -1);
  expect("①", 3, 6);
  expect("率", 0, -1);
  expect("", 0, -1);
  expect("\xE5\xA2", 0, -1);  // 增 without its last byte
  expect(std::string_view("\0增", 4), 0, -1);
  EXPECT_EQ(trie.Find("增长"), 1);
  EXPECT_EQ(trie.Find("增长5"), -1);
  EXPECT_EQ(Trie().Longest("增").size, 0);
  EXPECT_EQ(Trie(std::vector<std::pair<std::string, int32_t>>()).Find("增"), -1);
}

TEST(TrieTest, AgreesWithAMap) {
  std::mt19937_64 random(7);
  const std::vector<std::string> pieces = {"a",  "b",  "é",  "一",   "丁",
                                           "万", "亿", "𠀀", "\x01", "~"};
  const auto text_of = [&](size_t most) {
    std::string text;
    for (size_t i = random() % (most + 1); i > 0; --i) text += pieces[random() % pieces.size()];
    return text;
  };
  for (int round = 0; round < 50; ++round) {
    std::map<std::string, int32_t> map;
    for (size_t i = random() % 300; i > 0; --i) {
      if (std::string word = text_of(5); !word.empty()) {
        map.emplace(std::move(word), static_cast<int32_t>(map.size()));
      }
    }
    const Trie trie({map.begin(), map.end()});
    for (int i = 0; i < 300; ++i) {
      const std::string text = text_of(7);
      int32_t size = 0, value = -1;
      for (size_t end = 1; end <= text.size(); ++end) {
        const auto word = map.find(text.substr(0, end));
        if (word != map.end()) {
          size = static_cast<int32_t>(end);
          value = word->second;
        }
      }
      const Trie::Match match = trie.Longest(text);
      ASSERT_EQ(match.size, size) << text;
      ASSERT_EQ(match.value, value) << text;
    }
  }
}

}  // namespace
}  // namespace crossfoot::lexicon
