#include "services/figure/table_figures.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/figure/clause.h"
#include "services/figure/period_scope.h"
#include "services/figure/phrase.h"
#include "services/lexicon/layout.h"

namespace crossfoot::figure {
namespace {

using core::AreaLevel;
using core::Attribute;
using core::Basis;
using core::Cell;
using core::Cue;
using core::Document;
using core::Figure;
using core::FigureKind;
using core::Mention;
using core::MentionKind;
using core::Origin;
using core::Table;
using core::TextRange;
using core::UnitKind;
using lexicon::AreaInfo;
using lexicon::Layout;
using lexicon::LayoutRole;
using lexicon::Lexicon;

// Header rows that are read over one column.
constexpr size_t kMaxHeaderCells = 6;
// Label cells that reach over rows below at the same time.
constexpr size_t kMaxTallLabels = 16;

// A unit with its scale, as headers and notes state it: 万吨, 亿元, %.
struct UnitNote {
  std::string unit;
  std::string ucum;
  int32_t power = 0;
  UnitKind kind = UnitKind::kNone;
  bool found = false;
};

// Reads a scale and a unit at the start of `text`.
UnitNote ReadUnit(std::string_view text, const Lexicon& lexicon) {
  UnitNote note;
  auto unit = lexicon.LongestUnit(text);
  int32_t power = 0;
  size_t size = unit.size;
  if (const auto scale = lexicon.LongestScale(text); scale) {
    const auto scaled = lexicon.LongestUnit(text.substr(scale.size));
    if (scaled && static_cast<size_t>(scale.size + scaled.size) > size) {
      unit = scaled;
      power = *scale.info;
      size = scale.size + scaled.size;
    }
  }
  if (!unit) return note;
  note.unit = unit.info->code;
  note.ucum = unit.info->ucum;
  note.power = power + unit.info->power;
  note.kind = unit.info->kind;
  note.found = true;
  // 元/吨
  if (text.size() > size && text[size] == '/') {
    if (const auto per = lexicon.LongestUnit(text.substr(size + 1)); per) {
      note.unit.append("/").append(per.info->code);
      note.kind = UnitKind::kMeasure;
      note.ucum.clear();
    }
  }
  return note;
}

// The unit that a header, label or note states: in brackets (产量（万吨）), behind a colon
// (单位：亿元), or as all of it.
UnitNote FindUnit(std::string_view text, const Lexicon& lexicon, bool whole) {
  for (const std::string_view open : {"：", ":", "（", "("}) {
    for (size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
      std::string_view inside = text.substr(at + open.size());
      while (!inside.empty() && inside.front() == ' ') inside.remove_prefix(1);
      // （±%）, （+、-%）
      for (bool sign = true; sign && !inside.empty();) {
        sign = false;
        for (const std::string_view mark : {"±", "+", "-", "、", "/"}) {
          if (!inside.starts_with(mark)) continue;
          inside.remove_prefix(mark.size());
          sign = true;
        }
      }
      if (UnitNote note = ReadUnit(inside, lexicon); note.found) return note;
    }
  }
  // 完成预算%
  if (text.ends_with("%")) return ReadUnit("%", lexicon);
  if (text.ends_with("‰")) return ReadUnit("‰", lexicon);
  if (whole) return ReadUnit(text, lexicon);
  return {};
}

// What the words of a header, a label or a caption say.
struct Words {
  TextRange range;           // where they stand
  std::string name;          // what is left when all below is taken away
  bool known = false;        // the lexicon knows the statistic that `name` ends with
  bool generic = false;      // `name` was nothing but a word for a value: 指标值
  UnitNote unit;             // stated in brackets or by all of the text
  int32_t period = -1;       // mention
  bool year = false;         // all of the text is a year without 年, in `range`
  bool growth = false;       // 增长, 增速
  bool compared = false;     // 同比, 环比, without a word for growth
  bool share = false;        // 比重
  bool change = false;       // 增减额
  bool rank = false;         // 位次
  bool index = false;        // 上年=100
  bool total = false;        // 合计, 综合, 平均
  bool sum = false;          // 合计, 全国总计
  bool year_before = false;  // 上年同期
  Basis basis = Basis::kNone;
  std::string comparator;
  core::Text area, area_code;  // when all of the text is a place
  AreaLevel area_level = AreaLevel::kNone;

  bool HasKind() const { return growth || compared || share || change || rank || index; }
  bool HasArea() const { return area_level != AreaLevel::kNone; }
};

// What the cells above a column say together.
struct Column {
  enum class Role { kNone, kLabel, kUnit, kData };
  Role role = Role::kNone;
  std::array<int32_t, kMaxHeaderCells> headers;  // cells, from the top
  int32_t header_count = 0;
  int32_t group = -1;  // of kData: the labels that it belongs to
  bool sum = false;    // the lowest header is 合计
  bool year_before = false;
  std::string statistic;  // known, or stated with a unit
  std::string part;       // what the statistic is broken down by
  Words words;            // the rest, nearest the figures first
  // The header that said so; empty where none did.
  TextRange statistic_range, part_range, unit_range, kind_range, area_range, period_range;
  std::optional<core::Period> period;
  core::Text period_key;
};

class TableResolver {
 public:
  TableResolver(const Document& document, const std::vector<Mention>& mentions,
                const Lexicon& lexicon, int32_t table, int32_t first, int32_t count,
                const TableContext& context, std::vector<Figure>& figures)
      : document_(document),
        mentions_(mentions),
        lexicon_(lexicon),
        layout_(Layout::BuiltIn()),
        table_(document.tables[table]),
        context_(context),
        figures_(figures) {
    cell_number_.assign(table_.cells.size(), -1);
    for (int32_t i = first; i < first + count; ++i) {
      const int32_t cell = mentions[i].cell;
      if (cell < 0) continue;
      if (mentions[i].kind == MentionKind::kNumber && !ReadsAsWords(mentions[i]) &&
          cell_number_[cell] < 0)
        cell_number_[cell] = i;
    }
  }

  void Resolve() {
    if (table_.column_count < 2) return;
    CompressColumns();
    ReadCaption();
    ReadColumns();
    size_t begin = 0;
    while (begin < table_.cells.size()) {
      size_t end = begin;
      while (end < table_.cells.size() && table_.cells[end].row == table_.cells[begin].row) ++end;
      ResolveRow(begin, end);
      begin = end;
    }
  }

 private:
  std::string_view Text(const Cell& cell) const { return document_.TextOf(cell.range); }

  // ---- Reading words ---------------------------------------------------------------------------

  // The first mention that does not end before `range`.
  size_t FirstMention(TextRange range) const {
    return std::lower_bound(
               mentions_.begin(), mentions_.end(), range.start,
               [](const Mention& mention, int32_t start) { return mention.range.start < start; }) -
           mentions_.begin();
  }

  // All that `range` of the text says.
  Words ReadWords(TextRange range) const {
    Words words;
    words.range = range;
    const std::string_view text = document_.TextOf(range);
    if (text.empty()) return words;
    words.unit = FindUnit(text, lexicon_, false);
    const std::string bare = WithoutBlanks(text);
    ReadArea(bare, words);
    if (words.HasArea()) {
      words.name = CleanPhrase(text, lexicon_);
      words.sum = EndsInSum(words.name);
      return words;
    }
    words.index = IsIndexBase(bare);
    const std::string_view head =
        std::string_view(bare).substr(0, std::min(bare.find("（"), bare.find('(')));
    words.year_before = layout_.Is(LayoutRole::kYearBeforeHeader, head);
    if (words.year_before) return words;
    std::string name;
    std::string moved;  // the same with words of direction: 增加额
    int32_t at = range.start;
    bool leading = range == table_.caption;  // nothing but labels and counts so far: 表1：70个…
    for (size_t m = FirstMention(range); m < mentions_.size(); ++m) {
      const Mention& mention = mentions_[m];
      if (mention.range.start >= range.end) break;
      if (mention.range.start < at) continue;
      const std::string_view before = document_.TextOf({at, mention.range.start});
      if (!CleanPhrase(before, lexicon_).empty()) leading = false;
      // 城镇新增就业: a word of direction that the name goes on behind is a part of it.
      const bool inside =
          mention.kind == MentionKind::kDirection && GoesOn({mention.range.end, range.end});
      const bool keeps = inside || KeepsInName(mention, leading);
      name.append(before);
      moved.append(before);
      if (keeps || mention.kind == MentionKind::kDirection)
        moved.append(document_.TextOf(mention.range));
      if (!inside) ReadMention(mention, static_cast<int32_t>(m), words);
      at = keeps ? mention.range.start : mention.range.end;
      if (keeps) {
        leading = false;
        name.append(document_.TextOf(mention.range));
        at = mention.range.end;
      }
    }
    name.append(document_.TextOf({at, range.end}));
    moved.append(document_.TextOf({at, range.end}));
    words.name = CleanPhrase(name, lexicon_);
    if (words.index && IsIndexBase(words.name)) words.name.clear();
    moved = CleanPhrase(moved, lexicon_);
    if (const size_t change = layout_.SuffixSize(LayoutRole::kChangeHeader, moved); change > 0) {
      words.change = true;
      words.name = moved.substr(0, moved.size() - change);
    } else if (layout_.Is(LayoutRole::kRankHeader, words.name)) {
      words.rank = true;
      words.name.clear();
    } else if (layout_.Is(LayoutRole::kTotalLabel, words.name)) {
      words.total = true;
    }
    words.sum = EndsInSum(words.name);
    if (layout_.Is(LayoutRole::kValueHeader, words.name)) {
      words.generic = true;
    } else {
      words.known = static_cast<bool>(lexicon_.IndicatorSuffix(words.name));
    }
    return words;
  }

  // 合计, 营业收入合计, 全国总计.
  bool EndsInSum(std::string_view name) const {
    return layout_.SuffixSize(LayoutRole::kSumLabel, WithoutBlanks(name)) > 0;
  }

  // Whether a name goes on in `rest`, right behind a word.
  bool GoesOn(TextRange rest) const {
    const std::string_view text = document_.TextOf(rest);
    const auto lead = text.empty() ? 0 : static_cast<unsigned char>(text.front());
    return lead >= 0xE4 && lead <= 0xE9;
  }

  static std::string WithoutBlanks(std::string_view text) {
    std::string out;
    for (const char byte : text) {
      if (byte != ' ' && byte != '\t' && byte != '\n') out.push_back(byte);
    }
    return out;
  }

  // Sets the area when all of `label`, without blanks, is a place.
  void ReadArea(const std::string& label, Words& words) const {
    const auto* word = lexicon_.FindWord(label);
    if (word == nullptr || word->kind != MentionKind::kArea) return;
    const AreaInfo& area = lexicon_.area(word->area);
    if (area.level == AreaLevel::kHome) {
      words.area = context_.area;
      words.area_code = context_.area_code;
    } else if (area.level == AreaLevel::kResidence || area.level == AreaLevel::kPartner ||
               area.level == AreaLevel::kNone) {
      return;
    } else {
      words.area = area.name;
      words.area_code = area.code;
    }
    words.area_level = area.level;
  }

  // 上年同月=100.
  static bool IsIndexBase(std::string_view bare) {
    const size_t equals = bare.find("=100");
    if (equals == std::string_view::npos) return false;
    const size_t behind = equals + 4;
    return behind == bare.size() || !(bare[behind] >= '0' && bare[behind] <= '9');
  }

  // Whether a mention is a part of the name of what is measured.
  static bool KeepsInName(const Mention& mention, bool leading) {
    switch (mention.kind) {
      case MentionKind::kPeriod:
      case MentionKind::kDirection:
        return false;
      case MentionKind::kLabel:
      case MentionKind::kNumber:
        return !leading;
      case MentionKind::kCue:
        switch (mention.cue) {
          case Cue::kYearAgo:
          case Cue::kPreviousMonth:
          case Cue::kPreviousQuarter:
          case Cue::kPreviousPeriod:
          case Cue::kAgainst:
          case Cue::kRateNoun:
          case Cue::kShareNoun:
          case Cue::kContribution:
            return false;
          case Cue::kLabel:
            return !leading;
          default:
            return true;
        }
      default:
        return true;
    }
  }

  void ReadMention(const Mention& mention, int32_t index, Words& words) const {
    switch (mention.kind) {
      case MentionKind::kPeriod:
        if (words.index) {
          // 上月=100, 2020年=100
          words.basis = mention.period_key.view().starts_with("month") ? Basis::kPreviousMonth
                        : mention.period_key.view().starts_with("-1/") ? Basis::kYearAgo
                                                                       : Basis::kNamed;
          words.comparator = document_.TextOf(mention.range);
        } else if (mention.relative) {
          // 比上月; 本月 alone compares nothing.
          const bool against = index > 0 && mentions_[index - 1].range.end == mention.range.start &&
                               (mentions_[index - 1].cue == Cue::kAgainst ||
                                mentions_[index - 1].cue == Cue::kAbove);
          words.compared |= against;
          if (against && mention.period_key.view().starts_with("month"))
            words.basis = Basis::kPreviousMonth;
        } else if (words.period < 0) {
          words.period = index;
        }
        break;
      case MentionKind::kDirection:
        words.growth = true;
        break;
      case MentionKind::kCue:
        switch (mention.cue) {
          case Cue::kYearAgo:
            words.compared = true;
            words.basis = Basis::kYearAgo;
            break;
          case Cue::kPreviousMonth:
            words.compared = true;
            words.basis = Basis::kPreviousMonth;
            break;
          case Cue::kPreviousQuarter:
            words.compared = true;
            words.basis = Basis::kPreviousQuarter;
            break;
          case Cue::kPreviousPeriod:
            words.compared = true;
            words.basis = Basis::kPreviousPeriod;
            break;
          case Cue::kRateNoun:
            words.growth = true;
            break;
          case Cue::kShareNoun:
            words.share = true;
            break;
          default:
            break;
        }
        break;
      default:
        break;
    }
  }

  // ---- Columns ---------------------------------------------------------------------------------

  // Columns in which no cell begins are fillers of wider ones; they are left out.
  void CompressColumns() {
    for (const Cell& cell : table_.cells) starts_.push_back(cell.column);
    std::sort(starts_.begin(), starts_.end());
    starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
    columns_.resize(starts_.size());
  }
  int32_t ColumnOf(int32_t column) const {
    return static_cast<int32_t>(std::lower_bound(starts_.begin(), starts_.end(), column) -
                                starts_.begin());
  }

  // A cell that holds one number with its unit, perhaps behind a word of direction or before the
  // mark of a note.
  bool HoldsNumber(size_t cell) const {
    const int32_t number = cell_number_[cell];
    if (number < 0 || table_.cells[cell].header) return false;
    const TextRange& all = table_.cells[cell].range;
    const Mention& mention = mentions_[number];
    TextRange before = {all.start, mention.range.start};
    if (DirectionBefore(number) >= 0) before.end = mentions_[number - 1].range.start;
    if (before.size() > 2) return false;
    return IsNoteMark(document_.TextOf({mention.range.end, all.end}));
  }

  // Whether a cell is a number in brackets, as accountants print what is below zero: (25.25).  A
  // short one is the mark of a note.
  bool InBrackets(TextRange cell, const Mention& mention) const {
    constexpr int32_t kNoteDigits = 2;
    const std::string_view before = document_.TextOf({cell.start, mention.range.start});
    const std::string_view behind = document_.TextOf({mention.range.end, cell.end});
    return (before == "(" || before == "（") &&
           (behind == ")" || behind == "）" || behind == ")%" || behind == "）%") &&
           mention.digits.size() > kNoteDigits && mention.value.sign() > 0;
  }

  // The word of direction right before a number, or -1.
  int32_t DirectionBefore(int32_t number) const {
    if (number == 0) return -1;
    const Mention& before = mentions_[number - 1];
    const bool direction = before.kind == MentionKind::kDirection &&
                           before.cell == mentions_[number].cell &&
                           before.table == mentions_[number].table &&
                           before.range.end == mentions_[number].range.start;
    return direction ? number - 1 : -1;
  }

  // Nothing, or what points to a note: *, [1], ①, ².
  static bool IsNoteMark(std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        constexpr std::string_view kMarks = " \t*#[]()0123456789";
        if (kMarks.find(text[at]) == std::string_view::npos) return false;
        const bool digit = byte >= '0' && byte <= '9';
        if (digit && text.find_first_of("[(") > at) return false;
        ++at;
        continue;
      }
      // ¹ ² ³, ⁰ to ⁹, ① to ⑳, （ and ）
      if (byte == 0xC2) {
        at += 2;
      } else if (byte == 0xE2 || byte == 0xEF) {
        at += 3;
      } else {
        return false;
      }
    }
    return true;
  }

  static bool IsYear(std::string_view text) {
    return text.size() == 4 && text >= "1900" && text <= "2100" &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  void ReadColumns() {
    struct Counts {
      int32_t numbers = 0, words = 0, units = 0, years = 0, bare = 0;
    };
    std::vector<Counts> counts(columns_.size());
    header_words_.resize(table_.cells.size());
    for (size_t i = 0; i < table_.cells.size(); ++i) {
      const Cell& cell = table_.cells[i];
      const int32_t begin = ColumnOf(cell.column);
      if (cell.header) {
        if (cell.range.empty()) continue;
        const int32_t end = std::max(ColumnOf(cell.column + cell.column_span), begin + 1);
        bool read = false;
        for (int32_t c = begin; c < end; ++c) {
          Column& column = columns_[c];
          if (column.header_count == kMaxHeaderCells) continue;
          column.headers[column.header_count++] = static_cast<int32_t>(i);
          read = true;
        }
        if (read) header_words_[i] = ReadWords(cell.range);
        continue;
      }
      if (cell.range.empty() || IsSide(i)) continue;
      Counts& count = counts[begin];
      const std::string_view text = Text(cell);
      if (HoldsNumber(i)) {
        ++count.numbers;
        count.years += IsYear(text) ? 1 : 0;
        count.bare += mentions_[cell_number_[i]].bare ? 1 : 0;
      } else if (IsYear(text)) {
        ++count.numbers;
        ++count.years;
      } else if (!layout_.Is(LayoutRole::kNoNumber, WithoutBlanks(text))) {
        ++count.words;
        const UnitNote unit = ReadUnit(text, lexicon_);
        count.units += unit.found ? 1 : 0;
      }
    }
    int32_t group = -1;
    bool labels_open = false;
    for (size_t c = 0; c < columns_.size(); ++c) {
      Column& column = columns_[c];
      const Counts& count = counts[c];
      const bool years = count.numbers > 0 && count.years == count.numbers && c == 0;
      // 0—15岁, 16—59岁: labels that count, beside words or a column of numbers.
      const bool measures = c == 0 && count.bare == 0 && count.words > 0;
      if (HeadedBy(column, LayoutRole::kOrdinalHeader) && count.numbers > 0) continue;
      if (HeadedBy(column, LayoutRole::kUnitHeader) ||
          (c > 0 && count.words > 0 && count.units * 10 >= count.words * 8 &&
           count.words > count.numbers)) {
        column.role = Column::Role::kUnit;
      } else if (count.words > count.numbers || years || measures ||
                 (c == 0 && count.words > 0 && count.numbers == 0)) {
        column.role = Column::Role::kLabel;
        if (!labels_open) ++group;
        labels_open = true;
      } else if (count.numbers > 0 || c > 0) {
        column.role = Column::Role::kData;
        labels_open = false;
      }
      column.group = group;
      column.sum =
          column.header_count > 0 && header_words_[column.headers[column.header_count - 1]].sum;
      if (column.role == Column::Role::kData) ReadColumn(column);
    }
    groups_.resize(group + 1);
    CountCities();
  }

  // A title, unit note or caption in the table's own cells.
  bool IsSide(size_t cell) const {
    const TextRange& range = table_.cells[cell].range;
    return range == table_.caption || range == table_.unit_note;
  }

  bool HeadedBy(const Column& column, LayoutRole role) const {
    for (int32_t h = 0; h < column.header_count; ++h) {
      if (layout_.Is(role, WithoutBlanks(Text(table_.cells[column.headers[h]])))) return true;
    }
    return false;
  }

  // Puts together what the headers above a column say.
  void ReadColumn(Column& column) {
    Words& all = column.words;
    for (int32_t h = 0; h < column.header_count; ++h) {
      const int32_t cell = column.headers[h];
      const Words& words = header_words_[cell];
      const TextRange range = table_.cells[cell].range;
      if (words.unit.found) {
        all.unit = words.unit;
        column.unit_range = range;
      }
      column.year_before |= words.year_before;
      if (words.HasArea()) {
        column.area_range = range;
        all.area = words.area;
        all.area_code = words.area_code;
        all.area_level = words.area_level;
        continue;
      }
      if (words.HasKind()) {
        column.kind_range = range;
        const Basis basis = words.basis != Basis::kNone ? words.basis : all.basis;
        all.growth |= words.growth;
        all.compared |= words.compared;
        all.share = words.share;
        all.change = words.change;
        all.rank = words.rank;
        all.index |= words.index;
        all.basis = basis;
        if (!words.comparator.empty()) all.comparator = words.comparator;
      }
      if (words.period >= 0) {
        SetPeriod(mentions_[words.period], column.period, column.period_key);
        column.period_range = mentions_[words.period].range;
      } else if (const std::string_view text = Text(table_.cells[cell]); IsYear(text)) {
        column.period = YearOf(text);
        column.period_range = range;
        column.period_key.clear();
      }
      if (words.name.empty() || words.generic || words.total || IsYear(words.name) ||
          layout_.Is(LayoutRole::kLabelHeader, words.name)) {
        continue;
      }
      if (words.known || (words.unit.found && !words.HasKind())) {
        if (words.name != column.statistic) {
          // 出口 over 机电产品出口: the lower one is what is measured.
          column.statistic = words.name;
          column.statistic_range = range;
        }
      } else if (words.name != column.part) {
        column.part += words.name;
        column.part_range = range;
      }
    }
  }

  static core::Period YearOf(std::string_view digits) {
    int32_t year = 0;
    for (const char digit : digits) year = year * 10 + (digit - '0');
    return {absl::CivilDay(year, 1, 1), absl::CivilDay(year, 12, 31), false};
  }

  // Takes the period of `mention`; within a year when it prints none and `period` is a year.
  void SetPeriod(const Mention& mention, std::optional<core::Period>& period,
                 core::Text& key) const {
    const std::string_view words = document_.TextOf(mention.range);
    size_t digits = 0;
    size_t longest = 0;
    for (const char byte : words) {
      digits = byte >= '0' && byte <= '9' ? digits + 1 : 0;
      longest = std::max(longest, digits);
    }
    const bool year = period && period->start.month() == 1 && period->start.day() == 1 &&
                      period->end.month() == 12 && period->start.year() == period->end.year();
    if (longest < 4 && year && mention.period) {
      const auto shift = period->start.year() - mention.period->end.year();
      const auto move = [&](absl::CivilDay day) {
        return absl::CivilDay(day.year() + shift, day.month(), day.day());
      };
      period = core::Period{move(mention.period->start), move(mention.period->end), false};
      // The last day of February moves with the year.
      if (mention.period->end == absl::CivilDay(absl::CivilMonth(mention.period->end) + 1) - 1)
        period->end = absl::CivilDay(absl::CivilMonth(period->end) + 1) - 1;
      key = mention.period_key;
      return;
    }
    period = mention.period;
    key = mention.period_key;
  }

  // In which groups of labels most places are cities, or the header says so.
  void CountCities() {
    std::vector<int32_t> cities(groups_.size()), others(groups_.size());
    for (const Cell& cell : table_.cells) {
      const Column& column = columns_[ColumnOf(cell.column)];
      if (cell.header || cell.range.empty() || column.role != Column::Role::kLabel) continue;
      const std::string label = WithoutBlanks(Text(cell));
      const bool city = lexicon_.FindArea(label, AreaLevel::kCity) != nullptr;
      const bool other = !city && lexicon_.FindArea(label, AreaLevel::kProvince) != nullptr;
      cities[column.group] += city ? 1 : 0;
      others[column.group] += other ? 1 : 0;
    }
    for (const Column& column : columns_) {
      if (column.role != Column::Role::kLabel) continue;
      Group& group = groups_[column.group];
      group.cities |= HeadedBy(column, LayoutRole::kCityHeader) ||
                      (cities[column.group] >= 3 && cities[column.group] > others[column.group]);
    }
  }

  // ---- The caption -----------------------------------------------------------------------------

  void ReadCaption() {
    area_ = context_.area;
    area_code_ = context_.area_code;
    area_range_ = context_.area_range;
    period_range_ = context_.period_range;
    period_ = context_.period;
    period_key_ = context_.period_key;
    const Words note = ReadWords(table_.unit_note);
    unit_ = FindUnit(document_.TextOf(table_.unit_note), lexicon_, true);
    caption_ = ReadWords(table_.caption);
    if (!unit_.found) unit_ = caption_.unit;
    caption_.index |= note.index;
    if (caption_.basis == Basis::kNone) caption_.basis = note.basis;
    if (caption_.period >= 0) {
      SetPeriod(mentions_[caption_.period], period_, period_key_);
      period_range_ = mentions_[caption_.period].range;
    }
    // One place that it names.
    int32_t place = -1;
    for (size_t m = FirstMention(table_.caption); m < mentions_.size(); ++m) {
      const Mention& mention = mentions_[m];
      if (mention.range.start >= table_.caption.end) break;
      if (mention.kind != MentionKind::kArea || mention.area_level == AreaLevel::kHome ||
          mention.area_level == AreaLevel::kResidence ||
          mention.area_level == AreaLevel::kPartner) {
        continue;
      }
      place = place == -1 ? static_cast<int32_t>(m) : -2;
    }
    if (place >= 0) {
      area_ = mentions_[place].canonical;
      area_code_ = mentions_[place].code;
      area_range_ = mentions_[place].range;
      const std::string_view printed = document_.TextOf(mentions_[place].range);
      if (caption_.name.starts_with(printed)) caption_.name.erase(0, printed.size());
    }
    for (size_t end = layout_.SuffixSize(LayoutRole::kCaptionEnd, caption_.name);
         end > 0 && end < caption_.name.size();
         end = layout_.SuffixSize(LayoutRole::kCaptionEnd, caption_.name)) {
      caption_.name.resize(caption_.name.size() - end);
    }
    // 全市…: the report's own area.
    if (const auto word = lexicon_.LongestWord(caption_.name);
        word && word.info->kind == MentionKind::kArea &&
        lexicon_.area(word.info->area).level == AreaLevel::kHome) {
      caption_.name.erase(0, word.size);
    }
    caption_.known = static_cast<bool>(lexicon_.IndicatorSuffix(caption_.name));
  }

  // ---- Rows ------------------------------------------------------------------------------------

  // A row that others may be parts of.
  struct Parent {
    int32_t indent = 0;
    UnitNote unit;
    bool inherits = false;                            // has its unit from a row above
    std::string statistic;                            // known, that the row names
    std::vector<std::pair<int32_t, int32_t>> levels;  // column and figure, by column
  };

  // The labels of one list of a table, and what they carry from row to row.
  struct Group {
    bool cities = false;
    std::vector<Parent> parents;
    Words section;  // the last row without numbers
    bool has_section = false;
    absl::flat_hash_map<int32_t, int32_t> divided;  // by column: the level that the last indented
                                                    // row is a part of
    std::string sibling;  // the statistic of the parts that the row goes on with
    Parent last;          // the last row with numbers
    std::string last_statistic, last_part;
    // Of the current row.
    Words label;
    std::string upper;  // labels left of the last one
    bool labelled = false;
    int32_t numbered = 0;  // the depth of the last number that a label began with
    int32_t depth = 0;     // of the current row
    bool lost = false;     // the label holds numbers that belong to no column
    int32_t indent = 0;
    bool marked = false;  // as a part: #肉鸡, 其中：住宅
    UnitNote unit;
    bool numbers = false;
  };

  void ResolveRow(size_t begin, size_t end) {
    const int32_t row = table_.cells[begin].row;
    row_figure_ = -1;
    for (Group& group : groups_) {
      group.label = {};
      group.upper.clear();
      group.labelled = group.numbers = group.lost = false;
      group.indent = 0;
      group.marked = false;
      group.unit = {};
    }
    std::erase_if(tall_, [&](size_t cell) {
      return table_.cells[cell].row + table_.cells[cell].row_span <= row;
    });
    for (const size_t cell : tall_) AddLabel(cell);
    for (size_t i = begin; i < end; ++i) {
      const Cell& cell = table_.cells[i];
      if (cell.header || cell.range.empty() || IsSide(i)) continue;
      const Column& column = columns_[ColumnOf(cell.column)];
      if (column.group < 0) continue;
      Group& group = groups_[column.group];
      if (column.role == Column::Role::kLabel) {
        AddLabel(i);
        if (cell.row_span > 1 && tall_.size() < kMaxTallLabels) tall_.push_back(i);
      } else if (column.role == Column::Role::kUnit) {
        if (const UnitNote unit = ReadUnit(Text(cell), lexicon_); unit.found) group.unit = unit;
      } else if (column.role == Column::Role::kData && HoldsNumber(i)) {
        group.numbers = true;
      }
    }
    for (Group& group : groups_) {
      if (group.labelled) EnterRow(group);
    }
    for (size_t i = begin; i < end; ++i) {
      const Cell& cell = table_.cells[i];
      if (cell.header) continue;
      const int32_t c = ColumnOf(cell.column);
      const Column& column = columns_[c];
      if (column.role != Column::Role::kData || column.group < 0 || !HoldsNumber(i)) continue;
      if (groups_[column.group].labelled) MakeFigure(i, c);
    }
    for (Group& group : groups_) {
      if (group.labelled && group.numbers) LeaveRow(group);
    }
  }

  void AddLabel(size_t index) {
    const Cell& cell = table_.cells[index];
    const Column& column = columns_[ColumnOf(cell.column)];
    if (column.group < 0) return;
    Group& group = groups_[column.group];
    const Words words = ReadLabel(cell, group);
    if (group.labelled) {
      // 第二产业 | 工业: the right one is the row's, the left one limits it.
      if (group.label.HasArea() && !words.HasArea()) {
        Words inner = words;
        inner.area = group.label.area;
        inner.area_code = group.label.area_code;
        inner.area_level = group.label.area_level;
        group.label = std::move(inner);
        return;
      }
      group.upper = group.label.total ? std::string() : group.label.name;
    }
    group.label = words;
    group.labelled = true;
    group.lost = cell_number_[index] >= 0;
    group.indent = cell.indent;
    group.marked = MarkedAsPart(cell);
    if (words.unit.found && !group.unit.found) group.unit = words.unit;
  }

  // How deep the number that a label begins with is: 1 for 一、, 2 for （一）, 3 for 1., 4 for
  // （1）; 0 without one.
  int32_t NumberedDepth(TextRange label) const {
    const size_t m = FirstMention(label);
    if (m >= mentions_.size() || mentions_[m].kind != MentionKind::kLabel ||
        mentions_[m].range.end > label.end)
      return 0;
    const std::string_view before = document_.TextOf({label.start, mentions_[m].range.start});
    const std::string_view behind = document_.TextOf({mentions_[m].range.end, label.end});
    const bool bracketed =
        (before == "（" || before == "(") && (behind.starts_with("）") || behind.starts_with(")"));
    const bool listed = before.empty() && (behind.starts_with("、") || behind.starts_with(".") ||
                                           behind.starts_with("．"));
    if (!bracketed && !listed) return 0;
    const char first = document_.TextOf(mentions_[m].range).front();
    return (first >= '0' && first <= '9' ? 3 : 1) + (bracketed ? 1 : 0);
  }

  // How deep a row stands among those that sums are made of: by its indent, and by the numbers of
  // labels: 增值税 behind 一、税收收入 is a part of it.  A total stands with what it is the sum of.
  void SetDepth(Group& group) const {
    constexpr int32_t kDepths = 6;  // of numbers, and of no number below them
    constexpr int32_t kIndents = 20;
    const int32_t numbered = group.label.sum ? 0 : NumberedDepth(group.label.range);
    if (numbered > 0) group.numbered = numbered;
    const int32_t below = group.label.sum ? 0 : numbered > 0 ? numbered : group.numbered + 1;
    group.depth = std::min(group.indent, kIndents) * kDepths + (group.numbered > 0 ? below : 0);
  }

  // Whether the mark that segmentation left out of a label says that the row is a part.
  bool MarkedAsPart(const Cell& cell) const {
    if (cell.range.start == 0) return false;
    const size_t line = document_.text.find_last_of("\t\n", cell.range.start - 1);
    const size_t start = line == std::string::npos ? 0 : line + 1;
    const std::string_view mark =
        std::string_view(document_.text).substr(start, cell.range.start - start);
    return mark.find_first_not_of(' ') != std::string_view::npos;
  }

  Words ReadLabel(const Cell& cell, const Group& group) const {
    const std::string_view text = Text(cell);
    Words words;
    words.range = cell.range;
    words.year = IsYear(text);
    if (words.year) return words;
    const std::string bare = WithoutBlanks(text);
    if (group.cities) {
      if (const AreaInfo* city = lexicon_.FindArea(bare, AreaLevel::kCity); city != nullptr) {
        words.area = city->name;
        words.area_code = city->code;
        words.area_level = AreaLevel::kCity;
        words.name = bare;
        return words;
      }
    }
    words = ReadWords(cell.range);
    // 全国总计
    if (const size_t total = layout_.SuffixSize(LayoutRole::kTotalLabel, words.name);
        !words.HasArea() && total > 0 && total < words.name.size()) {
      ReadArea(words.name.substr(0, words.name.size() - total), words);
    }
    return words;
  }

  // What a row means for those below it.
  void EnterRow(Group& group) {
    if (!group.numbers) {
      // A row with a label alone heads the rows behind it.
      if (group.lost) return;
      group.section = group.label;
      if (!group.section.unit.found) group.section.unit = group.unit;
      group.has_section = true;
      group.parents.clear();
      group.divided.clear();
      return;
    }
    SetDepth(group);
    if (RowIsAspect(group)) return;
    while (!group.parents.empty() && group.parents.back().indent >= group.indent)
      group.parents.pop_back();
    // Rows indented below another with a unit of its own take that unit.
    bool inherits = group.indent > 0;
    if (!group.unit.found && !group.parents.empty()) group.unit = group.parents.back().unit;
    if (!group.unit.found && group.has_section) group.unit = group.section.unit;
    // A second part is often printed without the mark of the first: #肉鸡, 鹅.
    group.sibling.clear();
    if (!group.unit.found && !unit_.found && group.last.inherits) {
      group.unit = group.last.unit;
      group.sibling = group.last.statistic;
      inherits = true;
    }
    group.last = {};
    group.last.inherits = inherits;
    group.last.indent = group.indent;
    group.last.unit = group.unit;
    if (group.label.known) {
      group.last.statistic = SplitStatistic(group.label.name, lexicon_).indicator;
    } else if (!group.parents.empty()) {
      group.last.statistic = group.parents.back().statistic;
    } else {
      group.last.statistic = group.sibling;
    }
  }

  void LeaveRow(Group& group) {
    if (RowIsAspect(group)) return;
    std::sort(group.last.levels.begin(), group.last.levels.end());
    group.parents.push_back(group.last);
  }

  // A row that says no more than 比上年增长（%）: of the row above.
  static bool RowIsAspect(const Group& group) {
    return group.label.HasKind() && group.label.name.empty() && !group.label.HasArea() &&
           group.label.period < 0;
  }

  // ---- Figures ---------------------------------------------------------------------------------

  void MakeFigure(size_t cell_index, int32_t c) {
    const Cell& cell = table_.cells[cell_index];
    const Column& column = columns_[c];
    Group& group = groups_[column.group];
    const int32_t number = cell_number_[cell_index];
    const Mention& mention = mentions_[number];
    Figure figure;
    figure.range = mention.range;
    figure.mention = number;
    figure.content = std::string(document_.TextOf(mention.range));
    for (const char byte : document_.TextOf(mention.digits)) {
      if ((byte >= '0' && byte <= '9') || byte == '.') figure.digits.push_back(byte);
    }
    figure.article = context_.article;
    figure.block = context_.block;
    figure.column = cell.column;
    figure.row = cell.row;
    figure.indent = static_cast<int8_t>(group.depth);
    figure.row_total_area = group.label.HasArea() && group.label.area == area_;
    figure.row_total = figure.row_total_area || group.label.sum;
    figure.column_total = column.sum;
    figure.counted = mention.unit_kind == UnitKind::kCount;
    figure.value = mention.value;
    figure.quantum = mention.quantum;
    figure.qualifier = mention.qualifier;
    SetPlace(column, group, figure);
    SetTime(column, group, figure);
    const bool stock = SetName(column, group, figure);
    const UnitNote note = FindUnitOf(column, group);
    SetKind(cell_index, column, group, note, figure);
    if (figure.kind != FigureKind::kShare && InBrackets(cell.range, mention))
      figure.value = -figure.value;
    ApplyUnit(note, mention, figure);
    if (stock && figure.time_period &&
        (figure.kind == FigureKind::kLevel || figure.kind == FigureKind::kChange)) {
      figure.time_period->start = figure.time_period->end;
    }
    Witness(column, group, mention, figure);
    Link(c, column, group, figure);
    row_figure_ = static_cast<int32_t>(figures_.size());
    figures_.push_back(std::move(figure));
  }

  // Notes which header, label or caption gave each attribute.
  void Witness(const Column& column, const Group& group, const Mention& mention,
               Figure& figure) const {
    core::FigureEvidence& evidence = figure.evidence;
    const auto carry = [&](Attribute attribute, TextRange range) {
      evidence.Set(attribute, range, range.empty() ? Origin::kAssumed : Origin::kCarried);
    };
    evidence.Set(Attribute::kNumber, mention.digits, Origin::kPrinted);
    const TextRange note = !table_.unit_note.empty() ? table_.unit_note : table_.caption;
    if (!mention.bare) {
      evidence.Set(Attribute::kUnit, {mention.digits.end, mention.range.end}, Origin::kPrinted);
    } else if (!figure.unit.empty()) {
      carry(Attribute::kUnit, column.words.unit.found  ? column.unit_range
                              : group.label.unit.found ? group.label.range
                                                       : note);
    }
    const auto named_in = [&](const Words& words, std::string_view name) {
      return !name.empty() && words.name.find(name) != std::string::npos;
    };
    const auto source_of = [&](std::string_view name) {
      if (named_in(group.label, name)) return group.label.range;
      if (named_in(group.section, name)) return group.section.range;
      if (named_in(caption_, name)) return table_.caption;
      return column.part_range;
    };
    if (!figure.indicator.empty()) {
      carry(Attribute::kIndicator,
            column.statistic.empty() ? source_of(figure.indicator) : column.statistic_range);
    }
    if (!figure.sector.empty()) {
      carry(Attribute::kSector, !group.label.name.empty() && !group.label.HasArea()
                                    ? group.label.range
                                    : column.part_range);
    }
    if (!figure.ref_area.empty()) {
      carry(Attribute::kRefArea, group.label.HasArea()     ? group.label.range
                                 : column.words.HasArea()  ? column.area_range
                                 : group.section.HasArea() ? group.section.range
                                                           : area_range_);
    }
    if (!figure.period_key.empty() || figure.time_period) {
      const bool by_row = group.label.period >= 0;
      carry(Attribute::kTimePeriod, !column.period_range.empty() ? column.period_range
                                    : group.label.year           ? group.label.range
                                    : by_row ? mentions_[group.label.period].range
                                    : group.has_section && group.section.period >= 0
                                        ? mentions_[group.section.period].range
                                        : period_range_);
    }
    const TextRange kind = column.words.HasKind()  ? column.kind_range
                           : group.label.HasKind() ? group.label.range
                           : caption_.HasKind()    ? table_.caption
                                                   : TextRange{};
    if (figure.kind != FigureKind::kLevel && !kind.empty()) carry(Attribute::kKind, kind);
    if (figure.basis != Basis::kNone) carry(Attribute::kBasis, kind);
  }

  void SetPlace(const Column& column, const Group& group, Figure& figure) const {
    const Words* place = nullptr;
    for (const Words* words : {&group.label, &column.words, &group.section}) {
      if (place == nullptr && words->HasArea()) place = words;
    }
    figure.ref_area = place != nullptr ? place->area : area_;
    figure.ref_area_code = place != nullptr ? place->area_code : area_code_;
  }

  void SetTime(const Column& column, const Group& group, Figure& figure) const {
    figure.time_period = period_;
    figure.period_key = period_key_;
    if (group.has_section && group.section.period >= 0)
      SetPeriod(mentions_[group.section.period], figure.time_period, figure.period_key);
    const bool by_row = group.label.year || (group.label.period >= 0 && group.label.name.empty());
    if (group.label.year) {
      figure.time_period = YearOf(document_.TextOf(group.label.range));
      figure.period_key.clear();
    } else if (by_row) {
      SetPeriod(mentions_[group.label.period], figure.time_period, figure.period_key);
    }
    if (column.period || !column.period_key.empty()) {
      figure.time_period = column.period;
      figure.period_key = column.period_key;
    } else if (!by_row && group.label.period >= 0) {
      SetPeriod(mentions_[group.label.period], figure.time_period, figure.period_key);
    }
    if (column.year_before && !column.period) MoveToYearBefore(figure);
  }

  // Names the figure and says whether its statistic is a stock.
  bool SetName(const Column& column, const Group& group, Figure& figure) const {
    const Words& label = group.label;
    const bool row_named = !label.name.empty() && !label.HasArea() && !label.total;
    const bool row_unit = label.unit.found && !label.HasKind();
    const std::string* parent =
        group.parents.empty() ? &group.sibling : &group.parents.back().statistic;
    std::string part = row_named ? label.name : std::string();
    if (!group.upper.empty() && row_named) part = group.upper + part;
    std::string breakdown = column.part;
    if (!column.statistic.empty()) {
      // 第一产业增加值 is 增加值 of 第一产业, as it is in prose.
      StatisticName name = SplitStatistic(column.statistic, lexicon_);
      if (name.generic) name = {.sector = "", .indicator = column.statistic};
      figure.indicator = std::move(name.indicator);
      if (!name.sector.empty())
        part = part.empty() ? std::move(name.sector) : name.sector + " " + part;
    } else if (RowIsAspect(group)) {
      figure.indicator = group.last_statistic;
      part = group.last_part;
    } else if (row_named && label.known) {
      const StatisticName name = SplitStatistic(label.name, lexicon_);
      figure.indicator = name.indicator;
      part = name.sector;
      // 畜禽产品产量 over 肉类产量: the same statistic, with more of its name.
      for (const std::string* heading :
           {parent, group.section.known ? &group.section.name : nullptr,
            caption_.known ? &caption_.name : nullptr}) {
        if (heading != nullptr && heading->size() > name.indicator.size() && !part.empty() &&
            IsSameStatistic(*heading, name.indicator)) {
          figure.indicator = *heading;
          break;
        }
      }
    } else if (parent != nullptr && !parent->empty()) {
      const bool fuller = caption_.known && IsSameStatistic(caption_.name, *parent);
      figure.indicator = fuller ? caption_.name : *parent;
    } else if (group.has_section && group.section.known) {
      figure.indicator = group.section.name;
    } else if (caption_.known) {
      figure.indicator = caption_.name;
    } else if (row_named && row_unit) {
      figure.indicator = part;
      part.clear();
    } else if (group.has_section && !group.section.name.empty() && !group.section.HasArea()) {
      figure.indicator = group.section.name;
    } else if (!breakdown.empty()) {
      figure.indicator = breakdown;
      breakdown.clear();
    } else if (!part.empty()) {
      figure.indicator = part;
      part.clear();
    } else {
      figure.indicator = caption_.name;
    }
    if (part == figure.indicator) part.clear();
    figure.sector = part.empty() || breakdown.empty() ? part + breakdown : part + " " + breakdown;
    const auto known = lexicon_.IndicatorSuffix(figure.indicator);
    return known && known.info->stock;
  }

  bool IsSameStatistic(std::string_view a, std::string_view b) const {
    const auto first = lexicon_.IndicatorSuffix(a);
    const auto second = lexicon_.IndicatorSuffix(b);
    return first && second && first.info->id == second.info->id;
  }

  UnitNote FindUnitOf(const Column& column, const Group& group) const {
    if (column.words.unit.found) return column.words.unit;
    if (group.unit.found) return group.unit;
    return unit_;
  }

  void SetKind(size_t cell, const Column& column, const Group& group, const UnitNote& note,
               Figure& figure) const {
    const int32_t direction = DirectionBefore(cell_number_[cell]);
    const Mention& mention = mentions_[cell_number_[cell]];
    const UnitKind unit = mention.bare ? note.kind : mention.unit_kind;
    // 出口额及其增长速度, 投资及其比重: a column of 亿元 of its own holds what is said first.
    static const Words& nothing = *new Words();
    const bool amounts = (column.words.unit.found || group.unit.found) &&
                         unit != UnitKind::kPercent && unit != UnitKind::kPoint;
    const Words& words = column.words.HasKind()        ? column.words
                         : group.label.HasKind()       ? group.label
                         : amounts && !caption_.change ? nothing
                                                       : caption_;
    const auto known = lexicon_.IndicatorSuffix(figure.indicator);
    const bool index = known && known.info->index;
    if (words.rank) {
      figure.kind = FigureKind::kRank;
    } else if (words.index || (words.compared && !words.growth && index && mention.bare &&
                               unit != UnitKind::kPercent)) {
      figure.kind = FigureKind::kRatio;
    } else if (words.share) {
      figure.kind = FigureKind::kShare;
    } else if (words.change || (words.growth && unit != UnitKind::kNone &&
                                unit != UnitKind::kPercent && column.words.unit.found)) {
      figure.kind = unit == UnitKind::kPoint     ? FigureKind::kPointChange
                    : unit == UnitKind::kPercent ? FigureKind::kGrowthRate
                                                 : FigureKind::kChange;
    } else if (&words != &caption_ && (words.growth || words.compared)) {
      figure.kind = FigureKind::kGrowthRate;
    } else if (unit == UnitKind::kPercent) {
      figure.kind = direction >= 0 || words.growth || words.compared ? FigureKind::kGrowthRate
                                                                     : FigureKind::kShare;
    } else if (unit == UnitKind::kPoint) {
      figure.kind = FigureKind::kPointChange;
    } else if (index) {
      figure.kind = FigureKind::kRatio;
    }
    if (figure.kind == FigureKind::kGrowthRate || figure.kind == FigureKind::kRatio ||
        figure.kind == FigureKind::kChange || figure.kind == FigureKind::kPointChange) {
      figure.basis = words.basis;
      if (words.basis == Basis::kNamed) figure.comparator = words.comparator;
    }
    if (figure.basis == Basis::kNone && figure.kind == FigureKind::kGrowthRate)
      figure.basis = Basis::kYearAgo;
    if (direction >= 0 && figure.kind == FigureKind::kGrowthRate && mentions_[direction].sign < 0) {
      figure.value = -figure.value;
    }
  }

  void ApplyUnit(const UnitNote& note, const Mention& mention, Figure& figure) const {
    if (!mention.bare) {
      figure.unit = mention.unit;
      return;
    }
    if (figure.kind == FigureKind::kRank) return;
    if (figure.kind == FigureKind::kRatio) {
      // An index has no unit unless its own column states one.
      if (note.kind != UnitKind::kCurrency && note.kind != UnitKind::kCount)
        figure.unit = note.unit;
      return;
    }
    const bool rate = figure.kind == FigureKind::kGrowthRate || figure.kind == FigureKind::kShare;
    if (rate && !(note.found && note.kind == UnitKind::kPercent)) {
      figure.unit = "%";
      return;
    }
    if (!note.found) return;
    figure.unit = note.unit;
    figure.counted |= note.kind == UnitKind::kCount;
    if (!mention.has_scale && note.power != 0) {
      figure.value = figure.value * core::Rational(core::Decimal::PowerOfTen(note.power));
      figure.quantum = figure.quantum.TimesPowerOfTen(note.power);
    }
  }

  void Link(int32_t c, const Column& column, Group& group, Figure& figure) {
    const auto index = static_cast<int32_t>(figures_.size());
    if (figure.kind == FigureKind::kLevel && !RowIsAspect(group)) {
      figure.links.whole = WholeOf(c, group, figure);
      group.last.levels.emplace_back(c, index);
      group.last_statistic = figure.indicator;
      group.last_part = figure.sector;
      return;
    }
    if (figure.kind == FigureKind::kRank && column.statistic.empty() && row_figure_ >= 0) {
      // The rank of the number before it.
      figure.indicator = figures_[row_figure_].indicator;
      figure.sector = figures_[row_figure_].sector;
    }
    if (figure.kind == FigureKind::kRank || figure.kind == FigureKind::kRatio) return;
    int32_t level = -1;
    if (RowIsAspect(group)) {
      // The row above, in the same column.
      for (const auto& [other, candidate] : group.last.levels) {
        if (other == c) level = candidate;
      }
    } else {
      // The nearest level at the left of the same statistic and period.
      for (size_t at = group.last.levels.size(); at-- > 0 && level < 0;) {
        const Figure& candidate = figures_[group.last.levels[at].second];
        const bool period = !column.period || !candidate.time_period ||
                            candidate.time_period == figure.time_period ||
                            candidate.time_period->end == figure.time_period->end;
        // 男 and 女 below 比重 are of the columns 男 and 女.
        const bool own_part = !column.part.empty() && figure.kind == FigureKind::kShare;
        const bool named =
            own_part ? candidate.sector.view().find(column.part) != std::string_view::npos
            : column.statistic.empty()
                ? true
                : candidate.indicator == figure.indicator && candidate.sector == figure.sector;
        if (period && named) level = group.last.levels[at].second;
        if (group.last.levels.size() - at > kMaxHeaderCells) break;
      }
      // 2023年 | 2022年 | 增长: of the later one.
      for (const auto& [other, candidate] : group.last.levels) {
        if (level < 0 || column.period || !Later(candidate, level)) continue;
        level = candidate;
      }
    }
    if (level < 0) return;
    figure.links.level = level;
    figure.indicator = figures_[level].indicator;
    figure.sector = figures_[level].sector;
    if (!column.period && figure.time_period) {
      figure.time_period = figures_[level].time_period;
      figure.period_key = figures_[level].period_key;
    }
  }

  // Whether figure `a` is of the same as `b`, of a later time.
  bool Later(int32_t a, int32_t b) const {
    const Figure& first = figures_[a];
    const Figure& second = figures_[b];
    return first.time_period && second.time_period && first.indicator == second.indicator &&
           first.sector == second.sector && first.unit == second.unit &&
           first.time_period->end > second.time_period->end;
  }

  // The row that an indented row is a part of: the one above it that is indented less, or, when it
  // is larger than that, the one that the row before it was a part of (a second 其中 divides the
  // same total as the first).  Indentation that only shifts the eye is common, so a row that fits
  // into neither is a part of none, unless a mark says that it is one.
  int32_t WholeOf(int32_t c, Group& group, const Figure& figure) {
    if (group.parents.empty()) return -1;
    const auto& levels = group.parents.back().levels;
    const auto at = std::lower_bound(levels.begin(), levels.end(), std::make_pair(c, -1));
    const int32_t above = at != levels.end() && at->first == c ? at->second : -1;
    const auto divided = group.divided.find(c);
    for (const int32_t whole : {above, divided == group.divided.end() ? -1 : divided->second}) {
      if (whole < 0 || figures_[whole].value < figure.value || figures_[whole].unit != figure.unit)
        continue;
      group.divided[c] = whole;
      return whole;
    }
    if (group.marked && above >= 0 && figures_[above].unit == figure.unit) {
      group.divided[c] = above;
      return above;
    }
    return -1;
  }

  const Document& document_;
  const std::vector<Mention>& mentions_;
  const Lexicon& lexicon_;
  const Layout& layout_;
  const Table& table_;
  const TableContext& context_;
  std::vector<Figure>& figures_;
  std::vector<int32_t> cell_number_;  // by cell: mention or -1
  std::vector<Words> header_words_;   // by cell, of headers
  std::vector<int32_t> starts_;       // printed columns in which a cell begins, ascending
  std::vector<Column> columns_;       // those
  std::vector<Group> groups_;
  int32_t row_figure_ = -1;   // the last figure of the row
  std::vector<size_t> tall_;  // label cells that reach over the current row
  Words caption_;
  UnitNote unit_;
  core::Text area_, area_code_;
  TextRange area_range_, period_range_;
  std::optional<core::Period> period_;
  core::Text period_key_;
};

}  // namespace

void ResolveTableFigures(const Document& document, const std::vector<Mention>& mentions,
                         const Lexicon& lexicon, int32_t table, int32_t first_mention,
                         int32_t mention_count, const TableContext& context,
                         std::vector<Figure>& figures) {
  TableResolver(document, mentions, lexicon, table, first_mention, mention_count, context, figures)
      .Resolve();
}

}  // namespace crossfoot::figure
