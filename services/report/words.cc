#include "services/report/words.h"

#include <algorithm>
#include <iterator>

namespace crossfoot::report {
namespace {

// The roles of figures in a check.
constexpr Word kRoles[] = {
    {"合计", "total"},         {"部分", "part"},  {"总体", "whole"},
    {"占比", "share"},         {"基数", "base"},  {"增速", "rate"},
    {"分项增速", "part rate"}, {"差距", "gap"},   {"参照", "reference"},
    {"表述", "statement"},     {"个数", "count"}, {"拉动", "contribution"},
    {"排序", "rank"},          {"水平", "level"}, {"增量", "change"},
    {"指数", "index"},
};

Word WordOf(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::kExact:
      return {"相符", "exact"};
    case core::Verdict::kWithinRounding:
      return {"舍入以内", "within rounding"};
    case core::Verdict::kTruncated:
      return {"截尾相符", "truncated"};
    case core::Verdict::kInconsistent:
      return {"矛盾", "inconsistent"};
    case core::Verdict::kUndetermined:
      return {"未定", "undetermined"};
    case core::Verdict::kNotApplicable:
      return {"不适用", "not applicable"};
    case core::Verdict::kBlocked:
      return {"受阻", "blocked"};
  }
  return {};
}

Word WordOf(core::Severity severity) {
  switch (severity) {
    case core::Severity::kError:
      return {"错误", "error"};
    case core::Severity::kWarning:
      return {"警告", "warning"};
    case core::Severity::kInfo:
    case core::Severity::kUnspecified:
      break;
  }
  return {"提示", "info"};
}

}  // namespace

std::string_view RoleName(std::string_view role, Language language) {
  const auto* entry = std::find_if(std::begin(kRoles), std::end(kRoles),
                                   [role](const Word& word) { return word.english == role; });
  return entry == std::end(kRoles) ? role : entry->In(language);
}

std::string_view VerdictName(core::Verdict verdict, Language language) {
  return WordOf(verdict).In(language);
}

std::string_view SeverityName(core::Severity severity, Language language) {
  return WordOf(severity).In(language);
}

std::string Fill(std::string_view word, const std::vector<std::string_view>& values) {
  std::string filled;
  while (true) {
    const size_t at = word.find('{');
    filled += word.substr(0, at);
    if (at == std::string_view::npos) return filled;
    word.remove_prefix(at);
    const bool placeholder = word.size() > 2 && word[1] >= '0' && word[2] == '}' &&
                             static_cast<size_t>(word[1] - '0') < values.size();
    filled += placeholder ? values[word[1] - '0'] : word.substr(0, 1);
    word.remove_prefix(placeholder ? 3 : 1);
  }
}

std::string Fill(std::string_view word, std::string_view value) {
  return Fill(word, std::vector{value});
}

}  // namespace crossfoot::report
