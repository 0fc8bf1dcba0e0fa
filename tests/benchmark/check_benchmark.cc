// How fast a whole check is, beside ICU's normaliser passing over the same bytes.
//
//   make bench                       the corpus in ../shared/corpus when it is there, else a
//   synthetic report
//
// BM_Check runs every stage; BM_Normalize runs Normalizer2 (NFC, UTF-8) over the same text. Compare
// their rates in one run on one machine: both are single-threaded.

#include <benchmark/benchmark.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "services/validation/pipeline.h"

namespace crossfoot {
namespace {

// A report made of numbers that agree.
std::string SyntheticReport() {
  std::string text = "2024年1—2月份业务运行情况\n\n";
  for (int i = 0; text.size() < (size_t{1} << 20); ++i) {
    const std::string total = std::to_string(1000 + i % 900);
    text += "1—2月份，第" + std::to_string(i) + "组企业完成业务收入" + total + "亿元，同比增长" +
            std::to_string(i % 30) + "." + std::to_string(i % 10) +
            "%，增速较上年回落0.4个百分点。其中，东部地区完成业务收入" +
            std::to_string(500 + i % 400) + "亿元，同比增长6.5%，占全国业务收入的" +
            std::to_string(30 + i % 40) +
            ".2%；各项工作有序推进，市场主体信心继续增强，行业总体保持平稳运行态势。\n\n";
  }
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

void BM_Check(benchmark::State& state) {
  const auto pipeline = validation::Pipeline::Create();
  if (!pipeline.ok()) return state.SkipWithError("the pipeline cannot be created");
  const std::string text = TextOf(static_cast<size_t>(state.range(0)));
  validation::PipelineOptions options;
  options.max_document_bytes = int64_t{1} << 30;
  int64_t figures = 0;
  for (auto _ : state) {
    const auto result = (*pipeline)->Validate("benchmark", text, options);
    if (!result.ok()) return state.SkipWithError("the check failed");
    figures = result->summary.figures;
    benchmark::DoNotOptimize(result);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
  state.counters["figures"] = static_cast<double>(figures);
}

void BM_Normalize(benchmark::State& state) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return state.SkipWithError("ICU has no NFC");
  const std::string text = TextOf(static_cast<size_t>(state.range(0)));
  for (auto _ : state) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(text.size()));
    nfc->normalizeUTF8(0, text, sink, nullptr, error);
    benchmark::DoNotOptimize(out);
  }
  if (U_FAILURE(error)) return state.SkipWithError("ICU failed");
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}

constexpr int64_t kSmall = 64 << 10, kMiddle = 1 << 20, kLarge = 16 << 20;
BENCHMARK(BM_Check)->Arg(kSmall)->Arg(kMiddle)->Arg(kLarge)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Normalize)->Arg(kSmall)->Arg(kMiddle)->Arg(kLarge)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace crossfoot
