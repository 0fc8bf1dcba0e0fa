#include "clients/cli/nearest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace crossfoot::cli {
namespace {

// Longer words are nobody's misspelling.
constexpr size_t kMaxWordBytes = 64;

size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t a_index = 0; a_index < a.size(); ++a_index) {
    size_t diagonal = row[0];
    row[0] = a_index + 1;
    for (size_t b_index = 0; b_index < b.size(); ++b_index) {
      const size_t replaced = diagonal + (a[a_index] == b[b_index] ? 0 : 1);
      diagonal = row[b_index + 1];
      row[b_index + 1] = std::min({replaced, row[b_index] + 1, row[b_index + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view Nearest(std::string_view typed, const std::vector<std::string_view>& words) {
  if (typed.size() > kMaxWordBytes) return {};
  std::string_view nearest;
  size_t least = 0;
  for (const std::string_view word : words) {
    const size_t distance = Distance(typed, word);
    if (distance > std::max(typed.size(), word.size()) / 3 + 1) continue;
    if (nearest.empty() || distance < least) {
      nearest = word;
      least = distance;
    }
  }
  return nearest;
}

}  // namespace crossfoot::cli
