#ifndef CROSSFOOT_TESTS_TESTING_OFFICE_FILE_H_
#define CROSSFOOT_TESTS_TESTING_OFFICE_FILE_H_

#include <string>
#include <string_view>
#include <vector>

namespace crossfoot::testing {

// A file of an archive.
struct ZipEntry {
  std::string name = {};
  std::string content = {};
  bool packed = false;        // deflated rather than stored
  std::string password = {};  // encrypts it when there is one
};

// The bytes of an archive.  Stops the program when it cannot be made.
std::string ZipOf(const std::vector<ZipEntry>& entries);

// A DOCX or XLSX made of the inside of its parts, so that a test says what it is about and nothing
// else:
//
//   --- body                what stands in <w:body>: makes a DOCX
//   <w:p><w:r><w:t>收入12亿元。</w:t></w:r></w:p>
//   --- footnotes           and endnotes, styles, numbering: in <w:footnotes> and so on
//
//   --- sheet 收入          what stands in <worksheet>: makes an XLSX
//   <sheetData><row r="1"><c r="A1"><v>12</v></c></row></sheetData>
//   --- sheet 底稿 hidden
//   --- strings             in <sst>
//   --- styles              in <styleSheet>
//   --- workbook            in <workbook>, before the sheets
//
//   --- word/document.xml   a whole part, in place of the one made of the above
//
// What stands before the first such line is left out.  The parts are deflated when `packed`.
std::string OfficeFile(std::string_view parts, bool packed = false);

}  // namespace crossfoot::testing

#endif  // CROSSFOOT_TESTS_TESTING_OFFICE_FILE_H_
