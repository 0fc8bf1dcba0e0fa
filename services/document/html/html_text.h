#ifndef CROSSFOOT_SERVICES_DOCUMENT_HTML_HTML_TEXT_H_
#define CROSSFOOT_SERVICES_DOCUMENT_HTML_HTML_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "services/document/html/tag_stripper.h"

namespace crossfoot::document {

// Decodes the character references of HTML ("&nbsp;", "&#65285;", "&ampx") with gumbo's table of
// names.  Not thread-safe; one per document.
class EntityDecoder {
 public:
  // What stands at the start of `text`, which begins with "&".
  struct Entity {
    std::string_view
        decoded;             // valid as long as the decoder; empty when `text` begins no reference
    int32_t size_bytes = 0;  // of the reference in `text`
  };
  Entity Decode(std::string_view text);

 private:
  struct Known {
    std::string decoded;
    int32_t size_bytes;
  };
  std::unordered_map<std::string, Known> named_;
  std::string numeric_;
};

// Cuts the bytes of one text node into what they stand for.
class HtmlTextReader {
 public:
  enum class Kind {
    kRun,    // original bytes that stand for themselves
    kSpace,  // one byte of white space
    kOther,  // bytes that stand for `decoded`
    kTag,    // a tag that gumbo passed over: nothing
  };
  struct Token {
    Kind kind = Kind::kRun;
    std::string_view bytes;  // in the stripped text
    int32_t start = 0;       // in the original
    int32_t end = 0;
    std::string_view decoded;  // of kOther; valid until the next call
  };

  // Reads html.text[start, end).  Both must outlive the reader.
  HtmlTextReader(const StrippedHtml& html, int32_t start, int32_t end, EntityDecoder* entities);

  // False at the end.
  bool Next(Token* token);

 private:
  const StrippedHtml& html_;
  int32_t cursor_;
  int32_t end_;
  size_t piece_ = 0;  // that holds the cursor
  EntityDecoder* entities_;
};

// Whether reading html.text[start, end) gives `decoded`, the text that gumbo found there.
bool ReadsAs(const StrippedHtml& html, int32_t start, int32_t end, std::string_view decoded,
             EntityDecoder* entities);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_HTML_HTML_TEXT_H_
