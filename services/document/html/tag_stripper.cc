#include "services/document/html/tag_stripper.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"

namespace crossfoot::document {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsNameByte(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// How an element behaves while a tree is built.
enum class Role : uint8_t {
  kUnknown,    // inline or foreign: the tag is erased, its content stays
  kBlock,      // closes an open p, ends by its end tag
  kHeading,    // h1 to h6
  kParagraph,  // p
  kItem,       // li
  kTerm,       // dd, dt
  kTable,
  kSection,  // tbody, thead, tfoot
  kCaption,
  kRow,
  kCell,    // td, th
  kScript,  // sup, sub
  kTemplate,
  kVoid,  // br, hr
  kRaw,   // content is no text: erased with its content
};

struct ElementName {
  std::string_view name;
  Role role;
};

// Sorted by name.
constexpr std::array<ElementName, 55> kElements = {{
    {"address", Role::kBlock},
    {"article", Role::kBlock},
    {"aside", Role::kBlock},
    {"blockquote", Role::kBlock},
    {"br", Role::kVoid},
    {"caption", Role::kCaption},
    {"center", Role::kBlock},
    {"dd", Role::kTerm},
    {"details", Role::kBlock},
    {"dir", Role::kBlock},
    {"div", Role::kBlock},
    {"dl", Role::kBlock},
    {"dt", Role::kTerm},
    {"fieldset", Role::kBlock},
    {"figcaption", Role::kBlock},
    {"figure", Role::kBlock},
    {"footer", Role::kBlock},
    {"h1", Role::kHeading},
    {"h2", Role::kHeading},
    {"h3", Role::kHeading},
    {"h4", Role::kHeading},
    {"h5", Role::kHeading},
    {"h6", Role::kHeading},
    {"header", Role::kBlock},
    {"hr", Role::kVoid},
    {"iframe", Role::kRaw},
    {"li", Role::kItem},
    {"main", Role::kBlock},
    {"menu", Role::kBlock},
    {"nav", Role::kBlock},
    {"noembed", Role::kRaw},
    {"noframes", Role::kRaw},
    {"noscript", Role::kRaw},
    {"ol", Role::kBlock},
    {"p", Role::kParagraph},
    {"pre", Role::kBlock},
    {"script", Role::kRaw},
    {"section", Role::kBlock},
    {"select", Role::kRaw},
    {"style", Role::kRaw},
    {"sub", Role::kScript},
    {"summary", Role::kBlock},
    {"sup", Role::kScript},
    {"table", Role::kTable},
    {"tbody", Role::kSection},
    {"td", Role::kCell},
    {"template", Role::kTemplate},
    {"textarea", Role::kRaw},
    {"tfoot", Role::kSection},
    {"th", Role::kCell},
    {"thead", Role::kSection},
    {"title", Role::kRaw},
    {"tr", Role::kRow},
    {"ul", Role::kBlock},
    {"xmp", Role::kRaw},
}};
constexpr size_t kElementCount = kElements.size();
static_assert(std::is_sorted(kElements.begin(), kElements.end(),
                             [](const ElementName& a, const ElementName& b) {
                               return a.name < b.name;
                             }));

// Index into kElements of a tag's name, or -1.
int32_t ElementIndex(std::string_view name) {
  std::array<char, 10> lower;
  if (name.size() > lower.size()) return -1;
  std::transform(name.begin(), name.end(), lower.begin(), Lower);
  const std::string_view key(lower.data(), name.size());
  const auto end = kElements.end();
  const auto found = std::lower_bound(
      kElements.begin(), end, key,
      [](const ElementName& element, std::string_view value) { return element.name < value; });
  return found != end && found->name == key ? static_cast<int32_t>(found - kElements.begin()) : -1;
}

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(),
                                                   [](char a, char b) { return Lower(a) == b; });
}

// A tag as the tokenizer of HTML sees it.
struct Tag {
  size_t name_start = 0;
  size_t name_end = 0;
  size_t end = 0;  // behind ">"
  bool closing = false;
  std::string_view row_span;  // values of attributes
  std::string_view column_span;
};

// Finds the ends of tags; remembers which closing bytes are missing from the rest, so that hostile
// input stays linear.
class TagReader {
 public:
  explicit TagReader(std::string_view source) : source_(source) {}

  // Reads the tag at source[start] == '<'.  False when no tag begins there.
  bool Read(size_t start, Tag* tag) {
    size_t at = start + 1;
    tag->closing = at < source_.size() && source_[at] == '/';
    if (tag->closing) ++at;
    if (at >= source_.size() || !IsLetter(source_[at])) return false;
    tag->name_start = at;
    while (at < source_.size() && IsNameByte(source_[at])) ++at;
    tag->name_end = at;
    if (at >= source_.size() ||
        !(IsSpace(source_[at]) || source_[at] == '/' || source_[at] == '>')) {
      return false;
    }
    const bool wants_values = tag->name_end - tag->name_start == 2;  // td, th
    while (at < source_.size()) {
      const char byte = source_[at];
      if (byte == '>') {
        tag->end = at + 1;
        return true;
      }
      if (IsSpace(byte) || byte == '/') {
        ++at;
        continue;
      }
      const size_t attribute_start = at;
      ++at;  // an attribute name may begin with "="
      while (at < source_.size() && !IsSpace(source_[at]) && source_[at] != '/' &&
             source_[at] != '>' && source_[at] != '=') {
        ++at;
      }
      const std::string_view attribute = source_.substr(attribute_start, at - attribute_start);
      while (at < source_.size() && IsSpace(source_[at])) ++at;
      if (at >= source_.size() || source_[at] != '=') continue;
      ++at;
      while (at < source_.size() && IsSpace(source_[at])) ++at;
      if (at >= source_.size()) return false;
      std::string_view value;
      if (source_[at] == '"' || source_[at] == '\'') {
        const size_t close = FindNext(source_[at], at + 1);
        if (close == kNone) {
          const size_t end = FindNext('>', at);
          if (end == kNone) return false;
          tag->end = end + 1;
          return true;
        }
        value = source_.substr(at + 1, close - at - 1);
        at = close + 1;
      } else {
        const size_t value_start = at;
        while (at < source_.size() && !IsSpace(source_[at]) && source_[at] != '>') ++at;
        value = source_.substr(value_start, at - value_start);
      }
      if (wants_values && EqualsIgnoringCase(attribute, "rowspan")) tag->row_span = value;
      if (wants_values && EqualsIgnoringCase(attribute, "colspan")) tag->column_span = value;
    }
    return false;
  }

  // Position of `byte` at or behind `from`.
  size_t FindNext(char byte, size_t from) {
    bool& missing = byte == '>' ? no_greater_ : byte == '"' ? no_double_ : no_single_;
    if (missing) return kNone;
    const size_t at = source_.find(byte, from);
    missing = at == kNone;
    return at;
  }

 private:
  std::string_view source_;
  bool no_greater_ = false;
  bool no_double_ = false;
  bool no_single_ = false;
};

// How deep gumbo's stack of open elements gets.  Knows the elements of kElements only; the rest
// never reaches gumbo.
class NestingModel {
 public:
  // False when the tag takes the stack beyond kMaxNesting.
  bool Open(int32_t element) {
    const Role role = kElements[element].role;
    switch (role) {
      case Role::kBlock:
      case Role::kParagraph:
        CloseParagraph();
        break;
      case Role::kTable:
        // A table directly inside another closes it.
        if (!stack_.empty() && IsTablePart(RoleAt(stack_.size() - 1)) &&
            RoleAt(stack_.size() - 1) != Role::kCell &&
            RoleAt(stack_.size() - 1) != Role::kCaption) {
          CloseTable();
        }
        break;
      case Role::kHeading:
        CloseParagraph();
        if (!stack_.empty() && RoleAt(stack_.size() - 1) == Role::kHeading) stack_.pop_back();
        break;
      case Role::kItem:
      case Role::kTerm:
        for (size_t at = stack_.size(); at-- > 0;) {
          const Role open = RoleAt(at);
          if (open == role) {
            Resize(at);
            break;
          }
          const std::string_view name = kElements[stack_[at]].name;
          if (open != Role::kScript && open != Role::kParagraph && name != "div" &&
              name != "address") {
            break;
          }
        }
        CloseParagraph();
        break;
      case Role::kSection:
      case Role::kCaption:
      case Role::kRow:
      case Role::kCell: {
        size_t table = NearestTable();
        if (table == kNone) return true;  // ignored outside tables
        size_t keep = table + 1;
        if (role == Role::kRow || role == Role::kCell) {
          while (keep < stack_.size() && (RoleAt(keep) == Role::kSection ||
                                          (role == Role::kCell && RoleAt(keep) == Role::kRow))) {
            ++keep;
          }
        }
        Resize(keep);
        break;
      }
      case Role::kVoid:
        return true;
      default:
        break;
    }
    stack_.push_back(static_cast<uint8_t>(element));
    if (role == Role::kTable) ++table_count_;
    return Depth() <= kMaxNesting;
  }

  void Close(int32_t element) {
    const Role role = kElements[element].role;
    for (size_t at = stack_.size(); at-- > 0;) {
      const Role open = RoleAt(at);
      const bool match =
          stack_[at] == element || (role == Role::kHeading && open == Role::kHeading);
      if (match) {
        Resize(at);
        return;
      }
      if (open == Role::kTemplate) return;
      if (role == Role::kScript && open != Role::kScript) return;
      if (role == Role::kItem &&
          (kElements[stack_[at]].name == "ul" || kElements[stack_[at]].name == "ol"))
        return;
      const bool boundary = open == Role::kTable ||
                            ((open == Role::kCell || open == Role::kCaption) &&
                             !IsTablePart(role) && role != Role::kTable && role != Role::kTemplate);
      if (boundary && role != Role::kTemplate) return;
    }
  }

 private:
  Role RoleAt(size_t index) const { return kElements[stack_[index]].role; }
  static bool IsTablePart(Role role) {
    return role == Role::kTable || role == Role::kSection || role == Role::kCaption ||
           role == Role::kRow || role == Role::kCell;
  }
  // Elements of the model; a table brings a tbody and a tr along that no tag names.
  int32_t Depth() const { return static_cast<int32_t>(stack_.size()) + 2 * table_count_; }

  void Resize(size_t size) {
    while (stack_.size() > size) {
      if (RoleAt(stack_.size() - 1) == Role::kTable) --table_count_;
      stack_.pop_back();
    }
  }
  // Innermost table that is not outside a template.
  size_t NearestTable() const {
    for (size_t at = stack_.size(); at-- > 0;) {
      if (RoleAt(at) == Role::kTable) return at;
      if (RoleAt(at) == Role::kTemplate) return kNone;
    }
    return kNone;
  }
  void CloseTable() {
    const size_t table = NearestTable();
    if (table != kNone) Resize(table);
  }
  void CloseParagraph() {
    for (size_t at = stack_.size(); at-- > 0;) {
      const Role open = RoleAt(at);
      if (open == Role::kParagraph) {
        Resize(at);
        return;
      }
      if (open == Role::kTable || open == Role::kCell || open == Role::kCaption ||
          open == Role::kTemplate) {
        return;
      }
    }
  }

  std::vector<uint8_t> stack_;  // indices into kElements
  int32_t table_count_ = 0;
};

int32_t SpanValue(std::string_view value) {
  int32_t span = 0;
  for (const char byte : value) {
    if (byte < '0' || byte > '9') break;
    span = std::min(span * 10 + (byte - '0'), 1000);
  }
  return std::max(span, 1);
}

// Writes the stripped text with its pieces.
class TextWriter {
 public:
  TextWriter(std::string_view source, StrippedHtml* out) : source_(source), out_(*out) {}

  // Copies source[start, end) without control characters, which gumbo would turn into U+FFFD.
  void Copy(size_t start, size_t end) {
    size_t run = start;
    for (size_t at = start; at < end;) {
      const auto byte = static_cast<unsigned char>(source_[at]);
      size_t size = 0;  // of a control character
      if (byte < ' ' || byte == 0x7F) {
        size = IsSpace(source_[at]) ? 0 : 1;
      } else if (byte == 0xC2 && at + 1 < end &&
                 static_cast<unsigned char>(source_[at + 1]) < 0xA0) {
        size = 2;
      }
      if (size > 0) {
        CopyRun(run, at);
        run = at + size;
      }
      at += std::max<size_t>(size, 1);
    }
    CopyRun(run, end);
  }

  void Replace(std::string_view bytes, size_t start, size_t end) {
    Begin(start, end, false);
    out_.text.append(bytes);
  }

  void WriteTag(std::string_view name, bool closing, size_t start, size_t end) {
    Begin(start, end, false);
    out_.text.append(closing ? "</" : "<");
    out_.text.append(name);
    out_.text.push_back('>');
  }

 private:
  void CopyRun(size_t start, size_t end) {
    if (start >= end) return;
    Begin(start, end, true);
    out_.text.append(source_.substr(start, end - start));
  }
  void Begin(size_t start, size_t end, bool copied) {
    out_.pieces.push_back({static_cast<int32_t>(out_.text.size()), static_cast<int32_t>(start),
                           static_cast<int32_t>(end), copied});
  }

  std::string_view source_;
  StrippedHtml& out_;
};

}  // namespace

SourceFormat DetectFormat(std::string_view source) {
  size_t start = source.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const auto skip_blanks = [&] {
    while (start < source.size() && IsSpace(source[start])) ++start;
  };
  skip_blanks();
  // Markdown may open with a comment as well, so what stands behind it decides.
  while (source.substr(start, 4) == "<!--") {
    const size_t end = source.find("-->", start);
    if (end == kNone) return SourceFormat::kHtml;
    start = end + 3;
    skip_blanks();
  }
  TagReader reader(source);
  Tag tag;
  if (start < source.size() && source[start] == '<') {
    if (EqualsIgnoringCase(source.substr(start, 9), "<!doctype")) return SourceFormat::kHtml;
    if (reader.Read(start, &tag)) {
      const std::string_view name = source.substr(tag.name_start, tag.name_end - tag.name_start);
      if (ElementIndex(name) >= 0 || EqualsIgnoringCase(name, "html") ||
          EqualsIgnoringCase(name, "head") || EqualsIgnoringCase(name, "body") ||
          EqualsIgnoringCase(name, "meta")) {
        return SourceFormat::kHtml;
      }
    }
  }
  int32_t openings = 0;
  int32_t endings = 0;
  for (size_t at = source.find('<', start); at != kNone; at = source.find('<', at)) {
    if (!reader.Read(at, &tag)) {
      ++at;
      continue;
    }
    const std::string_view name = source.substr(tag.name_start, tag.name_end - tag.name_start);
    const bool known = ElementIndex(name) >= 0 || EqualsIgnoringCase(name, "strong") ||
                       EqualsIgnoringCase(name, "span") || EqualsIgnoringCase(name, "font") ||
                       EqualsIgnoringCase(name, "b");
    if (known) {
      const bool empty = EqualsIgnoringCase(name, "br") || EqualsIgnoringCase(name, "hr");
      openings += tag.closing ? 0 : 1;
      endings += tag.closing || empty ? 1 : 0;
      if (openings >= 2 && endings >= 1) return SourceFormat::kMixed;
    }
    at = tag.end;
  }
  return openings >= 1 && endings >= 1 ? SourceFormat::kMixed : SourceFormat::kPlain;
}

absl::StatusOr<StrippedHtml> StripTags(std::string_view uri, std::string_view source,
                                       const core::Cancellation* cancellation) {
  StrippedHtml stripped;
  TextWriter writer(source, &stripped);
  TagReader reader(source);
  NestingModel nesting;
  bool no_comment_end = false;
  // By element: its end tag is missing from the rest.
  std::array<bool, kElementCount> no_end_tag = {};
  // Behind the first end tag of a raw element at or behind `from`.
  auto find_end_tag = [&](int32_t element, size_t from) {
    if (no_end_tag[element]) return kNone;
    const std::string_view name = kElements[element].name;
    for (size_t at = source.find("</", from); at != kNone; at = source.find("</", at + 2)) {
      if (!EqualsIgnoringCase(source.substr(at + 2, name.size()), name)) continue;
      const size_t behind = at + 2 + name.size();
      if (behind < source.size() && IsNameByte(source[behind])) continue;
      const size_t end = reader.FindNext('>', behind);
      if (end != kNone) return end + 1;
      break;
    }
    no_end_tag[element] = true;
    return kNone;
  };

  size_t words = 0;  // start of the words that are not written yet
  uint32_t tags = 0;
  for (size_t at = source.find('<'); at != kNone; at = source.find('<', at)) {
    if ((++tags & 255) == 0 && core::Stopped(cancellation)) return stripped;
    writer.Copy(words, at);
    const std::string_view rest = source.substr(at);
    Tag tag;
    if (rest.starts_with("<!--")) {
      const size_t end = no_comment_end ? kNone : source.find("-->", at + 2);
      if (end != kNone) {
        words = at = end + 3;
        continue;
      }
      no_comment_end = true;
    } else if (rest.starts_with("<!") || rest.starts_with("<?") ||
               (rest.starts_with("</") && rest.size() > 2 && !IsLetter(rest[2]))) {
      // A doctype or a comment of another kind.
      const size_t end = reader.FindNext('>', at);
      if (end != kNone) {
        words = at = end + 1;
        continue;
      }
    }
    if (!reader.Read(at, &tag)) {
      writer.Replace("&lt;", at, at + 1);
      words = ++at;
      continue;
    }
    const size_t start = at;
    words = at = tag.end;
    const int32_t element =
        ElementIndex(source.substr(tag.name_start, tag.name_end - tag.name_start));
    if (element < 0) continue;
    const Role role = kElements[element].role;
    if (role == Role::kRaw) {
      const size_t end = tag.closing ? kNone : find_end_tag(element, tag.end);
      if (end != kNone) words = at = end;
      continue;
    }
    if (tag.closing) {
      nesting.Close(element);
    } else if (!nesting.Open(element)) {
      return core::MakeError(
          core::ErrorReason::kNestingTooDeep,
          absl::StrCat(core::ToAbsl(uri), " nests HTML elements more than ", kMaxNesting,
                       " deep at offset ", start, "; no report needs that, send its text instead"),
          {{"offset", absl::StrCat(start)}});
    } else if (role == Role::kCell && !(tag.row_span.empty() && tag.column_span.empty())) {
      stripped.cell_spans.push_back({static_cast<int32_t>(stripped.text.size()),
                                     SpanValue(tag.row_span), SpanValue(tag.column_span)});
    }
    writer.WriteTag(kElements[element].name, tag.closing, start, tag.end);
  }
  writer.Copy(words, source.size());
  return stripped;
}

}  // namespace crossfoot::document
