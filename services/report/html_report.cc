#include "services/report/html_report.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <vector>

#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/text_span.h"
#include "services/report/figure_text.h"
#include "services/report/finding_details.h"
#include "services/report/html_text.h"
#include "services/report/number_text.h"
#include "services/report/place.h"
#include "services/report/words.h"

namespace crossfoot::report {
namespace {

using core::BlockKind;
using core::TextRange;
using validation::Validation;

// A hostile report may bind any number; the JSON forms list them all.
constexpr size_t kMaxOperands = 256;
// What a browser takes for a span.
constexpr int32_t kMaxColumnSpan = 1000;
constexpr int32_t kMaxRowSpan = 65534;

// "<dt>label</dt><dd>value</dd>"; `value` is markup.
void AppendTerm(const Word& label, Language language, std::string_view value, std::string& out) {
  Append(out, {"<div><dt>", label.In(language), "</dt><dd>", value, "</dd></div>"});
}

std::string Join(const std::set<std::string_view>& words) {
  std::string joined;
  for (const std::string_view word : words) {
    if (!joined.empty()) joined += ' ';
    joined += word;
  }
  return joined;
}

// What one figure takes part in.
struct Part {
  FigureState state = FigureState::kUnchecked;
  bool placed = false;                    // its mark is in the text
  std::vector<int32_t> checks;            // indices of checks
  std::vector<int32_t> findings;          // numbers on the page
  std::set<std::string_view> rules;       // of the checks
  std::set<std::string_view> severities;  // of the findings
};

// Writes what a page shows of one report.
class ReportWriter {
 public:
  // `report` counts from 1; the findings are numbered from `first_finding` on.
  ReportWriter(const Validation& validation, Language language, int32_t report,
               int32_t first_finding)
      : validation_(validation),
        document_(validation.document),
        language_(language),
        prefix_(std::to_string(report) + "-"),
        report_(std::to_string(report)),
        first_finding_(first_finding),
        parts_(validation.figures.size()) {
    for (size_t i = 0; i < validation.checks.size(); ++i) {
      const core::Check& check = validation.checks[i];
      for (const int32_t index : check.figures) {
        Part* part = PartAt(index);
        if (part == nullptr) continue;
        part->state = std::max(part->state, StateOf(check.verdict));
        const auto check_index = static_cast<int32_t>(i);
        if (part->checks.empty() || part->checks.back() != check_index)
          part->checks.push_back(check_index);
        part->rules.insert(check.rule_id);
      }
    }
    for (size_t i = 0; i < validation.findings.size(); ++i) {
      const core::Finding& finding = validation.findings[i];
      const int32_t number = first_finding_ + static_cast<int32_t>(i);
      const auto take = [&](int32_t index, FigureState state) {
        Part* part = PartAt(index);
        if (part == nullptr) return;
        part->state = std::max(part->state, state);
        if (part->findings.empty() || part->findings.back() != number)
          part->findings.push_back(number);
        part->rules.insert(finding.rule_id);
        part->severities.insert(KeyOf(finding.severity));
      };
      for (const int32_t index : finding.figures) take(index, FigureState::kContradicted);
      take(finding.suspect, FigureState::kSuspect);
    }
    in_text_.reserve(parts_.size());
    for (size_t i = 0; i < parts_.size(); ++i) in_text_.push_back(static_cast<int32_t>(i));
    std::stable_sort(in_text_.begin(), in_text_.end(), [&](int32_t a, int32_t b) {
      return validation.figures[a].range.start < validation.figures[b].range.start;
    });
  }

  // The blocks of the report, in their order.  The first to be written: the others link to places
  // only where there are any.
  std::string Text() {
    std::string out;
    bool in_list = false;
    for (const core::Block& block : document_.blocks) {
      const bool item = block.kind == BlockKind::kListItem;
      if (item != in_list) out += item ? "<ul>\n" : "</ul>\n";
      in_list = item;
      AppendBlock(block, out);
    }
    if (in_list) out += "</ul>\n";
    return out;
  }

  std::string Findings() const {
    std::string out;
    for (size_t i = 0; i < validation_.findings.size(); ++i) {
      AppendFinding(validation_.findings[i], first_finding_ + static_cast<int32_t>(i), out);
    }
    return out;
  }

  // Adds the figures to the counts of their states.
  void Count(std::array<int32_t, kFigureStates.size()>& counts) const {
    for (const Part& part : parts_) ++counts[OrderOf(part.state)];
  }

  std::string Rows() const {
    std::string out;
    for (size_t i = 0; i < parts_.size(); ++i) AppendRow(static_cast<int32_t>(i), out);
    return out;
  }

  std::string Checks() const {
    std::string out;
    for (const core::Check& check : validation_.checks) AppendCheck(check, out);
    return out;
  }

 private:
  Part* PartAt(int32_t index) {
    return index >= 0 && static_cast<size_t>(index) < parts_.size() ? &parts_[index] : nullptr;
  }

  const core::Check* CheckAt(int32_t index) const {
    return index >= 0 && static_cast<size_t>(index) < validation_.checks.size()
               ? &validation_.checks[index]
               : nullptr;
  }

  // "f1-3", "d1-3" for the figure at `index`.
  std::string FigureAnchor(char kind, int32_t index) const {
    return kind + prefix_ + std::to_string(index + 1);
  }

  std::string CheckAnchor(const core::Check& check) const {
    return "c" + prefix_ + NumberOf(check);
  }

  std::string NumberOf(const core::Check& check) const {
    return std::to_string(&check - validation_.checks.data() + 1);
  }

  // "5:62", "page=3".
  std::string PlaceOf(const core::Figure& figure) const {
    return EscapeHtml(PlaceWithin(document_, figure.range));
  }

  // The period, whose days are not broken.
  static std::string DaysOf(const core::Figure& figure) {
    const std::string period = PeriodOf(figure);
    if (period.empty()) return "";
    const size_t slash = period.find('/');
    std::string days = "<span class=day>" + period.substr(0, slash) + "</span>";
    if (slash != std::string::npos) {
      Append(days, {"/<wbr><span class=day>", period.substr(slash + 1), "</span>"});
    }
    return days;
  }

  // The figure at `index` as a link to its place; of an earlier report, with its place there.
  std::string LinkTo(int32_t index) const {
    const core::Figure* figure = validation_.FigureAt(index);
    if (figure == nullptr) return "";
    const size_t at = static_cast<size_t>(index);
    if (at < parts_.size()) {
      const std::string words = EscapeHtml(PrintedText(document_, figure->range));
      if (!parts_[at].placed) return words;
      return "<a class=to href=\"#" + FigureAnchor('f', index) + "\">" + words + "</a>";
    }
    const validation::CitedFigure& cited = validation_.cited[at - parts_.size()];
    return EscapeHtml(figure->content) + " <bdi class=place>" + EscapeHtml(report::PlaceOf(cited)) +
           "</bdi>";
  }

  // Text with the marks of the figures that stand in it.  Ranges come in the order of the text,
  // but for tables with a broken order.
  void AppendWords(TextRange range, std::string& out) {
    auto next = std::lower_bound(in_text_.begin(), in_text_.end(), range.start,
                                 [this](int32_t index, int32_t start) {
                                   return validation_.figures[index].range.start < start;
                                 });
    int32_t at = range.start;
    while (next != in_text_.end() && validation_.figures[*next].range.start < range.end) {
      TextRange mark = validation_.figures[*next].range;
      // Two figures may share a number.
      std::vector<int32_t> figures;
      while (next != in_text_.end() && validation_.figures[*next].range.start < mark.end) {
        mark.end = std::max(mark.end, validation_.figures[*next].range.end);
        figures.push_back(*next++);
      }
      if (figures.empty()) figures.push_back(*next++);
      mark.end = std::min(mark.end, range.end);
      out += EscapeHtml(PrintedText(document_, {at, mark.start}));
      AppendMark(mark, figures, out);
      at = mark.end;
    }
    out += EscapeHtml(PrintedText(document_, {at, range.end}));
  }

  // A mark leads to the row of its figure in the table, and the script shows that row in its place.
  void AppendMark(TextRange range, const std::vector<int32_t>& figures, std::string& out) {
    FigureState state = FigureState::kUnchecked;
    std::set<int32_t> findings;
    for (const int32_t index : figures) {
      state = std::max(state, parts_[index].state);
      findings.insert(parts_[index].findings.begin(), parts_[index].findings.end());
    }
    const std::string_view key = NameOf(state).key;
    std::string ids;
    for (const int32_t index : figures) {
      if (!ids.empty()) ids += ' ';
      ids += FigureAnchor('d', index);
    }
    Append(out, {"<a class=\"fig s-", key, "\" id=\"", FigureAnchor('f', figures[0]), "\" href=\"#",
                 FigureAnchor('d', figures[0]), "\" data-rows=\"", ids, "\" aria-describedby=\"s-",
                 key, "\""});
    if (!findings.empty()) {
      // An operand of very many findings names the first.
      constexpr size_t kMaxNumbers = 3;
      std::string numbers;
      size_t count = 0;
      for (const int32_t number : findings) {
        if (++count > kMaxNumbers) break;
        if (!numbers.empty()) numbers += ',';
        numbers += std::to_string(number);
      }
      if (findings.size() > kMaxNumbers) numbers += "…";
      Append(out, {" data-n=\"", numbers, "\""});
    }
    out += '>';
    for (size_t i = 0; i < figures.size(); ++i) {
      Part& part = parts_[figures[i]];
      if (i > 0 && !part.placed) {
        Append(out, {"<span id=\"", FigureAnchor('f', figures[i]), "\"></span>"});
      }
      part.placed = true;
    }
    Append(out, {EscapeHtml(PrintedText(document_, range)), "</a>"});
  }

  void AppendBlock(const core::Block& block, std::string& out) {
    const auto element = [&](std::string_view open, std::string_view close) {
      out += open;
      AppendWords(block.range, out);
      Append(out, {close, "\n"});
    };
    switch (block.kind) {
      case BlockKind::kHeading: {
        // The page and the name of the report are above those of the report.
        const std::string name = "h" + std::to_string(std::clamp(block.level + 2, 3, 6));
        element("<" + name + ">", "</" + name + ">");
        break;
      }
      case BlockKind::kParagraph:
        element("<p>", "</p>");
        break;
      case BlockKind::kListItem:
        element("<li>", "</li>");
        break;
      case BlockKind::kCaption:
        element("<p class=caption>", "</p>");
        break;
      case BlockKind::kNote:
        element("<p class=note>", "</p>");
        break;
      case BlockKind::kFurniture:
        element("<p class=furniture>", "</p>");
        break;
      case BlockKind::kTable:
        if (block.table >= 0 && static_cast<size_t>(block.table) < document_.tables.size())
          AppendTable(document_.tables[block.table], block.table, out);
        break;
    }
  }

  void AppendTable(const core::Table& table, int32_t number, std::string& out) {
    const std::string name = table.caption.empty() ? std::string(words::kTable.In(language_)) +
                                                         " " + std::to_string(number + 1)
                                                   : PrintedText(document_, table.caption);
    // Wide tables scroll by themselves, also by keyboard.
    Append(out, {"<div class=scroll tabindex=0 role=region aria-label=\"", EscapeHtml(name),
                 "\">\n<table>\n"});
    int32_t row = -1;
    for (const core::Cell& cell : table.cells) {
      for (; row < cell.row; ++row) out += row < 0 ? "<tr>" : "</tr>\n<tr>";
      const std::string_view tag = cell.header ? "th" : "td";
      Append(out, {"<", tag});
      if (cell.header) Append(out, {" scope=", cell.column == 0 && cell.row > 0 ? "row" : "col"});
      if (cell.column_span > 1) {
        Append(out, {" colspan=", std::to_string(std::min(cell.column_span, kMaxColumnSpan))});
      }
      if (cell.row_span > 1) {
        Append(out, {" rowspan=", std::to_string(std::min(cell.row_span, kMaxRowSpan))});
      }
      if (cell.indent > 0) {
        Append(out, {" class=i", std::to_string(std::min(cell.indent, 3))});
      }
      out += '>';
      AppendWords(cell.range, out);
      Append(out, {"</", tag, ">"});
    }
    if (row >= 0) out += "</tr>\n";
    out += "</table>\n</div>\n";
  }

  void AppendFinding(const core::Finding& finding, int32_t number, std::string& out) const {
    const bool english = language_ == Language::kEnglish;
    const int32_t shown = ShownFigure(validation_, finding);
    std::set<std::string_view> states;
    std::vector<int32_t> operands;
    size_t unlisted = 0;
    for (const int32_t index : finding.figures) {
      if (validation_.FigureAt(index) == nullptr) continue;
      if (static_cast<size_t>(index) < parts_.size()) {
        states.insert(NameOf(parts_[index].state).key);
      }
      if (operands.size() >= kMaxOperands) {
        ++unlisted;
      } else if (std::find(operands.begin(), operands.end(), index) == operands.end()) {
        operands.push_back(index);
      }
    }
    const std::string_view severity = KeyOf(finding.severity);
    Append(out, {"<li class=\"finding ", severity, "\" id=\"p", std::to_string(number),
                 "\" value=\"", std::to_string(number), "\" data-sev=\"", severity,
                 "\" data-states=\"", Join(states), "\" data-rules=\"", EscapeHtml(finding.rule_id),
                 "\">\n<p class=message><span class=severity>",
                 SeverityName(finding.severity, language_), "</span> "});
    const std::string message = EscapeHtml(english ? finding.message_en : finding.message_zh);
    const bool placed =
        shown >= 0 && static_cast<size_t>(shown) < parts_.size() && parts_[shown].placed;
    if (placed) {
      Append(out, {"<a class=jump href=\"#", FigureAnchor('f', shown), "\">", message, "</a>"});
    } else {
      out += message;
    }
    out += "</p>\n<dl>";
    if (!finding.checks.empty() && CheckAt(finding.checks[0]) != nullptr) {
      AppendSides(*CheckAt(finding.checks[0]), out);
    }
    if (const core::Figure* suspect = validation_.FigureAt(finding.suspect); suspect != nullptr) {
      AppendTerm(words::kSuspect, language_,
                 LinkTo(finding.suspect) + " <span class=place>" + PlaceOf(*suspect) + "</span>",
                 out);
      // Of the left side the check has told it.
      const core::Check* first = finding.checks.size() == 1 ? CheckAt(finding.checks[0]) : nullptr;
      const bool told =
          first != nullptr && !first->figures.empty() && first->figures.front() == finding.suspect;
      if (finding.admissible.has_value() && !told) {
        const std::string unit = suspect->unit.empty() ? "" : " " + std::string(suspect->unit);
        AppendTerm(words::kMayBe, language_,
                   EscapeHtml(NumberFormat::For(*suspect).Format(*finding.admissible) + unit), out);
      }
    }
    for (const core::Repair& repair : finding.repairs) {
      if (validation_.FigureAt(repair.figure) == nullptr) continue;
      const std::string reason = EscapeHtml(english ? repair.reason_en : repair.reason_zh);
      AppendTerm(
          words::kRepair, language_,
          LinkTo(repair.figure) + " → <ins>" + EscapeHtml(repair.content) + "</ins>" +
              (reason.empty() ? "" : (english ? " (" : "（") + reason + (english ? ")" : "）")),
          out);
    }
    std::string involved;
    for (const int32_t index : operands) {
      if (index == finding.suspect) continue;
      if (!involved.empty()) involved += "<span class=sep>, </span>";
      involved += LinkTo(index);
    }
    if (unlisted > 0) Append(involved, {"<span class=sep>, </span>", MoreFigures(unlisted)});
    if (!involved.empty()) AppendTerm(words::kInvolved, language_, involved, out);
    std::string proof;
    for (const int32_t index : finding.checks) {
      const core::Check* check = CheckAt(index);
      if (check != nullptr) Append(proof, {proof.empty() ? "" : " ", LinkToCheck(*check)});
    }
    if (!proof.empty()) AppendTerm(words::kProof, language_, proof, out);
    Append(out, {"</dl>\n<p class=rule>", EscapeHtml(finding.rule_id)});
    if (shown >= 0 && static_cast<size_t>(shown) < parts_.size()) {
      Append(out, {" · <bdi class=of-report>", EscapeHtml(document_.uri), ":</bdi>",
                   PlaceOf(validation_.figures[shown])});
    }
    out += "</p>\n</li>\n";
  }

  std::string MoreFigures(size_t count) const {
    return Fill(words::kMoreFigures.In(language_), std::to_string(count));
  }

  std::string LinkToCheck(const core::Check& check) const {
    return "<a class=to-check href=\"#" + CheckAnchor(check) + "\">c" + NumberOf(check) + "</a>";
  }

  // What is printed, what is implied, and how far they are apart.
  void AppendSides(const core::Check& check, std::string& out) const {
    const core::Figure* left =
        check.figures.empty() ? nullptr : validation_.FigureAt(check.figures.front());
    if (left == nullptr) return;
    const NumberFormat format = NumberFormat::For(*left);
    const std::string unit = left->unit.empty() ? "" : " " + std::string(left->unit);
    AppendTerm(words::kPrinted, language_, EscapeHtml(format.Format(check.left) + unit), out);
    AppendTerm(words::kImplied, language_, EscapeHtml(format.Format(check.right) + unit), out);
    if (!check.imbalance.zero()) {
      AppendTerm(words::kOffBy, language_, EscapeHtml(format.Format(check.imbalance) + unit), out);
    }
  }

  void AppendCheck(const core::Check& check, std::string& out) const {
    const bool english = language_ == Language::kEnglish;
    Append(out, {"<li class=\"check s-", NameOf(StateOf(check.verdict)).key, "\" id=\"",
                 CheckAnchor(check), "\">\n<p class=relation><span class=number>c", NumberOf(check),
                 "</span> ", EscapeHtml(english ? check.expression_en : check.expression_zh),
                 " <span class=verdict>", VerdictName(check.verdict, language_),
                 "</span> <span class=rule>", EscapeHtml(check.rule_id), "</span></p>\n<dl>"});
    AppendSides(check, out);
    const std::string& note = english ? check.note_en : check.note_zh;
    if (!note.empty()) AppendTerm(words::kRemark, language_, EscapeHtml(note), out);
    out += "</dl>\n<table class=operands><thead><tr>";
    for (const Word* head :
         {&words::kRole, &words::kContent, &words::kStandsFor, &words::kPlace, &words::kMeasures}) {
      Append(out, {"<th scope=col>", head->In(language_), "</th>"});
    }
    out += "</tr></thead><tbody>\n";
    for (size_t i = 0; i < check.figures.size() && i < kMaxOperands; ++i) {
      const int32_t index = check.figures[i];
      const core::Figure* figure = validation_.FigureAt(index);
      if (figure == nullptr) continue;
      const bool own = static_cast<size_t>(index) < parts_.size();
      Append(out,
             {"<tr><td>",
              i < check.roles.size() ? EscapeHtml(RoleName(check.roles[i], language_)) : "",
              "</td><td>", LinkTo(index), "</td><td class=values>", EscapeHtml(ValuesOf(*figure)),
              "</td><td class=place>", own ? PlaceOf(*figure) : "", "</td><td>",
              EscapeHtml(SubjectOf(*figure)), "</td></tr>\n"});
    }
    out += "</tbody></table>\n";
    if (check.figures.size() > kMaxOperands) {
      Append(out, {"<p class=more>", MoreFigures(check.figures.size() - kMaxOperands), "</p>\n"});
    }
    out += "</li>\n";
  }

  // "data-k" is what a column is sorted by, where that is not its text.
  void AppendRow(int32_t index, std::string& out) const {
    const core::Figure& figure = validation_.figures[index];
    const Part& part = parts_[index];
    const FigureStateName& state = NameOf(part.state);
    const auto cell = [&out](std::string_view text) {
      Append(out, {"<td>", EscapeHtml(text), "</td>"});
    };
    Append(out, {"<tr id=\"", FigureAnchor('d', index), "\" data-state=\"", state.key,
                 "\" data-sev=\"", Join(part.severities), "\" data-rules=\"",
                 EscapeHtml(Join(part.rules)), "\"><td class=col-report><a href=\"#r", report_,
                 "\">", report_, "</a></td><td class=place>", PlaceOf(figure),
                 "</td><td class=content>", LinkTo(index), "</td>"});
    cell(figure.indicator);
    cell(figure.ref_area);
    cell(figure.sector);
    Append(out, {"<td class=period>", DaysOf(figure), "</td>"});
    // People sort by it; six places tell figures apart.
    Append(out, {"<td class=value data-k=\"", figure.value.RoundedTo(6).ToString(), "\">",
                 EscapeHtml(NumberFormat::For(figure).Format(figure.value)), "</td>"});
    cell(figure.unit);
    Append(out,
           {"<td class=state data-k=\"", std::to_string(OrderOf(part.state)), "\"><span class=\"s-",
            state.key, "\">", state.word.In(language_), "</span></td><td class=proof>"});
    for (size_t i = 0; i < part.checks.size(); ++i) {
      Append(out, {i == 0 ? "" : " ", LinkToCheck(validation_.checks[part.checks[i]])});
    }
    out += "</td></tr>\n";
  }

  const Validation& validation_;
  const core::Document& document_;
  const Language language_;
  const std::string prefix_;  // of anchors: "1-"
  const std::string report_;
  const int32_t first_finding_;
  std::vector<Part> parts_;       // of each figure
  std::vector<int32_t> in_text_;  // indices of figures, in the order of the text
};

}  // namespace

std::string_view KeyOf(core::Severity severity) {
  switch (severity) {
    case core::Severity::kError:
      return "error";
    case core::Severity::kWarning:
      return "warning";
    case core::Severity::kInfo:
    case core::Severity::kUnspecified:
      break;
  }
  return "info";
}

HtmlReport MakeHtmlReport(const Validation& validation, Language language, int32_t report,
                          int32_t first_finding) {
  ReportWriter writer(validation, language, report, first_finding);
  HtmlReport made;
  // The text first: the others link to the marks that it has.
  made.text = writer.Text();
  made.findings = writer.Findings();
  made.rows = writer.Rows();
  made.checks = writer.Checks();
  writer.Count(made.state_counts);
  return made;
}

}  // namespace crossfoot::report
