#include "clients/cli/project.h"

#include <fnmatch.h>

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/input.h"
#include "clients/cli/message.h"
#include "clients/cli/messages.h"
#include "core/error.h"
#include "google/protobuf/text_format.h"
#include "proto/crossfoot/config/textproto.h"

namespace crossfoot::cli {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kMaxProjectBytes = int64_t{1} << 20;

fs::path AbsolutePath(const std::string& file) {
  std::error_code error;
  return fs::absolute(file, error).lexically_normal();
}

// As somebody who stands in the working directory would write it.
std::string FromHere(const fs::path& path) {
  std::error_code error;
  return path.lexically_normal().lexically_proximate(fs::current_path(error)).string();
}

// The settings of rules on the lines on which they stand in the file.
std::string PackOf(const config::v1::Project& settings, const config::Locations& lines) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  std::string pack;
  int line = 1;
  for (int i = 0; i < settings.rules_size(); ++i) {
    for (; line < lines.LineOf(settings, "rules", i); ++line) pack += '\n';
    std::string setting;
    printer.PrintToString(settings.rules(i), &setting);
    absl::StrAppend(&pack, "settings { ", setting, "} ");
  }
  return pack;
}

}  // namespace

absl::StatusOr<Project> Project::Parse(const std::string& path, const std::string& text) {
  Project project;
  project.path_ = path;
  const fs::path folder = AbsolutePath(path).parent_path();
  project.folder_ = folder.string();
  config::v1::Project& settings = project.settings_;
  config::Locations lines;
  if (absl::Status status = config::Parse(path, text, &settings, &lines); !status.ok())
    return status;
  for (const auto& [field, entries] :
       {std::pair("rule_pack_files", settings.mutable_rule_pack_files()),
        std::pair("ignore", settings.mutable_ignore()),
        std::pair("history_directories", settings.mutable_history_directories())}) {
    for (int i = 0; i < entries->size(); ++i) {
      std::string& entry = *entries->Mutable(i);
      if (entry.empty()) {
        return AtPlace(
            absl::StrCat(path, ":", lines.PlaceOf(settings, field, i)),
            MakeError(core::ErrorReason::kDataInvalid, messages::kEmptyEntry, {},
                      {{"file", path}, {"line", absl::StrCat(lines.LineOf(settings, field, i))}}));
      }
      if (entries != settings.mutable_ignore()) entry = FromHere(folder / entry);
    }
  }
  if (!config::v1::Severity_IsValid(settings.fail_on())) {
    return AtPlace(path, MakeError(core::ErrorReason::kDataInvalid, messages::kNoSeverity,
                                   {absl::StrCat(settings.fail_on())}, {{"file", path}}));
  }
  if (!settings.baseline_file().empty())
    settings.set_baseline_file(FromHere(folder / settings.baseline_file()));
  if (settings.rules_size() > 0)
    project.rule_settings_ = validation::RulePackFile{path, PackOf(settings, lines)};
  return project;
}

bool Project::Ignores(const std::string& file) const {
  if (file == "-") return false;
  const fs::path relative = AbsolutePath(file).lexically_relative(folder_);
  if (relative.empty() || *relative.begin() == "..") return false;
  for (std::string pattern : settings_.ignore()) {
    if (pattern.rfind("./", 0) == 0) pattern.erase(0, 1);
    const bool anchored = pattern.front() == '/';
    if (anchored) pattern.erase(0, 1);
    if (!pattern.empty() && pattern.back() == '/') pattern.pop_back();
    if (anchored || pattern.find('/') != std::string::npos) {
      if (fnmatch(pattern.c_str(), relative.c_str(), FNM_PATHNAME | FNM_LEADING_DIR) == 0)
        return true;
      continue;
    }
    for (const fs::path& part : relative) {
      if (fnmatch(pattern.c_str(), part.c_str(), 0) == 0) return true;
    }
  }
  return false;
}

absl::StatusOr<std::shared_ptr<const Project>> ProjectFinder::Find(const std::string& file) {
  // What was looked at on the way has the same answer.
  std::vector<std::string> on_the_way;
  std::shared_ptr<const Project> project;
  for (fs::path folder = AbsolutePath(file).parent_path();; folder = folder.parent_path()) {
    if (const auto known = found_.find(folder.string()); known != found_.end()) {
      project = known->second;
      break;
    }
    on_the_way.push_back(folder.string());
    const std::string path = FromHere(folder / Project::kFileName);
    const absl::StatusOr<std::string> text = ReadFile(path, kMaxProjectBytes);
    if (text.ok()) {
      absl::StatusOr<Project> parsed = Project::Parse(path, *text);
      if (!parsed.ok()) return parsed.status();
      project = std::make_shared<const Project>(*std::move(parsed));
      break;
    }
    // Folders above may not be ours to look into.
    std::error_code error;
    const bool there = fs::exists(path, error);
    if ((there || error != std::errc::permission_denied) &&
        core::ReasonOf(text.status()) != core::ErrorReason::kFileNotFound) {
      return AtPlace(path, text.status());
    }
    // What lies above a working tree of Git is none of its business.
    if (folder == folder.parent_path() || fs::exists(folder / ".git", error)) break;
  }
  for (const std::string& folder : on_the_way) found_[folder] = project;
  return project;
}

}  // namespace crossfoot::cli
