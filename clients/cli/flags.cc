#include "clients/cli/flags.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "core/string_view.h"
#include "services/report/civil_day.h"
#include "services/server/config.h"
#include "services/validation/pipeline.h"

namespace crossfoot::cli {
namespace {

using report::Word;

constexpr VerbEntry kVerbs[] = {
    {Verb::kCheck, "check", {"找出互相矛盾的数据", "find figures that contradict each other"}},
    {Verb::kExtract,
     "extract",
     {"列出每个数据：说的是什么、哪里、什么时候",
      "list every figure with what it measures, of whom and when"}},
    {Verb::kMentions,
     "mentions",
     {"列出认出的数字、时期和地区", "list every number, period and area that was recognised"}},
    {Verb::kRules,
     "rules",
     {"列出、解释、测试或检查 check 所用的规则",
      "list, explain, test or lint the rules that check applies"}},
    {Verb::kServe,
     "serve",
     {"以 gRPC 和 HTTP 提供同样的服务", "answer the same questions over gRPC and HTTP"}},
    {Verb::kConfig,
     "config",
     {"检查服务器的配置，为客户生成令牌",
      "check the configuration of a server; make a token for a client"}},
    {Verb::kVersion, "version", {"显示版本", "print the version"}},
    {Verb::kHelp,
     "help",
     {"显示本页，或某个命令的说明：crossfoot help check",
      "print this text, or that of a command: crossfoot help check"}},
};

constexpr Action kActions[] = {
    {.verb = Verb::kRules,
     .name = "list",
     .summary = {"每条规则一行：编号、程度、内容", "one line a rule: id, severity, what it says"},
     .set = [](const std::string&,
               Arguments& arguments) { arguments.rules_action = RulesAction::kList; }},
    {.verb = Verb::kRules,
     .name = "explain",
     .summary = {"为什么成立、约束什么，附例子",
                 "why it must hold, what it binds, with its examples"},
     .operand = ValueKind::kRule,
     .placeholder = {"编号", "ID"},
     .set =
         [](const std::string& word, Arguments& arguments) {
           arguments.rules_action = RulesAction::kExplain;
           arguments.rule_id = word;
         }},
    {.verb = Verb::kRules,
     .name = "test",
     .summary = {"运行每条规则的例子", "run the examples of every rule"},
     .set = [](const std::string&,
               Arguments& arguments) { arguments.rules_action = RulesAction::kTest; }},
    {.verb = Verb::kRules,
     .name = "lint",
     .summary = {"指出虽然允许、但多半有误之处", "name what is allowed and yet probably a mistake"},
     .set = [](const std::string&,
               Arguments& arguments) { arguments.rules_action = RulesAction::kLint; }},
    {.verb = Verb::kRules,
     .name = "document",
     .summary = {"把全部规则写成一页 Markdown", "all rules as one page of Markdown"},
     .set = [](const std::string&,
               Arguments& arguments) { arguments.rules_action = RulesAction::kDocument; }},
    {.verb = Verb::kConfig,
     .name = "check",
     .summary =
         {"指出服务器的配置及其所列文件的问题",
          "say what is wrong with the configuration of a server and the files that it names"},
     .operand = ValueKind::kFile,
     .placeholder = {"文件", "FILE"},
     .set =
         [](const std::string& word, Arguments& arguments) {
           arguments.config_action = ConfigAction::kCheck;
           arguments.config_operand = word;
         }},
    {.verb = Verb::kConfig,
     .name = "token",
     .summary = {"为客户生成令牌，只显示一次", "make a token for a client and print it once"},
     .operand = ValueKind::kOther,
     .placeholder = {"名称", "NAME"},
     .set =
         [](const std::string& word, Arguments& arguments) {
           arguments.config_action = ConfigAction::kToken;
           arguments.config_operand = word;
         }},
};

// A value of an enumeration by the name that flags give it.
template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr Named<Format> kFormats[] = {
    {"text", Format::kText},     {"json", Format::kJson},        {"jsonl", Format::kJsonLines},
    {"csv", Format::kCsv},       {"sdmx-csv", Format::kSdmxCsv}, {"html", Format::kHtml},
    {"sarif", Format::kSarif},   {"junit", Format::kJUnit},      {"github", Format::kGitHub},
    {"gitlab", Format::kGitLab},
};

constexpr Named<report::Language> kLanguages[] = {
    {"zh", report::Language::kChinese},
    {"en", report::Language::kEnglish},
};

constexpr Named<Color> kColors[] = {
    {"auto", Color::kAuto},
    {"always", Color::kAlways},
    {"never", Color::kNever},
};

constexpr Named<FailOn> kFailOns[] = {
    {"error", FailOn::kError},
    {"warning", FailOn::kWarning},
    {"info", FailOn::kInfo},
    {"never", FailOn::kNever},
};

// A value among named ones.
template <typename Value, size_t kCount>
bool Choose(std::string_view text, const Named<Value> (&names)[kCount], Value& value) {
  for (const Named<Value>& named : names) {
    if (named.name == text) {
      value = named.value;
      return true;
    }
  }
  return false;
}

bool SetFormat(std::string_view value, Arguments& arguments) {
  return Choose(value, kFormats, arguments.format);
}

// A whole number from `least` to `most`; false otherwise.
bool ParseInteger(std::string_view text, int64_t least, int64_t most, int64_t& value) {
  if (text.empty() || text.size() > 12) return false;
  int64_t parsed = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return false;
    parsed = parsed * 10 + (digit - '0');
  }
  if (parsed < least || parsed > most) return false;
  value = parsed;
  return true;
}

// A number of bytes, with K, M or G for powers of 1024.
bool ParseBytes(std::string_view text, int64_t& bytes) {
  int shift = 0;
  if (!text.empty()) {
    switch (text.back()) {
      case 'K':
      case 'k':
        shift = 10;
        break;
      case 'M':
      case 'm':
        shift = 20;
        break;
      case 'G':
      case 'g':
        shift = 30;
        break;
      default:
        break;
    }
  }
  if (shift > 0) text.remove_suffix(1);
  int64_t count = 0;
  if (!ParseInteger(text, 1, server::kMaxDocumentBytesLimit >> shift, count)) return false;
  bytes = count << shift;
  return true;
}

bool SetText(std::string_view value, std::string& text) {
  text = std::string(value);
  return !value.empty();
}

constexpr uint32_t kCheck = VerbBit(Verb::kCheck);
constexpr uint32_t kExtract = VerbBit(Verb::kExtract);
constexpr uint32_t kMentions = VerbBit(Verb::kMentions);
constexpr uint32_t kRules = VerbBit(Verb::kRules);
constexpr uint32_t kServe = VerbBit(Verb::kServe);
constexpr uint32_t kConfig = VerbBit(Verb::kConfig);
constexpr uint32_t kHelp = VerbBit(Verb::kHelp);

constexpr Word kFile{"文件", "FILE"};
constexpr Word kNumber{"个数", "N"};
constexpr Word kAddress{"主机:端口", "HOST:PORT"};
constexpr Word kExpectedAddress{"主机:端口", "host:port"};
constexpr Word kExpectedFile{"文件", "a file"};

constexpr Flag kFlags[] = {
    {.name = "--format",
     .verbs = kCheck,
     .value = ValueKind::kChoice,
     .choices = "text json jsonl html sarif junit github gitlab",
     .description =
         {"输出的形式：text 供人阅读，json 为一个数组，jsonl 每个文件一行，html "
          "为一个网页，sarif、junit、github 和 gitlab 供持续集成使用（默认 text）",
          "what to print: text for people, json one array, jsonl one object a line, html one page, "
          "sarif, junit, github and gitlab for continuous integration (default: text)"},
     .set = &SetFormat},
    {.name = "--format",
     .verbs = kExtract,
     .value = ValueKind::kChoice,
     .choices = "text json jsonl csv sdmx-csv",
     .description =
         {"输出的形式：text 供人阅读，json 为一个数组，jsonl 每个文件一行，csv "
          "为电子表格，sdmx-csv 按 SDMX 的列（默认 text）",
          "what to print: text for people, json one array, jsonl one object a line, csv a table "
          "for spreadsheets, sdmx-csv a table with the columns of SDMX (default: text)"},
     .set = &SetFormat},
    {.name = "--format",
     .verbs = kMentions,
     .value = ValueKind::kChoice,
     .choices = "text json jsonl",
     .description = {"输出的形式：text 供人阅读，json 为一个数组，jsonl 每个文件一行（默认 text）",
                     "what to print: text for people, json one array, jsonl one object a line "
                     "(default: text)"},
     .set = &SetFormat},
    {.name = "--report",
     .verbs = kCheck,
     .value = ValueKind::kChoiceFile,
     .choices = "html sarif junit github gitlab",
     .repeatable = true,
     .description = {"除输出外，再按这种形式把全部结果写入文件",
                     "write the results of the run in this form to a file, beside what is printed"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           const size_t colon = value.find(':');
           ReportFile& report = arguments.reports.emplace_back();
           report.path = std::string(value.substr(colon + 1));
           return Choose(value.substr(0, colon), kFormats, report.format);
         }},
    {.name = "--annotate",
     .verbs = kCheck,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = kExpectedFile,
     .description =
         {"把所读的一个文件的副本写到这里，在有问题的数据处注明：DOCX 用批注，XLSX 用单元格批注，"
          "PDF 用高亮，文本和 HTML 写成网页",
          "write a copy of the one file that is read here, with the findings at their figures: "
          "comments in DOCX, cell notes in XLSX, highlights in PDF; of text and HTML a page of "
          "HTML"},
     .set = [](std::string_view value,
               Arguments& arguments) { return SetText(value, arguments.annotate); }},
    {.name = "--fail-on",
     .verbs = kCheck,
     .value = ValueKind::kChoice,
     .choices = "error warning info never",
     .description =
         {"从哪种程度的问题起，退出状态为 1（默认 error）",
          "the least severity of findings that makes the exit status 1 (default: error)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           return Choose(value, kFailOns, arguments.fail_on.emplace());
         }},
    {.name = "--explain",
     .verbs = kCheck,
     .description = {"写出每处问题的全部依据；用于 text",
                     "print the whole proof of each finding; with text"},
     .set = [](std::string_view, Arguments& arguments) { return arguments.explain = true; }},
    {.name = "--explain",
     .verbs = kExtract,
     .description = {"写出每项属性取自哪些字词；不用于 csv",
                     "print which words gave each attribute; not with csv"},
     .set = [](std::string_view, Arguments& arguments) { return arguments.explain = true; }},
    {.name = "--show-passed",
     .verbs = kCheck,
     .description = {"也列出相符的核对；用于 text", "list the checks that hold as well; with text"},
     .set = [](std::string_view, Arguments& arguments) { return arguments.show_passed = true; }},
    {.name = "--baseline",
     .verbs = kCheck,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = {"已接受问题的文件", "a file of accepted findings"},
     .description = {"不报文件中已接受的问题", "leave out the findings that the file accepts"},
     .set = [](std::string_view value,
               Arguments& arguments) { return SetText(value, arguments.baseline); }},
    {.name = "--update-baseline",
     .verbs = kCheck,
     .description = {"把这次发现的全部问题写入 --baseline 的文件",
                     "write the file of --baseline anew with all that is found now"},
     .set = [](std::string_view,
               Arguments& arguments) { return arguments.update_baseline = true; }},
    {.name = "--history",
     .verbs = kCheck,
     .value = ValueKind::kDirectory,
     .placeholder = {"目录", "DIR"},
     .expected = {"此前报告的目录", "a directory with earlier reports"},
     .repeatable = true,
     .description = {"与目录中此前发布的报告核对",
                     "hold each file against the reports in a directory, published before"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           arguments.histories.emplace_back(value);
           return !value.empty();
         }},
    {.name = "--set",
     .verbs = kCheck,
     .description = {"每个文件与它前面的文件核对", "hold each file against those before it"},
     .set = [](std::string_view, Arguments& arguments) { return arguments.set = true; }},
    {.name = "--changed-since",
     .verbs = kCheck,
     .value = ValueKind::kOther,
     .placeholder = {"版本", "REVISION"},
     .expected = {"Git 的版本", "a revision of Git"},
     .description = {"只核对此版本以来改过的文件，由 Git 判断",
                     "check only files that changed since the revision, as Git knows"},
     .set = [](std::string_view value,
               Arguments& arguments) { return SetText(value, arguments.changed_since); }},
    {.name = "--no-project",
     .verbs = kCheck,
     .description = {"不读 .crossfoot.textproto", "read no .crossfoot.textproto"},
     .set = [](std::string_view, Arguments& arguments) { return arguments.no_project = true; }},
    {.name = "--rules",
     .verbs = kCheck | kRules | kServe,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = {"规则文件", "a file with rules"},
     .repeatable = true,
     .description = {"在内置规则之外再用这个规则包",
                     "a rule pack of your own beside the built-in ones"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           arguments.rule_packs.emplace_back(value);
           return !value.empty();
         }},
    {.name = "--reference-date",
     .verbs = kReaderVerbs,
     .value = ValueKind::kOther,
     .placeholder = {"日期", "DAY"},
     .expected = {"存在的、写作 YYYY-MM-DD 的日期", "a day that exists, written YYYY-MM-DD"},
     .description = {"没有写年份的时期按这一天推算，写作 YYYY-MM-DD",
                     "the day, YYYY-MM-DD, that periods without a year are resolved against"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           arguments.reference_date = report::ParseCivilDay(value);
           return arguments.reference_date.has_value();
         }},
    {.name = "--home-area",
     .verbs = kCheck | kExtract,
     .value = ValueKind::kOther,
     .placeholder = {"地名", "NAME"},
     .expected = {"地名，最长 60 字节", "the name of a place, at most 60 bytes"},
     .description = {"报告没有写明时，“全市”所指的地方",
                     "the place that 全市 is where the report names none"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           return SetText(value, arguments.home_area) &&
                  value.size() <= validation::PipelineOptions::kMaxHomeAreaBytes;
         }},
    {.name = "--max-document-bytes",
     .verbs = kReaderVerbs | kServe,
     .value = ValueKind::kOther,
     .placeholder = kNumber,
     .expected = {"1 到 512M 之间的字节数，可用 K、M 或 G",
                  "a number of bytes from 1 to 512M, with K, M or G if you like"},
     .description = {"拒绝更大的文件；可用 K、M、G（默认 16M）",
                     "refuse larger documents; K, M, G are understood (default: 16M)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           if (!ParseBytes(value, arguments.max_document_bytes)) return false;
           arguments.server.mutable_limits()->set_max_document_bytes(arguments.max_document_bytes);
           return true;
         }},
    {.name = "--jobs",
     .verbs = kReaderVerbs,
     .value = ValueKind::kOther,
     .placeholder = kNumber,
     .expected = {"1 到 64 之间的数", "a number from 1 to 64"},
     .description = {"同时读几个文件（默认每个处理器核一个，最多 8）",
                     "how many files are read at the same time (default: one a core, at most 8)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           int64_t count = 0;
           if (!ParseInteger(value, 1, 64, count)) return false;
           arguments.jobs = static_cast<int32_t>(count);
           return true;
         }},
    {.name = "--server",
     .verbs = kReaderVerbs,
     .value = ValueKind::kOther,
     .placeholder = kAddress,
     .expected = kExpectedAddress,
     .description = {"由服务器读文件，用它的规则", "let a server read the files, by its rules"},
     .set = [](std::string_view value,
               Arguments& arguments) { return SetText(value, arguments.remote.address); }},
    {.name = "--timeout",
     .verbs = kReaderVerbs,
     .value = ValueKind::kOther,
     .placeholder = {"秒", "SECONDS"},
     .expected = {"1 到 86400 之间的秒数", "a number of seconds from 1 to 86400"},
     .description =
         {"对服务器每次调用的时限，包括重试（默认 60）",
          "how long a call of the server may take, attempts that fail included (default: 60)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           int64_t seconds = 0;
           if (!ParseInteger(value, 1, 86400, seconds)) return false;
           arguments.remote.timeout = absl::Seconds(seconds);
           return true;
         }},
    {.name = "--tls",
     .verbs = kReaderVerbs,
     .description = {"加密连接服务器，信任通常的证书机构",
                     "encrypt what goes to the server and trust the usual authorities"},
     .set = [](std::string_view, Arguments& arguments) { return arguments.remote.tls = true; }},
    {.name = "--tls-ca",
     .verbs = kReaderVerbs,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = {"PEM 证书文件", "a file with certificates in PEM"},
     .description = {"加密，信任文件中的证书机构（PEM）",
                     "encrypt and trust the authorities in a file, in PEM"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           arguments.remote.tls = true;
           return SetText(value, arguments.remote.tls_ca);
         }},
    {.name = "--tls-cert",
     .verbs = kReaderVerbs,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = {"PEM 证书文件", "a file with a certificate in PEM"},
     .description = {"加密，出示这个证书（PEM），要与 --tls-key 同用",
                     "encrypt and show who is calling by this certificate, in PEM; with --tls-key"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           arguments.remote.tls = true;
           return SetText(value, arguments.remote.tls_cert);
         }},
    {.name = "--tls-key",
     .verbs = kReaderVerbs,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = {"PEM 密钥文件", "a file with a key in PEM"},
     .description = {"--tls-cert 的密钥（PEM）", "the key of --tls-cert, in PEM"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           arguments.remote.tls = true;
           return SetText(value, arguments.remote.tls_key);
         }},
    {.name = "--config",
     .verbs = kServe,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = kExpectedFile,
     .description = {"crossfoot.config.v1.Server 的文本格式文件：TLS、客户、限额；选项优先于它",
                     "a crossfoot.config.v1.Server in text format, with TLS, clients, limits; "
                     "flags go over it"},
     .set = [](std::string_view value,
               Arguments& arguments) { return SetText(value, arguments.config_file); }},
    {.name = "--listen",
     .verbs = kServe,
     .value = ValueKind::kOther,
     .placeholder = kAddress,
     .expected = kExpectedAddress,
     .description = {"gRPC 的地址；端口 0 取一个空闲的（默认 127.0.0.1:50051）",
                     "where gRPC is served; port 0 takes a free one (default: 127.0.0.1:50051)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           return SetText(value, *arguments.server.mutable_grpc()->mutable_listen_address());
         }},
    {.name = "--http",
     .verbs = kServe,
     .value = ValueKind::kOther,
     .placeholder = kAddress,
     .expected = kExpectedAddress,
     .description =
         {"HTTP 的地址：JSON、/healthz、/readyz、/metrics（默认不开）",
          "where JSON over HTTP, /healthz, /readyz and /metrics are served (default: nowhere)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           return SetText(value, *arguments.server.mutable_http()->mutable_listen_address());
         }},
    {.name = "--store",
     .verbs = kServe,
     .value = ValueKind::kFile,
     .placeholder = kFile,
     .expected = kExpectedFile,
     .description = {"报告保存在这个文件中（默认在内存中）",
                     "the file that documents are kept in (default: in memory)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           return SetText(value, *arguments.server.mutable_store()->mutable_file());
         }},
    {.name = "--workers",
     .verbs = kServe,
     .value = ValueKind::kOther,
     .placeholder = kNumber,
     .expected = {"1 到 1024 之间的数", "a number from 1 to 1024"},
     .description = {"读报告的线程数（默认每个处理器一个）",
                     "threads that read documents (default: one per processor)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           int64_t count = 0;
           if (!ParseInteger(value, 1, 1024, count)) return false;
           arguments.server.mutable_limits()->set_workers(static_cast<int32_t>(count));
           return true;
         }},
    {.name = "--max-calls",
     .verbs = kServe,
     .value = ValueKind::kOther,
     .placeholder = kNumber,
     .expected = {"1 到 65536 之间的数", "a number from 1 to 65536"},
     .description = {"等待和运行中的调用数，超过的被拒绝（默认 64）",
                     "calls that wait or run; others are refused (default: 64)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           int64_t count = 0;
           if (!ParseInteger(value, 1, 65536, count)) return false;
           arguments.server.mutable_limits()->set_max_calls(static_cast<int32_t>(count));
           return true;
         }},
    {.name = "--allow-insecure-remote",
     .verbs = kServe,
     .description = {"不加密也允许其他机器访问；只用于会加密的代理之后",
                     "listen where other machines can reach it without encryption; only behind a "
                     "proxy that encrypts"},
     .set =
         [](std::string_view, Arguments& arguments) {
           arguments.server.set_allow_insecure_remote(true);
           return true;
         }},
    {.name = "--lang",
     .verbs = kReaderVerbs | kRules | kServe | kConfig | kHelp,
     .value = ValueKind::kChoice,
     .choices = "zh en",
     .description =
         {"文字的语言（默认随区域设置：英语的用 en，其他用 zh）",
          "the language of what is said (default: en if the locale is English, else zh)"},
     .set =
         [](std::string_view value, Arguments& arguments) {
           return Choose(value, kLanguages, arguments.language.emplace());
         }},
    {.name = "--color",
     .verbs = kReaderVerbs,
     .value = ValueKind::kChoice,
     .choices = "auto always never",
     .description = {"text 的颜色（默认 auto：输出到终端，且没有设置 NO_COLOR）",
                     "colours in text (default: auto, on a terminal where NO_COLOR is not set)"},
     .set = [](std::string_view value,
               Arguments& arguments) { return Choose(value, kColors, arguments.color); }},
};

// "a, b or c".
std::string Enumerate(const std::vector<std::string>& parts, report::Language language) {
  const bool english = language == report::Language::kEnglish;
  if (parts.empty()) return "";
  const std::string all_but_last =
      absl::StrJoin(parts.begin(), parts.end() - 1, english ? ", " : "、");
  return all_but_last + (parts.size() == 1 ? "" : english ? " or " : " 或 ") + parts.back();
}

}  // namespace

std::span<const VerbEntry> Verbs() { return kVerbs; }
std::span<const Action> Actions() { return kActions; }
std::span<const Flag> Flags() { return kFlags; }

std::vector<std::string_view> ChoicesOf(const Flag& flag) {
  std::vector<std::string_view> choices;
  for (const absl::string_view choice :
       absl::StrSplit(core::ToAbsl(flag.choices), ' ', absl::SkipEmpty()))
    choices.push_back(core::FromAbsl(choice));
  return choices;
}

std::string ExpectedOf(const Flag& flag, report::Language language) {
  if (flag.choices.empty()) return std::string(flag.expected.In(language));
  std::vector<std::string> parts;
  for (const std::string_view choice : ChoicesOf(flag)) {
    parts.emplace_back(choice);
    if (flag.value == ValueKind::kChoiceFile) parts.back() += ":" + std::string(kFile.In(language));
  }
  return Enumerate(parts, language);
}

std::string PlaceholderOf(const Flag& flag, report::Language language) {
  if (flag.choices.empty()) return std::string(flag.placeholder.In(language));
  std::string placeholder(flag.choices);
  std::replace(placeholder.begin(), placeholder.end(), ' ', '|');
  if (flag.value == ValueKind::kChoiceFile) placeholder += ":" + std::string(kFile.In(language));
  return placeholder;
}

std::string ActionsOf(Verb verb, report::Language language) {
  std::vector<std::string> parts;
  for (const Action& action : kActions) {
    if (action.verb != verb) continue;
    parts.emplace_back(action.name);
    if (action.operand != ValueKind::kNone)
      parts.back() += " " + std::string(action.placeholder.In(language));
  }
  return Enumerate(parts, language);
}

}  // namespace crossfoot::cli
