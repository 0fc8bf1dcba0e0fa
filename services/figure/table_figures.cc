#include "services/figure/table_figures.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "services/figure/clause.h"
#include "services/figure/phrase.h"

namespace crossfoot::figure {
namespace {

using core::Cell;
using core::Cue;
using core::Document;
using core::Figure;
using core::FigureKind;
using core::Mention;
using core::MentionKind;
using core::Table;
using core::UnitKind;
using lexicon::Lexicon;

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
      note.unit += "/" + per.info->code;
      note.kind = UnitKind::kMeasure;
      note.ucum.clear();
    }
  }
  return note;
}

// The unit that a header, label or note states: in brackets (产量（万吨）), behind a colon
// (单位：亿元), or as all of it.
UnitNote FindUnit(std::string_view text, const Lexicon& lexicon, bool whole) {
  for (const std::string_view open : {"（", "(", "：", ":"}) {
    for (size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
      std::string_view inside = text.substr(at + open.size());
      while (!inside.empty() && inside.front() == ' ') inside.remove_prefix(1);
      // （±%）
      constexpr std::string_view kPlusMinus = "±";
      if (inside.substr(0, kPlusMinus.size()) == kPlusMinus)
        inside.remove_prefix(kPlusMinus.size());
      if (UnitNote note = ReadUnit(inside, lexicon); note.found) return note;
    }
  }
  if (whole) {
    UnitNote note = ReadUnit(text, lexicon);
    return note;
  }
  return {};
}

// What a column holds.
struct Column {
  std::string header;  // without brackets
  UnitNote unit;
  FigureKind kind = FigureKind::kLevel;
  bool numeric = false;
  bool unit_column = false;
  bool generic = false;  // 指标值, 本月: says nothing of the statistic
  std::optional<core::Period> period;
  std::string period_key;
};

class TableResolver {
 public:
  TableResolver(const Document& document, const std::vector<Mention>& mentions,
                const Lexicon& lexicon, int32_t table, int32_t first, int32_t count,
                const TableContext& context, std::vector<Figure>& figures)
      : document_(document),
        mentions_(mentions),
        lexicon_(lexicon),
        table_(document.tables[table]),
        context_(context),
        figures_(figures) {
    cell_number_.assign(table_.cells.size(), -1);
    cell_period_.assign(table_.cells.size(), -1);
    for (int32_t i = first; i < first + count; ++i) {
      const int32_t cell = mentions[i].cell;
      if (cell < 0) continue;
      if (mentions[i].kind == MentionKind::kNumber && !ReadsAsWords(mentions[i]) &&
          cell_number_[cell] < 0)
        cell_number_[cell] = i;
      if (mentions[i].kind == MentionKind::kPeriod && cell_period_[cell] < 0)
        cell_period_[cell] = i;
    }
  }

  void Resolve() {
    if (table_.column_count < 2) return;
    ReadColumns();
    FindCaption();
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

  // A cell that holds one number and nothing else but its unit.
  bool HoldsNumber(size_t cell) const {
    const int32_t mention = cell_number_[cell];
    if (mention < 0 || table_.cells[cell].header) return false;
    const core::TextRange& range = mentions_[mention].range;
    const int32_t before = range.start - table_.cells[cell].range.start;
    const int32_t behind = table_.cells[cell].range.end - range.end;
    return before <= 2 && behind <= 2;
  }

  void ReadColumns() {
    columns_.resize(table_.column_count);
    for (size_t i = 0; i < table_.cells.size(); ++i) {
      const Cell& cell = table_.cells[i];
      const int32_t end =
          std::min(cell.column + std::max(cell.column_span, 1), table_.column_count);
      for (int32_t c = std::max(cell.column, 0); c < end; ++c) {
        Column& column = columns_[c];
        if (cell.header) {
          // Several header rows: the lower says what, the upper of what.
          const std::string text = CleanPhrase(Text(cell), lexicon_);
          if (!text.empty() && text != column.header)
            column.header = column.header.empty() ? text : column.header + text;
          if (const UnitNote note = FindUnit(Text(cell), lexicon_, false); note.found)
            column.unit = note;
          if (cell_period_[i] >= 0) {
            column.period = mentions_[cell_period_[i]].period;
            column.period_key = mentions_[cell_period_[i]].period_key;
          }
          ReadKind(Text(cell), column);
        } else if (HoldsNumber(i)) {
          column.numeric = true;
        }
      }
    }
    for (Column& column : columns_) {
      column.generic = !column.header.empty() && !lexicon_.IndicatorSuffix(column.header);
    }
    // A text column behind the labels whose cells are units.
    for (int32_t c = 1; c < table_.column_count; ++c) {
      if (columns_[c].numeric) continue;
      int32_t cells = 0, units = 0;
      for (const Cell& cell : table_.cells) {
        if (cell.header || cell.column != c || cell.range.empty()) continue;
        ++cells;
        if (ReadUnit(Text(cell), lexicon_).found) ++units;
      }
      columns_[c].unit_column = cells > 0 && units * 10 >= cells * 8;
    }
  }

  // Growth, share or change, by the words of the header.
  void ReadKind(std::string_view header, Column& column) const {
    bool growth = false, share = false, amount = false;
    for (size_t at = 0; at < header.size();) {
      const auto word = lexicon_.LongestWord(header.substr(at));
      size_t step = word ? word.size : 1;
      if (word && word.info->kind == MentionKind::kDirection) growth = true;
      if (word && word.info->kind == MentionKind::kCue) {
        if (word.info->cue == Cue::kRateNoun || word.info->cue == Cue::kYearAgo ||
            word.info->cue == Cue::kPreviousMonth) {
          growth = true;
        }
        if (word.info->cue == Cue::kShareNoun) share = true;
        if (word.info->cue == Cue::kPreviousPeriod) amount = true;
      }
      at += step;
    }
    if (share) {
      column.kind = FigureKind::kShare;
    } else if (growth) {
      column.kind = amount && column.unit.kind != UnitKind::kPercent ? FigureKind::kChange
                                                                     : FigureKind::kGrowthRate;
    }
  }

  // The statistic that the caption names: 2012年地区生产总值 → 地区生产总值.
  void FindCaption() {
    std::string_view caption = document_.TextOf(table_.caption);
    unit_ = FindUnit(document_.TextOf(table_.unit_note), lexicon_, true);
    if (!unit_.found) unit_ = FindUnit(caption, lexicon_, false);
    // Drop a year and its months at the start.
    size_t at = 0;
    while (at < caption.size() &&
           ((caption[at] >= '0' && caption[at] <= '9') || caption[at] == '-' || caption[at] == ' '))
      ++at;
    if (const auto word = lexicon_.LongestPeriodWord(caption.substr(at)); word && at > 0)
      at += word.size;
    caption_ = CleanPhrase(caption.substr(at), lexicon_);
  }

  void ResolveRow(size_t begin, size_t end) {
    std::string label;
    std::string_view raw_label;
    int32_t indent = 0;
    UnitNote row_unit;
    bool any_number = false;
    for (size_t i = begin; i < end; ++i) {
      const Cell& cell = table_.cells[i];
      if (cell.header) continue;
      if (HoldsNumber(i) && cell.column > 0) {
        any_number = true;
        continue;
      }
      if (cell.column < static_cast<int32_t>(columns_.size()) &&
          columns_[cell.column].unit_column) {
        row_unit = ReadUnit(Text(cell), lexicon_);
        continue;
      }
      if (label.empty() && !cell.range.empty()) {
        raw_label = Text(cell);
        label = CleanLabel(raw_label);
        indent = cell.indent;
        if (!row_unit.found) row_unit = FindUnit(raw_label, lexicon_, false);
      }
    }
    if (label.empty()) return;
    if (!any_number) {
      // A row with a label alone heads the rows behind it.
      if (!table_.cells[begin].header) {
        section_ = label;
        section_unit_ = row_unit;
        parents_.clear();
      }
      return;
    }
    // Rows indented below another with a unit of its own take that unit.
    while (!parents_.empty() && parents_.back().indent >= indent) parents_.pop_back();
    if (!row_unit.found && !parents_.empty()) row_unit = parents_.back().unit;
    if (!row_unit.found && section_unit_.found) row_unit = section_unit_;
    int32_t level = -1;
    for (size_t i = begin; i < end; ++i) {
      const Cell& cell = table_.cells[i];
      if (cell.header || !HoldsNumber(i) || cell.column <= 0 || cell.column >= table_.column_count)
        continue;
      MakeFigure(i, label, row_unit, level);
    }
    parents_.push_back({indent, level, row_unit});
  }

  std::string CleanLabel(std::string_view label) const { return CleanPhrase(label, lexicon_); }

  void MakeFigure(size_t cell_index, const std::string& label, const UnitNote& row_unit,
                  int32_t& level) {
    const Cell& cell = table_.cells[cell_index];
    const Column& column = columns_[cell.column];
    const Mention& mention = mentions_[cell_number_[cell_index]];
    Figure figure;
    figure.range = mention.range;
    figure.span = mention.span;
    figure.mention = cell_number_[cell_index];
    figure.content = std::string(document_.TextOf(mention.range));
    for (const char c : document_.TextOf(mention.digits)) {
      if ((c >= '0' && c <= '9') || c == '.') figure.digits.push_back(c);
    }
    figure.article = context_.article;
    figure.block = context_.block;
    figure.column = cell.column;
    figure.counted = mention.unit_kind == UnitKind::kCount;
    figure.kind = column.kind;
    figure.value = mention.value;
    figure.quantum = mention.quantum;
    figure.qualifier = mention.qualifier;
    figure.ref_area = context_.area;
    figure.ref_area_code = context_.area_code;
    figure.time_period = column.period ? column.period : context_.period;
    figure.period_key = column.period ? column.period_key : context_.period_key;
    ApplyUnit(column, row_unit, mention, figure);
    figure.sector = label;
    if (!column.generic && !column.header.empty() && column.kind == FigureKind::kLevel) {
      figure.indicator = column.header;
    } else if (!section_.empty()) {
      figure.indicator = section_;
    } else {
      figure.indicator = caption_;
    }
    if (figure.kind == FigureKind::kGrowthRate) figure.basis = core::Basis::kYearAgo;
    if (figure.kind == FigureKind::kChange) figure.basis = core::Basis::kPreviousPeriod;
    const int32_t index = static_cast<int32_t>(figures_.size());
    if (figure.kind == FigureKind::kLevel) {
      if (level < 0) {
        level = index;
        figure.links.whole = WholeOf(figure);
      }
    } else if (level >= 0) {
      figure.links.level = level;
      figure.indicator = figures_[level].indicator;
    }
    figures_.push_back(std::move(figure));
  }

  void ApplyUnit(const Column& column, const UnitNote& row_unit, const Mention& mention,
                 Figure& figure) const {
    if (!mention.bare) {
      figure.unit = mention.unit;
      return;
    }
    const bool rate = figure.kind == FigureKind::kGrowthRate || figure.kind == FigureKind::kShare;
    UnitNote note = column.unit;
    if (rate && !(note.found && note.kind == UnitKind::kPercent)) {
      figure.unit = "%";
      return;
    }
    if (!note.found) note = row_unit;
    if (!note.found) note = unit_;
    if (!note.found) return;
    figure.unit = note.unit;
    if (!mention.has_scale && note.power != 0) {
      figure.value = figure.value * core::Rational(core::Decimal::PowerOfTen(note.power));
      figure.quantum = figure.quantum.TimesPowerOfTen(note.power);
    }
  }

  // The row that an indented row is a part of: the one above it that is indented less, or, when it
  // is larger than that, the one that the row before it was a part of (a second 其中 divides the
  // same total as the first).  Indentation that only shifts the eye is common, so a row that fits
  // into neither is a part of none.
  int32_t WholeOf(const Figure& figure) {
    if (parents_.empty()) return -1;
    for (const int32_t whole : {parents_.back().level, divided_}) {
      if (whole < 0 || figures_[whole].value < figure.value || figures_[whole].unit != figure.unit)
        continue;
      divided_ = whole;
      return whole;
    }
    return -1;
  }

  struct Parent {
    int32_t indent;
    int32_t level;  // figure
    UnitNote unit;
  };

  const Document& document_;
  const std::vector<Mention>& mentions_;
  const Lexicon& lexicon_;
  const Table& table_;
  const TableContext& context_;
  std::vector<Figure>& figures_;
  std::vector<int32_t> cell_number_, cell_period_;  // by cell: mention or -1
  std::vector<Column> columns_;
  std::string caption_;
  UnitNote unit_;
  std::string section_;
  UnitNote section_unit_;
  std::vector<Parent> parents_;
  int32_t divided_ = -1;  // the level that the last indented row is a part of
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
