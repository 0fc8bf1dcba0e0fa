#include "clients/cli/message.h"

#include <string>

#include "absl/status/status.h"
#include "crossfoot/v1/error_reason.pb.h"
#include "gtest/gtest.h"

namespace crossfoot::cli {
namespace {

using report::Language;

constexpr report::Word kWord{"{1}里没有{0}", "no {0} in {1}"};

TEST(MessageTest, TheLocaleChoosesTheLanguage) {
  EXPECT_EQ(LanguageOfLocale("en_GB.UTF-8"), Language::kEnglish);
  EXPECT_EQ(LanguageOfLocale("en"), Language::kEnglish);
  EXPECT_EQ(LanguageOfLocale("zh_CN.UTF-8"), Language::kChinese);
  EXPECT_EQ(LanguageOfLocale("C.UTF-8"), Language::kChinese);
  EXPECT_EQ(LanguageOfLocale(""), Language::kChinese);
}

TEST(MessageTest, AnErrorSpeaksBothLanguages) {
  const absl::Status status =
      MakeError(core::ErrorReason::kDataInvalid, kWord, {"{1}", {"表", "the table"}}, {{"k", "v"}});
  EXPECT_EQ(MessageOf(status, Language::kEnglish), "no {1} in the table");
  EXPECT_EQ(MessageOf(status, Language::kChinese), "表里没有{1}");
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(core::MetadataOf(status), (std::map<std::string, std::string>{{"k", "v"}}));
}

TEST(MessageTest, APlaceStandsBeforeBoth) {
  const absl::Status status = AtPlace(
      "a.txt:3", MakeError(core::ErrorReason::kDataInvalid, kWord, {"x", "y"}, {{"line", "3"}}));
  EXPECT_EQ(MessageOf(status, Language::kEnglish), "a.txt:3: no x in y");
  EXPECT_EQ(MessageOf(status, Language::kChinese), "a.txt:3: y里没有x");
  EXPECT_EQ(core::ReasonOf(status), core::ErrorReason::kDataInvalid);
  EXPECT_EQ(core::MetadataOf(status).at("line"), "3");
  const absl::Status again = AtPlace("a.txt", status);
  EXPECT_EQ(MessageOf(again, Language::kEnglish), "a.txt:3: no x in y");
  EXPECT_EQ(MessageOf(again, Language::kChinese), "a.txt:3: y里没有x");
}

TEST(MessageTest, APathThatAMessageHappensToBeginWithIsNoPlace) {
  constexpr report::Word kDirectory{"是目录", "a directory"};
  const absl::Status status =
      AtPlace("a", MakeError(core::ErrorReason::kFileUnreadable, kDirectory));
  EXPECT_EQ(MessageOf(status, Language::kEnglish), "a: a directory");
  EXPECT_EQ(MessageOf(status, Language::kChinese), "a: 是目录");
  const absl::Status empty = core::MakeError(core::ErrorReason::kDocumentEmpty, "a is empty");
  EXPECT_EQ(MessageOf(AtPlace("a", empty), Language::kEnglish), "a is empty");
}

TEST(MessageTest, ErrorsOfOthersHaveTheirReasonInChinese) {
  const absl::Status missing = core::MakeError(core::ErrorReason::kFileNotFound, "No such file");
  EXPECT_EQ(MessageOf(missing, Language::kEnglish), "No such file");
  EXPECT_EQ(MessageOf(missing, Language::kChinese), "找不到文件：No such file");
  EXPECT_EQ(MessageOf(AtPlace("a.txt", missing), Language::kChinese),
            "a.txt: 找不到文件：No such file");
  // An editor finds the place.
  const absl::Status bad = core::MakeError(core::ErrorReason::kDataInvalid, "p:3:5: no such field",
                                           {{"file", "p"}, {"line", "3"}});
  EXPECT_EQ(MessageOf(bad, Language::kChinese), "p:3:5: 数据文件有误：no such field");
  EXPECT_EQ(MessageOf(AtPlace("p", bad), Language::kChinese), "p:3:5: 数据文件有误：no such field");
  EXPECT_EQ(MessageOf(AtPlace("q", bad), Language::kChinese),
            "q: 数据文件有误：p:3:5: no such field");
  EXPECT_EQ(MessageOf(absl::InternalError("x"), Language::kChinese), "x");
}

TEST(MessageTest, EveryReasonHasAName) {
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    if (reasons->value(i)->number() == 0) continue;
    const std::string name = reasons->value(i)->name().substr(std::string("ERROR_REASON_").size());
    const std::optional<core::ErrorReason> reason = core::ParseErrorReason(name);
    EXPECT_TRUE(reason.has_value() && !ChineseName(*reason).empty()) << name;
  }
}

}  // namespace
}  // namespace crossfoot::cli
