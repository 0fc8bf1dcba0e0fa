"""Runs clang-tidy over each source of our C++ targets, with the very headers that the target may include.

  bazel build --aspects=//tools/lint:clang_tidy.bzl%clang_tidy --output_groups=clang_tidy //...

One action a source, so that only what changed is looked at again.  Headers are checked through the sources that include
them; generated code is not checked.
"""

_KINDS = ["cc_binary", "cc_library", "cc_test"]

def _contexts(target, rule_attr):
    contexts = [dep[CcInfo].compilation_context for dep in getattr(rule_attr, "deps", []) if CcInfo in dep]
    if CcInfo in target:
        contexts.append(target[CcInfo].compilation_context)
    return contexts

def _generated(path):
    return path.startswith("bazel-out/")

def _clang_tidy_impl(target, ctx):
    if ctx.rule.kind not in _KINDS or target.label.workspace_root:
        return []
    sources = [f for f in ctx.rule.files.srcs if f.extension == "cc" and f.is_source]
    contexts = _contexts(target, ctx.rule.attr)
    flags = ["-std=c++20", "-Wall", "-Wextra"]
    for context in contexts:
        for path in context.quote_includes.to_list():
            # Generated headers count as the system's: nothing is reported in them.
            flags.append(("-isystem" if _generated(path) else "-iquote") + path)
        for path in context.includes.to_list() + context.system_includes.to_list():
            flags.append("-isystem" + path)
        flags += ["-D" + define for define in context.defines.to_list()]
    flags += ["-D" + define for define in getattr(ctx.rule.attr, "local_defines", [])]

    reports = []
    for source in sources:
        report = ctx.actions.declare_file("{}.{}.clang_tidy".format(target.label.name, source.basename))
        arguments = ctx.actions.args()
        arguments.add(report)
        arguments.add("--quiet")
        arguments.add(ctx.file._config, format = "--config-file=%s")
        arguments.add(source)
        arguments.add("--")
        arguments.add_all(flags, uniquify = True)
        ctx.actions.run_shell(
            # The report is what clang-tidy said, shown when there is an error, with paths from the workspace.
            command = 'report=$1; shift; clang-tidy-16 "$@" >"$report" 2>&1 || ' +
                      '{ sed -E "s#$PWD/##g; /warnings? generated[.]$/d" "$report"; exit 1; }',
            arguments = [arguments],
            inputs = depset(
                [ctx.file._config] + ctx.rule.files.srcs,
                transitive = [context.headers for context in contexts],
            ),
            outputs = [report],
            mnemonic = "ClangTidy",
            progress_message = "Linting " + source.short_path,
            use_default_shell_env = True,
        )
        reports.append(report)
    return [OutputGroupInfo(clang_tidy = depset(reports))]

clang_tidy = aspect(
    implementation = _clang_tidy_impl,
    attrs = {
        "_config": attr.label(default = "//tools/lint:clang_tidy_config", allow_single_file = True),
    },
)
