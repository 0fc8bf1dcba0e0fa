// make_manual KIND: prints what is installed beside crossfoot.  The build runs it.

#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "clients/cli/manual.h"

int main(int argc, char** argv) {
  using crossfoot::report::Language;
  const std::map<std::string, std::function<std::string()>> kinds = {
      {"manual-en", [] { return crossfoot::cli::ManualPage(Language::kEnglish); }},
      {"manual-zh", [] { return crossfoot::cli::ManualPage(Language::kChinese); }},
      {"bash", &crossfoot::cli::BashCompletion},
      {"zsh", &crossfoot::cli::ZshCompletion},
  };
  const auto kind = kinds.find(argc == 2 ? argv[1] : "");
  if (kind == kinds.end()) {
    std::cerr << "usage: make_manual manual-en|manual-zh|bash|zsh\n";
    return 2;
  }
  std::cout << kind->second();
  return std::cout.flush() ? 0 : 1;
}
