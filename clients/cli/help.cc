#include "clients/cli/help.h"

#include <string_view>
#include <vector>

#include "absl/strings/str_replace.h"
#include "clients/cli/flags.h"
#include "clients/cli/help_pages.h"
#include "services/report/columns.h"

namespace crossfoot::cli {
namespace {

// The verbs and what they do, one a line.
std::string Commands(report::Language language) {
  std::vector<std::vector<std::string>> rows;
  for (const VerbEntry& entry : Verbs())
    rows.push_back({"  " + std::string(entry.name), std::string(entry.summary.In(language))});
  std::string text = report::AlignColumns(rows);
  text.pop_back();
  return text;
}

}  // namespace

std::string HelpText(std::optional<Verb> topic, report::Language language) {
  const std::string_view name = topic.has_value() ? ToString(*topic) : "overview";
  const std::string path = std::string("/") +
                           (language == report::Language::kEnglish ? "en" : "zh") + "/" +
                           std::string(name) + ".txt";
  for (const embedded::File& page : embedded::help_pages()) {
    const std::string_view file(page.path);
    if (file.size() < path.size() || file.substr(file.size() - path.size()) != path) continue;
    return absl::StrReplaceAll(absl::string_view(page.data, page.size),
                               {{"@commands", Commands(language)}});
  }
  return "";
}

}  // namespace crossfoot::cli
