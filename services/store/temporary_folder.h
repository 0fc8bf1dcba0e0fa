#ifndef CROSSFOOT_SERVICES_STORE_TEMPORARY_FOLDER_H_
#define CROSSFOOT_SERVICES_STORE_TEMPORARY_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "gtest/gtest.h"

namespace crossfoot::store {

// A folder of a test's own, removed with this object.
class TemporaryFolder {
 public:
  TemporaryFolder() : path_(::testing::TempDir() + "/crossfoot_store_XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make " << path_;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& path() const { return path_; }
  std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace crossfoot::store

#endif  // CROSSFOOT_SERVICES_STORE_TEMPORARY_FOLDER_H_
