"""Fuzz targets: LLVMFuzzerTestOneInput over one parser each."""

load("@rules_cc//cc:defs.bzl", "cc_binary", "cc_library", "cc_test")

def crossfoot_fuzz_target(name, deps):
    """The target in name.cc, twice: as a fuzzer, and as a test over the inputs kept in corpus/name.

    The fuzzer `name` needs --config=fuzz, so it is built when it is asked for alone; `make fuzz` does.  The test is
    `name`_corpus_test and needs nothing.

    Args:
      name: of the target.
      deps: of its source, beside //tests/fuzz.
    """
    cc_library(
        name = name + "_target",
        testonly = True,
        srcs = [name + ".cc"],
        deps = deps + [":fuzz"],
        alwayslink = True,
    )
    cc_binary(
        name = name,
        testonly = True,
        linkopts = ["-fsanitize=fuzzer"],
        tags = ["fuzz", "manual"],
        deps = [":" + name + "_target"],
    )
    cc_test(
        name = name + "_corpus_test",
        size = "small",
        srcs = ["corpus_main.cc"],
        args = ["$(locations :%s_corpus)" % name],
        data = [":%s_corpus" % name],
        deps = [":fuzz", ":" + name + "_target"],
    )
    native.filegroup(name = name + "_corpus", srcs = native.glob(["corpus/%s/*" % name]))
