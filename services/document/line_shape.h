#ifndef CROSSFOOT_SERVICES_DOCUMENT_LINE_SHAPE_H_
#define CROSSFOOT_SERVICES_DOCUMENT_LINE_SHAPE_H_

#include <cstdint>
#include <string_view>

// Questions about the wording of a single line of a report, in normalised text without blanks at
// both ends.

namespace crossfoot::document {

// How a line is numbered: 一、 (1), （一） (2), 1. or 1、 (3), （1） (4), 第一章 or 第一部分 (1).
// 0 when it is not.  The number is the depth in the usual outline of official texts.
int32_t OutlineDepth(std::string_view line);

// Ends with a mark that closes a sentence or introduces a list, closers after it included.
bool EndsClosed(std::string_view line);

// Holds a mark that ends a sentence before its last character.
bool HasInnerStop(std::string_view line);

// The last quote or bracket that opens in the line does not close in it.
bool LeavesBracketOpen(std::string_view line);

// Ends with a word that something must follow: 达到, 同比, 的.
bool EndsUnfinished(std::string_view line);

// Begins with a number and its unit, as the second half of a sentence does: 10.7%，占….
bool StartsWithQuantity(std::string_view line);

// Begins with a word that a number before it belongs to: 亿, 个.
bool StartsWithMeasureWord(std::string_view line);

// Holds ，, 。, ； or the like: reads as a sentence.
bool HasClausePunctuation(std::string_view line);

// A number in a table cell: digits with an optional sign, thousands separators, a point and %; or
// 持平, -, —, ….
bool IsNumberCell(std::string_view line);

// A whole number from 1900 to 2100, as in the header of a time series.
bool IsYearNumber(std::string_view line);

// 单位：亿元, with or without brackets.
bool IsUnitNote(std::string_view line);

// 图1 …, 表2 …, a unit note.
bool IsCaption(std::string_view line);

// 附注, 注：…, （注：…, （来源：…）, 数据来源：….
bool IsNote(std::string_view line);
// A line that is nothing but 附注, 注.
bool IsNoteHead(std::string_view line);
// A note that closes an article: （来源：…）.
bool IsSourceNote(std::string_view line);

// 记者 …, 责任编辑：…, 发布时间：…, 某某摄, ….
bool IsByline(std::string_view line);
// 本报记者 …: the line below the title of an article.
bool IsReporterLine(std::string_view line);

// （上接第1版）, （下转第3版）.
bool IsContinuationNote(std::string_view line);
// （上接第1版）…: what follows is the rest of an article that began elsewhere.
bool ResumesArticle(std::string_view line);
// 本报讯…: the first sentence of an article.
bool OpensArticle(std::string_view line);
// A name in brackets that closes an article: （某某某）, （完）.
bool IsSignature(std::string_view line);
// A day and nothing else: （2013年3月20日）, 2026-02-02 09:20.
bool IsDateLine(std::string_view line);

// Copyright, licence and contact lines of a site.
bool IsImprint(std::string_view line);

// A word of navigation or of the buttons of a page.
bool IsNavigation(std::string_view line);

// 目录, 导读: heads a table of contents.
bool IsContentsHead(std::string_view line);

// An entry of a table of contents with dots and a page number: 综合……12.
bool IsDottedContentsEntry(std::string_view line);

// A page number: up to four digits alone, or decorated: - 12 -, 第12页.
bool IsPageNumber(std::string_view line);
bool IsDecoratedPageNumber(std::string_view line);

// A credit below a picture: 某某摄.
bool IsPhotoCredit(std::string_view line);

}  // namespace crossfoot::document

#endif  // CROSSFOOT_SERVICES_DOCUMENT_LINE_SHAPE_H_
