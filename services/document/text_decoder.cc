#include "services/document/text_decoder.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/cancellation.h"
#include "core/error.h"
#include "core/string_view.h"
#include "services/document/characters.h"

namespace crossfoot::document {
namespace {

using core::ErrorReason;
using core::ToAbsl;

bool Continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// The marker bits of two characters of three bytes each, in a word loaded from memory.
constexpr uint64_t kThreeByteMask =
    std::bit_cast<uint64_t>(std::array<uint8_t, 8>{0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0, 0, 0});
constexpr uint64_t kThreeBytes =
    std::bit_cast<uint64_t>(std::array<uint8_t, 8>{0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80, 0, 0});

// Whether any two bytes may continue the lead of a character of three: all but 0xE0 and 0xED.
bool LeadsAnyThree(unsigned char lead) { return (0xDFFE >> (lead & 0x0F) & 1) != 0; }

}  // namespace

size_t FindInvalidUtf8(std::string_view source) {
  const auto* const begin = reinterpret_cast<const unsigned char*>(source.data());
  const auto* const end = begin + source.size();
  const auto* cursor = begin;
  while (cursor != end) {
    // Most characters of Chinese are three bytes, which a word shows of two at once.
    while (end - cursor >= 8) {
      uint64_t word;
      std::memcpy(&word, cursor, sizeof(word));
      if ((word & kThreeByteMask) != kThreeBytes || !LeadsAnyThree(cursor[0]) ||
          !LeadsAnyThree(cursor[3])) {
        break;
      }
      cursor += 6;
    }
    if (cursor == end) break;
    const unsigned char lead = *cursor;
    if (lead < 0x80) {
      uint64_t word;
      while (end - cursor >= 8) {
        std::memcpy(&word, cursor, sizeof(word));
        if ((word & 0x8080808080808080) != 0) break;
        cursor += 8;
      }
      while (cursor != end && *cursor < 0x80) ++cursor;
      continue;
    }
    const auto left = end - cursor;
    if (lead >= 0xE0 && lead < 0xF0) {
      if (left < 3 || !Continues(cursor[1]) || !Continues(cursor[2]) ||
          (lead == 0xE0 && cursor[1] < 0xA0) || (lead == 0xED && cursor[1] > 0x9F)) {
        return cursor - begin;
      }
      cursor += 3;
    } else if (lead >= 0xC2 && lead < 0xE0) {
      if (left < 2 || !Continues(cursor[1])) return cursor - begin;
      cursor += 2;
    } else if (lead >= 0xF0 && lead < 0xF5) {
      if (left < 4 || !Continues(cursor[1]) || !Continues(cursor[2]) || !Continues(cursor[3]) ||
          (lead == 0xF0 && cursor[1] < 0x90) || (lead == 0xF4 && cursor[1] > 0x8F)) {
        return cursor - begin;
      }
      cursor += 4;
    } else {
      return cursor - begin;
    }
  }
  return source.size();
}

namespace {

// How much of the start is looked at for a declared charset and for a guess.  In bytes.
constexpr size_t kDeclarationBytes = 4096;
constexpr size_t kGuessBytes = size_t{1} << 16;

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct DetectorCloser {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// Decodes source[skip, …) strictly; nullopt when a byte does not fit or the work is given up.
std::optional<DecodedText> Convert(std::string_view source, size_t skip, const char* charset,
                                   const core::Cancellation* cancellation) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterCloser> converter(ucnv_open(charset, &error));
  if (U_FAILURE(error)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  if (U_FAILURE(error)) return std::nullopt;
  DecodedText decoded;
  decoded.text.reserve(source.size() + source.size() / 2);
  decoded.encoding.Skip(static_cast<int32_t>(skip));
  const char* cursor = source.data() + skip;
  const char* const end = source.data() + source.size();
  std::string bytes;
  for (uint32_t step = 0; cursor < end; ++step) {
    if ((step & 1023) == 0 && core::Stopped(cancellation)) return std::nullopt;
    const char* const start = cursor;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &cursor, end, &error);
    if (error == U_INDEX_OUTOFBOUNDS_ERROR) break;
    if (U_FAILURE(error) || c == 0 || c == 0xFFFE || (c >= 0xD800 && c <= 0xDFFF))
      return std::nullopt;
    bytes.clear();
    AppendUtf8(static_cast<char32_t>(c), &bytes);
    decoded.text.append(bytes);
    decoded.encoding.Append(static_cast<int32_t>(bytes.size()),
                            static_cast<int32_t>(cursor - start));
  }
  return decoded;
}

// UTF-16 without a mark: NUL bytes stand at one side of the pairs only, and most of the text is
// ASCII and Han.
const char* GuessUtf16(std::string_view source) {
  const std::string_view start = source.substr(0, kGuessBytes & ~size_t{1});
  if (source.size() % 2 != 0) return nullptr;
  size_t nuls[2] = {0, 0};
  size_t stray[2] = {0, 0};  // NUL low bytes of characters that are no Han
  size_t round[2] = {0, 0};  // and of Han: 一, 开, 最 are U+4E00, U+5F00, U+6700
  size_t plain[2] = {0, 0};  // characters, read with the high byte first and last
  size_t han[2] = {0, 0};
  size_t no_ascii[2] = {0, 0};  // of those, with a low byte that ASCII text does not hold
  for (size_t at = 0; at + 1 < start.size(); at += 2) {
    const auto first = static_cast<unsigned char>(start[at]);
    const auto second = static_cast<unsigned char>(start[at + 1]);
    nuls[0] += first == 0;
    nuls[1] += second == 0;
    const auto is_plain = [](unsigned char high, unsigned char low) {
      return (high == 0 && low != 0 && low < 0x80) || (high >= 0x4E && high <= 0x9F) ||
             high == 0x30 || high == 0xFF || high == 0x20;
    };
    plain[0] += is_plain(first, second);
    plain[1] += is_plain(second, first);
    const auto count_han = [&](int order, unsigned char high, unsigned char low) {
      if (high < 0x4E || high > 0x9F) {
        stray[order] += low == 0;
        return;
      }
      ++han[order];
      round[order] += low == 0;
      no_ascii[order] += low < ' ' || low >= 0x7F;
    };
    count_han(0, first, second);
    count_han(1, second, first);
  }
  const size_t pairs = start.size() / 2;
  const auto reads = [&](int order) {
    return nuls[order] > 0 && stray[order] == 0 && round[order] * 8 <= han[order] &&
           plain[order] * 10 >= pairs * 9 && han[order] > 0 && no_ascii[order] * 4 >= han[order];
  };
  return reads(0) ? "UTF-16BE" : reads(1) ? "UTF-16LE" : nullptr;
}

// GB18030 or Big5 as HTML declares it near its start: charset=gb2312.
const char* DeclaredCharset(std::string_view source) {
  const std::string head = absl::AsciiStrToLower(ToAbsl(source.substr(0, kDeclarationBytes)));
  size_t at = head.find("charset");
  if (at == std::string::npos) return nullptr;
  at = head.find_first_not_of(" =\"'", at + 7);
  if (at == std::string::npos) return nullptr;
  const std::string_view name = std::string_view(head).substr(at);
  if (name.starts_with("gb")) return "GB18030";
  return name.starts_with("big5") ? "Big5-HKSCS" : nullptr;
}

// Broken UTF-8 is no other encoding: it holds more whole characters than bytes that do not fit.
bool IsBrokenUtf8(std::string_view source) {
  size_t whole = 0;
  size_t broken = 0;
  for (size_t at = 0; at < source.size();) {
    const std::string_view rest = source.substr(at, kGuessBytes);
    const size_t valid = FindInvalidUtf8(rest);
    for (size_t byte = 0; byte < valid; ++byte)
      whole += static_cast<unsigned char>(rest[byte]) >= 0xE0;
    at += valid;
    if (valid == rest.size() && rest.size() == kGuessBytes) continue;
    if (at < source.size()) ++broken, ++at;
    if (broken > whole + 64) return false;
  }
  return whole >= broken;
}

// Whether the text reads as Chinese: of what is not ASCII, most is Han or Chinese punctuation.
bool IsChinese(std::string_view text) {
  size_t chinese = 0;
  size_t other = 0;
  text = text.substr(0, kGuessBytes);
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    at += c.size_bytes;
    if (c.value < 0x80) continue;
    const bool fits = (c.value >= 0x4E00 && c.value <= 0x9FFF) ||
                      (c.value >= 0x2000 && c.value <= 0x33FF) ||
                      (c.value >= 0xFF00 && c.value <= 0xFFEF);
    ++(fits ? chinese : other);
  }
  return chinese >= 4 && chinese >= 9 * other;
}

// GB18030 or Big5 by ICU's guess, the likelier one first.
std::vector<const char*> GuessCharsets(std::string_view source) {
  std::vector<const char*> charsets;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorCloser> detector(ucsdet_open(&error));
  if (U_SUCCESS(error)) {
    const std::string_view start = source.substr(0, kGuessBytes);
    ucsdet_setText(detector.get(), start.data(), static_cast<int32_t>(start.size()), &error);
    int32_t count = 0;
    const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &error);
    for (int32_t index = 0; U_SUCCESS(error) && index < count; ++index) {
      const std::string_view name = ucsdet_getName(matches[index], &error);
      if (U_FAILURE(error)) break;
      if (name == "GB18030") charsets.push_back("GB18030");
      if (name == "Big5") charsets.push_back("Big5-HKSCS");
    }
  }
  if (charsets.empty()) charsets = {"GB18030", "Big5-HKSCS"};
  return charsets;
}

}  // namespace

absl::StatusOr<DecodedText> DecodeText(std::string_view uri, std::string source,
                                       int64_t max_document_bytes,
                                       const core::Cancellation* cancellation) {
  if (source.empty()) {
    return core::MakeError(
        ErrorReason::kDocumentEmpty,
        absl::StrCat(ToAbsl(uri), " is empty: it has no byte to read; send the report's text"));
  }
  const int64_t limit = std::min(max_document_bytes, kAddressableDocumentBytes);
  if (static_cast<int64_t>(source.size()) > limit) {
    return core::MakeError(
        ErrorReason::kDocumentTooLarge,
        absl::StrCat(ToAbsl(uri), " has ", source.size(), " bytes, more than the limit of ", limit,
                     "; split it or raise max_document_bytes"),
        {{"size_bytes", absl::StrCat(source.size())}, {"max_document_bytes", absl::StrCat(limit)}});
  }
  if (source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF")) {
    const bool little = source.starts_with("\xFF");
    if (std::optional<DecodedText> text =
            Convert(source, 2, little ? "UTF-16LE" : "UTF-16BE", cancellation))
      return *std::move(text);
  }
  const size_t nul = source.find('\0');
  if (nul != std::string_view::npos) {
    // UTF-8 stays UTF-8, whatever else its bytes could be.
    const char* charset = FindInvalidUtf8(source) == source.size() ? nullptr : GuessUtf16(source);
    if (charset != nullptr) {
      if (std::optional<DecodedText> text = Convert(source, 0, charset, cancellation))
        return *std::move(text);
    }
    return core::MakeError(
        ErrorReason::kBinaryContent,
        absl::StrCat(ToAbsl(uri), " holds a NUL byte at offset ", nul,
                     ", so it is no text; extract the text of PDF and office files first, and "
                     "convert UTF-16 to UTF-8"),
        {{"offset", absl::StrCat(nul)}});
  }
  const size_t invalid = FindInvalidUtf8(source);
  if (invalid != source.size()) {
    if (!IsBrokenUtf8(source)) {
      std::vector<const char*> charsets = GuessCharsets(source);
      if (const char* declared = DeclaredCharset(source); declared != nullptr)
        charsets.insert(charsets.begin(), declared);
      for (const char* charset : charsets) {
        std::optional<DecodedText> text = Convert(source, 0, charset, cancellation);
        if (text && IsChinese(text->text)) return *std::move(text);
      }
    }
    return core::MakeError(
        ErrorReason::kEncodingInvalid,
        absl::StrCat(ToAbsl(uri), " is no UTF-8, UTF-16, GB18030 or Big5; not UTF-8 at offset ",
                     invalid, " (byte 0x",
                     absl::Hex(static_cast<unsigned char>(source[invalid]), absl::kZeroPad2),
                     "); convert it first, for instance with iconv -f GB18030 -t UTF-8"),
        {{"offset", absl::StrCat(invalid)}});
  }
  return DecodedText{std::move(source), {}};
}

}  // namespace crossfoot::document
