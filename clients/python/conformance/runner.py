"""Runs the cases of tests/conformance through the Python client.

  runner.py --servers=FILE --cases=FOLDER [--responses] [--async | --release=IMAGE]

tests/conformance/README.md says what a case is and what is printed.  With --responses a case that is wrong prints
`FAIL NAME: ` and, as JSON, what came: `run.py --update` reads it.  With --async the package's client
for asyncio calls; with --release it is not the package but a client that is made from the image of a release.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cases import Unusable, outcomes
from package import AsyncPackage, Package
from release import Release


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--servers", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--responses", action="store_true")
    parser.add_argument("--async", action="store_const", const=AsyncPackage, default=Package, dest="package")
    parser.add_argument("--release", type=Path)
    arguments = parser.parse_args()
    try:
        servers = json.loads(arguments.servers.read_text("utf-8"))
        api = Release(arguments.release.read_bytes()) if arguments.release else arguments.package()
        results = list(outcomes(arguments.cases, servers, api, arguments.responses))
        if not results:
            raise Unusable(f"{arguments.cases}: no case")
    except (Unusable, OSError, ValueError) as error:
        print(f"runner.py: {error}", file=sys.stderr)
        return 2
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
