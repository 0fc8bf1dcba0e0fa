#include "clients/cli/message.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace crossfoot::cli {
namespace {

// The payload of a status with its message in Chinese.
constexpr absl::string_view kChineseUrl = "crossfoot.dev/message-zh";

std::string_view English(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// How much of `message` says where: "path: ", "path:3:5: "; 0 when it does not begin with `path`.
size_t PlaceSize(std::string_view message, std::string_view path) {
  if (path.empty() || !StartsWith(message, path)) return 0;
  const size_t end = message.find_first_not_of("0123456789:", path.size());
  if (end == std::string_view::npos || message[end] != ' ' || message[end - 1] != ':') return 0;
  return end + 1;
}

// The message in Chinese of a status that begins with `path`, if with any.
std::string Chinese(const absl::Status& status, std::string_view path) {
  if (const absl::optional<absl::Cord> chinese = status.GetPayload(kChineseUrl);
      chinese.has_value()) {
    return std::string(*chinese);
  }
  const std::string_view message = English(status);
  const std::optional<core::ErrorReason> reason = core::ReasonOf(status);
  if (!reason.has_value()) return std::string(message);
  const size_t place = PlaceSize(message, path);
  return std::string(message.substr(0, place)) + std::string(ChineseName(*reason)) + "：" +
         std::string(message.substr(place));
}

}  // namespace

report::Language LanguageOfLocale(std::string_view locale) {
  return StartsWith(locale, "en") ? report::Language::kEnglish : report::Language::kChinese;
}

std::string Say(report::Language language, const report::Word& word,
                std::initializer_list<Value> values) {
  std::vector<std::string_view> texts;
  for (const Value& value : values) texts.push_back(value.In(language));
  return report::Fill(word.In(language), texts);
}

absl::Status MakeError(core::ErrorReason reason, const report::Word& word,
                       std::initializer_list<Value> values,
                       const std::map<std::string, std::string>& metadata) {
  absl::Status status =
      core::MakeError(reason, Say(report::Language::kEnglish, word, values), metadata);
  status.SetPayload(kChineseUrl, absl::Cord(Say(report::Language::kChinese, word, values)));
  return status;
}

absl::Status AtPlace(std::string_view place, const absl::Status& status) {
  const bool ours = status.GetPayload(kChineseUrl).has_value();
  const auto placed = [place, ours](std::string_view message) {
    const std::string_view behind = message.substr(std::min(place.size(), message.size()), 1);
    // Those of others may begin with "a.txt is empty".
    const bool says_where =
        StartsWith(message, place) && (behind == ":" || (!ours && behind == " "));
    return (says_where ? "" : std::string(place) + ": ") + std::string(message);
  };
  absl::Status result(status.code(), placed(English(status)));
  status.ForEachPayload([&result](absl::string_view url, const absl::Cord& payload) {
    result.SetPayload(url, absl::Cord(std::string(payload)));
  });
  result.SetPayload(kChineseUrl, absl::Cord(placed(Chinese(status, place))));
  return result;
}

std::string MessageOf(const absl::Status& status, report::Language language) {
  if (language == report::Language::kEnglish) return std::string(English(status));
  const std::map<std::string, std::string> metadata = core::MetadataOf(status);
  const auto file = metadata.find("file");
  return Chinese(status, file == metadata.end() ? "" : file->second);
}

std::string_view ChineseName(core::ErrorReason reason) {
  switch (reason) {
    case core::ErrorReason::kDocumentEmpty:
      return "文件没有内容";
    case core::ErrorReason::kDocumentTooLarge:
      return "文件过大";
    case core::ErrorReason::kEncodingInvalid:
      return "文件的编码无法识别";
    case core::ErrorReason::kBinaryContent:
      return "文件不是文本";
    case core::ErrorReason::kNestingTooDeep:
      return "HTML 嵌套过深";
    case core::ErrorReason::kArgumentInvalid:
      return "参数有误";
    case core::ErrorReason::kFileNotFound:
      return "找不到文件";
    case core::ErrorReason::kFileUnreadable:
      return "文件无法读取";
    case core::ErrorReason::kDataInvalid:
      return "数据文件有误";
    case core::ErrorReason::kCancelled:
      return "调用被取消";
    case core::ErrorReason::kInternal:
      return "程序内部错误";
    case core::ErrorReason::kRuleNotFound:
      return "没有这条规则";
    case core::ErrorReason::kServerBusy:
      return "服务器繁忙";
    case core::ErrorReason::kDeadlineExceeded:
      return "超过时限";
    case core::ErrorReason::kTooManyFigures:
      return "数据过多";
    case core::ErrorReason::kDocumentNotFound:
      return "没有保存这份报告";
    case core::ErrorReason::kDocumentExists:
      return "报告已经保存过";
    case core::ErrorReason::kRequestIdReused:
      return "请求编号已经用过";
    case core::ErrorReason::kStoreUnavailable:
      return "存储无法读写";
    case core::ErrorReason::kStoreFull:
      return "存储已满";
    case core::ErrorReason::kCredentialsMissing:
      return "缺少令牌";
    case core::ErrorReason::kCredentialsInvalid:
      return "令牌无效";
    case core::ErrorReason::kPermissionDenied:
      return "没有权限";
    case core::ErrorReason::kQuotaExceeded:
      return "配额已用完";
    case core::ErrorReason::kStreamStalled:
      return "数据流停滞";
    case core::ErrorReason::kMethodNotFound:
      return "没有这个方法";
    case core::ErrorReason::kDocumentEncrypted:
      return "文件有密码保护";
    case core::ErrorReason::kDocumentDamaged:
      return "文件已损坏";
    case core::ErrorReason::kFormatUnsupported:
      return "不支持这种文件格式";
    case core::ErrorReason::kTextLayerMissing:
      return "PDF 没有文字层";
  }
  return "";
}

}  // namespace crossfoot::cli
