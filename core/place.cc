#include "core/place.h"

#include <algorithm>
#include <cstddef>

#include "core/code_points.h"

namespace crossfoot::core {
namespace {

// Whether a sheet's name stands in a reference without quotes.
bool IsPlainName(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
                  (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.';
         });
}

}  // namespace

std::string CellReference(int32_t row, int32_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters + std::to_string(row);
}

std::string ToFragment(const Place& place) {
  switch (place.kind) {
    case Place::Kind::kPage:
      return "#page=" + std::to_string(place.page);
    case Place::Kind::kParagraph:
      return "#" + (place.part == "document" ? std::string() : place.part + ":") +
             "paragraph=" + std::to_string(place.paragraph);
    case Place::Kind::kCell:
      break;
  }
  std::string sheet = place.sheet;
  if (!IsPlainName(sheet)) {
    for (size_t at = 0; (at = sheet.find('\'', at)) != std::string::npos; at += 2)
      sheet.insert(at, 1, '\'');
    sheet = "'" + sheet + "'";
  }
  return "#" + sheet + "!" + CellReference(place.row, place.column);
}

void PlaceMap::AddLine(TextRange range, int32_t page, float top, float bottom,
                       const std::vector<float>& edges) {
  kind_ = Place::Kind::kPage;
  entries_.push_back({range.start, range.end, page, static_cast<int32_t>(lines_.size()),
                      static_cast<int32_t>(edges_.size())});
  lines_.push_back({top, bottom});
  edges_.insert(edges_.end(), edges.begin(), edges.end());
}

void PlaceMap::AddRun(TextRange range, std::string_view part, int32_t paragraph, int32_t run) {
  kind_ = Place::Kind::kParagraph;
  entries_.emplace_back(range.start, range.end, NameIndex(part), paragraph, run);
}

std::optional<Place> PlaceMap::PlaceOf(std::string_view transcript, TextRange range) const {
  const auto first =
      std::partition_point(entries_.begin(), entries_.end(),
                           [&range](const Entry& entry) { return entry.end <= range.start; });
  // An empty range stands where the byte behind it does.
  const int32_t end = std::max(range.end, range.start + 1);
  if (first == entries_.end() || first->start >= end) return std::nullopt;
  Place place;
  place.kind = kind_;
  switch (kind_) {
    case Place::Kind::kPage:
      place.page = first->container;
      for (auto entry = first;
           entry != entries_.end() && entry->start < end && entry->container == first->container;
           ++entry) {
        const Box box = BoxOf(*entry, transcript, range);
        Box* const last = place.boxes.empty() ? nullptr : &place.boxes.back();
        if (last != nullptr && last->top == box.top && last->bottom == box.bottom) {
          last->left = std::min(last->left, box.left);
          last->right = std::max(last->right, box.right);
        } else {
          place.boxes.push_back(box);
        }
      }
      break;
    case Place::Kind::kParagraph:
      place.part = names_[first->container];
      place.paragraph = first->first;
      place.run = first->second;
      break;
    case Place::Kind::kCell:
      place.sheet = names_[first->container];
      place.row = first->first;
      place.column = first->second;
      break;
  }
  return place;
}

Box PlaceMap::BoxOf(const Entry& entry, std::string_view transcript, TextRange range) const {
  const int32_t start = std::max(range.start, entry.start);
  const int32_t end = std::clamp(range.end, start, entry.end);
  const int32_t before = CountCodePoints(transcript.substr(entry.start, start - entry.start));
  const int32_t within = CountCodePoints(transcript.substr(start, end - start));
  const Line& line = lines_[entry.first];
  return {edges_[entry.second + before], line.top, edges_[entry.second + before + within],
          line.bottom};
}

}  // namespace crossfoot::core
