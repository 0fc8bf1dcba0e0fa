#ifndef CROSSFOOT_SERVICES_REPORT_SPREADSHEET_WRITER_H_
#define CROSSFOOT_SERVICES_REPORT_SPREADSHEET_WRITER_H_

#include <string>

#include "services/validation/pipeline.h"

// Figures as a table for spreadsheets: CSV after RFC 4180 in UTF-8, one figure a record.
//
//   document,figure,line,column,content,kind,value,…
//   a.txt,f1,1,14,2463亿元,LEVEL,246300000000,…
//
// A table of several documents is one head and the records of each.  Columns carry the names that
// the messages of crossfoot.v1 give the attributes, and their values; line and column say where the
// number stands in the document, from 1, in code points.  No field is ever read as a formula.

namespace crossfoot::report {

// A byte order mark, without which spreadsheets take Chinese for another encoding, and the names of
// the columns.
std::string SpreadsheetHead();

// The figures in text order; empty when there is none.
std::string FiguresToSpreadsheet(const validation::Validation& validation);

}  // namespace crossfoot::report

#endif  // CROSSFOOT_SERVICES_REPORT_SPREADSHEET_WRITER_H_
