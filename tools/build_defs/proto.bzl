"""Builds C++ from .proto files with the system's protoc and gRPC plugin."""

load("@rules_cc//cc:defs.bzl", "cc_library")
load(":repository.bzl", "repository_folder")

_GOOGLEAPIS = "third_party/googleapis"

def crossfoot_proto_library(name, srcs, root = "proto", deps = [], proto_deps = [], grpc = False, visibility = None):
    """A cc_library with the messages (and services) of srcs, and name + "_protos", their sources.

    Args:
      name: of the cc_library.
      srcs: .proto files below root, named from this package.
      root: the folder, from the workspace, that import paths and include paths start at.
      deps: cc_libraries of the imported protos.
      proto_deps: the "_protos" targets of the imported protos.
      grpc: whether to generate services as well.
      visibility: of both targets.
    """
    kinds = [".pb"] + ([".grpc.pb"] if grpc else [])
    stems = [s[:-len(".proto")] for s in srcs]
    headers = [s + k + ".h" for s in stems for k in kinds]
    sources = [s + k + ".cc" for s in stems for k in kinds]
    native.filegroup(name = name + "_protos", srcs = srcs + proto_deps, visibility = visibility)
    out = "$(GENDIR)/" + repository_folder() + root

    # protoc warns of a folder that is not there, and Bazel lays out only those that proto_deps name.
    folders = [root] + [_GOOGLEAPIS for d in proto_deps if d.startswith("//" + _GOOGLEAPIS)]
    plugin = " --grpc_out={out} --plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin".format(out = out)
    native.genrule(
        name = name + "_generate",
        srcs = srcs + proto_deps,
        outs = headers + sources,
        cmd = "protoc {folders} --cpp_out={out}{plugin} {srcs}".format(
            folders = " ".join(["-I" + repository_folder() + f for f in folders]),
            out = out,
            plugin = plugin if grpc else "",
            srcs = " ".join([repository_folder() + native.package_name() + "/" + s for s in srcs]),
        ),
    )
    cc_library(
        name = name,
        srcs = sources,
        hdrs = headers,
        copts = ["-w"],
        strip_include_prefix = "/" + root,
        visibility = visibility,
        deps = deps + ["@system//:grpc++" if grpc else "@system//:protobuf"],
    )
