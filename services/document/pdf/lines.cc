#include "services/document/pdf/lines.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cancellation.h"
#include "core/text_span.h"
#include "services/document/characters.h"
#include "services/document/draft.h"
#include "services/document/line_shape.h"
#include "services/document/normalizer.h"

namespace crossfoot::document {
namespace {

// All in ems, the size of the font.
//
// A gap that divides segments; the blanks of justified text are smaller.
constexpr float kSegmentGap = 0.55F;
// How far words may overlap.
constexpr float kOverlap = 0.5F;
// A gap that is a blank: between Latin words, and between East Asian characters.
constexpr float kLatinBlank = 0.12F;
constexpr float kEastAsianBlank = 0.6F;

// A sign beside a word is this much smaller at least; what differs more does not belong to it.
constexpr float kScriptSize = 0.8F;
constexpr float kMaxSizeRatio = 2.2F;

// How many neighbours of a word are looked at, so that no page takes long.
constexpr int kMaxNeighbours = 16;

float LeftOf(const PdfPage& page, const PdfWord& word) { return page.edges[word.first_edge]; }
float RightOf(const PdfPage& page, const PdfWord& word) {
  return page.edges[word.first_edge + word.characters];
}
std::string_view TextOf(const PdfPage& page, const PdfWord& word) {
  return std::string_view(page.text).substr(word.start, word.end - word.start);
}

// The share of the lower of two boxes that stands beside the other.
float Beside(float top, float bottom, float other_top, float other_bottom) {
  const float lower = std::min(bottom - top, other_bottom - other_top);
  return lower <= 0 ? 0 : (std::min(bottom, other_bottom) - std::max(top, other_top)) / lower;
}

// Sets what follows from the words of a segment.
void Describe(const PdfPage& page, PdfSegment& segment) {
  segment.bold = true;
  segment.characters = 0;
  segment.left = LeftOf(page, page.words[segment.words.front()]);
  std::string text;
  const PdfWord* before = nullptr;
  for (const int32_t index : segment.words) {
    const PdfWord& word = page.words[index];
    const float right = RightOf(page, word);
    segment.right = before == nullptr ? right : std::max(segment.right, right);
    segment.bold &= word.bold;
    segment.characters += word.characters;
    const std::string_view words = TextOf(page, word);
    if (before != nullptr &&
        ReadsBlank(CodePointBefore(text, text.size()).value, CodePointAt(words, 0).value,
                   LeftOf(page, word) - RightOf(page, *before), segment.size)) {
      text += ' ';
    }
    text += words;
    before = &word;
  }
  Draft draft;
  AppendNormalized(text, 0, static_cast<int32_t>(text.size()), LineBreaks::kBlank, &draft);
  segment.text =
      draft.TextOf(TrimBlanks(draft.text(), {0, static_cast<int32_t>(draft.text().size())}));
}

// Puts the words of a page together, from left to right.
class SegmentBuilder {
 public:
  SegmentBuilder(const PdfPage& page, int32_t index) : page_(page), index_(index) {}

  std::vector<PdfSegment> Build(const core::Cancellation* cancellation) {
    std::vector<int32_t> order(page_.words.size());
    for (size_t word = 0; word < order.size(); ++word) order[word] = static_cast<int32_t>(word);
    std::stable_sort(order.begin(), order.end(), [this](int32_t a, int32_t b) {
      return LeftOf(page_, page_.words[a]) < LeftOf(page_, page_.words[b]);
    });
    for (const size_t at : core::Steps(order.size(), cancellation)) Place(order[at]);
    for (PdfSegment& segment : segments_) Describe(page_, segment);
    return std::move(segments_);
  }

 private:
  // Puts a word behind the segment that it goes on with, or begins one.
  void Place(int32_t index) {
    const PdfWord& word = page_.words[index];
    const float middle = (word.top + word.bottom) / 2;
    const float reach = (word.bottom - word.top) * 2;
    auto best = open_.end();
    float best_beside = 0.5F;
    const auto consider = [&](std::multimap<float, size_t>::iterator at) {
      const PdfSegment& segment = segments_[at->second];
      if (std::max(segment.size, word.size) > kMaxSizeRatio * std::min(segment.size, word.size))
        return;
      const float gap = LeftOf(page_, word) - segment.right;
      if (gap < -kOverlap * std::min(segment.size, word.size)) return;
      const float beside = Beside(word.top, word.bottom, segment.top, segment.bottom);
      if (beside < best_beside) return;
      best = at;
      best_beside = beside;
    };
    const auto is_over = [&](size_t segment) {
      return LeftOf(page_, word) - segments_[segment].right >
             kSegmentGap * std::max(segments_[segment].size, word.size);
    };
    // What is over is taken out, so that all words together look at each segment a few times.
    auto start = open_.lower_bound(middle);
    while (start != open_.end() && is_over(start->second)) start = open_.erase(start);
    int left = kMaxNeighbours;
    for (auto at = start; at != open_.end() && at->first - middle <= reach && left > 0;) {
      if (is_over(at->second)) {
        at = open_.erase(at);
      } else {
        consider(at++);
        --left;
      }
    }
    left = kMaxNeighbours;
    for (auto at = start; at != open_.begin() && left > 0;) {
      --at;
      if (middle - at->first > reach) break;
      if (is_over(at->second)) {
        at = open_.erase(at);
      } else {
        consider(at);
        --left;
      }
    }
    if (best == open_.end()) {
      PdfSegment segment;
      segment.page = index_;
      segment.words = {index};
      segment.left = LeftOf(page_, word);
      segment.right = RightOf(page_, word);
      TakeBox(word, segment);
      open_.emplace(middle, segments_.size());
      segments_.push_back(std::move(segment));
      return;
    }
    const size_t at = best->second;
    PdfSegment& segment = segments_[at];
    segment.words.push_back(index);
    segment.right = std::max(segment.right, RightOf(page_, word));
    if (word.size > segment.size) {
      TakeBox(word, segment);
      open_.erase(best);
      open_.emplace(middle, at);
    }
  }

  static void TakeBox(const PdfWord& word, PdfSegment& segment) {
    segment.top = word.top;
    segment.bottom = word.bottom;
    segment.size = word.size;
  }

  const PdfPage& page_;
  int32_t index_;
  std::vector<PdfSegment> segments_;
  // Segments that may go on, by the middle of their height.
  std::multimap<float, size_t> open_;
};

// Leaves out large single characters that stand one to the right of and above or below the other:
// the letters of a slanted watermark.
void LeaveWatermarksOut(float body_size, std::vector<PdfSegment>& segments) {
  const auto is_large = [body_size](const PdfSegment& segment) {
    return segment.characters == 1 && segment.size > 1.8F * body_size;
  };
  std::vector<size_t> large;  // from left to right
  for (size_t at = 0; at < segments.size(); ++at) {
    if (is_large(segments[at])) large.push_back(at);
  }
  std::vector<bool> slanted(segments.size(), false);
  for (size_t at = 2; at < large.size(); ++at) {
    const PdfSegment& a = segments[large[at - 2]];
    const PdfSegment& b = segments[large[at - 1]];
    const PdfSegment& c = segments[large[at]];
    const float first = b.middle() - a.middle();
    const float second = c.middle() - b.middle();
    if (first * second <= 0 || std::min(std::abs(first), std::abs(second)) < 0.2F * a.size)
      continue;
    slanted[large[at - 2]] = slanted[large[at - 1]] = slanted[large[at]] = true;
  }
  size_t kept = 0;
  for (size_t at = 0; at < segments.size(); ++at) {
    if (slanted[at]) continue;
    if (kept != at) segments[kept] = std::move(segments[at]);
    ++kept;
  }
  segments.resize(kept);
}

// What the segments on one side of a gutter look like.
struct Side {
  size_t lines = 0;
  size_t full = 0;     // nearly as wide as the side
  size_t numbers = 0;  // cells of numbers
  float width = 0;     // in ems
  float widest = 0;    // of the lines, in points
};

class ColumnCutter {
 public:
  std::vector<std::vector<PdfSegment>> Cut(std::vector<PdfSegment> segments) {
    Split(std::move(segments), 0);
    return std::move(regions_);
  }

 private:
  static constexpr int kMaxDepth = 3;
  static constexpr size_t kMinSegments = 6;
  static constexpr size_t kBins = 400;

  void Emit(std::vector<PdfSegment> segments) {
    if (!segments.empty()) regions_.push_back(std::move(segments));
  }

  static Side Describe(const std::vector<PdfSegment>& segments) {
    Side side;
    if (segments.empty()) return side;
    float left = segments.front().left;
    float right = segments.front().right;
    float size = 0;
    for (const PdfSegment& segment : segments) {
      left = std::min(left, segment.left);
      right = std::max(right, segment.right);
      size += segment.size;
    }
    size /= static_cast<float>(segments.size());
    for (const PdfSegment& segment : segments) {
      side.full += segment.width() >= 0.7F * (right - left) ? 1 : 0;
      side.widest = std::max(side.widest, segment.width());
      side.numbers += IsNumberCell(segment.text) ? 1 : 0;
    }
    side.lines = segments.size();
    side.width = (right - left) / size;
    return side;
  }

  static bool IsProse(const Side& side) {
    return side.lines >= 3 && side.width >= 8 && side.full * 9 >= side.lines * 4 &&
           side.numbers * 10 < side.lines * 3;
  }
  static bool IsClearlyProse(const Side& side) {
    return side.lines >= 8 && side.width >= 12 && side.full * 10 >= side.lines * 7 &&
           side.numbers * 10 < side.lines;
  }
  // The rest of a column that is `width` wide elsewhere.
  static bool MayBeProse(const Side& side, float width) {
    return side.numbers * 10 < side.lines * 3 && side.widest > 0.6F * width;
  }

  // Takes short lines, such as headings, that stand below both columns from the end of the left
  // one; they are in order from the top down.
  static std::vector<PdfSegment> TakeTail(std::vector<PdfSegment>& left,
                                          const std::vector<PdfSegment>& right, float width) {
    constexpr size_t kMaxTail = 3;
    float bottom = 0;
    for (const PdfSegment& segment : right) bottom = std::max(bottom, segment.bottom);
    size_t begin = left.size();
    while (begin > 1 && left.size() - begin < kMaxTail && left[begin - 1].top > bottom &&
           left[begin - 1].width() < 0.7F * width)
      --begin;
    std::vector<PdfSegment> tail(
        std::make_move_iterator(left.begin() + static_cast<int64_t>(begin)),
        std::make_move_iterator(left.end()));
    left.resize(begin);
    return tail;
  }

  // The middle of the gutter that the fewest segments cross, or a negative number.
  static float FindGutter(const std::vector<PdfSegment>& segments) {
    float left = segments.front().left;
    float right = segments.front().right;
    float size = 0;
    for (const PdfSegment& segment : segments) {
      left = std::min(left, segment.left);
      right = std::max(right, segment.right);
      size += segment.size;
    }
    size /= static_cast<float>(segments.size());
    const float width = right - left;
    if (width < 20 * size) return -1;
    const float bin = width / static_cast<float>(kBins);
    std::vector<int32_t> crossing(kBins + 1, 0);
    for (const PdfSegment& segment : segments) {
      const auto first = static_cast<size_t>((segment.left - left) / bin);
      const auto last = static_cast<size_t>((segment.right - left) / bin);
      ++crossing[std::min(first, kBins)];
      --crossing[std::min(last, kBins - 1) + 1];
    }
    for (size_t at = 1; at <= kBins; ++at) crossing[at] += crossing[at - 1];
    const auto begin = crossing.begin() + kBins / 8;
    const auto end = crossing.begin() + kBins - kBins / 8;
    const int32_t least = *std::min_element(begin, end);
    // The widest stretch of it.
    size_t best = 0;
    size_t best_width = 0;
    for (size_t at = kBins / 8; at < kBins - kBins / 8;) {
      size_t stretch = at;
      while (stretch < kBins && crossing[stretch] == least) ++stretch;
      if (stretch - at > best_width) {
        best = at;
        best_width = stretch - at;
      }
      at = stretch + 1;
    }
    if (static_cast<float>(best_width) * bin < 0.6F * size) return -1;
    return left + (static_cast<float>(best) + static_cast<float>(best_width) / 2) * bin;
  }

  // NOLINTNEXTLINE(misc-no-recursion): at most kMaxDepth deep
  void Split(std::vector<PdfSegment> segments, int depth) {
    if (segments.size() < kMinSegments || depth >= kMaxDepth) return Emit(std::move(segments));
    const float gutter = FindGutter(segments);
    if (gutter < 0) return Emit(std::move(segments));
    std::stable_sort(
        segments.begin(), segments.end(),
        [](const PdfSegment& a, const PdfSegment& b) { return a.middle() < b.middle(); });
    // Bands of segments on the two sides, and between them those that cross.
    struct Band {
      std::vector<PdfSegment> left, right, crossing;  // crossing stand below
    };
    std::vector<Band> bands(1);
    for (PdfSegment& segment : segments) {
      if (segment.right <= gutter || segment.left >= gutter) {
        if (!bands.back().crossing.empty()) bands.emplace_back();
        (segment.right <= gutter ? bands.back().left : bands.back().right)
            .push_back(std::move(segment));
      } else {
        bands.back().crossing.push_back(std::move(segment));
      }
    }
    std::vector<bool> columns(bands.size(), false);
    std::vector<std::pair<Side, Side>> sides;
    float left_width = 0;
    float right_width = 0;
    for (size_t band = 0; band < bands.size(); ++band) {
      sides.emplace_back(Describe(bands[band].left), Describe(bands[band].right));
      const auto& [left, right] = sides.back();
      columns[band] = (IsProse(left) && IsProse(right)) ||
                      (IsClearlyProse(left) && right.lines >= 3) ||
                      (IsClearlyProse(right) && left.lines >= 3);
      if (!columns[band]) continue;
      left_width = std::max(left_width, left.widest);
      right_width = std::max(right_width, right.widest);
    }
    std::vector<PdfSegment> plain;
    const auto move_to_plain = [&plain](std::vector<PdfSegment>& from) {
      std::move(from.begin(), from.end(), std::back_inserter(plain));
    };
    for (size_t band = 0; band < bands.size(); ++band) {
      if (columns[band] || (left_width > 0 && MayBeProse(sides[band].first, left_width) &&
                            MayBeProse(sides[band].second, right_width))) {
        Emit(std::exchange(plain, {}));
        std::vector<PdfSegment> tail;
        if (!bands[band].crossing.empty())
          tail = TakeTail(bands[band].left, bands[band].right, left_width);
        Split(std::move(bands[band].left), depth + 1);
        Split(std::move(bands[band].right), depth + 1);
        move_to_plain(tail);
      } else {
        move_to_plain(bands[band].left);
        move_to_plain(bands[band].right);
      }
      move_to_plain(bands[band].crossing);
    }
    Emit(std::move(plain));
  }

  std::vector<std::vector<PdfSegment>> regions_;
};

}  // namespace

PdfScript ScriptOf(const PdfSegment& segment, const PdfWord& word) {
  if (word.size >= kScriptSize * segment.size) return PdfScript::kNormal;
  const float height = segment.bottom - segment.top;
  if (word.bottom < segment.bottom - 0.15F * height) return PdfScript::kSuperscript;
  if (word.top > segment.top + 0.3F * height) return PdfScript::kSubscript;
  return PdfScript::kNormal;
}

bool ReadsBlank(char32_t before, char32_t after, float gap, float size) {
  const bool east_asian = IsEastAsian(before) || IsEastAsian(after);
  return gap > (east_asian ? kEastAsianBlank : kLatinBlank) * size;
}

std::vector<PdfSegment> FindSegments(const PdfPage& page, int32_t index, float body_size,
                                     const core::Cancellation* cancellation) {
  std::vector<PdfSegment> segments = SegmentBuilder(page, index).Build(cancellation);
  LeaveWatermarksOut(body_size, segments);
  return segments;
}

float GapBefore(const PdfPage& page, const PdfSegment& segment, size_t word) {
  return LeftOf(page, page.words[segment.words[word]]) -
         RightOf(page, page.words[segment.words[word - 1]]);
}

PdfSegment CutSegment(const PdfPage& page, size_t word, PdfSegment* segment) {
  PdfSegment rest = *segment;
  rest.words.erase(rest.words.begin(), rest.words.begin() + static_cast<int64_t>(word));
  segment->words.resize(word);
  Describe(page, *segment);
  Describe(page, rest);
  return rest;
}

float MiddleOf(const PdfRow& row) {
  const auto largest =
      std::max_element(row.begin(), row.end(),
                       [](const PdfSegment& a, const PdfSegment& b) { return a.size < b.size; });
  return largest->middle();
}

float SizeOf(const PdfRow& row) {
  float size = 0;
  for (const PdfSegment& segment : row) size = std::max(size, segment.size);
  return size;
}

std::vector<PdfRow> GroupRows(std::vector<PdfSegment> segments) {
  std::stable_sort(segments.begin(), segments.end(), [](const PdfSegment& a, const PdfSegment& b) {
    return a.middle() < b.middle();
  });
  std::vector<PdfRow> rows;
  float middle = 0;  // of the last row
  for (PdfSegment& segment : segments) {
    const bool same = !rows.empty() && segment.middle() - middle <=
                                           0.35F * std::min(segment.size, rows.back().front().size);
    if (!same) {
      rows.emplace_back();
      middle = segment.middle();
    }
    rows.back().push_back(std::move(segment));
  }
  for (PdfRow& row : rows) {
    std::stable_sort(row.begin(), row.end(),
                     [](const PdfSegment& a, const PdfSegment& b) { return a.left < b.left; });
  }
  return rows;
}

std::vector<std::vector<PdfSegment>> CutColumns(std::vector<PdfSegment> segments) {
  return ColumnCutter().Cut(std::move(segments));
}

}  // namespace crossfoot::document
