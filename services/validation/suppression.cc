#include "services/validation/suppression.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace crossfoot::validation {
namespace {

constexpr std::string_view kOpen = "<!--";
constexpr std::string_view kClose = "-->";
constexpr std::string_view kDirective = "crossfoot:ignore";
constexpr std::string_view kBlanks = " \t\r\n";

std::string_view Trim(std::string_view text) {
  const size_t start = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(start, text.find_last_not_of(kBlanks) + 1 - start);
}

}  // namespace

std::vector<Suppression> FindSuppressions(const core::Document& document) {
  std::vector<Suppression> suppressions;
  const std::string_view source = document.source;
  size_t block = 0;  // blocks and comments are both in text order
  for (size_t at = source.find(kDirective); at != std::string_view::npos;
       at = source.find(kDirective, at + kDirective.size())) {
    const std::string_view before = Trim(source.substr(0, at));
    const size_t end = source.find(kClose, at);
    if (!before.ends_with(kOpen) || end == std::string_view::npos) continue;
    const size_t begin = at + kDirective.size();
    const std::string_view words = Trim(source.substr(begin, end - begin));
    const size_t rule = words.find_first_of(kBlanks);
    if (rule == std::string_view::npos) continue;
    for (; block < document.blocks.size(); ++block) {
      if (document.blocks[block].kind == core::BlockKind::kFurniture) continue;
      const core::TextSpan span = document.SpanOf(document.blocks[block].range);
      if (document.SourceRangeOf(span.start_byte, span.end_byte).end > static_cast<int64_t>(end))
        break;
    }
    if (block == document.blocks.size()) break;
    suppressions.push_back({std::string(words.substr(0, rule)),
                            std::string(Trim(words.substr(rule))), static_cast<int32_t>(block)});
  }
  return suppressions;
}

int32_t Suppress(std::span<const Suppression> suppressions,
                 const std::vector<core::Figure>& figures, std::vector<core::Finding>& findings) {
  if (suppressions.empty()) return 0;
  const auto accepted = [&](const core::Finding& finding) {
    return std::any_of(suppressions.begin(), suppressions.end(), [&](const Suppression& entry) {
      return entry.rule_id == finding.rule_id &&
             std::any_of(finding.figures.begin(), finding.figures.end(), [&](int32_t figure) {
               return static_cast<size_t>(figure) < figures.size() &&
                      figures[figure].block == entry.block;
             });
    });
  };
  return static_cast<int32_t>(std::erase_if(findings, accepted));
}

}  // namespace crossfoot::validation
