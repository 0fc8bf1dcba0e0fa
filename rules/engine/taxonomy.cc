#include "rules/engine/taxonomy.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/error.h"
#include "core/string_view.h"
#include "proto/crossfoot/config/textproto.h"
#include "rules/taxonomies/taxonomy_data.h"

namespace crossfoot::rules {
namespace {

int DimensionIndex(Taxonomy::Partition::Dimension dimension) {
  return dimension == Taxonomy::Partition::DIMENSION_AREA ? 0 : 1;
}

size_t CharacterSize(char lead) {
  const uint8_t byte = static_cast<uint8_t>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool HoldsAny(std::string_view name, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return name.find(word) != std::string_view::npos;
  });
}

// The first three bytes of `text`, folded to an index.
size_t BeginningOf(std::string_view text) {
  size_t index = 0;
  for (size_t i = 0; i < 3 && i < text.size() && i < CharacterSize(text[0]); ++i) {
    index = index << 6 ^ static_cast<uint8_t>(text[i]);
  }
  return index & 0xFFFF;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Taxonomy>> Taxonomy::Load() {
  std::vector<DataFile> files;
  for (const auto& file : embedded::taxonomy_data())
    files.push_back({file.path, std::string(file.data, file.size)});
  return Parse(files);
}

absl::StatusOr<std::unique_ptr<const Taxonomy>> Taxonomy::Parse(
    const std::vector<DataFile>& files) {
  auto taxonomy = std::make_unique<Taxonomy>();
  std::map<std::string, std::string> first;  // id → where it stands
  for (const DataFile& file : files) {
    config::v1::Taxonomy data;
    config::Locations lines;
    if (absl::Status status = config::Parse(file.path, file.text, &data, &lines); !status.ok())
      return status;
    for (int i = 0; i < data.partitions_size(); ++i) {
      const Partition& partition = data.partitions(i);
      const int line = lines.LineOf(data, "partitions", i);
      auto bad = [&](const std::string& what) {
        return core::MakeError(core::ErrorReason::kDataInvalid,
                               absl::StrCat(file.path, ":", line, ": ", what),
                               {{"file", file.path}, {"line", absl::StrCat(line)}});
      };
      if (partition.id().empty()) return bad("a partition without an id");
      auto [at, inserted] = first.try_emplace(partition.id(), absl::StrCat(file.path, ":", line));
      if (!inserted)
        return bad(
            absl::StrCat("partition \"", partition.id(), "\" stands twice, first at ", at->second));
      if (partition.dimension() == Partition::DIMENSION_UNSPECIFIED)
        return bad("a partition without a dimension");
      if (partition.prefixes() && partition.wholes_size() > 0)
        return bad("a partition by prefixes takes its whole from the text");
      if (partition.prefixes() && partition.leaves_rest()) return bad("opposites leave no rest");
      if (partition.leaves_rest() && partition.wholes().empty())
        return bad("a partition that leaves a rest needs the name of its whole");
      if (partition.parts_size() < 2) return bad("a partition of fewer than two parts");
      std::set<std::string> names;
      const auto index = static_cast<int32_t>(taxonomy->partitions_.size());
      for (int p = 0; p < partition.parts_size(); ++p) {
        if (partition.parts(p).names().empty()) return bad("a part without a name");
        for (const std::string& name : partition.parts(p).names()) {
          if (name.empty()) return bad("an empty name");
          if (!names.insert(name).second)
            return bad(absl::StrCat("\"", name, "\" names two parts"));
          if (partition.prefixes()) {
            taxonomy->prefixes_.push_back({name, {index, p}});
            continue;
          }
          taxonomy->parts_by_name_[DimensionIndex(partition.dimension())][name].push_back(
              {index, p});
        }
      }
      taxonomy->partitions_.push_back(partition);
    }
    for (int i = 0; i < data.containments_size(); ++i) {
      const config::v1::Containment& containment = data.containments(i);
      const int line = lines.LineOf(data, "containments", i);
      const bool named = !containment.id().empty() && !containment.wholes().empty() &&
                         !containment.parts().empty();
      if (!named || !first.try_emplace(containment.id(), file.path).second) {
        return core::MakeError(
            core::ErrorReason::kDataInvalid,
            absl::StrCat(file.path, ":", line,
                         ": a containment needs an id of its own, wholes and parts"),
            {{"file", file.path}, {"line", absl::StrCat(line)}});
      }
      taxonomy->containments_.push_back(containment);
    }
    taxonomy->real_growth_.insert(taxonomy->real_growth_.end(),
                                  data.real_growth_indicators().begin(),
                                  data.real_growth_indicators().end());
    for (const std::string& word : data.name_noise()) taxonomy->replaced_.emplace_back(word, "");
    for (int i = 0; i < data.synonyms_size(); ++i) {
      for (const std::string& name : data.synonyms(i).names()) {
        taxonomy->replaced_.emplace_back(name, data.synonyms(i).names(0));
      }
    }
    taxonomy->non_additive_.insert(taxonomy->non_additive_.end(), data.non_additive().begin(),
                                   data.non_additive().end());
    taxonomy->may_be_negative_.insert(taxonomy->may_be_negative_.end(),
                                      data.may_be_negative().begin(), data.may_be_negative().end());
    taxonomy->scope_words_.insert(taxonomy->scope_words_.end(), data.scope_words().begin(),
                                  data.scope_words().end());
    taxonomy->nation_names_.insert(taxonomy->nation_names_.end(), data.nation_names().begin(),
                                   data.nation_names().end());
    taxonomy->home_names_.insert(taxonomy->home_names_.end(), data.home_names().begin(),
                                 data.home_names().end());
  }
  for (const auto& [word, replacement] : taxonomy->replaced_) {
    if (word.empty()) {
      return core::MakeError(core::ErrorReason::kDataInvalid,
                             "taxonomies: an empty noise word or synonym");
    }
  }
  // Longer words first, so that 总额 goes before 额.
  std::stable_sort(taxonomy->replaced_.begin(), taxonomy->replaced_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [word, replacement] : taxonomy->replaced_)
    taxonomy->may_begin_[BeginningOf(word)] = true;
  return std::unique_ptr<const Taxonomy>(std::move(taxonomy));
}

const std::vector<Taxonomy::PartRef>& Taxonomy::PartsCalled(Partition::Dimension dimension,
                                                            std::string_view name) const {
  static const auto& kNone = *new std::vector<PartRef>();
  const auto& parts = parts_by_name_[DimensionIndex(dimension)];
  const auto at = parts.find(core::ToAbsl(name));
  return at == parts.end() ? kNone : at->second;
}

std::vector<Taxonomy::PartRef> Taxonomy::PartsBegunBy(std::string_view name) const {
  std::vector<PartRef> parts;
  for (const auto& [prefix, part] : prefixes_) {
    if (name.substr(0, prefix.size()) == prefix) parts.push_back(part);
  }
  return parts;
}

bool Taxonomy::Additive(std::string_view indicator) const {
  return !HoldsAny(indicator, non_additive_);
}

bool Taxonomy::MayBeNegative(std::string_view indicator) const {
  return HoldsAny(indicator, may_be_negative_);
}

bool Taxonomy::Scoped(std::string_view name) const { return HoldsAny(name, scope_words_); }

bool Taxonomy::RealGrowth(std::string_view indicator) const {
  return HoldsAny(indicator, real_growth_);
}

namespace {

bool StartsWithAny(std::string_view phrase, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return phrase.substr(0, name.size()) == name;
  });
}

bool IsOneOf(std::string_view word, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

}  // namespace

bool Taxonomy::NationName(std::string_view name) const {
  return IsOneOf(name, nation_names_) || IsOneOf(name, home_names_);
}

bool Taxonomy::StartsWithHome(std::string_view phrase) const {
  return StartsWithAny(phrase, home_names_);
}

bool Taxonomy::StartsWithNation(std::string_view phrase) const {
  return StartsWithAny(phrase, nation_names_) || StartsWithHome(phrase);
}

std::string Taxonomy::Normalize(std::string_view name) const {
  std::string out;
  out.reserve(name.size());
  for (size_t i = 0; i < name.size();) {
    if (!may_begin_[BeginningOf(name.substr(i))]) {
      const size_t size = std::min(CharacterSize(name[i]), name.size() - i);
      out.append(name.substr(i, size));
      i += size;
      continue;
    }
    const auto word = std::find_if(replaced_.begin(), replaced_.end(), [&](const auto& entry) {
      return name.substr(i, entry.first.size()) == entry.first;
    });
    if (word != replaced_.end()) {
      out += word->second;
      i += word->first.size();
      continue;
    }
    out.push_back(name[i++]);
  }
  return out.empty() ? std::string(name) : out;
}

}  // namespace crossfoot::rules
