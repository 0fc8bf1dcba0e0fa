// How fast reports are read, beside ICU's normaliser passing over the same bytes, and how much
// memory that takes.
//
//   make bench                       the corpus in ../shared/corpus when it is there, else a
//                                    synthetic report
//
// BM_Rules and BM_RulesOfOneArticle apply the rules alone to as many figures as they say.
// BM_Extract goes from the bytes to the figures, BM_Check runs every stage, BM_Normalize runs
// Normalizer2 over the same UTF-8 text: NFC, the faster form, which finds that Chinese text needs
// nothing and sets the bar, and NFKC, which folds full-width forms as our first stage does and is
// told beside it.  All are single-threaded.  Each is measured five times and the medians are
// compared in the lines at the end, which also give the peak of the resident memory of a process
// that extracts the largest text.  The exit status is 1 when a bar is missed.

#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/figure.h"
#include "rules/engine/engine.h"
#include "services/validation/pipeline.h"
#include "services/validation/process_memory.h"
#include "tests/benchmark/made_report.h"
#include "tests/testing/process.h"

namespace crossfoot {
namespace {

// A report made of numbers that agree.
std::string SyntheticReport() {
  std::string text = "2024年1—2月份业务运行情况\n\n";
  for (int number = 0; text.size() < (size_t{1} << 20); ++number)
    text += benchmarks::MakeParagraph(number) + "\n\n";
  return text;
}

// The texts to measure with, joined.
const std::string& Texts() {
  static const std::string& texts = *[] {
    auto* joined = new std::string;
    const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY");
    const std::filesystem::path corpus =
        std::filesystem::path(workspace == nullptr ? "." : workspace) / "../shared/corpus";
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(corpus, error)) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
      std::ifstream in(file, std::ios::binary);
      joined->append(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      joined->append("\n\n");
    }
    if (joined->empty()) *joined = SyntheticReport();
    return joined;
  }();
  return texts;
}

// The texts, repeated or cut to about `bytes`, at a line end.
std::string TextOf(size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += Texts();
  size_t end = text.rfind('\n', bytes);
  if (end == std::string::npos || end < bytes / 2) end = text.find('\n', bytes);
  text.resize(std::min(end, text.size()));
  return text;
}

validation::PipelineOptions Options() {
  validation::PipelineOptions options;
  options.max_document_bytes = int64_t{1} << 30;
  return options;
}

using Stages = absl::StatusOr<validation::Validation> (validation::Pipeline::*)(
    std::string, std::string, const validation::PipelineOptions&) const;

void Measure(benchmark::State& state, Stages stages) {
  const auto pipeline = validation::Pipeline::Create();
  if (!pipeline.ok()) return state.SkipWithError("the pipeline cannot be created");
  const std::string text = TextOf(static_cast<size_t>(state.range(0)));
  int64_t figures = 0;
  for (auto _ : state) {
    const auto result = ((**pipeline).*stages)("benchmark", text, Options());
    if (!result.ok()) return state.SkipWithError("the text could not be read");
    figures = result->summary.figures;
    benchmark::DoNotOptimize(result);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
  state.counters["figures"] = static_cast<double>(figures);
}

void BM_Check(benchmark::State& state) { Measure(state, &validation::Pipeline::Validate); }
void BM_Extract(benchmark::State& state) { Measure(state, &validation::Pipeline::ExtractFigures); }

void Normalize(benchmark::State& state, const icu::Normalizer2* (*instance)(UErrorCode&)) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = instance(error);
  if (U_FAILURE(error)) return state.SkipWithError("ICU has no such form");
  const std::string text = TextOf(static_cast<size_t>(state.range(0)));
  for (auto _ : state) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    normalizer->normalizeUTF8(0, text, sink, nullptr, error);
    benchmark::DoNotOptimize(out);
  }
  if (U_FAILURE(error)) return state.SkipWithError("ICU failed");
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
void BM_Normalize(benchmark::State& state) { Normalize(state, &icu::Normalizer2::getNFCInstance); }
void BM_NormalizeNfkc(benchmark::State& state) {
  Normalize(state, &icu::Normalizer2::getNFKCInstance);
}

// The figures of the texts, again and again up to `count` of them: each time as articles of their
// own; or a few of them, all in one article, where every name has hundreds of bearers.
std::vector<core::Figure> FiguresOf(size_t count, bool one_article) {
  static const std::vector<core::Figure>& once = *[] {
    const auto pipeline = validation::Pipeline::Create();
    auto result = (*pipeline)->ExtractFigures("benchmark", Texts(), Options());
    return new std::vector<core::Figure>(std::move(result->figures));
  }();
  constexpr size_t kFew = 250;
  const size_t period = one_article ? std::min(once.size(), kFew) : once.size();
  int32_t articles = 0, blocks = 0, sentences = 0, lists = 0;
  for (const core::Figure& figure : once) {
    articles = std::max(articles, figure.article + 1);
    blocks = std::max(blocks, figure.block + 1);
    sentences = std::max(sentences, figure.sentence + 1);
    lists = std::max({lists, figure.links.list + 1, figure.links.partition + 1});
  }
  std::vector<core::Figure> figures;
  figures.reserve(count);
  for (int32_t round = 0; figures.size() < count; ++round) {
    const auto first = static_cast<int32_t>(figures.size());
    for (size_t i = 0; i < period && figures.size() < count; ++i) {
      core::Figure figure = once[i];
      figure.article = one_article ? 0 : figure.article + round * articles;
      figure.block += round * blocks;
      if (figure.sentence >= 0) figure.sentence += round * sentences;
      for (int32_t* link :
           {&figure.links.level, &figure.links.rate, &figure.links.whole, &figure.links.entry_of}) {
        if (*link >= 0) *link += first;
      }
      for (int32_t* group : {&figure.links.list, &figure.links.partition}) {
        if (*group >= 0) *group += round * lists;
      }
      figures.push_back(std::move(figure));
    }
  }
  // A link to a figure that did not fit leads nowhere.
  for (core::Figure& figure : figures) {
    for (int32_t* link :
         {&figure.links.level, &figure.links.rate, &figure.links.whole, &figure.links.entry_of}) {
      if (*link >= static_cast<int32_t>(figures.size())) *link = -1;
    }
  }
  return figures;
}

void MeasureRules(benchmark::State& state, bool one_article) {
  const auto engine = rules::Engine::Create();
  if (!engine.ok()) return state.SkipWithError("the engine cannot be created");
  const std::vector<core::Figure> figures =
      FiguresOf(static_cast<size_t>(state.range(0)), one_article);
  size_t checks = 0;
  for (auto _ : state) {
    const rules::EngineResult result = (*engine)->Run(figures);
    checks = result.checks.size();
    benchmark::DoNotOptimize(result);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(figures.size()));
  state.counters["checks"] = static_cast<double>(checks);
}
void BM_Rules(benchmark::State& state) { MeasureRules(state, /*one_article=*/false); }
void BM_RulesOfOneArticle(benchmark::State& state) { MeasureRules(state, /*one_article=*/true); }

constexpr int64_t kFigureCounts[] = {1000, 10000, 100000};

void FigureCounts(benchmark::internal::Benchmark* benchmark) {
  for (const int64_t count : kFigureCounts) benchmark->Arg(count);
  benchmark->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
}
BENCHMARK(BM_Rules)->Apply(FigureCounts);
BENCHMARK(BM_RulesOfOneArticle)->Apply(FigureCounts);

constexpr int64_t kSizes[] = {64 << 10, 1 << 20, 16 << 20, 64 << 20};
constexpr int64_t kLargest = kSizes[3];

void Sizes(benchmark::internal::Benchmark* benchmark) {
  for (const int64_t size : kSizes) benchmark->Arg(size);
  benchmark->Unit(benchmark::kMillisecond)->Repetitions(5)->ReportAggregatesOnly();
}
BENCHMARK(BM_Normalize)->Apply(Sizes);
BENCHMARK(BM_NormalizeNfkc)->Apply(Sizes);
BENCHMARK(BM_Extract)->Apply(Sizes);
BENCHMARK(BM_Check)->Apply(Sizes);

// Prints what Google Benchmark prints, and keeps the medians.
class MedianReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      auto rate = run.counters.find("bytes_per_second");
      if (rate == run.counters.end()) rate = run.counters.find("items_per_second");
      if (run.aggregate_name != "median" || rate == run.counters.end()) continue;
      rates_[run.run_name.function_name + "/" + run.run_name.args] = rate->second;
    }
    ConsoleReporter::ReportRuns(runs);
  }

  // Bytes or figures a second; 0 when it was not measured.
  double RateOf(std::string_view name, int64_t size) const {
    const auto rate = rates_.find(std::string(name) + "/" + std::to_string(size));
    return rate == rates_.end() ? 0 : rate->second;
  }

 private:
  std::map<std::string, double> rates_;
};

// The bars.
constexpr double kMostTimesNormalizer = 25;    // of the normaliser's rate over that of extraction
constexpr double kLeastShareOfBestRate = 0.5;  // of the slowest size's rate in the fastest one's
constexpr double kMostTimesInput = 12;         // of the peak memory over the size of the text
constexpr double kMostTimesFewFigures = 2;     // of the time a figure takes among many and few
constexpr double kMostTimesNormalizerToCheck = 40;

// Says how the medians compare; false when a bar is missed.
bool CompareRates(const MedianReporter& reporter) {
  bool met = true;
  double slowest = 0, fastest = 0;
  for (const int64_t size : kSizes) {
    const double normalizer = reporter.RateOf("BM_Normalize", size);
    const double extraction = reporter.RateOf("BM_Extract", size);
    const double check = reporter.RateOf("BM_Check", size);
    if (normalizer == 0 || extraction == 0) continue;
    std::printf("%6lld KB: extraction %.1f MB/s, 1/%.1f of NFC, 1/%.1f of NFKC",
                static_cast<long long>(size >> 10), extraction / 1e6, normalizer / extraction,
                reporter.RateOf("BM_NormalizeNfkc", size) / extraction);
    if (check > 0) {
      std::printf("; check %.1f MB/s, 1/%.1f of NFC", check / 1e6, normalizer / check);
    }
    std::printf("\n");
    met = met && normalizer / extraction <= kMostTimesNormalizer &&
          (check == 0 || normalizer / check <= kMostTimesNormalizerToCheck);
    slowest = slowest == 0 ? extraction : std::min(slowest, extraction);
    fastest = std::max(fastest, extraction);
  }
  return met && slowest >= kLeastShareOfBestRate * fastest;
}

// Says how the time a figure takes grows with their number; false when a bar is missed.
bool CompareRules(const MedianReporter& reporter) {
  bool met = true;
  for (const std::string_view name : {"BM_Rules", "BM_RulesOfOneArticle"}) {
    const double few = reporter.RateOf(name, kFigureCounts[0]);
    for (const int64_t count : kFigureCounts) {
      const double rate = reporter.RateOf(name, count);
      if (rate == 0 || few == 0) continue;
      std::printf("%s, %lld figures: %.2f us a figure, %.2f times that of %lld\n", name.data(),
                  static_cast<long long>(count), 1e6 / rate, few / rate,
                  static_cast<long long>(kFigureCounts[0]));
      met = met && few / rate <= kMostTimesFewFigures;
    }
  }
  return met;
}

constexpr std::string_view kPeakFlag = "--peak-memory-of=";

// Extracts a text of `bytes` and prints its size and the largest resident size of this process so
// far, in bytes.
int PrintPeakMemory(int64_t bytes) {
  const auto pipeline = validation::Pipeline::Create();
  if (!pipeline.ok()) return 2;
  std::string text = TextOf(static_cast<size_t>(bytes));
  const size_t size = text.size();
  const auto result = (*pipeline)->ExtractFigures("benchmark", std::move(text), Options());
  if (!result.ok()) return 2;
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word != "VmHWM:") continue;
    int64_t kilobytes = 0;
    status >> kilobytes;
    std::printf("%zu %lld\n", size, static_cast<long long>(kilobytes << 10));
    return 0;
  }
  return 2;
}

// Says how much memory the largest text takes, in a process of its own; false when a bar is missed.
bool ComparePeakMemory() {
  std::vector<std::string> variables;
  if (const char* workspace = std::getenv("BUILD_WORKSPACE_DIRECTORY"); workspace != nullptr) {
    variables.push_back(std::string("BUILD_WORKSPACE_DIRECTORY=") + workspace);
  }
  const auto ending = testing::RunProgram(
      {"/proc/self/exe", std::string(kPeakFlag) + std::to_string(kLargest)}, "", variables);
  long long size = 0, peak = 0;
  if (!ending.ok() || ending->exit_status != 0 ||
      std::sscanf(ending->out.c_str(), "%lld %lld", &size, &peak) != 2 || size <= 0) {
    std::printf("the peak memory could not be measured\n");
    return false;
  }
  const double times = static_cast<double>(peak) / static_cast<double>(size);
  std::printf("%6lld KB: extraction peaks at %lld MB of memory, %.1f times the text\n",
              static_cast<long long>(kLargest >> 10), peak / 1000000, times);
  return times < kMostTimesInput;
}

int Main(int argc, char** argv) {
  validation::KeepFreedMemory();  // as the command line does
  if (argc == 2 && std::string_view(argv[1]).substr(0, kPeakFlag.size()) == kPeakFlag) {
    return PrintPeakMemory(std::atoll(argv[1] + kPeakFlag.size()));
  }
  // Repetitions take turns, so that a busy neighbour slows down what is compared alike.
  std::vector<char*> arguments(argv, argv + argc);
  std::string interleave = "--benchmark_enable_random_interleaving=true";
  arguments.insert(arguments.begin() + 1, interleave.data());
  argc = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  argv = arguments.data();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  MedianReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  const bool fast = CompareRates(reporter);
  const bool linear = CompareRules(reporter);
  const bool small = ComparePeakMemory();
  std::printf(fast && linear && small ? "all bars are met\n" : "a bar is missed\n");
  return fast && linear && small ? 0 : 1;
}

}  // namespace
}  // namespace crossfoot

int main(int argc, char** argv) { return crossfoot::Main(argc, argv); }
