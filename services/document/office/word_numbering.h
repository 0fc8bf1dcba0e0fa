#ifndef CROSSFOOT_SERVICES_DOCUMENT_OFFICE_WORD_NUMBERING_H_
#define CROSSFOOT_SERVICES_DOCUMENT_OFFICE_WORD_NUMBERING_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace crossfoot::document {

// A number as Word prints it in a format of ST_NumberFormat (ISO/IEC 29500-1, 17.18.59):
// ("chineseCounting", 12) → 十二.  Formats that are not known, and numbers that a format cannot
// write, are decimal; "none" and "bullet" are nothing.
std::string FormatListNumber(std::string_view format, int32_t number);

// The lists of a Word document: counts their items, in the order of the text.
class WordNumbering {
 public:
  static constexpr int32_t kLevels = 9;

  // No list at all.
  WordNumbering() = default;
  // Reads w:numbering.  `style_number` says which w:num a numbering style has, or 0.
  WordNumbering(const pugi::xml_node& numbering,
                const absl::flat_hash_map<std::string, int32_t>& style_numbers);

  // The mark of the next item of a list.
  struct Mark {
    std::string text;     // 一、, with the blank that follows it; empty for a bullet
    bool bullet = false;  // a sign that says nothing
  };
  // nullopt where there is no such list or level.
  std::optional<Mark> Next(int32_t number_id, int32_t level);

  // The level of a list that a paragraph style belongs to, or -1.
  int32_t LevelOfStyle(int32_t number_id, std::string_view style_id) const;

 private:
  struct Level {
    bool defined = false;
    int32_t start = 1;
    int32_t restart = -1;  // the level (from 1) behind which it begins anew; 0 never, -1 any above
    bool decimal = false;  // all numbers in the text are decimal
    std::string format = "decimal";
    std::string text;  // "%1、"
    std::string suffix = "tab";
    std::string style;
  };
  using Levels = std::array<Level, kLevels>;
  struct List {
    Levels levels;
    std::array<std::optional<int32_t>, kLevels> counts;
  };
  struct Number {
    int32_t list = 0;
    std::map<int32_t, Level> overrides;
    std::map<int32_t, int32_t> starts;  // by level: where it begins, at first and anew
    bool used = false;
  };

  static Level ReadLevel(const pugi::xml_node& node);
  const Level& LevelOf(const Number& number, const List& list, int32_t level) const;

  absl::flat_hash_map<int32_t, List> lists_;      // by w:abstractNumId
  absl::flat_hash_map<int32_t, Number> numbers_;  // by w:numId
};

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_OFFICE_WORD_NUMBERING_H_
