#include "services/lexicon/layout.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "crossfoot/config/v1/layout.pb.h"
#include "proto/crossfoot/config/textproto.h"
#include "services/lexicon/layout_data.h"

namespace crossfoot::lexicon {
namespace {

namespace pb = ::crossfoot::config::v1;

struct BuiltInLayout {
  absl::Status status;
  std::unique_ptr<const Layout> layout;
};

BuiltInLayout LoadBuiltIn() {
  std::vector<LexiconFile> files;
  for (const auto& file : embedded::layout_data())
    files.push_back({file.path, std::string(file.data, file.size)});
  absl::StatusOr<std::unique_ptr<const Layout>> layout = Layout::Parse(files);
  if (!layout.ok()) return {layout.status(), std::make_unique<const Layout>()};
  return {absl::OkStatus(), *std::move(layout)};
}

// Never destroyed, so that it serves threads that outlive main.
const BuiltInLayout& BuiltInOnce() {
  static const BuiltInLayout& layout = *std::make_unique<BuiltInLayout>(LoadBuiltIn()).release();
  return layout;
}

}  // namespace

const Layout& Layout::BuiltIn() { return *BuiltInOnce().layout; }
const absl::Status& Layout::BuiltInStatus() { return BuiltInOnce().status; }

absl::StatusOr<std::unique_ptr<const Layout>> Layout::Parse(const std::vector<LexiconFile>& files) {
  auto layout = std::make_unique<Layout>();
  for (const LexiconFile& file : files) {
    pb::Layout data;
    config::Locations lines;
    if (absl::Status status = config::Parse(file.path, file.text, &data, &lines); !status.ok())
      return status;
    for (int i = 0; i < data.words_size(); ++i) {
      const int line = lines.LineOf(data, "words", i);
      auto bad = [&](const std::string& what) {
        return core::MakeError(core::ErrorReason::kDataInvalid,
                               absl::StrCat(file.path, ":", line, ": ", what),
                               {{"file", file.path}, {"line", absl::StrCat(line)}});
      };
      const pb::LayoutWords& entry = data.words(i);
      const auto role = static_cast<size_t>(entry.role());
      if (role == 0) return bad("words without a role");
      if (role >= kRoles) return bad("a role that the program does not know");
      if (entry.words().empty()) return bad("an entry without a word");
      Words& words = layout->words_[role];
      for (const std::string& word : entry.words()) {
        if (word.empty()) return bad("an empty word");
        if (!words.set.insert(word).second)
          return bad(absl::StrCat("\"", word, "\" stands twice in its role"));
        words.list.push_back(word);
        words.first_bytes.set(static_cast<unsigned char>(word.front()));
      }
    }
  }
  for (Words& words : layout->words_) {
    std::stable_sort(
        words.list.begin(), words.list.end(),
        [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  }
  return std::unique_ptr<const Layout>(std::move(layout));
}

size_t Layout::PrefixSize(LayoutRole role, std::string_view text) const {
  if (text.empty() || !Of(role).first_bytes[static_cast<unsigned char>(text.front())]) return 0;
  for (const std::string& word : Of(role).list) {
    // Most words differ in the last byte of their first character.
    if (word.size() > 2 && text.size() > 2 && word[2] != text[2]) continue;
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

size_t Layout::SuffixSize(LayoutRole role, std::string_view text) const {
  for (const std::string& word : Of(role).list) {
    if (text.ends_with(word)) return word.size();
  }
  return 0;
}

bool Layout::Holds(LayoutRole role, std::string_view text) const {
  const std::vector<std::string>& list = Of(role).list;
  return std::any_of(list.begin(), list.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace crossfoot::lexicon
