// How fast files of every format are read, beside the bare library that takes such a file apart.
//
//   make bench-formats
//
// Reading is the call that the pipeline makes, from the bytes to the core::Document.  The library
// does the same bytes in turn with it, once each an iteration:
//
//   HTML         gumbo makes the tree
//   DOCX, XLSX   libzip unpacks every part and pugixml makes the tree of each
//   PDF          Debian's pdftotext (poppler-utils) writes words and boxes to /dev/null, as a
//                process, as our reader of PDF is one; left out where it is not installed
//   text and the like, which we read with no library: ICU's normaliser, NFC, as check_benchmark
//
// What is compared is processor time, of this process and those that it started and that ended
// (getrusage), in the system as well.  An iteration's time is ours; `share_of_library` is the
// library's time by ours, which is our rate in parts of the library's.  The lines at the end give
// the medians of five repetitions.  The exit status is 1 when a bar is missed, 2 when a file could
// not be read.

#include <benchmark/benchmark.h>
#include <gumbo.h>
#include <sys/resource.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unistd.h>
#include <zip.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "services/document/segment.h"
#include "services/validation/process_memory.h"
#include "tests/benchmark/made_report.h"
#include "tests/testing/process.h"

namespace crossfoot::benchmarks {
namespace {

// From the folder of the program's data files, which `bazel run` starts it in.
constexpr char kPdfReader[] = "services/document/pdf/reader/crossfoot-pdf-reader";
constexpr char kPdfToText[] = "/usr/bin/pdftotext";

// Seconds of processor time so far.
double ProcessorTime() {
  double seconds = 0;
  for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage;
    if (getrusage(who, &usage) != 0) std::abort();
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  }
  return seconds;
}

// What the library does with a file; false when it fails.
using Library = bool (*)(const std::string& bytes);

bool ParseWithGumbo(const std::string& bytes) {
  GumboOutput* const output =
      gumbo_parse_with_options(&kGumboDefaultOptions, bytes.data(), bytes.size());
  const bool parsed = output->root != nullptr;
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return parsed;
}

// The archives that are read here hold nothing but parts that our readers read as well.
bool UnpackAndParse(const std::string& bytes) {
  zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  zip_t* const archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (archive == nullptr) return false;
  bool parsed = true;
  for (int64_t entry = 0; entry < zip_get_num_entries(archive, 0); ++entry) {
    zip_stat_t stat;
    zip_stat_index(archive, static_cast<zip_uint64_t>(entry), 0, &stat);
    std::vector<char> part(stat.size);
    zip_file_t* const file = zip_fopen_index(archive, static_cast<zip_uint64_t>(entry), 0);
    parsed = parsed &&
             zip_fread(file, part.data(), part.size()) == static_cast<zip_int64_t>(part.size());
    zip_fclose(file);
    pugi::xml_document tree;
    parsed = parsed && tree.load_buffer_inplace(part.data(), part.size());
  }
  zip_discard(archive);
  return parsed;
}

bool Normalize(const std::string& bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return false;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(bytes.size()));
  normalizer->normalizeUTF8(0, bytes, sink, nullptr, error);
  benchmark::DoNotOptimize(out);
  return U_SUCCESS(error);
}

// A file on disk for pdftotext; gone with this object.
class PdfFile {
 public:
  explicit PdfFile(const std::string& bytes) {
    path_ = (std::filesystem::temp_directory_path() / "format_benchmark.XXXXXX").string();
    const int file = mkstemp(path_.data());
    if (file < 0 || write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      std::abort();
    close(file);
  }
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;
  ~PdfFile() { std::filesystem::remove(path_); }

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

bool ReadWithPdfToText(const std::string& bytes) {
  static const PdfFile file(bytes);
  const auto ending = testing::RunProgram({kPdfToText, "-bbox", file.path(), "/dev/null"});
  return ending.ok() && ending->exit_status == 0;
}

struct Format {
  const char* name;
  std::string (*make)(const MadeReport& report);
  int sections;
  int paragraphs_each;
  int rows_each;
  Library library;
  const char* library_name;
  double bar;  // the least share of the library's rate; 0 for none
};
constexpr Format kFormats[] = {
    {"text", &AsText, 40, 60, 60, &Normalize, "ICU's NFC", 0},
    {"markdown", &AsMarkdown, 40, 60, 60, &Normalize, "ICU's NFC", 0},
    {"csv", &AsCsv, 1, 0, 20'000, &Normalize, "ICU's NFC", 0},
    {"html", &AsHtml, 40, 60, 60, &ParseWithGumbo, "gumbo", 0.5},
    {"html_bare", &AsBareHtml, 40, 60, 60, &ParseWithGumbo, "gumbo", 0.5},
    {"docx", &AsDocx, 20, 60, 60, &UnpackAndParse, "libzip and pugixml", 0},
    {"xlsx", &AsXlsx, 6, 0, 4000, &UnpackAndParse, "libzip and pugixml", 1.0 / 3},
    // What a sheet costs beside its cells; told, for no report has as many.
    {"xlsx_many_sheets", &AsXlsx, 500, 0, 40, &UnpackAndParse, "libzip and pugixml", 0},
    {"pdf", &AsPdf, 40, 30, 60, &ReadWithPdfToText, "pdftotext -bbox", 0.5},
};

void Read(benchmark::State& state, const Format& format) {
  if (format.library == &ReadWithPdfToText && access(kPdfToText, X_OK) != 0) {
    return state.SkipWithError("pdftotext is missing: apt-get install poppler-utils");
  }
  const std::string bytes =
      format.make(MakeReport(format.sections, format.paragraphs_each, format.rows_each));
  document::SegmentOptions options;
  options.pdf_reader = kPdfReader;
  options.max_document_bytes = int64_t{64} << 20;
  double ours = 0;
  double library = 0;
  size_t blocks = 0;
  for (auto _ : state) {
    std::string copy = bytes;
    const double start = ProcessorTime();
    {
      const auto document = document::SegmentDocument(format.name, std::move(copy), options);
      if (!document.ok()) return state.SkipWithError(document.status().ToString().c_str());
      blocks = document->blocks.size();
    }
    const double middle = ProcessorTime();
    if (!format.library(bytes)) return state.SkipWithError("the library could not read it");
    const double end = ProcessorTime();
    state.SetIterationTime(middle - start);
    ours += middle - start;
    library += end - middle;
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
  state.counters["bytes"] = static_cast<double>(bytes.size());
  state.counters["blocks"] = static_cast<double>(blocks);
  state.counters["share_of_library"] = library / ours;
}

// Prints what Google Benchmark prints, and keeps the medians.
class MedianReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      failed_ |= run.error_occurred;
      const auto share = run.counters.find("share_of_library");
      if (run.aggregate_name != "median" || share == run.counters.end()) continue;
      shares_[run.run_name.function_name] = share->second;
    }
    ConsoleReporter::ReportRuns(runs);
  }

  bool failed() const { return failed_; }
  // 0 when it was not measured.
  double ShareOf(const std::string& name) const {
    const auto share = shares_.find(name);
    return share == shares_.end() ? 0 : share->second;
  }

 private:
  std::map<std::string, double> shares_;
  bool failed_ = false;
};

int Main(int argc, char** argv) {
  validation::KeepFreedMemory();  // as the command line does
  for (const Format& format : kFormats) {
    benchmark::RegisterBenchmark(format.name, &Read, format)
        ->Unit(benchmark::kMillisecond)
        ->UseManualTime()
        ->Repetitions(5)
        ->ReportAggregatesOnly();
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  MedianReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  bool met = true;
  for (const Format& format : kFormats) {
    const double share = reporter.ShareOf(format.name);
    if (share == 0) continue;
    std::printf("%s: %.2f of the rate of %s", format.name, share, format.library_name);
    if (format.bar > 0) std::printf(", bar %.2f", format.bar);
    std::printf("\n");
    met = met && share >= format.bar;
  }
  if (reporter.failed()) return 2;
  std::printf(met ? "all bars are met\n" : "a bar is missed\n");
  return met ? 0 : 1;
}

}  // namespace
}  // namespace crossfoot::benchmarks

int main(int argc, char** argv) { return crossfoot::benchmarks::Main(argc, argv); }
