#ifndef CROSSFOOT_CLIENTS_CLI_PROJECT_H_
#define CROSSFOOT_CLIENTS_CLI_PROJECT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "crossfoot/config/v1/project.pb.h"
#include "services/validation/pipeline.h"

namespace crossfoot::cli {

// What holds for the reports of a folder: a crossfoot.config.v1.Project, read.
class Project {
 public:
  static constexpr char kFileName[] = ".crossfoot.textproto";

  // Reads `text`, the file at `path`, which says what its own folder is.  kDataInvalid with
  // "path:line:column: ..." when it does not parse or an entry of a list is empty.
  static absl::StatusOr<Project> Parse(const std::string& path, const std::string& text);

  // The path of the file.
  const std::string& path() const { return path_; }

  // What it says, with all paths such that they can be opened from the working directory.
  const config::v1::Project& settings() const { return settings_; }

  // What it says of single rules, as a pack that goes behind all others; nullopt when nothing.
  // Complaints about it name the lines of the file.
  const std::optional<validation::RulePackFile>& rule_settings() const { return rule_settings_; }

  // Whether the report at `file` is left out.
  bool Ignores(const std::string& file) const;

 private:
  std::string path_;
  std::string folder_;  // absolute
  config::v1::Project settings_;
  std::optional<validation::RulePackFile> rule_settings_;
};

// Finds the projects of files.
class ProjectFinder {
 public:
  // The project of the report at `file`: that of the first folder with one, from its own upwards.
  // "-", the standard input, lies in the working directory.  Null: none.  The errors of
  // Project::Parse, and those of a file that is there and cannot be read.
  absl::StatusOr<std::shared_ptr<const Project>> Find(const std::string& file);

 private:
  std::map<std::string, std::shared_ptr<const Project>> found_;  // by folder
};

}  // namespace crossfoot::cli

#endif  // CROSSFOOT_CLIENTS_CLI_PROJECT_H_
