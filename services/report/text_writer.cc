#include "services/report/text_writer.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/interval.h"
#include "core/mention.h"
#include "core/text_span.h"
#include "core/verdict.h"
#include "services/report/civil_day.h"
#include "services/report/columns.h"
#include "services/report/excerpt.h"
#include "services/report/figure_text.h"
#include "services/report/finding_details.h"
#include "services/report/number_text.h"
#include "services/report/place.h"
#include "services/report/utf8.h"
#include "services/report/words.h"

namespace crossfoot::report {
namespace {

using validation::Summary;
using validation::Validation;

// Cells of a table row that an excerpt looks at, each way.
constexpr int32_t kMaxCellsAside = 32;

constexpr char kBold[] = "\x1b[1m";
constexpr char kRed[] = "\x1b[1;31m";
constexpr char kYellow[] = "\x1b[1;33m";
constexpr char kCyan[] = "\x1b[1;36m";
constexpr char kGreen[] = "\x1b[1;32m";
constexpr char kReset[] = "\x1b[0m";

std::string Paint(std::string_view text, const char* color, const TextOptions& options) {
  if (!options.color || text.empty()) return std::string(text);
  return color + std::string(text) + kReset;
}

bool English(const TextOptions& options) { return options.language == Language::kEnglish; }

std::string_view Choose(const TextOptions& options, std::string_view chinese,
                        std::string_view english) {
  return English(options) ? english : chinese;
}

// The words of `parts` that are not empty, with `separator` between them.
template <typename Parts>
std::string JoinWords(const Parts& parts, std::string_view separator) {
  std::string joined;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

// The part of the report that a figure is shown in: its sentence, or its row of a table.
struct Context {
  int32_t sentence = -1;
  int32_t table = -1;
  int32_t row = -1;

  friend bool operator==(const Context&, const Context&) = default;
};

const core::Mention* CellMentionOf(const Validation& validation, const core::Figure& figure) {
  if (figure.mention < 0 || static_cast<size_t>(figure.mention) >= validation.mentions.size()) {
    return nullptr;
  }
  const core::Mention& mention = validation.mentions[figure.mention];
  if (mention.table < 0 ||
      static_cast<size_t>(mention.table) >= validation.document.tables.size()) {
    return nullptr;
  }
  const core::Table& table = validation.document.tables[mention.table];
  if (mention.cell < 0 || static_cast<size_t>(mention.cell) >= table.cells.size()) return nullptr;
  return &mention;
}

Context ContextOf(const Validation& validation, const core::Figure& figure) {
  if (figure.sentence >= 0 &&
      static_cast<size_t>(figure.sentence) < validation.document.sentences.size()) {
    return {.sentence = figure.sentence};
  }
  const core::Mention* mention = CellMentionOf(validation, figure);
  if (mention == nullptr) return {};
  const core::Table& table = validation.document.tables[mention->table];
  return {.table = mention->table, .row = table.cells[mention->cell].row};
}

ByteRange RangeOf(const Validation& validation, const core::Figure& figure) {
  core::TextRange range = figure.range;
  const core::TextSpan own = validation.document.SpanOf(range);
  const Context context = ContextOf(validation, figure);
  if (context.sentence >= 0) {
    range = validation.document.sentences[context.sentence].range;
  } else if (context.table >= 0) {
    const core::Mention& mention = *CellMentionOf(validation, figure);
    const std::vector<core::Cell>& cells = validation.document.tables[context.table].cells;
    const int32_t first = std::max(0, mention.cell - kMaxCellsAside);
    const int32_t last =
        std::min(static_cast<int32_t>(cells.size()) - 1, mention.cell + kMaxCellsAside);
    for (int32_t cell = mention.cell; cell >= first && cells[cell].row == context.row; --cell) {
      if (!cells[cell].range.empty()) range.start = std::min(range.start, cells[cell].range.start);
    }
    for (int32_t cell = mention.cell; cell <= last && cells[cell].row == context.row; ++cell) {
      if (!cells[cell].range.empty()) range.end = std::max(range.end, cells[cell].range.end);
    }
  } else {
    return {own.start_byte, own.end_byte};
  }
  const core::TextSpan span = validation.document.SpanOf(range);
  return {std::min(span.start_byte, own.start_byte), std::max(span.end_byte, own.end_byte)};
}

// Appends "  label: value" and a line break.
void AppendDetail(std::string_view label, std::string_view value, const TextOptions& options,
                  std::string& text) {
  text += "  ";
  text += Paint(label, kBold, options);
  text += Choose(options, "：", ": ");
  text += value;
  text += '\n';
}

void AppendExcerpt(const Validation& validation, const core::Figure& shown,
                   const std::vector<const core::Figure*>& operands, const TextOptions& options,
                   std::string& text) {
  const Context context = ContextOf(validation, shown);
  const ByteRange range = RangeOf(validation, shown);
  std::vector<ByteRange> marks;
  for (const core::Figure* figure : operands) {
    if (figure != &shown && !(ContextOf(validation, *figure) == context && context != Context{})) {
      continue;
    }
    const core::TextSpan span = validation.document.SpanOf(figure->range);
    if (span.start_byte >= range.start && span.end_byte <= range.end) {
      marks.push_back({span.start_byte, span.end_byte});
    }
  }
  std::sort(marks.begin(), marks.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.start < b.start; });
  // Two figures may share a number; it is underlined once.
  int32_t marked_to = range.start;
  std::erase_if(marks, [&marked_to](const ByteRange& mark) {
    if (mark.start < marked_to) return true;
    marked_to = mark.end;
    return false;
  });
  const auto in_source = [&validation](ByteRange bytes) {
    const core::TextRange source = validation.document.SourceRangeOf(bytes.start, bytes.end);
    return ByteRange{source.start, source.end};
  };
  for (ByteRange& mark : marks) mark = in_source(mark);
  for (const ExcerptRow& row : MakeExcerpt(validation.document.source, in_source(range), marks,
                                           {.max_columns = options.max_columns})) {
    text += "    " + row.text + "\n";
    if (!row.marks.empty()) text += "    " + Paint(row.marks, kGreen, options) + "\n";
  }
}

// One line: "2178亿元 + … = …（相符） [parts-sum-to-total]".
std::string CheckToLine(const core::Check& check, const TextOptions& options) {
  return ToPrintable(English(options) ? check.expression_en : check.expression_zh) +
         std::string(Choose(options, "（", " (")) +
         std::string(VerdictName(check.verdict, options.language)) +
         std::string(Choose(options, "）", ")")) + " [" + ToPrintable(check.rule_id) + "]";
}

// A check with all that it compares: the role, the words, the values they stand for, the place and
// the statistic of each figure.
void AppendProof(const Validation& validation, const core::Check& check, const TextOptions& options,
                 std::string& text) {
  AppendDetail(Choose(options, "核对", "check"), CheckToLine(check, options), options, text);
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < check.figures.size(); ++i) {
    const core::Figure* figure = validation.FigureAt(check.figures[i]);
    if (figure == nullptr) continue;
    const bool own = static_cast<size_t>(check.figures[i]) < validation.figures.size();
    rows.push_back(
        {"    " + std::string(RoleOf(check, i, options.language)),
         CutToWidth(ToPrintable(figure->content), kMaxListColumns), ValuesOf(*figure),
         own ? PlaceOf(validation, figure->range)
             : ToPrintable(validation.cited[check.figures[i] - validation.figures.size()].uri),
         CutToWidth(SubjectOf(*figure), 2 * kMaxListColumns)});
  }
  text += AlignColumns(rows);
}

// The proof of a finding: its checks, and what else is known of the suspect.
void AppendProofs(const Validation& validation, const core::Finding& finding,
                  const TextOptions& options, std::string& text) {
  for (const int32_t index : finding.checks) {
    if (index >= 0 && static_cast<size_t>(index) < validation.checks.size())
      AppendProof(validation, validation.checks[index], options, text);
  }
  if (finding.suspect < 0) return;
  for (size_t i = 0; i < validation.checks.size(); ++i) {
    const core::Check& check = validation.checks[i];
    const bool listed = std::find(finding.checks.begin(), finding.checks.end(),
                                  static_cast<int32_t>(i)) != finding.checks.end();
    if (listed || std::find(check.figures.begin(), check.figures.end(), finding.suspect) ==
                      check.figures.end()) {
      continue;
    }
    AppendDetail(Choose(options, "另有", "beside"), CheckToLine(check, options), options, text);
  }
}

void AppendFinding(const Validation& validation, const core::Finding& finding,
                   const TextOptions& options, std::string& text) {
  std::vector<const core::Figure*> operands;
  for (const int32_t index : finding.figures) {
    const core::Figure* figure = OwnFigureAt(validation, index);
    if (figure != nullptr &&
        std::find(operands.begin(), operands.end(), figure) == operands.end()) {
      operands.push_back(figure);
    }
    // A hostile report may bind any number; the JSON forms list them all.
    if (operands.size() >= 256) break;
  }
  const core::Figure* shown = OwnFigureAt(validation, ShownFigure(validation, finding));

  const char* color = finding.severity == core::Severity::kError     ? kRed
                      : finding.severity == core::Severity::kWarning ? kYellow
                                                                     : kCyan;
  const char* word = finding.severity == core::Severity::kError     ? "error:"
                     : finding.severity == core::Severity::kWarning ? "warning:"
                                                                    : "info:";
  const std::string place =
      shown != nullptr ? PlaceOf(validation, shown->range) : ToPrintable(validation.document.uri);
  text += Paint(place + ":", kBold, options) + " " + Paint(word, color, options) + " " +
          MessageOf(finding, options.language) + " [" + ToPrintable(finding.rule_id) + "]\n";
  if (shown != nullptr) AppendExcerpt(validation, *shown, operands, options, text);

  for (const Detail& detail : DetailsOf(validation, finding, options.language)) {
    const auto [start, end] = detail.emphasis;
    AppendDetail(detail.label,
                 detail.value.substr(0, start) +
                     Paint(detail.value.substr(start, end - start), kGreen, options) +
                     detail.value.substr(end),
                 options, text);
  }
  if (options.explain) AppendProofs(validation, finding, options, text);

  if (shown == nullptr) return;
  const Context context = ContextOf(validation, *shown);
  // Those beside the figure are in the excerpt.
  const Operands beside = OperandsOf(
      validation, finding, ShownFigure(validation, finding), [&](const core::Figure& figure) {
        return context != Context{} && ContextOf(validation, figure) == context;
      });
  for (const Operand& operand : beside.listed) {
    text += Paint(operand.place + ":", kBold, options) + " " + Paint("note:", kCyan, options) +
            " " + operand.content;
    if (!operand.subject.empty()) text += " " + operand.subject;
    text += '\n';
  }
  if (beside.unlisted > 0) {
    text += English(options) ? "  and " + std::to_string(beside.unlisted) + " more figures\n"
                             : "  另有" + std::to_string(beside.unlisted) + "个数据\n";
  }
}

// "3 checks", "1 check".
std::string Count(int32_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

struct Part {
  int32_t count;
  std::string_view chinese;
  std::string_view english;
  bool plural = false;  // the English word takes an s
};

// The parts that are not zero: "（相符3，矛盾1）", " (3 exact, 1 inconsistent)"; empty when all
// are.
template <size_t size>
std::string Breakdown(const Part (&parts)[size], const TextOptions& options) {
  std::vector<std::string> words;
  for (const Part& part : parts) {
    if (part.count == 0) continue;
    words.push_back(English(options) ? (part.plural ? Count(part.count, part.english)
                                                    : std::to_string(part.count) + " " +
                                                          std::string(part.english))
                                     : std::string(part.chinese) + std::to_string(part.count));
  }
  if (words.empty()) return "";
  return English(options) ? " (" + JoinWords(words, ", ") + ")"
                          : "（" + JoinWords(words, "，") + "）";
}

}  // namespace

std::string FindingToText(const Validation& validation, const core::Finding& finding,
                          const TextOptions& options) {
  std::string text;
  AppendFinding(validation, finding, options, text);
  return text;
}

std::string FindingsToText(const Validation& validation, const TextOptions& options) {
  std::string text;
  for (const core::Finding& finding : validation.findings) {
    AppendFinding(validation, finding, options, text);
  }
  return text;
}

std::string PassedToText(const Validation& validation, const TextOptions& options) {
  std::string text;
  for (const core::Check& check : validation.checks) {
    const bool holds = check.verdict == core::Verdict::kExact ||
                       check.verdict == core::Verdict::kWithinRounding ||
                       check.verdict == core::Verdict::kTruncated;
    if (!holds || check.figures.empty()) continue;
    const core::Figure* figure = OwnFigureAt(validation, check.figures.front());
    if (figure == nullptr) continue;
    text += Paint(PlaceOf(validation, figure->range) + ":", kBold, options) + " " +
            Paint("ok:", kGreen, options) + " " + CheckToLine(check, options) + "\n";
  }
  return text;
}

std::string CountsToText(const Summary& summary, const TextOptions& options) {
  const Part figures[] = {{summary.checked_figures, "已核对", "checked"}};
  const Part verdicts[] = {
      {summary.checks_exact, "相符", "exact"},
      {summary.checks_within_rounding, "舍入以内", "within rounding"},
      {summary.checks_truncated, "截尾相符", "truncated"},
      {summary.checks_inconsistent, "矛盾", "inconsistent"},
      {summary.checks_undetermined, "未定", "undetermined"},
      {summary.checks_not_applicable, "不适用", "not applicable"},
      {summary.checks_blocked, "受阻", "blocked"},
  };
  const Part severities[] = {
      {summary.errors, "错误", "error", true},
      {summary.warnings, "警告", "warning", true},
      {summary.infos, "提示", "info"},
      {summary.accepted, "另已接受", "accepted"},
  };
  std::string findings = English(options) ? Count(summary.findings, "finding")
                                          : "问题" + std::to_string(summary.findings) + "处";
  findings += Breakdown(severities, options);
  const char* color = summary.errors > 0 ? kRed : summary.warnings > 0 ? kYellow : kGreen;
  findings = Paint(findings, color, options);
  if (English(options)) {
    return Count(summary.figures, "figure") + Breakdown(figures, options) + ", " +
           Count(summary.checks, "check") + Breakdown(verdicts, options) + ", " + findings;
  }
  return "数据" + std::to_string(summary.figures) + "个" + Breakdown(figures, options) + "，核对" +
         std::to_string(summary.checks) + "次" + Breakdown(verdicts, options) + "，" + findings;
}

std::string SummaryToText(std::string_view name, const Summary& summary,
                          const TextOptions& options) {
  return ToPrintable(name) + std::string(Choose(options, "：", ": ")) +
         CountsToText(summary, options) + "\n";
}

void Totals::Add(const Summary& other) {
  static constexpr int32_t Summary::*kCounters[] = {
      &Summary::sentences,
      &Summary::mentions,
      &Summary::number_mentions,
      &Summary::numbers_without_figure,
      &Summary::figures,
      &Summary::checked_figures,
      &Summary::checks,
      &Summary::checks_exact,
      &Summary::checks_within_rounding,
      &Summary::checks_truncated,
      &Summary::checks_inconsistent,
      &Summary::checks_undetermined,
      &Summary::checks_not_applicable,
      &Summary::checks_blocked,
      &Summary::findings,
      &Summary::errors,
      &Summary::warnings,
      &Summary::infos,
      &Summary::accepted,
  };
  for (const auto counter : kCounters) summary.*counter += other.*counter;
}

std::string TotalsToText(const Totals& totals, const TextOptions& options) {
  const Part failed[] = {{totals.failed_documents, "未能核对", "not checked"}};
  const std::string documents = English(options) ? "total: " + Count(totals.documents, "file") +
                                                       Breakdown(failed, options) + ", "
                                                 : "合计：文件" + std::to_string(totals.documents) +
                                                       "个" + Breakdown(failed, options) + "，";
  return documents + CountsToText(totals.summary, options) + "\n";
}

std::string FiguresToText(const Validation& validation, const TextOptions& options) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(validation.figures.size());
  for (const core::Figure& figure : validation.figures) {
    std::vector<std::string> words = {SubjectOf(figure)};
    if (figure.time_period.has_value()) words.push_back(PeriodOf(figure));
    if (figure.basis != core::Basis::kNone) {
      words.emplace_back(core::ToString(figure.basis));
    }
    if (!figure.comparator.empty()) {
      words.push_back(std::string(Choose(options, "比", "against ")) +
                      ToPrintable(figure.comparator));
    }
    if (!figure.base.empty()) {
      words.push_back(std::string(Choose(options, "占", "of ")) + ToPrintable(figure.base));
    }
    if (figure.qualifier != core::Qualifier::kExact) {
      words.emplace_back(core::ToString(figure.qualifier));
    }
    if (figure.status != core::Status::kActual) {
      words.emplace_back(core::ToString(figure.status));
    }
    rows.push_back(
        {PlaceOf(validation, figure.range), figure.id, std::string(core::ToString(figure.kind)),
         ContentOf(validation, figure),
         CutToWidth(ToPrintable(figure.value.ToString() + " " + figure.unit), kMaxListColumns),
         JoinWords(words, " | ")});
  }
  return AlignColumns(rows);
}

std::string MentionsToText(const Validation& validation) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(validation.mentions.size());
  for (const core::Mention& mention : validation.mentions) {
    std::string reading;
    if (mention.kind == core::MentionKind::kNumber) {
      reading = mention.value.ToString();
      if (mention.qualifier == core::Qualifier::kRange) {
        reading += " – " + mention.range_end.ToString();
      }
      if (!mention.unit.empty()) reading += " " + ToPrintable(mention.unit);
    } else if (mention.period.has_value()) {
      reading = FormatCivilDay(mention.period->start) + "/" + FormatCivilDay(mention.period->end);
    } else {
      reading = ToPrintable(JoinWords(std::array{mention.canonical, mention.code}, " "));
    }
    rows.push_back(
        {PlaceOf(validation, mention.range), std::string(core::ToString(mention.kind)),
         CutToWidth(ToPrintable(validation.document.ContentOf(mention.range)), kMaxListColumns),
         std::move(reading)});
  }
  return AlignColumns(rows);
}

}  // namespace crossfoot::report
