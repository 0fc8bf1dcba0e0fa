#ifndef CROSSFOOT_TESTS_SERVICE_CONTRADICTION_H_
#define CROSSFOOT_TESTS_SERVICE_CONTRADICTION_H_

namespace crossfoot::testing {

// A report whose regions add up to the nation: 2178 + 129.1 + 150 + 5.9 = 2463.
inline constexpr char kConsistentReport[] =
    "一、总体情况\n"
    "1—2月份，我国完成数据服务总收入2463亿元，同比增长7.6%。\n"
    "二、分地区情况\n"
    "1—2月份，东部地区完成数据服务总收入2178亿元，中部地区完成数据服务总收入129.1亿元，"
    "西部地区完成数据服务总收入150亿元，东北地区完成数据服务总收入5.9亿元。\n";

// The same with two digits of the eastern part swapped, so that the sum is 2472 where 2463 is
// printed: no rounding explains it.
inline constexpr char kContradictoryReport[] =
    "一、总体情况\n"
    "1—2月份，我国完成数据服务总收入2463亿元，同比增长7.6%。\n"
    "二、分地区情况\n"
    "1—2月份，东部地区完成数据服务总收入2187亿元，中部地区完成数据服务总收入129.1亿元，"
    "西部地区完成数据服务总收入150亿元，东北地区完成数据服务总收入5.9亿元。\n";

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_SERVICE_CONTRADICTION_H_
