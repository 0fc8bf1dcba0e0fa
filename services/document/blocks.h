#ifndef CROSSFOOT_SERVICES_DOCUMENT_BLOCKS_H_
#define CROSSFOOT_SERVICES_DOCUMENT_BLOCKS_H_

#include "core/cancellation.h"
#include "core/document.h"
#include "services/document/line.h"

namespace crossfoot::document {

// Says what each line of `reading` is, joins the parts of sentences that a page break or a hard
// line end cut, tells articles apart, and writes text, source map, blocks, sentences, tables and
// article_count of `document`.  Less of them when the work is given up.
void BuildBlocks(const Reading& reading, core::Document* document,
                 const core::Cancellation* cancellation = nullptr);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_BLOCKS_H_
