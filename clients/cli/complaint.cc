#include "clients/cli/complaint.h"

#include <string_view>

#include "services/report/utf8.h"

namespace crossfoot::cli {
namespace {

void Print(const Environment& environment, std::string_view message) {
  environment.err << "crossfoot: " << report::ToPrintable(message) << "\n";
}

}  // namespace

void Complain(const Environment& environment, const absl::Status& status) {
  Print(environment, MessageOf(status, environment.language));
}

void Complain(const Environment& environment, const report::Word& word,
              std::initializer_list<Value> values) {
  Print(environment, Say(environment.language, word, values));
}

}  // namespace crossfoot::cli
