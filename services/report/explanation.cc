#include "services/report/explanation.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/figure.h"
#include "core/mention.h"
#include "core/text_span.h"
#include "services/report/columns.h"
#include "services/report/figure_text.h"
#include "services/report/language.h"
#include "services/report/place.h"
#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

using core::Attribute;
using core::BlockKind;
using core::Document;
using core::Figure;
using core::Origin;
using core::TextRange;

// Width of quoted words.
constexpr int32_t kMaxWordColumns = 48;

struct Name {
  std::string_view chinese;
  std::string_view english;
};

// In the order of core::Attribute.
constexpr Name kAttributeNames[core::kAttributeCount] = {
    {"数值", "number"}, {"单位", "unit"},   {"指标", "indicator"}, {"地区", "ref area"},
    {"分组", "sector"}, {"时期", "period"}, {"类别", "kind"},      {"方向", "sign"},
    {"对比", "basis"},  {"基数", "base"},   {"限定", "qualifier"}, {"性质", "status"},
};

std::string_view Choose(const TextOptions& options, const Name& name) {
  return options.language == Language::kEnglish ? name.english : name.chinese;
}

// What a figure says of an attribute; empty when nothing, or what goes without saying.
std::string ValueOf(const Figure& figure, Attribute attribute) {
  switch (attribute) {
    case Attribute::kNumber:
      return figure.value.ToString();
    case Attribute::kUnit:
      return figure.unit;
    case Attribute::kIndicator:
      return figure.indicator;
    case Attribute::kRefArea:
      return figure.ref_area;
    case Attribute::kSector:
      return figure.sector;
    case Attribute::kTimePeriod:
      return PeriodOf(figure);
    case Attribute::kKind:
      if (figure.kind == core::FigureKind::kLevel) return "";
      return std::string(core::ToString(figure.kind));
    case Attribute::kSign:
      if (figure.evidence.origin(attribute) == Origin::kNone) return "";
      return figure.value.sign() < 0 ? "-" : "+";
    case Attribute::kBasis: {
      std::string basis(core::ToString(figure.basis));
      if (!basis.empty() && !figure.comparator.empty()) basis += " ";
      return basis + figure.comparator;
    }
    case Attribute::kBase:
      return figure.base;
    case Attribute::kQualifier:
      if (figure.qualifier == core::Qualifier::kExact) return "";
      return std::string(core::ToString(figure.qualifier));
    case Attribute::kStatus:
      if (figure.status == core::Status::kActual) return "";
      return std::string(core::ToString(figure.status));
  }
  return "";
}

// The last of `elements`, which stand in the order of the text, that begins at or before `at`.
template <typename Element>
const Element* LastBefore(const std::vector<Element>& elements, int32_t at) {
  const auto next =
      std::upper_bound(elements.begin(), elements.end(), at,
                       [](int32_t value, const Element& e) { return value < e.range.start; });
  return next == elements.begin() ? nullptr : &*std::prev(next);
}

// Where words that a figure carries stand, as seen from it.
Name PlaceOf(const Document& document, const Figure& figure, TextRange words) {
  const core::Block* block = LastBefore(document.blocks, words.start);
  if (block == nullptr) return {"承前", "carried"};
  switch (block->kind) {
    case BlockKind::kHeading:
      return {"标题", "heading"};
    case BlockKind::kCaption:
      return {"图表题", "caption"};
    case BlockKind::kNote:
      return {"附注", "note"};
    case BlockKind::kTable: {
      if (block->table < 0 || static_cast<size_t>(block->table) >= document.tables.size()) break;
      const core::Cell* cell = LastBefore(document.tables[block->table].cells, words.start);
      if (cell != nullptr && cell->header) return {"表头", "table header"};
      return {"另一单元格", "another cell"};
    }
    default:
      break;
  }
  const core::Sentence* sentence = LastBefore(document.sentences, words.start);
  if (sentence != nullptr && figure.sentence >= 0 &&
      sentence - document.sentences.data() == figure.sentence) {
    return {"另一分句", "another clause"};
  }
  if (block - document.blocks.data() == figure.block) return {"另一句", "another sentence"};
  return {"另一段", "another paragraph"};
}

// The words with their place, and how the figure came by them.
std::string SourceOf(const Document& document, const Figure& figure, Attribute attribute,
                     const TextOptions& options) {
  const TextRange words = figure.evidence.range(attribute);
  const Origin origin = figure.evidence.origin(attribute);
  Name remark = {"", ""};
  if (origin == Origin::kNone) remark = {"未记出处", "no words recorded"};
  if (origin == Origin::kAssumed) remark = {"推定", "assumed"};
  if (origin == Origin::kCarried) {
    remark = words.empty() ? Name{"承前", "carried"} : PlaceOf(document, figure, words);
  }
  if (words.empty()) return std::string(Choose(options, remark));
  const core::TextSpan span = document.SpanOf(words);
  const bool english = options.language == Language::kEnglish;
  std::string source = english ? "\"" : "“";
  // As read, where markup stands between the words.
  const std::string_view printed = document.ContentOf(span);
  const bool markup = printed.find('<') != std::string_view::npos;
  source += CutToWidth(ToPrintable(markup ? document.TextOf(words) : printed), kMaxWordColumns);
  source += english ? "\" " : "” ";
  source += PlaceWithin(document, words);
  if (!remark.chinese.empty()) {
    source += english ? " (" : "（";
    source += Choose(options, remark);
    source += english ? ")" : "）";
  }
  return source;
}

}  // namespace

std::string ExplanationToText(const validation::Validation& validation,
                              const TextOptions& options) {
  std::string text;
  for (const Figure& figure : validation.figures) {
    const core::TextSpan span = validation.document.SpanOf(figure.range);
    text += report::PlaceOf(validation, figure.range) + ": " + figure.id + " " +
            std::string(core::ToString(figure.kind)) + " " +
            CutToWidth(ToPrintable(validation.document.ContentOf(span)), kMaxWordColumns) + "\n";
    std::vector<std::vector<std::string>> rows;
    for (size_t a = 0; a < core::kAttributeCount; ++a) {
      const Attribute attribute = static_cast<Attribute>(a);
      const std::string value = ValueOf(figure, attribute);
      if (value.empty() && figure.evidence.origin(attribute) == Origin::kNone) continue;
      rows.push_back({"  " + std::string(Choose(options, kAttributeNames[a])),
                      CutToWidth(ToPrintable(value), kMaxWordColumns),
                      SourceOf(validation.document, figure, attribute, options)});
    }
    text += AlignColumns(rows);
  }
  return text;
}

}  // namespace crossfoot::report
