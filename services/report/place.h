#ifndef CROSSFOOT_SERVICES_REPORT_PLACE_H_
#define CROSSFOOT_SERVICES_REPORT_PLACE_H_

#include <optional>
#include <string>

#include "core/document.h"
#include "core/place.h"
#include "core/text_span.h"
#include "crossfoot/v1/place.pb.h"
#include "services/validation/pipeline.h"

// How a place of a document is told: by line and column in text, by page, paragraph or cell in
// formats that are no text.

namespace crossfoot::report {

// What follows the document's path: ":5:62", "#page=3", "#paragraph=12", "#Sheet1!B7".  One
// printable line.
std::string PlaceSuffix(const core::TextSpan& span, const std::optional<core::Place>& place);
std::string PlaceSuffix(const core::Document& document, core::TextRange range);

// The same where the path stands elsewhere: "5:62", "page=3", "Sheet1!B7".
std::string PlaceWithin(const core::Document& document, core::TextRange range);

// "a.txt:1:24", "a.pdf#page=3".
std::string PlaceOf(const validation::Validation& validation, core::TextRange range);
std::string PlaceOf(const validation::CitedFigure& cited);

void SetPlace(const core::Place& place, v1::Place* proto);
// The inverse; nullopt for a message that is no place: without a format, a page below 1, a
// reference that names no cell.
std::optional<core::Place> ReadPlace(const v1::Place& proto);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_PLACE_H_
