#ifndef CROSSFOOT_SERVICES_REPORT_VERSION_H_
#define CROSSFOOT_SERVICES_REPORT_VERSION_H_

namespace crossfoot::report {

// The one place that names the release: MAJOR.MINOR.PATCH, semantic versioning of the command line
// and of crossfoot.v1.
inline constexpr char kVersion[] = "0.1.0";

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_VERSION_H_
