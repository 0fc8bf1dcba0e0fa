#!/usr/bin/python3
"""Prints docs/openapi.yaml, made from proto/crossfoot/v1 by protoc-gen-openapi.

  tools/make_openapi.py > docs/openapi.yaml

tools/setup.sh --api builds the plugin.  Three things that no option of it sets right are mended in its output:
- bytes have the format "bytes", but OpenAPI calls base64 "byte", and tools make no base64 for a format they do not know;
- a method that gives google.protobuf.Empty is said to answer without content, but its JSON form is {};
- every line of a comment but the first keeps the blank that stood behind //.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLUGIN = "third_party/tools/go/bin/protoc-gen-openapi"
HEAD = "# Made by `make docs` from proto/crossfoot/v1; edit the protos, not this file.\n"
INDENT = " " * 4


def version():
    with open("services/report/version.h", encoding="utf-8") as header:
        return re.search(r'kVersion\[\] = "([^"]+)"', header.read()).group(1)


def generate():
    options = {
        "title": "Crossfoot",
        "description": "The methods of crossfoot.v1 that are no streams as JSON over HTTP",
        "version": version(),
        "enum_type": "string",
    }
    protos = sorted(glob.glob("proto/crossfoot/v1/*.proto"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["protoc", "-Iproto", "-Ithird_party/googleapis", f"--plugin=protoc-gen-openapi={PLUGIN}",
             f"--openapi_out={folder}", "--openapi_opt=" + ",".join(f"{k}={v}" for k, v in options.items()), *protos],
            check=True)
        with open(os.path.join(folder, "openapi.yaml"), encoding="utf-8") as file:
            return file.read()


def indent_of(line):
    return len(line) - len(line.lstrip(" "))


def mend(text):
    lines = []
    block = None  # indent of the text of the block scalar that the line is in
    opened = None  # indent of the key of the block scalar that the line before has opened
    for line in text.splitlines():
        if opened is not None and line:
            block, opened = indent_of(line), None
        elif block is not None:
            if line and indent_of(line) < block:
                block = None
            elif line[block:block + 1] == " ":
                line = line[:block] + line[block + 1:]
        if block is not None:
            lines.append(line)
            continue
        if line.endswith(": |-"):
            opened = indent_of(line)
        elif line.strip() == "format: bytes":
            line = line.replace("bytes", "byte")
        elif line.strip() == "content: {}":
            outer = " " * indent_of(line)
            line = "\n".join(outer + INDENT * depth + key for depth, key in enumerate(
                ["content:", "application/json:", "schema:", "type: object"]))
        lines.append(line)
    return "\n".join(lines) + "\n"


def main():
    os.chdir(TREE)
    try:
        text = generate()
    except subprocess.CalledProcessError:
        sys.exit("make_openapi: protoc failed: its messages are above")
    except OSError as problem:
        sys.exit(f"make_openapi: {problem}")
    # The plugin's own head names a page that says nothing of this file.
    body = text[text.index("openapi: "):]
    sys.stdout.write(HEAD + mend(body))


if __name__ == "__main__":
    main()
