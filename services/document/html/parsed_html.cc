#include "services/document/html/parsed_html.h"

#include <csetjmp>
#include <cstdint>
#include <cstdlib>

namespace crossfoot::document {
namespace {

// Before each block that gumbo holds; all are linked, so that they can be freed when a parse is
// left in the middle.
struct alignas(std::max_align_t) Header {
  Header* before;
  Header* after;
};

}  // namespace

struct ParsedHtml::Memory {
  explicit Memory(const core::Cancellation* given) : cancellation(given) {}

  const core::Cancellation* cancellation;
  std::jmp_buf leave;  // set while gumbo parses
  bool parsing = false;
  uint32_t allocations = 0;
  Header blocks = {&blocks, &blocks};  // a ring
};

void* ParsedHtml::Allocate(void* memory, size_t size) {
  auto& state = *static_cast<Memory*>(memory);
  // gumbo has no way to stop it.  Its frames are plain C, which may be left so; it allocates
  // several times a tag.
  if ((++state.allocations & 255) == 0 && state.parsing && core::Stopped(state.cancellation))
    std::longjmp(state.leave, 1);
  auto* header = static_cast<Header*>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) std::abort();  // as operator new would end; gumbo does not look
  header->before = &state.blocks;
  header->after = state.blocks.after;
  state.blocks.after->before = header;
  state.blocks.after = header;
  return header + 1;
}

void ParsedHtml::Free(void*, void* block) {
  if (block == nullptr) return;
  Header* const header = static_cast<Header*>(block) - 1;
  header->before->after = header->after;
  header->after->before = header->before;
  std::free(header);
}

ParsedHtml::ParsedHtml(std::string_view text, const core::Cancellation* cancellation)
    : memory_(new Memory(cancellation)) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.allocator = &Allocate;
  options.deallocator = &Free;
  options.userdata = memory_;
  if (setjmp(memory_->leave) == 0) {
    memory_->parsing = true;
    output_ = gumbo_parse_with_options(&options, text.data(), text.size());
  }
  memory_->parsing = false;
}

ParsedHtml::~ParsedHtml() {
  // Without a walk over the tree.
  while (memory_->blocks.after != &memory_->blocks) Free(memory_, memory_->blocks.after + 1);
  delete memory_;
}

}  // namespace crossfoot::document
