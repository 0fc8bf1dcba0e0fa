"""Tests whose cases are text files: adding one needs no compiler."""

load("@rules_cc//cc:defs.bzl", "cc_library", "cc_test")

def crossfoot_case_tests(srcs, cases, deps):
    """One cc_test per case file, named after it, that runs srcs with the path of the file as its argument.

    Args:
      srcs: the program that runs a case: it defines ActualOf of tests/testing/case_main.h.
      cases: files, named from this package.
      deps: of the program.
    """
    stem = srcs[0][:-len(".cc")]
    cc_library(name = stem + "_program", testonly = True, srcs = srcs, deps = deps, alwayslink = True)
    tests = []
    for case in cases:
        name = stem + "_" + case.split("/")[-1].rsplit(".", 1)[0]
        tests.append(name)
        cc_test(
            name = name,
            size = "small",
            args = ["$(location %s)" % case],
            data = [case],
            deps = [":" + stem + "_program"],
        )
    native.test_suite(name = stem, tests = tests)
