#include "services/document/draft.h"

#include <gtest/gtest.h>

#include "core/document.h"
#include "core/source_map.h"
#include "core/text_span.h"

namespace crossfoot::document {
namespace {

using core::TextRange;

// "ab" copied from 0, "X" for [2, 5), "cdef" copied from 7.
Draft MakeDraft() {
  Draft draft;
  draft.AppendCopied("ab", 0);
  draft.AppendReplaced("X", 2, 5);
  draft.AppendCopied("cd", 7);
  draft.AppendCopied("ef", 9);
  return draft;
}

TEST(DraftTest, MergesCopiedNeighbours) {
  const Draft draft = MakeDraft();
  EXPECT_EQ(draft.text(), "abXcdef");
  EXPECT_EQ(draft.pieces().size(), 3u);
  EXPECT_EQ(draft.original_end(), 11);
}

TEST(DraftTest, OriginsNeverStepBack) {
  Draft draft;
  draft.AppendCopied("later", 10);
  draft.AppendCopied("early", 2);
  draft.AppendReplaced("x", 3, 20);
  for (size_t piece = 1; piece < draft.pieces().size(); ++piece) {
    EXPECT_GE(draft.pieces()[piece].original_start, draft.pieces()[piece - 1].original_end);
  }
  EXPECT_EQ(draft.text(), "laterearlyx");
}

TEST(DraftTest, KnowsHowWideBlanksAre) {
  Draft draft;
  draft.AppendCopied("a ", 0);
  draft.AppendReplaced(" ", 2, 5);  // U+3000
  draft.AppendReplaced(" ", 5, 7);  // U+00A0
  draft.AppendCopied("b", 7);
  EXPECT_EQ(draft.WidthOfBlanks({1, 4}), 4);
  EXPECT_EQ(draft.WidthOfBlanks({3, 4}), 1);
  EXPECT_EQ(draft.WidthOfBlanks({2, 3}), 2);
  EXPECT_EQ(draft.WidthOfBlanks({4, 4}), 0);
}

TEST(DraftCopierTest, CopiesRangesWithTheirOrigins) {
  const Draft draft = MakeDraft();
  core::Document document;
  DraftCopier copier(&draft, &document);
  EXPECT_EQ(copier.Append({1, 3}, "\n"), (TextRange{0, 2}));
  EXPECT_EQ(copier.Append({5, 7}, "\n"), (TextRange{3, 5}));
  EXPECT_EQ(document.text, "bX\nef");
  EXPECT_EQ(document.source_map.OriginalOf({0, 1}), (TextRange{1, 2}));
  EXPECT_EQ(document.source_map.OriginalOf({1, 2}), (TextRange{2, 5}));
  // The separator stands for the gap.
  EXPECT_EQ(document.source_map.OriginalOf({2, 3}), (TextRange{5, 9}));
  EXPECT_EQ(document.source_map.OriginalOf({3, 5}), (TextRange{9, 11}));
}

TEST(DraftCopierTest, JoinsRangesWithNothingBetween) {
  const Draft draft = MakeDraft();
  core::Document document;
  DraftCopier copier(&draft, &document);
  copier.Append({0, 1}, "\n");
  EXPECT_EQ(copier.Append({6, 7}, ""), (TextRange{1, 2}));
  EXPECT_EQ(document.text, "af");
  EXPECT_EQ(document.source_map.OriginalOf({0, 2}), (TextRange{0, 11}));
}

}  // namespace
}  // namespace crossfoot::document
