#ifndef CROSSFOOT_CLIENTS_CLI_MESSAGES_H_
#define CROSSFOOT_CLIENTS_CLI_MESSAGES_H_

#include "services/report/words.h"

// The message table of the command line: what it says to people.  What a flag or a command is said
// to do stands in flags.cc, the help pages in help/, the manual in manual/.

namespace crossfoot::cli::messages {

using report::Word;

// {0}, {1}, … stand for what the line beside them names.

// The command line.
inline constexpr Word kNoCommand{"没有给出命令；请看 crossfoot help",
                                 "no command given; see crossfoot help"};
inline constexpr Word kUnknownCommand{"没有命令“{0}”；请看 crossfoot help",
                                      "unknown command \"{0}\"; see crossfoot help"};
inline constexpr Word kUnknownCommandNearest{"没有命令“{0}”；是不是 {1}？",
                                             "unknown command \"{0}\"; did you mean {1}?"};
// command, flag, nearest flag
inline constexpr Word kUnknownFlag{"crossfoot {0} 没有选项 {1}；请看 crossfoot help {0}",
                                   "crossfoot {0} has no flag {1}; see crossfoot help {0}"};
inline constexpr Word kUnknownFlagNearest{"crossfoot {0} 没有选项 {1}；是不是 {2}？",
                                          "crossfoot {0} has no flag {1}; did you mean {2}?"};
inline constexpr Word kTakesNoValue{"{0} 不带值", "{0} takes no value"};
inline constexpr Word kNeedsValue{"{0} 要带一个值：{1}", "{0} needs a value: {1}"};
inline constexpr Word kBadValue{"{0}：“{1}”无效，应为：{2}", "{0}: \"{1}\" is not {2}"};
inline constexpr Word kNeedsFile{"crossfoot {0} 要给出文件；“-”表示标准输入",
                                 "crossfoot {0} needs a file; \"-\" reads the standard input"};
inline constexpr Word kStandardInputOnce{
    "“-”表示标准输入，只能读一次", "\"-\" stands for the standard input and can be read only once"};
inline constexpr Word kExplainFormats{"--explain 只能与 --format=text、json 或 jsonl 同用",
                                      "--explain goes with --format=text, json and jsonl"};
inline constexpr Word kDetailFormats{
    "--explain 和 --show-passed 只能与 --format=text 同用；json 中已有全部内容",
    "--explain and --show-passed go with --format=text; json has it all"};
inline constexpr Word kWrittenTwice{"{0} 会被写两次", "{0} would be written twice"};
inline constexpr Word kAnnotateOne{"--annotate 只能与一个文件同用",
                                   "--annotate takes one file to check"};
inline constexpr Word kChangedSinceNeedsAll{
    "--changed-since 不能与 --set 或 --update-baseline 同用，它们需要全部文件",
    "--changed-since goes neither with --set nor with --update-baseline, which need all files"};
inline constexpr Word kGoWithServer{
    "--timeout、--tls、--tls-ca、--tls-cert 和 --tls-key 要与 --server 同用",
    "--timeout, --tls, --tls-ca, --tls-cert and --tls-key go with --server"};
inline constexpr Word kRulesWithServer{
    "--rules 不能与 --server 同用：用的是服务器的规则，请在启动服务器时给出",
    "--rules does not go with --server, whose rules apply; start it with them"};
inline constexpr Word kCertificateWithKey{"--tls-cert 和 --tls-key 要同时给出",
                                          "--tls-cert and --tls-key go together"};
// command, what it has; operand
inline constexpr Word kNeedsAction{"crossfoot {0} 要带 {1}", "crossfoot {0} needs {1}"};
inline constexpr Word kUnknownAction{"crossfoot {0} 没有“{2}”；有 {1}",
                                     "crossfoot {0} has no \"{2}\"; it has {1}"};
inline constexpr Word kActionNeeds{"crossfoot {0} {1} 后面要有一个{2}",
                                   "crossfoot {0} {1} takes one {2}"};
inline constexpr Word kActionTakesNothing{"crossfoot {0} {1} 后面不能再有别的词",
                                          "crossfoot {0} {1} takes no more words"};
inline constexpr Word kHelpTakesOne{"crossfoot help 只能带一个命令",
                                    "crossfoot help takes one command"};
inline constexpr Word kTakesNoFile{"crossfoot {0} 不带文件：“{1}”",
                                   "crossfoot {0} takes no file: \"{1}\""};
inline constexpr Word kBaselineMissing{
    "--update-baseline 要与 --baseline=文件 同用，写到那里",
    "--update-baseline needs --baseline=FILE, the file to write"};

// Files.
inline constexpr Word kTooLarge{
    "超过 {0} 字节的上限；可用 --max-document-bytes 提高",
    "larger than the limit of {0} bytes; --max-document-bytes raises it"};
inline constexpr Word kDirectory{"是目录，不是文件", "a directory, not a file"};
inline constexpr Word kUnreadable{"无法读取", "cannot be read"};
inline constexpr Word kIsTheReport{"{0} 就是要核对的报告，请另给一个文件名",
                                   "{0} is the report itself; name another file"};
inline constexpr Word kNotWritten{"{0}：无法写入：{1}", "{0}: cannot be written: {1}"};
inline constexpr Word kOutputNotWritten{"无法写到标准输出", "cannot write to the standard output"};

// Baselines.
inline constexpr Word kNoFingerprint{"一行要以指纹开头，即 16 个 0-9 或 a-f",
                                     "a line begins with a fingerprint, 16 of 0-9 and a-f"};
inline constexpr Word kNoRuleBehind{"指纹后面没有规则", "no rule behind the fingerprint"};
inline constexpr Word kUntilTakesDay{"until= 后面要有一个写作 YYYY-MM-DD 的日期",
                                     "until= takes a day written as YYYY-MM-DD"};
inline constexpr Word kFingerprintTwice{"指纹重复", "the fingerprint stands twice"};

// Projects.
inline constexpr Word kEmptyEntry{"有一项为空", "an empty entry"};
inline constexpr Word kNoSeverity{"fail_on：{0} 不是一种程度", "fail_on: {0} is no severity"};
inline constexpr Word kProjectRulesWithServer{
    "其中的规则不能与 --server 同用，用的是服务器的规则；--no-project 不读这个文件",
    "its rules do not go with --server, whose own apply; --no-project leaves the file out"};

// Git.
inline constexpr Word kGitNotStarted{"无法启动 Git", "Git cannot be started"};
inline constexpr Word kGitMissing{"没有安装 Git，不知道改过哪些文件",
                                  "Git is not installed, so what changed cannot be found"};
inline constexpr Word kGitRefuses{"Git 说不出改过哪些文件：{0}",
                                  "Git cannot say what changed: {0}"};
inline constexpr Word kNoRevision{"“{0}”不是版本", "\"{0}\" is no revision"};

// How far a run is.
inline constexpr Word kFilesDone{"已完成 {0}/{1} 个文件", "{0} of {1} files"};
inline constexpr Word kSpeed{"，{0}/s", ", {0}/s"};
inline constexpr Word kTimeLeft{"，约剩 {0}", ", about {0} left"};
inline constexpr Word kSeconds{"{0} 秒", "{0} s"};
inline constexpr Word kMinutes{"{0} 分 {1} 秒", "{0} min {1} s"};
inline constexpr Word kHours{"{0} 小时 {1} 分", "{0} h {1} min"};

// Rules.
inline constexpr Word kUnknownRule{"没有规则“{0}”；请看 crossfoot rules list",
                                   "no rule is called \"{0}\"; see crossfoot rules list"};
inline constexpr Word kUnknownRuleNearest{"没有规则“{0}”；是不是 {1}？",
                                          "no rule is called \"{0}\"; did you mean {1}?"};
inline constexpr Word kNoSeverityOfRule{"无", "none"};
inline constexpr Word kReportsExample{"报告", "reports"};
inline constexpr Word kSilentExample{"不报", "silent"};
inline constexpr Word kTested{"规则 {0} 条，例子通过 {1} 个，不通过 {2} 个",
                              "{0} rules, {1} examples passed, {2} failed"};
inline constexpr Word kLinted{"规则 {0} 条，警告 {1} 个", "{0} rules, {1} warnings"};

// A server that is asked.  {0} is its address, {1} what gRPC says.
inline constexpr Word kRulesOfServer{"规则是服务器的；请用 --rules 启动服务器",
                                     "rules are the server's; start it with --rules"};
inline constexpr Word kUnreachable{
    "连不上服务器 {0}（{1}）；请看它是否在运行、是否要用 TLS，或者不用 --server 核对",
    "cannot reach the server at {0} ({1}); see that it runs and whether it wants TLS, or check "
    "without --server"};
// {1}: how long
inline constexpr Word kNoAnswer{
    "服务器 {0} 在 {1} 内没有回答；可用 --timeout 多给些时间",
    "no answer from the server at {0} within {1}; give it longer with --timeout"};
inline constexpr Word kServerReceivesLess{
    "文件连同此前的文件，超过服务器 {0} 能接收的大小（{1}）",
    "the document, with those before it, is larger than the server at {0} receives ({1})"};
inline constexpr Word kNoServerOfOurs{"{0} 的回答者不提供 crossfoot.v1（{1}）",
                                      "what answers at {0} does not serve crossfoot.v1 ({1})"};
inline constexpr Word kServerGaveUp{"服务器 {0} 放弃了这次调用（{1}）",
                                    "the server at {0} gave up the call ({1})"};
inline constexpr Word kServerFailed{"服务器 {0} 出错（{1}）", "the server at {0} failed ({1})"};
inline constexpr Word kOtherVersion{
    "服务器引用了此前文件中没有的内容；它的版本不同",
    "the server's answer cites what no earlier report says; the server is of another version"};
inline constexpr Word kBadAddress{"--server：“{0}”不是 主机:端口，如 127.0.0.1:50051",
                                  "--server: \"{0}\" is not host:port, as in 127.0.0.1:50051"};
inline constexpr Word kBadToken{
    "CROSSFOOT_TOKEN 含有空白、换行或令牌中不会有的字符",
    "CROSSFOOT_TOKEN holds blanks, line breaks or letters that no token has"};
inline constexpr Word kTokenUnencrypted{
    "没有把 CROSSFOOT_TOKEN 发给 {0}：未加密，中途谁都可以拿去用；请加上 --tls 或 "
    "--tls-ca，或者取消这个变量",
    "refused to send CROSSFOOT_TOKEN to {0} unencrypted: whoever carries it could use it; add "
    "--tls or --tls-ca, or unset it"};
// {0}: what the server says, {1}: its address
inline constexpr Word kSetToken{"服务器要求令牌：{0}；请把 CROSSFOOT_TOKEN 设为 {1} 的令牌",
                                "{0}; set CROSSFOOT_TOKEN to a token of {1}"};

// The manual.  {0}: a word that the program prints
inline constexpr Word kSentence{"{0}。", "{0}."};
inline constexpr Word kRepeatable{"可多次给出。", "May be given several times."};

}  // namespace crossfoot::cli::messages

#endif  // CROSSFOOT_CLIENTS_CLI_MESSAGES_H_
