// One defect for each family of checks in .clang-tidy, each with the check that must find it.
// tools/lint.sh fails when one of them is missed; nothing builds this file.
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace crossfoot::lint {

struct Name {
  Name(int length) : length_(length) {}  // PLANTED google-explicit-constructor
  int length_;
};

std::size_t UseAfterMove(std::string text) {
  std::string other = std::move(text);
  return other.size() + text.size();  // PLANTED bugprone-use-after-move
}

std::size_t Copy(const std::vector<std::string>& texts) {
  std::size_t size_bytes = 0;
  for (const std::string text : texts) {  // PLANTED performance-for-range-copy
    size_bytes += text.size();
  }
  return size_bytes;
}

bool Null(const Name* name) {
  return name == 0;  // PLANTED modernize-use-nullptr
}

int Depth(int depth) {  // PLANTED misc-no-recursion
  return depth == 0 ? 0 : 1 + Depth(depth - 1);
}

const int Answer() {  // PLANTED readability-const-return-type
  return 42;
}

void Unused() {
  int unused = 1;  // PLANTED clang-diagnostic-unused-variable
}

}  // namespace crossfoot::lint
