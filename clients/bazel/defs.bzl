"""Checks of reports as Bazel tests."""

_PROJECT_FILE = ".crossfoot.textproto"

# What `--history` reads of a directory.
_HISTORY_FILES = [".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".xlsx", ".csv", ".tsv"]

def _quote(word):
    """The word as a shell reads it back."""
    return "'" + word.replace("'", "'\\''") + "'"

def _from_runfiles(file):
    """The file's path without steps upwards, which those of other repositories begin with."""
    path = file.short_path
    return "external/" + path[len("../"):] if path.startswith("../") else path

def _folder(path):
    return path.rpartition("/")[0]

def _refuse_folders(attribute, files):
    for file in files:
        if file.is_directory:
            fail("%s is a folder; name the files in it" % file.short_path, attr = attribute)

def _history(ctx):
    """A folder of earlier reports for each that they lie in, with nothing else in it.

    The program reads whole folders, and beside an earlier report there may lie one that is checked.

    Returns:
      the folders, in the order of the attribute, and the links that fill them.
    """
    root = "%s/%s.history/" % (ctx.label.package, ctx.label.name)
    links = {root + _from_runfiles(file): file for file in ctx.files.history}
    return {_folder(path): None for path in links}.keys(), links

def _project_flags(ctx):
    project = ctx.file.project
    if project == None:
        return ["--no-project"]
    if project.basename != _PROJECT_FILE:
        fail("%s is not called %s" % (project.short_path, _PROJECT_FILE), attr = "project")
    folder = project.short_path[:-len(_PROJECT_FILE)]
    for report in ctx.files.srcs:
        if not report.short_path.startswith(folder):
            fail("%s lies outside the folder of %s" % (report.short_path, project.short_path), attr = "srcs")
    return []

def _crossfoot_test_impl(ctx):
    _refuse_folders("srcs", ctx.files.srcs)
    _refuse_folders("history", ctx.files.history)
    folders, links = _history(ctx)
    flags = ["--lang=" + ctx.attr.lang] + _project_flags(ctx)
    flags += ["--rules=" + file.short_path for file in ctx.files.rules]
    flags += ["--history=" + folder for folder in folders]
    if ctx.file.baseline != None:
        flags.append("--baseline=" + ctx.file.baseline.short_path)
    for flag, value in [
        ("fail-on", ctx.attr.fail_on),
        ("home-area", ctx.attr.home_area),
        ("reference-date", ctx.attr.reference_date),
    ]:
        if value:
            flags.append("--%s=%s" % (flag, value))

    # Under `bazel test` the runfiles are where TEST_SRCDIR says, otherwise beside the script.
    script = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.write(script, is_executable = True, content = """\
#!/bin/bash
cd "${TEST_SRCDIR:-$0.runfiles}"/%s || exit 2
exec ./%s check ${XML_OUTPUT_FILE:+"--report=junit:$XML_OUTPUT_FILE"} %s "$@" -- %s
""" % (
        _quote(ctx.workspace_name),
        _quote(ctx.executable.crossfoot.short_path),
        " ".join([_quote(flag) for flag in flags]),
        " ".join([_quote(file.short_path) for file in ctx.files.srcs]),
    ))
    inputs = ctx.files.srcs + ctx.files.rules + ctx.files.data + [ctx.executable.crossfoot]
    inputs += [file for file in [ctx.file.baseline, ctx.file.project] if file != None]
    runfiles = ctx.runfiles(files = inputs, symlinks = links)
    for target in [ctx.attr.crossfoot] + ctx.attr.data:
        runfiles = runfiles.merge(target[DefaultInfo].default_runfiles)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

crossfoot_test = rule(
    implementation = _crossfoot_test_impl,
    test = True,
    doc = """Checks reports with `crossfoot check`.

Fails when they contradict themselves, what `history` says or the rules of `rules`, with the findings in the test's log,
and when one cannot be read.  test.xml has a suite a report and a test a rule.  What `--test_arg` gives goes to the
program as well, as in `--test_arg=--explain`.  Only what the attributes name is seen.
""",
    attrs = {
        "srcs": attr.label_list(
            doc = "The reports, which may be made by other rules.",
            allow_files = True,
            allow_empty = False,
            mandatory = True,
        ),
        "rules": attr.label_list(
            doc = "Rule packs beside the built-in ones.",
            allow_files = [".textproto", ".txtpb", ".pbtxt"],
        ),
        "history": attr.label_list(
            doc = "Reports published before; the newest of a folder is the one whose name comes last.",
            allow_files = _HISTORY_FILES,
        ),
        "baseline": attr.label(doc = "A file of accepted findings.", allow_single_file = True),
        "project": attr.label(
            doc = "The .crossfoot.textproto of a folder that all of srcs lie in; attributes go over it.",
            allow_single_file = True,
        ),
        "data": attr.label_list(doc = "The files that the project names.", allow_files = True),
        "fail_on": attr.string(
            doc = "The least severity that fails; empty: error, or what the project says.",
            values = ["", "error", "warning", "info", "never"],
        ),
        "home_area": attr.string(doc = "The place that 全市 is where the report names none."),
        "reference_date": attr.string(doc = "YYYY-MM-DD, for periods without a year."),
        "lang": attr.string(doc = "The language of messages.", default = "zh", values = ["zh", "en"]),
        "crossfoot": attr.label(
            doc = "The program: built here, or a file.",
            default = "//clients/cli:crossfoot",
            allow_files = True,
            executable = True,
            # Tests run on the machine that they are built for.
            cfg = "target",
        ),
    },
)
