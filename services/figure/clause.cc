#include "services/figure/clause.h"

#include <array>
#include <cstdint>
#include <iterator>

namespace crossfoot::figure {
namespace {

struct Mark {
  std::string_view text;
  Token::Kind kind;
};
constexpr Mark kMarks[] = {
    {"，", Token::Kind::kComma},     {",", Token::Kind::kComma},
    {"；", Token::Kind::kSemicolon}, {";", Token::Kind::kSemicolon},
    {"：", Token::Kind::kColon},     {":", Token::Kind::kColon},
    {"、", Token::Kind::kListComma}, {"（", Token::Kind::kOpen},
    {"(", Token::Kind::kOpen},       {"）", Token::Kind::kClose},
    {")", Token::Kind::kClose},      {"。", Token::Kind::kSemicolon},
    {"！", Token::Kind::kSemicolon}, {"？", Token::Kind::kSemicolon},
    {"\n", Token::Kind::kComma},
};
constexpr std::string_view kOpenQuote = "“";
constexpr std::string_view kCloseQuote = "”";

// The first three bytes of `text`, or the first alone when it is ASCII: all that marks have.
constexpr uint32_t KeyOf(std::string_view text) {
  const auto byte = [text](size_t at) { return uint32_t{static_cast<uint8_t>(text[at])}; };
  return byte(0) < 0x80 || text.size() < 3 ? byte(0) : byte(0) | byte(1) << 8 | byte(2) << 16;
}

constexpr std::array<uint32_t, std::size(kMarks)> kKeys = [] {
  std::array<uint32_t, std::size(kMarks)> keys = {};
  for (size_t i = 0; i < keys.size(); ++i) keys[i] = KeyOf(kMarks[i].text);
  return keys;
}();

const Mark* MarkAt(std::string_view text) {
  const uint32_t key = KeyOf(text);
  for (size_t i = 0; i < kKeys.size(); ++i) {
    if (kKeys[i] == key) return &kMarks[i];
  }
  return nullptr;
}

// How far to go on from a byte that no mark or quotation mark begins with; 0 from others.
constexpr std::array<uint8_t, 256> kSteps = [] {
  std::array<uint8_t, 256> steps = {};
  for (int byte = 0; byte < 256; ++byte) steps[byte] = byte >= 0xE0 && byte < 0xF0 ? 3 : 1;
  for (const Mark& mark : kMarks) steps[static_cast<uint8_t>(mark.text.front())] = 0;
  steps[static_cast<uint8_t>(kOpenQuote.front())] = 0;
  return steps;
}();

}  // namespace

bool ReadsAsWords(const core::Mention& mention) {
  if (!mention.spelled) return false;
  if (mention.kind != core::MentionKind::kNumber) return true;
  // 数亿元, 万余家.
  const bool vague = mention.qualifier == core::Qualifier::kOver &&
                     mention.value == core::Rational(mention.quantum);
  if (vague) return true;
  switch (mention.unit_kind) {
    case core::UnitKind::kPercent:
    case core::UnitKind::kPoint:
    case core::UnitKind::kCurrency:
    case core::UnitKind::kMultiple:
      return false;
    case core::UnitKind::kMeasure:
    case core::UnitKind::kCount:
    case core::UnitKind::kPlace:
      return !mention.has_scale;
    case core::UnitKind::kNone:
    case core::UnitKind::kDuration:
      return true;
  }
  return true;
}

std::vector<Token> TokenizeSentence(const core::Document& document,
                                    const std::vector<core::Mention>& mentions,
                                    core::TextRange range, int32_t first_mention,
                                    int32_t mention_count) {
  std::vector<Token> tokens;
  tokens.reserve(static_cast<size_t>(3 * mention_count + 8));
  const std::string_view text = document.text;
  int quotes = 0;
  auto add_text = [&](int32_t start, int32_t end) {
    if (start < end) tokens.push_back({Token::Kind::kText, {start, end}, -1});
  };
  int32_t at = range.start;
  auto scan_gap = [&](int32_t end) {
    int32_t text_start = at;
    while (at < end) {
      if (const uint8_t step = kSteps[static_cast<uint8_t>(text[at])]; step > 0) {
        at += step;
        continue;
      }
      const std::string_view rest = document.TextOf({at, end});
      if (rest.front() == kOpenQuote.front()) {
        if (rest.substr(0, kOpenQuote.size()) == kOpenQuote) ++quotes;
        if (quotes > 0 && rest.substr(0, kCloseQuote.size()) == kCloseQuote) --quotes;
      }
      const Mark* mark = quotes == 0 ? MarkAt(rest) : nullptr;
      if (mark == nullptr) {
        ++at;
        continue;
      }
      add_text(text_start, at);
      const int32_t size = static_cast<int32_t>(mark->text.size());
      tokens.push_back({mark->kind, {at, at + size}, -1});
      at += size;
      text_start = at;
    }
    add_text(text_start, end);
  };
  for (int32_t i = first_mention; i < first_mention + mention_count; ++i) {
    if (ReadsAsWords(mentions[i])) continue;
    scan_gap(mentions[i].range.start);
    tokens.push_back({Token::Kind::kMention, mentions[i].range, i});
    at = mentions[i].range.end;
  }
  scan_gap(range.end);
  return tokens;
}

}  // namespace crossfoot::figure
