"""Puts data files into the program, so that one binary is all there is to install."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load(":repository.bzl", "repository_folder")

def crossfoot_embed(name, srcs, visibility = None):
    """A cc_library with name.h, which declares, in namespace crossfoot::embedded,

        struct File { const char* path; const char* data; size_t size; };
        std::vector<File> <name>();    // the files of srcs, by path from the workspace, sorted

    Args:
      name: of the cc_library, the header and the function; snake_case.
      srcs: files to embed.
      visibility: of the cc_library.
    """
    native.genrule(
        name = name + "_generate",
        srcs = srcs,
        outs = [name + ".h", name + ".cc"],
        cmd = ("/usr/bin/python3 $(location //tools/build_defs:embed.py) {name} $(location {name}.h) " +
               "$(location {name}.cc) {package} '{folder}' $(SRCS)").format(
            name = name,
            package = native.package_name(),
            folder = repository_folder(),
        ),
        tools = ["//tools/build_defs:embed.py"],
    )
    cc_library(
        name = name,
        srcs = [name + ".cc"],
        hdrs = [name + ".h"],
        visibility = visibility,
    )
