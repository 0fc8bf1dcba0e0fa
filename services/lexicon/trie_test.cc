#include "services/lexicon/trie.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <iterator>
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

// The fast way over a text stops wherever the slow one would.
TEST(StartFilterTest, SkipsOnlyWhatStartsNothing) {
  StartFilter filter;
  for (const char* word : {"增", "同比", "北京", "对“", "占A", "GDP", "两位数"}) filter.Add(word);
  const std::string_view pieces[] = {"增", "同", "比", "北", "京", "对", "“", "占", "A",
                                     "G",  "两", "位", "数", "的", "。", "é", "𠀀", "1"};
  uint32_t state = 5;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      state = state * 1664525 + 1013904223;
      text += pieces[(state >> 16) % std::size(pieces)];
    }
    size_t slow = 0;
    const auto plain = [&](size_t at) {
      const auto lead = at + 3 <= text.size() ? static_cast<uint8_t>(text[at]) : 0;
      return lead >= 0xE3 && lead < 0xF0;
    };
    const std::string_view view = text;
    while (plain(slow) && !filter.MayStart(view.substr(slow))) slow += 3;
    EXPECT_EQ(filter.Skip(text, 0), slow) << text;
  }
}

TEST(TrieTest, FindsTheLongestWordAtTheEnd) {
  std::string words[] = {"收入", "业务收入", "入"};
  std::vector<std::pair<std::string, int32_t>> backwards;
  for (int i = 0; i < 3; ++i)
    backwards.emplace_back(std::string(words[i].rbegin(), words[i].rend()), i);
  const Trie trie(backwards);
  EXPECT_EQ(trie.LongestAtEnd("软件业务收入").value, 1);
  EXPECT_EQ(trie.LongestAtEnd("总收入").value, 0);
  EXPECT_EQ(trie.LongestAtEnd("买入").value, 2);
  EXPECT_EQ(trie.LongestAtEnd("收入额").size, 0);
  EXPECT_EQ(trie.LongestAtEnd("").size, 0);
  EXPECT_EQ(Trie().LongestAtEnd("收入").size, 0);
}

}  // namespace
}  // namespace crossfoot::lexicon
