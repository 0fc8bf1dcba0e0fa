#ifndef CROSSFOOT_SERVICES_DOCUMENT_HTML_PARSED_HTML_H_
#define CROSSFOOT_SERVICES_DOCUMENT_HTML_PARSED_HTML_H_

#include <gumbo.h>

#include <cstddef>
#include <string_view>

#include "core/cancellation.h"

namespace crossfoot::document {

// The tree that gumbo makes of a text, with the memory that it takes.
class ParsedHtml {
 public:
  // `text` must outlive it, for nodes point into it.  When the work is given up (`cancellation` may
  // be null) there is no tree.
  ParsedHtml(std::string_view text, const core::Cancellation* cancellation);
  ~ParsedHtml();

  ParsedHtml(const ParsedHtml&) = delete;
  ParsedHtml& operator=(const ParsedHtml&) = delete;

  // The document's root element; null when the work was given up.
  const GumboNode* root() const { return output_ == nullptr ? nullptr : output_->root; }

 private:
  struct Memory;

  static void* Allocate(void* memory, size_t size);
  static void Free(void* memory, void* block);

  Memory* memory_;
  const GumboOutput* output_ = nullptr;
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_HTML_PARSED_HTML_H_
