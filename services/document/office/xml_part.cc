#include "services/document/office/xml_part.h"

#include <cstdint>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/document/text_decoder.h"

namespace crossfoot::document {
namespace {

using core::ToAbsl;

// A blank that is all an element holds is kept: <w:t> </w:t>.
constexpr unsigned int kParseFlags = pugi::parse_escapes | pugi::parse_cdata | pugi::parse_eol |
                                     pugi::parse_wconv_attribute | pugi::parse_ws_pcdata_single |
                                     pugi::parse_embed_pcdata | pugi::parse_fragment;
// Children that are made into a tree together.  In bytes.
constexpr size_t kBatchBytes = size_t{64} << 10;
constexpr size_t kNone = std::string_view::npos;

// What ends mark-up that begins with `begin`, other than tags.
struct Section {
  std::string_view begin;
  std::string_view end;
};
constexpr Section kSections[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

bool IsWide(std::string_view bytes) {
  return bytes.size() >= 2 && (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") ||
                               bytes[0] == '\0' || bytes[1] == '\0');
}

// The offset of the ">" that ends the tag at `at`, or kNone.  Byte by byte, for what stands in tags
// is short.
size_t EndOfTag(std::string_view text, size_t at) {
  for (; at < text.size() && text[at] != '>'; ++at) {
    const char quote = text[at];
    if (quote > '\'' || (quote != '"' && quote != '\'')) continue;
    do {
      if (++at == text.size()) return kNone;
    } while (text[at] != quote);
  }
  return at < text.size() ? at : kNone;
}

// The next "<" from `at` on, or kNone.  Tags mostly stand side by side.
size_t StartOfTag(std::string_view text, size_t at) {
  return at < text.size() && text[at] == '<' ? at : text.find('<', at);
}

// Null when there is none.
pugi::xml_attribute FindAttribute(const pugi::xml_node& node, std::string_view local_name) {
  pugi::xml_attribute attribute = node.first_attribute();
  while (attribute && !IsNamed(attribute.name(), local_name))
    attribute = attribute.next_attribute();
  return attribute;
}

}  // namespace

absl::StatusOr<XmlPart> XmlPart::Open(std::string_view uri, std::string_view part,
                                      std::string bytes, std::string_view container,
                                      const core::Cancellation* cancellation) {
  XmlPart result;
  result.uri_ = uri;
  result.part_ = part;
  result.cancellation_ = cancellation;
  if (IsWide(bytes)) {
    const auto size = static_cast<int64_t>(bytes.size());
    absl::StatusOr<DecodedText> decoded = DecodeText(uri, std::move(bytes), size, cancellation);
    if (core::Stopped(cancellation)) return cancellation->status();
    if (!decoded.ok()) return result.Damaged("neither UTF-8 nor UTF-16", 0);
    bytes = std::move(decoded->text);
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  result.text_ = std::move(bytes);
  if (absl::Status status = result.Scan(container); !status.ok()) return status;
  return result;
}

absl::Status XmlPart::Scan(std::string_view container) {
  const std::string_view text = text_;
  int32_t depth = 0;
  int32_t inside = 0;  // the depth of the container's children, or 0
  size_t child = 0;    // where the open one starts
  uint32_t steps = 0;
  const auto end_child = [&](size_t end) {
    if (end - child > kMaxTreeBytes) return TooLarge();
    const bool joins = !batches_.empty() && !contents_.empty() &&
                       batches_.back().start >= contents_.back().start &&
                       end - batches_.back().start <= kBatchBytes;
    if (joins) {
      batches_.back().end = end;
    } else {
      batches_.push_back({child, end});
    }
    return absl::OkStatus();
  };
  for (size_t at = 0; (at = StartOfTag(text, at)) != kNone;) {
    if ((++steps & 4095) == 0 && core::Stopped(cancellation_)) return cancellation_->status();
    const char mark = at + 1 < text.size() ? text[at + 1] : '\0';
    if (mark == '!' || mark == '?') {
      const std::string_view rest = text.substr(at);
      const Section* section = nullptr;
      for (const Section& known : kSections) {
        if (rest.starts_with(known.begin)) section = &known;
      }
      if (section == nullptr) return Damaged("a document type, which Office files never have", at);
      const size_t end = text.find(section->end, at + section->begin.size());
      if (end == kNone) return Damaged("mark-up that does not end", at);
      at = end + section->end.size();
      continue;
    }
    const size_t close = EndOfTag(text, at + 1);
    if (close == kNone) return Damaged("mark-up that does not end", at);
    const size_t next = close + 1;
    if (mark == '/') {
      if (--depth < 0) return Damaged("the end of an element that does not begin", at);
      if (inside > 0 && depth == inside) {
        if (absl::Status status = end_child(next); !status.ok()) return status;
      } else if (inside > 0 && depth < inside) {
        contents_.back().end = at;
        inside = 0;
      }
      at = next;
      continue;
    }
    const bool empty = text[close - 1] == '/';
    if (depth == 0 || (inside == 0 && depth == 1)) {
      const size_t name_end = text.find_first_of(" \t\r\n/>", at);
      const std::string_view name = text.substr(at + 1, name_end - at - 1);
      if (depth == 0) {
        if (!root_.empty()) return Damaged("a second root", at);
        root_ = LocalName(name);
        prefix_ = name.substr(0, name.size() - root_.size());
      }
      if (!empty && !container.empty() && LocalName(name) == container) {
        inside = depth + 1;
        contents_.push_back({next, next});
      }
    }
    if (inside > 0 && depth == inside) {
      child = at;
      if (empty) {
        if (absl::Status status = end_child(next); !status.ok()) return status;
      }
    }
    if (!empty && ++depth > kMaxDepth)
      return Damaged(absl::StrCat("elements nested deeper than ", kMaxDepth), at);
    at = next;
  }
  if (depth > 0) return Damaged("elements that do not end", text.size());
  if (root_.empty()) return Damaged("no element", 0);
  return absl::OkStatus();
}

absl::Status XmlPart::Damaged(std::string_view what, size_t offset) const {
  return core::MakeError(core::ErrorReason::kDocumentDamaged,
                         absl::StrCat(uri_, " is damaged: its part ", part_, " has ", ToAbsl(what),
                                      " at byte ", offset, "; save it again"));
}

absl::Status XmlPart::TooLarge() const {
  return core::MakeError(core::ErrorReason::kDocumentTooLarge,
                         absl::StrCat(uri_, " has a single element of more than ", kMaxTreeBytes,
                                      " bytes in its part ", part_, "; split it"));
}

absl::Status XmlPart::LoadFrame(pugi::xml_document* frame) const {
  std::string text;
  size_t at = 0;
  for (const Piece& content : contents_) {
    text.append(text_, at, content.start - at);
    at = content.end;
  }
  text.append(text_, at);
  if (text.size() > kMaxTreeBytes) return TooLarge();
  const pugi::xml_parse_result result =
      frame->load_buffer(text.data(), text.size(), kParseFlags, pugi::encoding_utf8);
  if (!result) return Damaged(result.description(), static_cast<size_t>(result.offset));
  return absl::OkStatus();
}

absl::Status XmlPart::VisitChildren(absl::FunctionRef<absl::Status(const pugi::xml_node&)> visit) {
  pugi::xml_document tree;
  for (const Piece& batch : batches_) {
    if (core::Stopped(cancellation_)) return cancellation_->status();
    const pugi::xml_parse_result result = tree.load_buffer_inplace(
        text_.data() + batch.start, batch.end - batch.start, kParseFlags, pugi::encoding_utf8);
    if (!result) {
      return Damaged(result.description(), batch.start + static_cast<size_t>(result.offset));
    }
    for (const pugi::xml_node& child : tree.children()) {
      if (child.type() != pugi::node_element) continue;
      if (absl::Status status = visit(child); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == kNone ? name : name.substr(colon + 1);
}

std::string_view NameWithin(std::string_view prefix, const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (!name.starts_with(prefix)) return {};
  const std::string_view local = name.substr(prefix.size());
  return local.find(':') == kNone ? local : std::string_view();
}

std::string_view AttributeOf(const pugi::xml_node& node, std::string_view local_name) {
  return FindAttribute(node, local_name).value();
}

bool HasAttribute(const pugi::xml_node& node, std::string_view local_name) {
  return !FindAttribute(node, local_name).empty();
}

int32_t NumberOf(const pugi::xml_node& node, std::string_view local_name, int32_t absent) {
  int32_t number = 0;
  return absl::SimpleAtoi(ToAbsl(AttributeOf(node, local_name)), &number) ? number : absent;
}

bool IsOn(const pugi::xml_node& node, std::string_view local_name, bool absent) {
  if (!node) return absent;
  const std::string_view value = AttributeOf(node, local_name);
  return value != "0" && value != "false" && value != "off";
}

std::string NameLike(const pugi::xml_node& like, std::string_view local_name) {
  const std::string_view name = like.name();
  return absl::StrCat(ToAbsl(name.substr(0, name.size() - LocalName(name).size())),
                      ToAbsl(local_name));
}

std::string_view TextOf(const pugi::xml_node& node, std::string* buffer) {
  const std::string_view first = node.value();  // parse_embed_pcdata puts the first characters here
  pugi::xml_node child = node.first_child();
  if (!child) return first;
  *buffer = first;
  for (; child; child = child.next_sibling()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      *buffer += child.value();
  }
  return *buffer;
}

std::string TextOf(const pugi::xml_node& node) {
  std::string buffer;
  return std::string(TextOf(node, &buffer));
}

}  // namespace crossfoot::document
