#ifndef CROSSFOOT_SERVICES_FIGURE_RANKING_H_
#define CROSSFOOT_SERVICES_FIGURE_RANKING_H_

#include <cstdint>
#include <vector>

#include "core/document.h"
#include "core/mention.h"
#include "services/figure/clause.h"
#include "services/lexicon/lexicon.h"

// What the clauses without a number say of how numbers beside them stand to others: 食品上涨13.4%，
// 涨幅居首; 增速逐月回落.

namespace crossfoot::figure {

struct Ranking {
  // A number that is said to be the largest or smallest of its like.
  struct Extreme {
    int32_t mention = -1;  // the number
    bool share = false;    // 占比最高; else a rate: 增速最快
    // Of the signed number: +1 the largest, -1 the smallest.  A fall that is the largest is the
    // smallest rate.
    int sign = 0;
    bool nation = false;  // the nation is among the others: 领跑全国
  };
  std::vector<Extreme> extremes;
  // A rate moves one way from period to period: 增速逐月回落 -1.  0 when nothing says so.
  int steady = 0;
};

// Of one sentence; `tokens` are its tokens.
Ranking ReadRanking(const core::Document& document, const std::vector<core::Mention>& mentions,
                    const lexicon::Lexicon& lexicon, const std::vector<Token>& tokens);

}  // namespace crossfoot::figure

#endif  // CROSSFOOT_SERVICES_FIGURE_RANKING_H_
