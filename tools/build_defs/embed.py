"""Writes a header and a source that hold files as byte arrays: embed.py NAME HEADER SOURCE PACKAGE FOLDER FILE…

Paths of files begin with FOLDER, which those that are embedded do not."""

import sys


def main() -> None:
    name, header, source, package, folder, *files = sys.argv[1:]
    guard = f"CROSSFOOT_EMBEDDED_{name.upper()}_H_"
    with open(header, "w", encoding="ascii") as out:
        out.write(f"#ifndef {guard}\n#define {guard}\n#include <cstddef>\n#include <vector>\n"
                  "namespace crossfoot::embedded {\n"
                  "#ifndef CROSSFOOT_EMBEDDED_FILE_\n#define CROSSFOOT_EMBEDDED_FILE_\n"
                  "struct File { const char* path; const char* data; size_t size; };\n#endif\n"
                  f"std::vector<File> {name}();\n}}\n#endif\n")
    with open(source, "w", encoding="ascii") as out:
        out.write(f'#include "{package}/{name}.h"\nnamespace crossfoot::embedded {{\nnamespace {{\n')
        entries = []
        for i, path in enumerate(sorted(files)):
            data = open(path, "rb").read()
            out.write(f"const unsigned char k{i}[] = {{{','.join(map(str, data)) or '0'}}};\n")
            entries.append(f'{{"{path.removeprefix(folder)}", reinterpret_cast<const char*>(k{i}), {len(data)}}}')
        out.write(f"}}\nstd::vector<File> {name}() {{ return {{{', '.join(entries)}}}; }}\n}}\n")


main()
