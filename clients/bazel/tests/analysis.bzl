"""What crossfoot_test makes of its attributes."""

load("@bazel_skylib//lib:unittest.bzl", "analysistest", "asserts")

def _flags_impl(ctx):
    env = analysistest.begin(ctx)
    scripts = [action.content for action in analysistest.target_actions(env) if action.mnemonic == "FileWrite"]
    for flag in ctx.attr.flags:
        asserts.true(
            env,
            [script for script in scripts if " '%s' " % flag in script],
            "no %s among the flags of %s" % (flag, scripts),
        )
    return analysistest.end(env)

# Holds `flags`, as a shell is given them, against the script of `target_under_test`.
flags_test = analysistest.make(_flags_impl, attrs = {"flags": attr.string_list(mandatory = True)})

def _refused_impl(ctx):
    env = analysistest.begin(ctx)
    asserts.expect_failure(env, ctx.attr.because)
    return analysistest.end(env)

# Passes when the analysis of `target_under_test` fails with words that hold `because`.
refused_test = analysistest.make(
    _refused_impl,
    attrs = {"because": attr.string(mandatory = True)},
    expect_failure = True,
)

def _folder_impl(ctx):
    folder = ctx.actions.declare_directory(ctx.label.name)
    ctx.actions.run_shell(outputs = [folder], command = "mkdir -p " + folder.path)
    return [DefaultInfo(files = depset([folder]))]

# A target that makes a folder, which no report is.
folder = rule(_folder_impl)
