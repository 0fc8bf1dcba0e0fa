#include "services/report/junit_writer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check.h"
#include "core/document.h"
#include "core/figure.h"
#include "core/finding.h"
#include "core/verdict.h"
#include "crossfoot/v1/document_error.pb.h"
#include "services/report/finding_details.h"
#include "services/report/language.h"
#include "services/report/relative_path.h"
#include "services/report/text_writer.h"
#include "services/report/utf8.h"
#include "services/validation/pipeline.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

// Text for an element or a quoted attribute.  XML 1.0 has no way to write most controls, and
// U+FFFE and U+FFFF are none of its characters.
std::string Escape(std::string_view text) {
  constexpr std::string_view kReplacement = "\uFFFD";
  std::string escaped;
  const std::string valid = ToValidUtf8(text);
  for (size_t at = 0; at < valid.size(); ++at) {
    const char c = valid[at];
    if (valid.compare(at, 2, "\xEF\xBF") == 0 &&
        static_cast<unsigned char>(valid[at + 2]) >= 0xBE) {
      escaped += kReplacement;
      at += 2;
    } else if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\n' || static_cast<unsigned char>(c) >= ' ') {
      escaped += c;
    } else {
      escaped += kReplacement;
    }
  }
  return escaped;
}

std::string Attribute(std::string_view name, std::string_view value) {
  std::string attribute = " " + std::string(name) + "=\"";
  // A line break in an attribute is read as a blank unless it is written as a reference.
  for (const char c : Escape(value)) {
    if (c == '\n') {
      attribute += "&#10;";
    } else {
      attribute += c;
    }
  }
  return attribute + "\"";
}

struct Counts {
  int64_t tests = 0;
  int64_t failures = 0;
  int64_t errors = 0;
  int64_t skipped = 0;

  void Add(const Counts& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
  }

  std::string ToAttributes() const {
    return Attribute("tests", std::to_string(tests)) +
           Attribute("failures", std::to_string(failures)) +
           Attribute("errors", std::to_string(errors)) +
           Attribute("skipped", std::to_string(skipped));
  }
};

// What one rule did in a document.
struct Test {
  std::string_view rule_id;
  bool decided = false;           // some check came to a verdict
  std::string_view told_by = {};  // the rule whose finding has a check of this one
  std::vector<const core::Finding*> findings = {};
};

bool Decided(core::Verdict verdict) {
  return verdict != core::Verdict::kUndetermined && verdict != core::Verdict::kNotApplicable &&
         verdict != core::Verdict::kBlocked;
}

// The rules that bound figures or found something, in the order that they did.
std::vector<Test> TestsOf(const Validation& validation) {
  std::vector<Test> tests;
  const auto test_of = [&tests](std::string_view rule_id) -> Test& {
    const auto at = std::find_if(tests.begin(), tests.end(),
                                 [rule_id](const Test& test) { return test.rule_id == rule_id; });
    if (at != tests.end()) return *at;
    return tests.emplace_back(Test{.rule_id = rule_id});
  };
  for (const core::Check& check : validation.checks) {
    Test& test = test_of(check.rule_id);
    test.decided = test.decided || Decided(check.verdict);
  }
  for (const core::Finding& finding : validation.findings) {
    Test& test = test_of(finding.rule_id);
    test.decided = true;
    test.findings.push_back(&finding);
    for (const int32_t index : finding.checks) {
      if (index < 0 || static_cast<size_t>(index) >= validation.checks.size()) continue;
      test_of(validation.checks[index].rule_id).told_by = finding.rule_id;
    }
  }
  return tests;
}

class JUnitReport final : public RunReport {
 public:
  explicit JUnitReport(RunReportOptions options) : options_(std::move(options)) {
    text_options_.language = options_.language;
  }

  void Add(const Validation& validation) override {
    const std::string path = RelativePath(validation.document.uri, options_.working_directory);
    Counts counts;
    std::string tests;
    for (const Test& test : TestsOf(validation)) AddTest(validation, path, test, counts, tests);
    AddSuite(path, counts, tests);
  }

  void AddFailure(std::string_view path, const v1::DocumentError& error) override {
    const std::string relative = RelativePath(path, options_.working_directory);
    AddSuite(relative, {.tests = 1, .errors = 1},
             "    <testcase" + Attribute("classname", relative) + Attribute("name", "read") +
                 Attribute("file", relative) + ">\n      <error" +
                 Attribute("type", error.reason()) +
                 Attribute("message", ToPrintable(error.message())) + "/>\n    </testcase>\n");
  }

  absl::StatusOr<std::string> Finish() override {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"crossfoot\"" +
           totals_.ToAttributes() + ">\n" + suites_ + "</testsuites>\n";
  }

 private:
  bool Fails(const core::Finding& finding) const {
    return options_.fail_on != core::Severity::kUnspecified && finding.severity >= options_.fail_on;
  }

  void AddTest(const Validation& validation, const std::string& path, const Test& test,
               Counts& counts, std::string& text) const {
    ++counts.tests;
    const core::Finding* first = nullptr;  // that fails the test
    std::string failures, lesser;
    for (const core::Finding* finding : test.findings) {
      const bool fails = Fails(*finding);
      if (fails && first == nullptr) first = finding;
      (fails ? failures : lesser) += FindingToText(validation, *finding, text_options_);
    }
    const core::Finding* shown = first != nullptr        ? first
                                 : test.findings.empty() ? nullptr
                                                         : test.findings.front();
    text += "    <testcase" + Attribute("classname", path) + Attribute("name", test.rule_id) +
            Attribute("file", path);
    // A document that is no text has no lines; the finding says where in it.
    if (shown != nullptr && validation.document.places.empty())
      text += Attribute("line", std::to_string(LineOf(validation, *shown)));
    std::string body;
    if (first != nullptr) {
      ++counts.failures;
      body += "      <failure" +
              Attribute("type", first->severity == core::Severity::kError     ? "error"
                                : first->severity == core::Severity::kWarning ? "warning"
                                                                              : "info") +
              Attribute("message", MessageOf(*first, options_.language)) + ">" + Escape(failures) +
              "</failure>\n";
    } else if (test.findings.empty() && (!test.decided || !test.told_by.empty())) {
      ++counts.skipped;
      body += "      <skipped" + Attribute("message", WhySkipped(test)) + "/>\n";
    }
    if (!lesser.empty()) body += "      <system-out>" + Escape(lesser) + "</system-out>\n";
    text += body.empty() ? "/>\n" : ">\n" + body + "    </testcase>\n";
  }

  std::string WhySkipped(const Test& test) const {
    const bool english = options_.language == Language::kEnglish;
    if (test.told_by.empty())
      return english ? "no check came to a verdict" : "没有一次核对得出结论";
    return (english ? "told with the finding of " : "已并入以下规则的问题：") +
           std::string(test.told_by);
  }

  static int32_t LineOf(const Validation& validation, const core::Finding& finding) {
    const int32_t shown = ShownFigure(validation, finding);
    return shown < 0 ? 1 : validation.document.SpanOf(validation.figures[shown].range).line;
  }

  void AddSuite(const std::string& path, const Counts& counts, const std::string& tests) {
    totals_.Add(counts);
    suites_ += "  <testsuite" + Attribute("name", path) + counts.ToAttributes() +
               (tests.empty() ? "/>\n" : ">\n" + tests + "  </testsuite>\n");
  }

  const RunReportOptions options_;
  TextOptions text_options_;
  Counts totals_;
  std::string suites_;
};

}  // namespace

std::unique_ptr<RunReport> MakeJUnitReport(RunReportOptions options) {
  return std::make_unique<JUnitReport>(std::move(options));
}

}  // namespace crossfoot::report
