#include "services/report/html_writer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/sha256.h"
#include "core/text_span.h"
#include "core/verdict.h"
#include "services/report/figure_text.h"
#include "services/report/html_assets.h"
#include "services/report/html_text.h"
#include "services/report/number_text.h"
#include "services/report/utf8.h"
#include "services/report/version.h"
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

// What is known of a figure.  The worst wins, and a check that decides wins over none.
enum class State {
  kUnchecked,
  kOpen,
  kExact,
  kWithinRounding,
  kTruncated,
  kDisagrees,
  kContradicted,
  kSuspect,
};

struct StateName {
  State state;
  std::string_view key;  // of the style sheet and the script
  const Word& word;
};

// Worst first.
constexpr StateName kStates[] = {
    {State::kSuspect, "suspect", words::kStateSuspect},
    {State::kContradicted, "contradicted", words::kStateContradicted},
    {State::kDisagrees, "disagrees", words::kStateDisagrees},
    {State::kTruncated, "truncated", words::kStateTruncated},
    {State::kWithinRounding, "rounding", words::kStateWithinRounding},
    {State::kExact, "exact", words::kStateExact},
    {State::kOpen, "open", words::kStateOpen},
    {State::kUnchecked, "unchecked", words::kStateUnchecked},
};

size_t OrderOf(State state) {
  return static_cast<size_t>(State::kSuspect) - static_cast<size_t>(state);
}

const StateName& NameOf(State state) { return kStates[OrderOf(state)]; }

State StateOf(core::Verdict verdict) {
  switch (verdict) {
    case core::Verdict::kExact:
      return State::kExact;
    case core::Verdict::kWithinRounding:
      return State::kWithinRounding;
    case core::Verdict::kTruncated:
      return State::kTruncated;
    case core::Verdict::kInconsistent:
      return State::kDisagrees;
    case core::Verdict::kUndetermined:
    case core::Verdict::kNotApplicable:
    case core::Verdict::kBlocked:
      break;
  }
  return State::kOpen;
}

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

// `words` with `value` in place of "{0}".
std::string Fill(std::string_view words, std::string_view value) {
  std::string filled(words);
  const size_t at = filled.find("{0}");
  if (at != std::string::npos) filled.replace(at, 3, value);
  return filled;
}

void Append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) out += part;
}

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
  State state = State::kUnchecked;
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
      const auto take = [&](int32_t index, State state) {
        Part* part = PartAt(index);
        if (part == nullptr) return;
        part->state = std::max(part->state, state);
        if (part->findings.empty() || part->findings.back() != number)
          part->findings.push_back(number);
        part->rules.insert(finding.rule_id);
        part->severities.insert(KeyOf(finding.severity));
      };
      for (const int32_t index : finding.figures) take(index, State::kContradicted);
      take(finding.suspect, State::kSuspect);
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

  // Adds the figures to the counts of their states, worst first.
  template <size_t size>
  void Count(std::array<int32_t, size>& counts) const {
    static_assert(size == std::size(kStates));
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

  // "5:62".
  std::string PlaceOf(const core::Figure& figure) const {
    const core::TextSpan span = document_.SpanOf(figure.range);
    return std::to_string(span.line) + ":" + std::to_string(span.column);
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
    return EscapeHtml(figure->content) + " <bdi class=place>" + EscapeHtml(cited.uri) + ":" +
           std::to_string(cited.span.line) + ":" + std::to_string(cited.span.column) + "</bdi>";
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
    State state = State::kUnchecked;
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
    const int32_t shown = finding.suspect >= 0       ? finding.suspect
                          : !finding.figures.empty() ? finding.figures.front()
                                                     : -1;
    std::set<std::string_view> states;
    std::vector<int32_t> operands;
    for (const int32_t index : finding.figures) {
      if (validation_.FigureAt(index) == nullptr || operands.size() >= kMaxOperands) continue;
      if (std::find(operands.begin(), operands.end(), index) != operands.end()) continue;
      operands.push_back(index);
      if (static_cast<size_t>(index) < parts_.size())
        states.insert(NameOf(parts_[index].state).key);
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
    out += "</tbody></table>\n</li>\n";
  }

  // "data-k" is what a column is sorted by, where that is not its text.
  void AppendRow(int32_t index, std::string& out) const {
    const core::Figure& figure = validation_.figures[index];
    const Part& part = parts_[index];
    const StateName& state = NameOf(part.state);
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

std::string_view Asset(std::string_view path) {
  for (const embedded::File& file : embedded::html_assets()) {
    if (file.path == path) return {file.data, file.size};
  }
  return "";
}

// "'sha256-…'", as a content security policy names an inline script or style.
std::string PolicyHash(std::string_view text) {
  return "'sha256-" + absl::Base64Escape(absl::HexStringToBytes(core::Sha256Hex(text))) + "'";
}

// "<select>" with what the script fills in, or with `options`.
void AppendFilter(std::string_view name, const Word& label, std::string_view options,
                  Language language, std::string& out) {
  Append(out, {"<label>", label.In(language), "<select name=", name, "><option value=\"\">",
               words::kAll.In(language), "</option>", options, "</select></label>\n"});
}

}  // namespace

void HtmlPage::Add(const Validation& validation) {
  ReportWriter writer(validation, language_, ++report_count_, finding_count_ + 1);
  const std::string name = EscapeHtml(validation.document.uri);
  const std::string number = std::to_string(report_count_);
  if (report_count_ == 1) title_ = name;
  finding_count_ += static_cast<int32_t>(validation.findings.size());
  ++totals_.documents;
  totals_.Add(validation.summary);
  const TextOptions options = {.language = language_};
  Append(contents_, {"<li><a href=\"#r", number, "\"><bdi>", name, "</bdi></a> <span class=count>",
                     std::to_string(validation.findings.size()), "</span></li>\n"});
  Append(reports_,
         {"<section class=report id=r", number, " aria-labelledby=r", number,
          "-name>\n<header><h2 id=r", number, "-name tabindex=-1><bdi>", name,
          "</bdi></h2>\n<p class=counts>", CountsToText(validation.summary, options),
          "</p></header>\n<div class=text lang=zh>\n", writer.Text(), "</div>\n</section>\n"});
  findings_ += writer.Findings();
  writer.Count(state_counts_);
  rows_ += writer.Rows();
  const std::string checks = writer.Checks();
  if (!checks.empty()) {
    Append(checks_, {"<h3 class=of-report><bdi>", name, "</bdi></h3>\n<ol class=checks>\n", checks,
                     "</ol>\n"});
  }
}

void HtmlPage::AddFailure(std::string_view name, std::string_view message) {
  const std::string number = std::to_string(++report_count_);
  const std::string escaped = EscapeHtml(name);
  if (report_count_ == 1) title_ = escaped;
  ++totals_.documents;
  ++totals_.failed_documents;
  const std::string_view failed = words::kFailed.In(language_);
  Append(contents_, {"<li><a href=\"#r", number, "\"><bdi>", escaped,
                     "</bdi></a> <span class=count>", failed, "</span></li>\n"});
  Append(reports_, {"<section class=\"report failed\" id=r", number, " aria-labelledby=r", number,
                    "-name>\n<header><h2 id=r", number, "-name tabindex=-1><bdi>", escaped,
                    "</bdi></h2></header>\n<p class=failure>", failed, ": ", EscapeHtml(message),
                    "</p>\n</section>\n"});
}

std::string HtmlPage::Finish() const {
  const Language language = language_;
  const auto say = [language](const Word& word) { return word.In(language); };
  const std::string_view style = Asset("services/report/html/page.css");
  const std::string_view script = Asset("services/report/html/page.js");
  const bool several = report_count_ > 1;

  std::string out = "<!DOCTYPE html>\n";
  Append(out,
         {"<html lang=", language == Language::kEnglish ? "en" : "zh-CN",
          ">\n<head>\n<meta charset=utf-8>\n"
          "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
          "img-src data:; style-src ",
          PolicyHash(style), "; script-src ", PolicyHash(script),
          "; base-uri 'none'; form-action 'none'\">\n"
          "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=referrer content=no-referrer>\n<link rel=icon href=\"data:,\">\n<title>",
          several ? say(words::kTotal) : title_, " · ", say(words::kTitle), "</title>\n<style>",
          style, "</style>\n</head>\n<body class=\"", several ? "several" : "single", "\""});
  // The script has no words of its own.
  for (const auto& [name, word] : {std::pair<std::string_view, const Word&>("shown", words::kShown),
                                   {"close", words::kClose},
                                   {"back", words::kBackToFinding},
                                   {"more", words::kMoreChecks},
                                   {"theme", words::kTheme},
                                   {"auto", words::kThemeAuto},
                                   {"light", words::kThemeLight},
                                   {"dark", words::kThemeDark}}) {
    Append(out, {" data-w-", name, "=\"", say(word), "\""});
  }
  Append(out, {">\n<a class=skip href=\"#reports\">", say(words::kSkip),
               "</a>\n<header class=page>\n<p class=brand>", say(words::kTitle),
               "</p>\n<button type=button id=theme hidden></button>\n</header>\n"});

  Append(out,
         {"<aside aria-labelledby=findings-name>\n<h2 id=findings-name>", say(words::kFindings),
          " <span class=count>", std::to_string(finding_count_), "</span></h2>\n"});
  if (several) {
    TextOptions options = {.language = language};
    std::string totals = TotalsToText(totals_, options);
    totals.pop_back();
    Append(out, {"<p class=counts>", totals, "</p>\n<nav aria-label=\"", say(words::kReports),
                 "\"><ol class=contents>\n", contents_, "</ol></nav>\n"});
  }
  std::string severities;
  for (const core::Severity severity :
       {core::Severity::kError, core::Severity::kWarning, core::Severity::kInfo}) {
    Append(severities,
           {"<option value=", KeyOf(severity), ">", SeverityName(severity, language), "</option>"});
  }
  std::string states;
  std::string legend;
  for (size_t i = 0; i < state_counts_.size(); ++i) {
    const StateName& state = kStates[i];
    // What no figure shows needs no explanation.
    if (state_counts_[i] == 0) continue;
    Append(states, {"<option value=", state.key, ">", say(state.word), "</option>"});
    Append(legend, {"<li><span class=\"fig s-", state.key,
                    "\" aria-hidden=true>123</span> <span id=s-", state.key, ">", say(state.word),
                    "</span> ", std::to_string(state_counts_[i]), "</li>\n"});
  }
  Append(out, {"<form id=filters aria-label=\"", say(words::kFilter), "\" hidden>\n"});
  AppendFilter("severity", words::kSeverity, severities, language, out);
  AppendFilter("verdict", words::kVerdict, states, language, out);
  AppendFilter("rule", words::kRule, "", language, out);
  Append(out, {"<button type=reset>", say(words::kReset),
               "</button>\n<p id=shown role=status></p>\n</form>\n"});
  if (totals_.summary.checks == 0) {
    Append(out, {"<p class=unproven>", say(words::kNoChecks), "</p>\n"});
  } else if (finding_count_ == 0) {
    Append(out, {"<p class=nothing>", say(words::kNoFindings), "</p>\n"});
  }
  Append(out, {"<ol id=findings>\n", findings_, "</ol>\n</aside>\n<main id=reports tabindex=-1>\n",
               "<h1>", say(words::kTitle), "</h1>\n"});

  Append(out, {"<section class=legend aria-labelledby=legend-name>\n<h2 id=legend-name>",
               say(words::kLegend), "</h2>\n<ul>\n", legend});
  Append(out, {"</ul>\n<p id=keys hidden>", say(words::kKeys), "</p>\n</section>\n", reports_});

  Append(out, {"<section class=all-figures aria-labelledby=figures-name>\n<h2 id=figures-name>",
               say(words::kFigures), " <span class=count>", std::to_string(totals_.summary.figures),
               "</span></h2>\n<div class=scroll tabindex=0 role=region "
               "aria-labelledby=figures-name>\n<table id=figures>\n<thead><tr>"});
  struct Column {
    const Word& word;
    std::string_view attributes;
  };
  const Column columns[] = {
      {words::kReport, " class=col-report data-sort=number"},
      {words::kPlace, " data-sort=place"},
      {words::kContent, " data-sort=text"},
      {words::kIndicator, " data-sort=text"},
      {words::kArea, " data-sort=text"},
      {words::kSector, " data-sort=text"},
      {words::kPeriod, " data-sort=text"},
      {words::kValue, " data-sort=number"},
      {words::kUnit, " data-sort=text"},
      {words::kVerdict, " data-sort=number"},
      {words::kChecks, ""},
  };
  for (const Column& column : columns) {
    Append(out, {"<th scope=col", column.attributes, ">", say(column.word), "</th>"});
  }
  Append(out, {"</tr></thead>\n<tbody>\n", rows_, "</tbody>\n</table>\n</div>\n</section>\n",
               "<section class=all-checks aria-labelledby=checks-name>\n<h2 id=checks-name>",
               say(words::kChecks), " <span class=count>", std::to_string(totals_.summary.checks),
               "</span></h2>\n", checks_, "</section>\n</main>\n<footer>",
               Fill(say(words::kMadeBy), kVersion), "</footer>\n",
               "<div id=proof role=dialog tabindex=-1 hidden></div>\n<script>", script,
               "</script>\n</body>\n</html>\n"});
  return out;
}

}  // namespace crossfoot::report
