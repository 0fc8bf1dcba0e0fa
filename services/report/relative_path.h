#ifndef CROSSFOOT_SERVICES_REPORT_RELATIVE_PATH_H_
#define CROSSFOOT_SERVICES_REPORT_RELATIVE_PATH_H_

#include <string>
#include <string_view>

// How files are named for programs that know the tree that they stand in, and not this machine.

namespace crossfoot::report {

// `path`, which is "a.txt", "./a.txt" or "/tree/a.txt", seen from `working_directory`, an absolute
// path: "a.txt".  A path that leads out of it keeps its ".." or stays absolute.  Names no file;
// only the words are looked at.
std::string RelativePath(std::string_view path, std::string_view working_directory);

// A path as a URI reference (RFC 3986): every byte but letters, digits, "-._~" and "/" as %XX, and
// "file://" before an absolute one.
std::string PathToUri(std::string_view path);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_RELATIVE_PATH_H_
