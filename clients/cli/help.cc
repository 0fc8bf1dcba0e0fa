#include "clients/cli/help.h"

namespace crossfoot::cli {
namespace {

constexpr std::string_view kOverview =
    R"(crossfoot proves the figures of a published report against each other.

Usage: crossfoot COMMAND [FLAG]... [FILE]...

  check     find figures that contradict each other
  extract   list every figure with what it measures, of whom and when
  mentions  list every number, period and area that was recognised
  rules     list, explain, test or lint the rules that check applies
  serve     answer the same questions over gRPC and HTTP
  config    check the configuration of a server; make a token for a client
  version   print the version
  help      print this text, or that of a command: crossfoot help check

Files are plain text, Markdown or HTML in UTF-8; "-" is the standard input.

Examples:
  crossfoot check report.txt
  crossfoot check --format=jsonl *.html > findings.jsonl
  crossfoot serve --listen 127.0.0.1:50051
)";

constexpr std::string_view kCheck =
    R"(Usage: crossfoot check [FLAG]... FILE...

Reads each file and reports figures that contradict each other.

  --format=text|json|jsonl|html|sarif|junit|github|gitlab   what to print (text)
  --report=FORMAT:FILE       write one of the last five beside it; repeatable
  --fail-on=error|warning|info|never  least severity that exits with 1 (error)
  --reference-date=DAY       YYYY-MM-DD, for periods without a year
  --home-area=NAME           the place that 全市 is where none is named
  --explain --show-passed    the proof of each finding; the checks that hold
  --baseline=FILE            leave out what FILE accepts; --update-baseline
                             writes it anew with what is found now
  --set --history=DIR        hold each file against those before, in DIR
  --rules=FILE --no-project  your own rule pack; no .crossfoot.textproto
  --changed-since=REVISION   only files that changed since, as Git knows
  --max-document-bytes=N     refuse larger files (16M); --jobs=N  N at a time
  --server=HOST:PORT         let a server read them; --timeout=SECONDS (60),
                             --tls or --tls-ca=FILE, --tls-cert=, --tls-key=FILE
  --lang=zh|en --color=auto|always|never   (as the locale and the terminal say)

Exit status: 0 nothing found, 1 findings at or above --fail-on, 2 a file could
not be checked or the command line is wrong.

Example: crossfoot check --report=sarif:findings.sarif reports/*.txt
)";

constexpr std::string_view kExtract =
    R"(Usage: crossfoot extract [FLAG]... FILE...

Lists the figures of each file: value, unit, indicator, area, period, basis.

  --format=text|json|jsonl|csv|sdmx-csv
                             for people; one array; one object a line; a table
                             for spreadsheets; a table with the columns of SDMX,
                             each of all files (text)
  --explain                  which words gave each attribute; not with csv
  --reference-date=DAY       YYYY-MM-DD, for periods without a year
  --home-area=NAME           the place that 全市 is where none is named
  --max-document-bytes=N     refuse larger files; K, M, G are understood (16M)
  --jobs=N                   files read at the same time (one a core)
  --server=HOST:PORT         let a server read them; --timeout=SECONDS (60),
                             --tls or --tls-ca=FILE, --tls-cert=, --tls-key=FILE
  --lang=zh|en               language of messages (zh, or en if the locale is)
  --color=auto|always|never  colours in text (auto: on a terminal, no NO_COLOR)

Exit status: 0, or 2 when a file could not be read.

Examples:
  crossfoot extract --explain report.txt
  crossfoot extract --format=csv *.txt > figures.csv
  crossfoot extract --format=jsonl *.txt | jq -r '.figures[].value'
)";

constexpr std::string_view kMentions =
    R"(Usage: crossfoot mentions [FLAG]... FILE...

Lists what each file's text reads as: numbers, periods, areas, hedges.

  --format=text|json|jsonl   for people; one array; one object a line (text)
  --reference-date=YYYY-MM-DD
                             the day to resolve periods without a year against
  --max-document-bytes=N     refuse larger files; K, M, G are understood (16M)
  --jobs=N                   files read at the same time (one a core)
  --server=HOST:PORT         let a server read them; --timeout=SECONDS (60),
                             --tls or --tls-ca=FILE, --tls-cert=, --tls-key=FILE
  --lang=zh|en               language of messages (zh, or en if the locale is)
  --color=auto|always|never  colours in text (auto: on a terminal, no NO_COLOR)

Exit status: 0, or 2 when a file could not be read.

Examples:
  crossfoot mentions report.txt
  echo 1—2月份增长7.6% | crossfoot mentions --reference-date=2024-03-31 -
)";

constexpr std::string_view kRules =
    R"(Usage: crossfoot rules list|explain ID|test|lint|document [FLAG]...

  list        one line a rule: id, severity, what it says
  explain ID  why it must hold, what it binds, with its examples
  test        run the examples of every rule
  lint        name what is allowed and yet probably a mistake
  document    all rules as one page of Markdown: docs/rules.md

  --rules=FILE               a rule pack of your own beside the built-in ones;
                             may be given several times
  --lang=zh|en               language of titles (zh, or en if the locale is)

A rule pack is a crossfoot.config.v1.RulePack in text format; docs/rules.md
shows how to write one.  A pack that cannot be used, or whose examples fail, is
refused with its line.

Exit status: 0, 1 when `test` or `lint` has something to say, 2 when a pack is
refused.

Examples:
  crossfoot rules explain parts-sum-to-total
  crossfoot rules test --rules=ours.textproto
)";

constexpr std::string_view kServe =
    R"(Usage: crossfoot serve [FLAG]...

Serves crossfoot.v1 over gRPC, with health checks and reflection, and as JSON
over HTTP, until SIGTERM or SIGINT; then finishes the calls in flight and exits
with 0.  Prints "listening on HOST:PORT" when it is ready, and then a log of
JSON lines to the standard error.  SIGHUP reads rule packs and clients anew.

  --config=FILE              a crossfoot.config.v1.Server in text format, with
                             TLS, clients, limits; flags go over it
  --listen=HOST:PORT         gRPC; port 0 takes a free one (127.0.0.1:50051)
  --http=HOST:PORT           JSON over HTTP, /healthz, /readyz, /metrics (none)
  --store=FILE               documents are kept in FILE (in memory)
  --rules=FILE               a rule pack of your own beside the built-in ones;
                             may be given several times
  --workers=N                threads that read documents (one per processor)
  --max-calls=N              calls that wait or run; others are refused (64)
  --max-document-bytes=N     refuse larger documents; K, M, G understood (16M)
  --allow-insecure-remote    listen where other machines can reach it without
                             encryption; only behind a proxy that encrypts

Examples:
  crossfoot serve --http=127.0.0.1:8080
  crossfoot serve --config=/etc/crossfoot/server.textproto
)";

constexpr std::string_view kConfig =
    R"(Usage: crossfoot config check FILE
       crossfoot config token NAME

  check FILE   says what is wrong with the configuration of a server, and with
               the files that it names; nothing when all is well
  token NAME   makes a token for the client NAME and prints it once, with the
               entry for the file of clients, which holds only its digest

Exit status: 0, or 2 when something is wrong.

Example: crossfoot config check /etc/crossfoot/server.textproto
)";

constexpr std::string_view kVersion = R"(Usage: crossfoot version

Prints the name and the version.
)";

constexpr std::string_view kHelp = R"(Usage: crossfoot help [COMMAND]

Prints what crossfoot, or one of its commands, does.
)";

}  // namespace

std::string_view HelpText(std::optional<Verb> topic) {
  if (!topic.has_value()) return kOverview;
  switch (*topic) {
    case Verb::kCheck:
      return kCheck;
    case Verb::kExtract:
      return kExtract;
    case Verb::kMentions:
      return kMentions;
    case Verb::kRules:
      return kRules;
    case Verb::kServe:
      return kServe;
    case Verb::kConfig:
      return kConfig;
    case Verb::kVersion:
      return kVersion;
    case Verb::kHelp:
      return kHelp;
  }
  return kOverview;
}

}  // namespace crossfoot::cli
