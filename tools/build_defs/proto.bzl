"""Builds C++ from .proto files with the system's protoc and gRPC plugin."""

load("@rules_cc//cc:defs.bzl", "cc_library")

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
    plugin = " --grpc_out=$(GENDIR)/{root} --plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin".format(root = root)
    native.genrule(
        name = name + "_generate",
        srcs = srcs + proto_deps,
        outs = headers + sources,
        cmd = "protoc -I{root} -Ithird_party/googleapis --cpp_out=$(GENDIR)/{root}{plugin} {srcs}".format(
            root = root,
            plugin = plugin if grpc else "",
            srcs = " ".join([native.package_name() + "/" + s for s in srcs]),
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
