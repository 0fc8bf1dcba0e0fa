#ifndef CROSSFOOT_SERVICES_DOCUMENT_CSV_H_
#define CROSSFOOT_SERVICES_DOCUMENT_CSV_H_

#include <optional>
#include <string_view>

#include "core/cancellation.h"
#include "services/document/line.h"

namespace crossfoot::document {

// What divides the fields of `source`, valid UTF-8: ',', ';' or a tab, when the whole of it reads
// as a table in the form of RFC 4180, with quoted fields, and most of its fields below the head are
// numbers.  Lines above and below that fill a single field (titles, units, notes) may stand beside
// it.  nullopt for text, Markdown's tables included.
std::optional<char> DetectDelimiter(std::string_view source);

// Reads such a source.  Empty lines divide tables; records at the ends of a table that fill a
// single field become lines.  A head that stands over several columns, followed by empty fields,
// spans them.  "sep=;" on the first line, which spreadsheets write, is no record.  Less of it when
// the work is given up.
Reading ReadCsv(std::string_view source, char delimiter,
                const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_CSV_H_
