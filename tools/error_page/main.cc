// Prints docs/errors.md from a FileDescriptorSet with source info.
//
//   error_page DESCRIPTOR_SET
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/error_page/error_page.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: error_page DESCRIPTOR_SET\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string set((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const absl::StatusOr<std::vector<crossfoot::error_page::Reason>> reasons =
      crossfoot::error_page::ReadReasons(set);
  if (!reasons.ok()) {
    std::cerr << "error_page: " << reasons.status().message() << "\n";
    return 1;
  }
  std::cout << crossfoot::error_page::WritePage(*reasons);
}
