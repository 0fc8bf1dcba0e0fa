#include "services/report/html_writer.h"

#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/escaping.h"
#include "core/sha256.h"
#include "core/verdict.h"
#include "services/report/figure_state.h"
#include "services/report/html_assets.h"
#include "services/report/html_report.h"
#include "services/report/html_text.h"
#include "services/report/version.h"
#include "services/report/words.h"

namespace crossfoot::report {
namespace {

using validation::Validation;

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
  const HtmlReport report =
      MakeHtmlReport(validation, language_, ++report_count_, finding_count_ + 1);
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
          "</p></header>\n<div class=text lang=zh>\n", report.text, "</div>\n</section>\n"});
  findings_ += report.findings;
  rows_ += report.rows;
  for (size_t i = 0; i < state_counts_.size(); ++i) state_counts_[i] += report.state_counts[i];
  if (!report.checks.empty()) {
    Append(checks_, {"<h3 class=of-report><bdi>", name, "</bdi></h3>\n<ol class=checks>\n",
                     report.checks, "</ol>\n"});
  }
}

void HtmlPage::AddFailure(std::string_view path, const v1::DocumentError& error) {
  const std::string number = std::to_string(++report_count_);
  const std::string escaped = EscapeHtml(path);
  if (report_count_ == 1) title_ = escaped;
  ++totals_.documents;
  ++totals_.failed_documents;
  const std::string_view failed = words::kFailed.In(language_);
  Append(contents_, {"<li><a href=\"#r", number, "\"><bdi>", escaped,
                     "</bdi></a> <span class=count>", failed, "</span></li>\n"});
  Append(reports_, {"<section class=\"report failed\" id=r", number, " aria-labelledby=r", number,
                    "-name>\n<header><h2 id=r", number, "-name tabindex=-1><bdi>", escaped,
                    "</bdi></h2></header>\n<p class=failure>", failed,
                    language_ == Language::kEnglish ? ": " : "：", EscapeHtml(error.message()),
                    "</p>\n</section>\n"});
}

absl::StatusOr<std::string> HtmlPage::Finish() {
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
    const FigureStateName& state = kFigureStates[i];
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
  Append(out, {"</tr></thead>\n<tbody>\n", rows_, "</tbody>\n</table>\n</div>\n</section>\n"});
  if (!checks_.empty()) {
    Append(out, {"<section class=all-checks aria-labelledby=checks-name>\n<h2 id=checks-name>",
                 say(words::kChecks), " <span class=count>", std::to_string(totals_.summary.checks),
                 "</span></h2>\n", checks_, "</section>\n"});
  }
  Append(out, {"</main>\n<footer>", Fill(say(words::kMadeBy), kVersion), "</footer>\n",
               "<div id=proof role=dialog tabindex=-1 hidden></div>\n<script>", script,
               "</script>\n</body>\n</html>\n"});
  return out;
}

}  // namespace crossfoot::report
