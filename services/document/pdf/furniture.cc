#include "services/document/pdf/furniture.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/document/characters.h"
#include "services/document/line_shape.h"

namespace crossfoot::document {
namespace {

// The share of the height of a page, at its head and foot, that furniture stands in.
constexpr float kEdge = 0.14F;
// Most rows of it at an edge.
constexpr size_t kMaxRows = 3;
// How far it stands from the text: in ems, and in distances between lines of the page.
constexpr float kDistance = 1.5F;
constexpr float kDistanceInLines = 1.25F;
// A line as wide as this, as a share of the text, is text.
constexpr float kWide = 0.75F;
// Places differ by less than this, in points, from page to page.
constexpr float kPlace = 6;

// A row at an edge of a page, the outermost first.
struct EdgeRow {
  std::vector<size_t> segments;  // of the page
  std::string key;               // words without figures, and the place
  bool apart = false;            // from what stands further in
  int64_t number = -1;           // of a row that is nothing but a number
  bool decorated = false;        // - 12 -, 第12页
  bool prose = false;            // a line of the text
};

std::string WithoutNumbers(std::string_view text) {
  std::string words;
  for (const char c : text) {
    if (!IsDigit(static_cast<unsigned char>(c))) {
      words += c;
    } else if (words.empty() || words.back() != '#') {
      words += '#';
    }
  }
  return words;
}

// How far the lines of a page are from one another, as is usual there; 0 for a single line.
float LineDistance(const std::vector<PdfSegment>& segments) {
  std::vector<float> middles;
  float size = 0;
  for (const PdfSegment& segment : segments) {
    middles.push_back(segment.middle());
    size += segment.size;
  }
  size /= static_cast<float>(std::max(segments.size(), size_t{1}));
  std::sort(middles.begin(), middles.end());
  std::vector<float> distances;
  for (size_t at = 1; at < middles.size(); ++at) {
    if (middles[at] - middles[at - 1] > 0.5F * size)
      distances.push_back(middles[at] - middles[at - 1]);
  }
  if (distances.empty()) return 0;
  const auto middle = distances.begin() + static_cast<int64_t>(distances.size() / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle;
}

// The rows at the head or the foot of a page.
std::vector<EdgeRow> EdgeRows(const std::vector<PdfSegment>& segments, float height,
                              float line_distance, bool foot) {
  // How far from the edge a segment stands.
  const auto depth = [&](size_t at) {
    return foot ? height - segments[at].middle() : segments[at].middle();
  };
  std::vector<size_t> near;
  for (size_t at = 0; at < segments.size(); ++at) {
    if (depth(at) < 2 * kEdge * height) near.push_back(at);
  }
  std::stable_sort(near.begin(), near.end(),
                   [&](size_t a, size_t b) { return depth(a) < depth(b); });
  std::vector<EdgeRow> rows;
  float row_depth = 0;
  for (const size_t at : near) {
    if (!rows.empty() && depth(at) - row_depth < 0.4F * segments[at].size) {
      rows.back().segments.push_back(at);
      continue;
    }
    if (!rows.empty()) {
      const PdfSegment& last = segments[rows.back().segments.front()];
      rows.back().apart =
          depth(at) - row_depth > std::max(kDistance * std::max(last.size, segments[at].size),
                                           kDistanceInLines * line_distance);
    }
    if (rows.size() == kMaxRows || depth(at) > kEdge * height) return rows;
    row_depth = depth(at);
    rows.emplace_back().segments = {at};
  }
  if (!rows.empty()) rows.back().apart = true;
  return rows;
}

void DescribeRow(const std::vector<PdfSegment>& segments, float width, bool foot, EdgeRow& row) {
  std::sort(row.segments.begin(), row.segments.end(),
            [&](size_t a, size_t b) { return segments[a].left < segments[b].left; });
  std::string text;
  for (const size_t at : row.segments) absl::StrAppend(&text, segments[at].text, " ");
  text.pop_back();
  const auto place =
      static_cast<int64_t>(std::lround(segments[row.segments.front()].middle() / kPlace));
  row.key = absl::StrCat(foot ? "v" : "^", place, " ", WithoutNumbers(WithoutBlanks(text)));
  row.prose = Contains(text, "。") ||
              (row.segments.size() == 1 && segments[row.segments[0]].width() > kWide * width);
  row.decorated = IsDecoratedPageNumber(text);
  if (!IsPageNumber(text)) return;
  const size_t digit = text.find_first_of("0123456789");
  if (digit == std::string::npos) return;
  row.number = 0;
  for (size_t at = digit; at < text.size() && IsDigit(text[at]) && at < digit + 5; ++at)
    row.number = row.number * 10 + (text[at] - '0');
}

}  // namespace

std::vector<PdfFurniture> TakeFurniture(const std::vector<float>& heights,
                                        std::vector<std::vector<PdfSegment>>& pages) {
  std::vector<std::vector<EdgeRow>> edges(2 * pages.size());  // head and foot of each page
  absl::flat_hash_map<std::string, int32_t> count;            // of pages with the key
  absl::flat_hash_map<int64_t, int32_t> offsets;              // of numbers to the page
  for (size_t page = 0; page < pages.size(); ++page) {
    const float line_distance = LineDistance(pages[page]);
    float left = std::numeric_limits<float>::max();
    float right = std::numeric_limits<float>::lowest();
    for (const PdfSegment& segment : pages[page]) {
      left = std::min(left, segment.left);
      right = std::max(right, segment.right);
    }
    const float width = right - left;
    for (const bool foot : {false, true}) {
      std::vector<EdgeRow>& rows = edges[2 * page + (foot ? 1 : 0)];
      rows = EdgeRows(pages[page], heights[page], line_distance, foot);
      for (EdgeRow& row : rows) {
        DescribeRow(pages[page], width, foot, row);
        ++count[row.key];
        if (row.number >= 0) ++offsets[row.number - static_cast<int64_t>(page)];
      }
    }
  }
  // A chapter's head stands on some pages only.
  const int32_t enough = pages.size() < 6 ? 2 : 3;
  std::vector<PdfFurniture> furniture(pages.size());
  absl::flat_hash_set<std::string> seen;
  for (size_t page = 0; page < pages.size(); ++page) {
    std::vector<bool> taken(pages[page].size(), false);
    for (const bool foot : {false, true}) {
      std::vector<EdgeRow>& rows = edges[2 * page + (foot ? 1 : 0)];
      // What stands further out than furniture is furniture.
      size_t end = 0;
      for (size_t at = 0; at < rows.size(); ++at) {
        const EdgeRow& row = rows[at];
        const bool counts =
            row.number >= 0 &&
            (row.decorated || offsets[row.number - static_cast<int64_t>(page)] >= 2);
        if (row.prose) break;
        if (counts || (row.apart && count[row.key] >= enough)) end = at + 1;
      }
      for (size_t at = 0; at < end; ++at) {
        const bool number = rows[at].number >= 0;
        const bool first = !number && seen.insert(rows[at].key).second;
        for (const size_t segment : rows[at].segments) {
          if (taken[segment]) continue;
          taken[segment] = true;
          if (first) furniture[page].heads.push_back(pages[page][segment]);
        }
      }
    }
    size_t kept = 0;
    for (size_t at = 0; at < pages[page].size(); ++at) {
      if (taken[at]) continue;
      if (kept != at) pages[page][kept] = std::move(pages[page][at]);
      ++kept;
    }
    pages[page].resize(kept);
  }
  return furniture;
}

}  // namespace crossfoot::document
