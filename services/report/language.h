#ifndef CROSSFOOT_SERVICES_REPORT_LANGUAGE_H_
#define CROSSFOOT_SERVICES_REPORT_LANGUAGE_H_

namespace crossfoot::report {

// The language of messages; reports are read whatever it is.
enum class Language { kChinese, kEnglish };

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_LANGUAGE_H_
