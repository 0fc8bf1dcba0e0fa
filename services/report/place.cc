#include "services/report/place.h"

#include <cmath>
#include <cstdint>
#include <string_view>

#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

// The inverse of core::CellReference; false for what is none.  A sheet has at most 2^20 rows and
// 2^14 columns.
bool ReadCellReference(std::string_view text, int32_t& row, int32_t& column) {
  size_t at = 0;
  column = 0;
  for (; at < text.size() && at < 4 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
    column = column * 26 + (text[at] - 'A' + 1);
  row = 0;
  for (const size_t start = at; at < text.size() && at < start + 8; ++at) {
    if (text[at] < '0' || text[at] > '9') return false;
    row = row * 10 + (text[at] - '0');
  }
  return row > 0 && column > 0 && core::CellReference(row, column) == text;
}

bool IsBox(const core::Box& box) {
  return std::isfinite(box.left) && std::isfinite(box.top) && std::isfinite(box.right) &&
         std::isfinite(box.bottom) && box.left <= box.right && box.top <= box.bottom;
}

}  // namespace

std::string PlaceSuffix(const core::TextSpan& span, const std::optional<core::Place>& place) {
  if (place.has_value()) return ToPrintable(core::ToFragment(*place));
  return ":" + std::to_string(span.line) + ":" + std::to_string(span.column);
}

std::string PlaceSuffix(const core::Document& document, core::TextRange range) {
  const core::TextSpan span = document.SpanOf(range);
  return PlaceSuffix(span, document.PlaceOf(span));
}

std::string PlaceWithin(const core::Document& document, core::TextRange range) {
  return PlaceSuffix(document, range).substr(1);
}

std::string PlaceOf(const validation::Validation& validation, core::TextRange range) {
  return ToPrintable(validation.document.uri) + PlaceSuffix(validation.document, range);
}

std::string PlaceOf(const validation::CitedFigure& cited) {
  return ToPrintable(cited.uri) + PlaceSuffix(cited.span, cited.place);
}

void SetPlace(const core::Place& place, v1::Place* proto) {
  switch (place.kind) {
    case core::Place::Kind::kPage:
      proto->mutable_page()->set_page_number(place.page);
      for (const core::Box& box : place.boxes) {
        v1::Box* const added = proto->mutable_page()->add_boxes();
        added->set_left(box.left);
        added->set_top(box.top);
        added->set_right(box.right);
        added->set_bottom(box.bottom);
      }
      break;
    case core::Place::Kind::kParagraph:
      proto->mutable_paragraph()->set_part(place.part);
      proto->mutable_paragraph()->set_paragraph(place.paragraph);
      proto->mutable_paragraph()->set_run(place.run);
      break;
    case core::Place::Kind::kCell:
      proto->mutable_cell()->set_sheet(place.sheet);
      proto->mutable_cell()->set_reference(core::CellReference(place.row, place.column));
      break;
  }
}

std::optional<core::Place> ReadPlace(const v1::Place& proto) {
  core::Place place;
  switch (proto.format_case()) {
    case v1::Place::kPage:
      place.kind = core::Place::Kind::kPage;
      place.page = proto.page().page_number();
      for (const v1::Box& box : proto.page().boxes()) {
        place.boxes.push_back({box.left(), box.top(), box.right(), box.bottom()});
        if (!IsBox(place.boxes.back())) return std::nullopt;
      }
      if (place.page < 1) return std::nullopt;
      return place;
    case v1::Place::kParagraph:
      place.kind = core::Place::Kind::kParagraph;
      place.part = proto.paragraph().part();
      place.paragraph = proto.paragraph().paragraph();
      place.run = proto.paragraph().run();
      if (place.part.empty() || place.paragraph < 1 || place.run < 1) return std::nullopt;
      return place;
    case v1::Place::kCell:
      place.kind = core::Place::Kind::kCell;
      place.sheet = proto.cell().sheet();
      if (!ReadCellReference(proto.cell().reference(), place.row, place.column))
        return std::nullopt;
      return place;
    case v1::Place::FORMAT_NOT_SET:
      break;
  }
  return std::nullopt;
}

}  // namespace crossfoot::report
