#include "services/report/from_response.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/check.h"
#include "core/decimal.h"
#include "core/error.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/interval.h"
#include "core/mention.h"
#include "core/period.h"
#include "core/rational.h"
#include "core/text_span.h"
#include "services/report/civil_day.h"
#include "services/report/enums.h"
#include "services/report/place.h"
#include "services/report/utf8.h"

namespace crossfoot::report {
namespace {

using core::Decimal;
using core::Rational;
using core::TextRange;
using validation::Summary;
using validation::Validation;

// Longest number that is read, in bytes.  Those of a check may have several times the digits of the
// figures; reading takes time with the square.
constexpr size_t kMaxNumberBytes = 4096;

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// A decimal as `Decimal::ToString` writes it, of any length; nullopt for other forms.
std::optional<Decimal> ParseDecimal(std::string_view text) {
  if (text.size() > kMaxNumberBytes) return std::nullopt;
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  const size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
  if (!AllDigits(whole) || (point != std::string_view::npos && !AllDigits(fraction))) {
    return std::nullopt;
  }
  std::string digits(whole);
  digits += fraction;
  Decimal number;
  for (size_t at = 0; at < digits.size(); at += Decimal::kMaxDigits) {
    const std::string_view part = std::string_view(digits).substr(at, Decimal::kMaxDigits);
    const absl::StatusOr<Decimal> value = Decimal::Parse(part);
    if (!value.ok()) return std::nullopt;
    const auto size = static_cast<int32_t>(part.size());
    number = at == 0 ? *value : number.TimesPowerOfTen(size) + *value;
  }
  if (negative) number = -number;
  // The pipeline's numbers have few digits in the coefficient, and one writer shows the exponent.
  number = number.TimesPowerOfTen(-static_cast<int32_t>(fraction.size())).Normalized();
  if (number.ToString() != text) return std::nullopt;
  return number;
}

// A number as `Rational::ToString` writes it; nullopt for other forms.
std::optional<Rational> ParseNumber(std::string_view text) {
  const size_t slash = text.find('/');
  const std::optional<Decimal> numerator = ParseDecimal(text.substr(0, slash));
  if (!numerator.has_value()) return std::nullopt;
  if (slash == std::string_view::npos) return Rational(*numerator);
  const std::string_view below = text.substr(slash + 1);
  const std::optional<Decimal> denominator = ParseDecimal(below);
  if (!denominator.has_value() || !AllDigits(below) || denominator->zero()) return std::nullopt;
  const Rational number = Rational(*numerator) / Rational(*denominator);
  if (number.ToString() != text) return std::nullopt;
  return number;
}

// Whether a terminal and a table can show `text` as it is.
bool Printable(std::string_view text) { return ToPrintable(text) == text; }

bool IsFingerprint(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Where a range of the text lies.
struct Place {
  int32_t block = -1;
  int32_t sentence = -1;
  int32_t table = -1;
  int32_t cell = -1;
};

// Finds places by their start.
class PlaceIndex {
 public:
  explicit PlaceIndex(const core::Document& document) : document_(document) {
    block_of_table_.resize(document.tables.size(), -1);
    for (size_t block = 0; block < document.blocks.size(); ++block) {
      const int32_t table = document.blocks[block].table;
      if (table >= 0 && static_cast<size_t>(table) < block_of_table_.size()) {
        block_of_table_[table] = static_cast<int32_t>(block);
      }
    }
    for (size_t table = 0; table < document.tables.size(); ++table) {
      const std::vector<core::Cell>& table_cells = document.tables[table].cells;
      for (size_t cell = 0; cell < table_cells.size(); ++cell) {
        if (table_cells[cell].range.empty()) continue;
        cells_.push_back(
            {table_cells[cell].range, static_cast<int32_t>(table), static_cast<int32_t>(cell)});
      }
    }
    std::stable_sort(cells_.begin(), cells_.end(), [](const CellPlace& a, const CellPlace& b) {
      return a.range.start < b.range.start;
    });
  }

  Place PlaceOf(TextRange range) const {
    if (const core::Sentence* sentence = LastBefore(document_.sentences, range.start);
        sentence != nullptr && range.start < sentence->range.end) {
      return {.block = sentence->block,
              .sentence = static_cast<int32_t>(sentence - document_.sentences.data())};
    }
    if (const CellPlace* cell = LastBefore(cells_, range.start);
        cell != nullptr && range.start < cell->range.end) {
      return {.block = block_of_table_[cell->table], .table = cell->table, .cell = cell->cell};
    }
    return {};
  }

 private:
  struct CellPlace {
    TextRange range;
    int32_t table;
    int32_t cell;
  };

  template <typename Element>
  static const Element* LastBefore(const std::vector<Element>& elements, int32_t at) {
    const auto next =
        std::upper_bound(elements.begin(), elements.end(), at,
                         [](int32_t value, const Element& e) { return value < e.range.start; });
    return next == elements.begin() ? nullptr : &*std::prev(next);
  }

  const core::Document& document_;
  std::vector<int32_t> block_of_table_;
  std::vector<CellPlace> cells_;  // those with text, in text order
};

// Reads one response.  Each function gives false, with the problem kept, when it does not fit.
class Reader {
 public:
  explicit Reader(core::Document document)
      : validation_(Of(std::move(document))), places_(validation_.document) {}

  bool Read(const v1::ExtractFiguresResponse& response) {
    return ReadCommonParts(response) && ReadSummary(response.summary());
  }

  bool Read(const v1::ValidateDocumentResponse& response) {
    if (!ReadCommonParts(response)) return false;
    validation_.cited.reserve(response.cited_figures_size());
    for (const v1::CitedFigure& proto : response.cited_figures()) {
      if (!ReadCited(proto, validation_.cited.emplace_back())) return false;
    }
    validation_.checks.reserve(response.checks_size());
    for (const v1::Check& proto : response.checks()) {
      if (!ReadCheck(proto, validation_.checks.emplace_back())) return false;
    }
    validation_.findings.reserve(response.findings_size());
    for (const v1::Finding& proto : response.findings()) {
      if (!ReadFinding(proto, validation_.findings.emplace_back())) return false;
    }
    return ReadSummary(response.summary());
  }

  absl::StatusOr<Validation> Finish(bool read) && {
    if (read) return std::move(validation_);
    return core::MakeError(
        core::ErrorReason::kInternal,
        validation_.document.uri + ": the server's answer does not fit the document: " + problem_ +
            "; it is the answer for another document, or the server is of another version");
  }

 private:
  static Validation Of(core::Document document) {
    Validation validation;
    validation.document = std::move(document);
    return validation;
  }

  bool Fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  template <typename Response>
  bool ReadCommonParts(const Response& response) {
    if (response.has_error()) return Fail("it carries an error beside a result");
    validation_.mentions.reserve(response.mentions_size());
    for (const v1::Mention& proto : response.mentions()) {
      if (!ReadMention(proto, validation_.mentions.emplace_back())) return false;
    }
    for (size_t i = 0; i < validation_.mentions.size(); ++i) {
      if (validation_.mentions[i].kind == core::MentionKind::kNumber) {
        numbers_.push_back(static_cast<int32_t>(i));
      }
    }
    std::stable_sort(numbers_.begin(), numbers_.end(), [this](int32_t a, int32_t b) {
      return validation_.mentions[a].range.start < validation_.mentions[b].range.start;
    });
    validation_.figures.reserve(response.figures_size());
    for (const v1::Figure& proto : response.figures()) {
      if (!ReadFigure(proto, validation_.figures.emplace_back())) return false;
    }
    return true;
  }

  template <typename Core, typename Proto>
  bool ReadEnum(Proto proto, const char* what, Core& value) {
    const std::optional<Core> known = FromProto(proto);
    if (!known.has_value()) {
      return Fail(std::string("unknown ") + what + " " + std::to_string(static_cast<int>(proto)));
    }
    value = *known;
    return true;
  }

  bool ReadNumber(const std::string& text, const char* what, Rational& number) {
    const std::optional<Rational> parsed = ParseNumber(text);
    if (!parsed.has_value()) {
      return Fail(std::string(what) + " \"" + text.substr(0, 64) + "\" is no number");
    }
    number = *parsed;
    return true;
  }

  bool ReadQuantum(const std::string& text, Decimal& quantum) {
    const std::optional<Decimal> parsed = ParseDecimal(text);
    if (!parsed.has_value() || parsed->sign() < 0) {
      return Fail("quantum \"" + text.substr(0, 64) + "\" is no number of at least 0");
    }
    quantum = *parsed;
    return true;
  }

  bool ReadPrintable(const std::string& text, const char* what) {
    return Printable(text) || Fail(std::string(what) + " holds what cannot be printed");
  }

  // The words of `proto` must be those that stand there.
  bool ReadRange(const v1::TextSpan& proto, TextRange& range) {
    const core::TextSpan span = {proto.start_byte(), proto.end_byte(), proto.line(),
                                 proto.column()};
    const std::optional<TextRange> found = validation_.document.RangeOf(span);
    if (!found.has_value() || validation_.document.ContentOf(span) != proto.content()) {
      return Fail("\"" + proto.content().substr(0, 64) + "\" does not stand at byte " +
                  std::to_string(proto.start_byte()));
    }
    range = *found;
    return true;
  }

  bool ReadPeriod(const v1::TimePeriod& proto, core::Period& period) {
    const std::optional<absl::CivilDay> start = ParseCivilDay(proto.start());
    const std::optional<absl::CivilDay> end = ParseCivilDay(proto.end());
    if (!start.has_value() || !end.has_value() || *end < *start) {
      return Fail("period \"" + proto.start().substr(0, 16) + "\" to \"" +
                  proto.end().substr(0, 16) + "\"");
    }
    period = {*start, *end, proto.assumed()};
    return true;
  }

  bool ReadMention(const v1::Mention& proto, core::Mention& mention) {
    if (!ReadEnum(proto.kind(), "kind of mention", mention.kind)) return false;
    if (!ReadRange(proto.span(), mention.range)) return false;
    const Place place = places_.PlaceOf(mention.range);
    mention.sentence = place.sentence;
    mention.table = place.table;
    mention.cell = place.cell;
    if (mention.kind == core::MentionKind::kNumber) {
      if (!ReadNumber(proto.value(), "value", mention.value)) return false;
      if (!ReadQuantum(proto.quantum(), mention.quantum)) return false;
      if (!ReadEnum(proto.qualifier(), "qualifier", mention.qualifier)) return false;
      if (mention.qualifier == core::Qualifier::kRange &&
          !ReadNumber(proto.range_end(), "end of a range", mention.range_end)) {
        return false;
      }
      if (!ReadPrintable(proto.unit_code(), "a code of a unit")) return false;
      mention.unit = proto.unit();
      mention.unit_ucum = proto.unit_code();
    } else if (!proto.value().empty()) {
      mention.ordinal = true;
      if (!ReadNumber(proto.value(), "value", mention.value)) return false;
    }
    if (proto.has_time_period()) {
      core::Period period;
      if (!ReadPeriod(proto.time_period(), period)) return false;
      mention.period = period;
    }
    mention.canonical = proto.canonical();
    mention.code = proto.code();
    return true;
  }

  // All but its place.
  bool ReadFacts(const v1::Figure& proto, core::Figure& figure) {
    figure.id = proto.id();
    if (!ReadEnum(proto.kind(), "kind of figure", figure.kind)) return false;
    if (!ReadNumber(proto.value(), "value", figure.value)) return false;
    if (!ReadQuantum(proto.quantum(), figure.quantum)) return false;
    if (!ReadEnum(proto.basis(), "basis", figure.basis)) return false;
    if (!ReadEnum(proto.qualifier(), "qualifier", figure.qualifier)) return false;
    if (!ReadEnum(proto.status(), "status", figure.status)) return false;
    if (!ReadPrintable(proto.ref_area_code(), "a code of an area")) return false;
    figure.unit = proto.unit();
    figure.sector = proto.sector();
    figure.generic = proto.indicator_names_sector();
    std::string_view indicator = proto.indicator();
    if (figure.generic) {
      if (proto.sector().empty() || !indicator.starts_with(proto.sector())) {
        return Fail("the indicator of " + proto.id().substr(0, 16) + " does not name its sector");
      }
      indicator.remove_prefix(proto.sector().size());
    }
    figure.indicator = indicator;
    figure.ref_area = proto.ref_area();
    figure.ref_area_code = proto.ref_area_code();
    if (proto.has_time_period()) {
      if (!ReadPeriod(proto.time_period(), figure.time_period.emplace())) return false;
    }
    figure.comparator = proto.comparator();
    figure.base = proto.base();
    figure.comparable_basis = proto.comparable_basis();
    figure.heading = proto.heading();
    return true;
  }

  bool ReadFigure(const v1::Figure& proto, core::Figure& figure) {
    if (!ReadId(proto.id(), 'f', validation_.figures.size())) return false;
    if (!ReadFacts(proto, figure) || !ReadRange(proto.span(), figure.range)) return false;
    const Place place = places_.PlaceOf(figure.range);
    figure.sentence = place.sentence;
    figure.block = place.block;
    if (place.block >= 0) figure.article = validation_.document.blocks[place.block].article;
    figure.content = validation_.document.TextOf(figure.range);
    if (place.table >= 0) {
      figure.column = validation_.document.tables[place.table].cells[place.cell].column;
    } else {
      std::erase(figure.content, ' ');
    }
    figure.mention = MentionAt(figure.range);
    std::string_view unit_code;
    if (figure.mention >= 0) {
      const core::Mention& mention = validation_.mentions[figure.mention];
      if (mention.unit == figure.unit) unit_code = mention.unit_ucum;
    }
    if (unit_code != proto.unit_code()) {
      return Fail("the unit of " + figure.id + " is not that of its number");
    }
    return ReadEvidence(proto, place, figure);
  }

  bool ReadEvidence(const v1::Figure& proto, const Place& place, core::Figure& figure) {
    for (const v1::Evidence& entry : proto.evidence()) {
      core::Attribute attribute;
      core::Origin origin;
      TextRange words;
      if (!ReadEnum(entry.attribute(), "attribute", attribute)) return false;
      if (!ReadEnum(entry.origin(), "origin", origin)) return false;
      if (entry.has_span() && !ReadRange(entry.span(), words)) return false;
      figure.evidence.Set(attribute, words, origin);
    }
    const std::string_view number =
        validation_.document.TextOf(figure.evidence.range(core::Attribute::kNumber));
    // In prose a fraction counts as spelled.
    if (place.table >= 0 || number.find('/') == std::string_view::npos) {
      for (const char byte : number) {
        if ((byte >= '0' && byte <= '9') || byte == '.') figure.digits.push_back(byte);
      }
    }
    return true;
  }

  // The mention of a number in exactly that range; -1 when there is none.
  int32_t MentionAt(TextRange range) const {
    const auto at = std::lower_bound(numbers_.begin(), numbers_.end(), range.start,
                                     [this](int32_t index, int32_t start) {
                                       return validation_.mentions[index].range.start < start;
                                     });
    if (at == numbers_.end() || !(validation_.mentions[*at].range == range)) return -1;
    return *at;
  }

  bool ReadCited(const v1::CitedFigure& proto, validation::CitedFigure& cited) {
    if (!ReadId(proto.figure().id(), 'h', validation_.cited.size())) return false;
    if (!ReadFacts(proto.figure(), cited.figure)) return false;
    const v1::TextSpan& span = proto.figure().span();
    cited.span = {span.start_byte(), span.end_byte(), span.line(), span.column()};
    if (span.has_place()) {
      cited.place = report::ReadPlace(span.place());
      if (!cited.place.has_value()) return Fail("a place that is none");
    }
    cited.figure.content = span.content();
    cited.uri = proto.document_uri();
    return true;
  }

  bool ReadInterval(const v1::Interval& proto, core::Interval& interval) {
    core::Bound lo = core::Bound::Infinite();
    core::Bound hi = core::Bound::Infinite();
    if (!ReadBound(proto.lo(), proto.lo_open(), lo) || !ReadBound(proto.hi(), proto.hi_open(), hi))
      return false;
    if (!lo.infinite && !hi.infinite) {
      const int order = core::Compare(lo.value, hi.value);
      if (order > 0 || (order == 0 && !(lo.closed && hi.closed)))
        return Fail("an interval that holds no number");
    }
    interval = core::Interval(std::move(lo), std::move(hi));
    return true;
  }

  bool ReadBound(const std::string& text, bool open, core::Bound& bound) {
    if (text.empty()) return open || Fail("an interval that is closed at no number");
    bound = {Rational(), !open, false};
    return ReadNumber(text, "an end of an interval", bound.value);
  }

  // The elements of a response are numbered from 1; `count` of them have been read, the one with
  // this id included.
  bool ReadId(const std::string& id, char letter, size_t count) {
    return id == letter + std::to_string(count) ||
           Fail("unexpected id \"" + id.substr(0, 16) + "\"");
  }

  // The index behind an id of `count` elements.
  bool ReadReference(const std::string& id, char letter, size_t count, int32_t& index) {
    size_t number = 0;
    bool valid = id.size() >= 2 && id.size() <= 10 && id[0] == letter && id[1] != '0';
    for (size_t at = 1; valid && at < id.size(); ++at) {
      valid = id[at] >= '0' && id[at] <= '9';
      number = number * 10 + static_cast<size_t>(id[at] - '0');
    }
    if (!valid || number > count) return Fail("unknown id \"" + id.substr(0, 16) + "\"");
    index = static_cast<int32_t>(number) - 1;
    return true;
  }

  // An operand: a figure of the document, or one that is cited.
  bool ReadOperand(const std::string& id, int32_t& index) {
    if (id.empty() || id[0] != 'h')
      return ReadReference(id, 'f', validation_.figures.size(), index);
    if (!ReadReference(id, 'h', validation_.cited.size(), index)) return false;
    index += static_cast<int32_t>(validation_.figures.size());
    return true;
  }

  template <typename Ids>
  bool ReadOperands(const Ids& ids, std::vector<int32_t>& operands) {
    operands.reserve(ids.size());
    for (const std::string& id : ids) {
      if (!ReadOperand(id, operands.emplace_back())) return false;
    }
    return true;
  }

  bool ReadCheck(const v1::Check& proto, core::Check& check) {
    if (!ReadId(proto.id(), 'c', validation_.checks.size())) return false;
    check.id = proto.id();
    check.rule_id = proto.rule_id();
    if (!ReadEnum(proto.verdict(), "verdict", check.verdict)) return false;
    if (!ReadOperands(proto.figure_ids(), check.figures)) return false;
    for (const std::string& role : proto.roles()) {
      if (!ReadPrintable(role, "a role")) return false;
      check.roles.push_back(role);
    }
    check.expression_zh = check.expression_en = proto.expression();
    check.note_zh = check.note_en = proto.note();
    return ReadInterval(proto.left(), check.left) && ReadInterval(proto.right(), check.right) &&
           ReadNumber(proto.imbalance(), "imbalance", check.imbalance);
  }

  bool ReadFinding(const v1::Finding& proto, core::Finding& finding) {
    // Both go into baselines, which are lines of words.
    if (!IsFingerprint(proto.fingerprint())) return Fail("a finding without a fingerprint");
    if (proto.rule_id().empty() || !Printable(proto.rule_id()) ||
        proto.rule_id().find(' ') != std::string::npos) {
      return Fail("a finding without a rule");
    }
    finding.rule_id = proto.rule_id();
    finding.fingerprint = proto.fingerprint();
    if (!ReadEnum(proto.severity(), "severity", finding.severity)) return false;
    finding.message_zh = finding.message_en = proto.message();
    if (!ReadOperands(proto.figure_ids(), finding.figures)) return false;
    if (!proto.suspect_id().empty() &&
        !ReadReference(proto.suspect_id(), 'f', validation_.figures.size(), finding.suspect)) {
      return false;
    }
    for (const std::string& id : proto.check_ids()) {
      if (!ReadReference(id, 'c', validation_.checks.size(), finding.checks.emplace_back()))
        return false;
    }
    for (const v1::Repair& repair_proto : proto.repairs()) {
      core::Repair& repair = finding.repairs.emplace_back();
      if (!ReadReference(repair_proto.figure_id(), 'f', validation_.figures.size(), repair.figure))
        return false;
      repair.content = repair_proto.content();
      repair.reason_zh = repair.reason_en = repair_proto.reason();
    }
    return !proto.has_suspect_admissible() ||
           ReadInterval(proto.suspect_admissible(), finding.admissible.emplace());
  }

  // No counter may be more than there are of what it counts; then sums over files are safe, too.
  bool ReadSummary(const v1::Summary& proto) {
    Summary& summary = validation_.summary;
    const size_t sentences = validation_.document.sentences.size();
    const size_t mentions = validation_.mentions.size();
    const size_t figures = validation_.figures.size();
    const size_t checks = validation_.checks.size();
    const size_t findings = validation_.findings.size();
    const struct {
      int32_t received;
      int32_t* counter;
      size_t most;
    } counters[] = {
        {proto.sentences(), &summary.sentences, sentences},
        {proto.mentions(), &summary.mentions, mentions},
        {proto.number_mentions(), &summary.number_mentions, mentions},
        {proto.numbers_without_figure(), &summary.numbers_without_figure, mentions},
        {proto.figures(), &summary.figures, figures},
        {proto.checked_figures(), &summary.checked_figures, figures},
        {proto.checks(), &summary.checks, checks},
        {proto.checks_exact(), &summary.checks_exact, checks},
        {proto.checks_within_rounding(), &summary.checks_within_rounding, checks},
        {proto.checks_truncated(), &summary.checks_truncated, checks},
        {proto.checks_inconsistent(), &summary.checks_inconsistent, checks},
        {proto.checks_undetermined(), &summary.checks_undetermined, checks},
        {proto.checks_not_applicable(), &summary.checks_not_applicable, checks},
        {proto.checks_blocked(), &summary.checks_blocked, checks},
        {proto.findings(), &summary.findings, findings},
        {proto.errors(), &summary.errors, findings},
        {proto.warnings(), &summary.warnings, findings},
        {proto.infos(), &summary.infos, findings},
        // Each accepted finding spoke of a check.
        {proto.accepted(), &summary.accepted, checks},
    };
    for (const auto& [received, counter, most] : counters) {
      if (received < 0 || static_cast<size_t>(received) > most) {
        return Fail("a count of " + std::to_string(received) + " where there are " +
                    std::to_string(most));
      }
      *counter = received;
    }
    const bool complete = static_cast<size_t>(summary.sentences) == sentences &&
                          static_cast<size_t>(summary.mentions) == mentions &&
                          static_cast<size_t>(summary.figures) == figures &&
                          static_cast<size_t>(summary.checks) == checks &&
                          static_cast<size_t>(summary.findings) == findings;
    return complete || Fail("it is not as long as it says");
  }

  Validation validation_;
  PlaceIndex places_;             // of its document
  std::vector<int32_t> numbers_;  // indices of mentions of numbers, in text order
  std::string problem_;
};

template <typename Response>
absl::StatusOr<Validation> ReadResponse(core::Document document, const Response& response) {
  Reader reader(std::move(document));
  const bool read = reader.Read(response);
  return std::move(reader).Finish(read);
}

}  // namespace

absl::StatusOr<Validation> FromResponse(core::Document document,
                                        const v1::ValidateDocumentResponse& response) {
  return ReadResponse(std::move(document), response);
}

absl::StatusOr<Validation> FromResponse(core::Document document,
                                        const v1::ExtractFiguresResponse& response) {
  return ReadResponse(std::move(document), response);
}

}  // namespace crossfoot::report
