"""Prints "PASSED FAILED": how many test targets of one `bazel test` passed and failed.

  count_tests.py EVENTS STATUS      the file of --build_event_json_file, Bazel's exit status

A target counts once, however many shards or tries it has.  A target that did not build, did not run or timed out has
failed.  A failing Bazel that names no failed target (a broken BUILD file, no test found) counts as one failure, and so
does an events file that is missing or empty.
"""

import json
import sys


def count(lines, status: int) -> tuple[int, int]:
    tests, passed = set(), set()
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:  # the last line, when Bazel was killed while writing it
            continue
        event_id = event.get("id", {})
        if "targetConfigured" in event_id and event.get("configured", {}).get("testSize"):
            tests.add(event_id["targetConfigured"]["label"])
        if "testSummary" in event_id:
            label = event_id["testSummary"]["label"]
            tests.add(label)
            if event.get("testSummary", {}).get("overallStatus") in ("PASSED", "FLAKY"):
                passed.add(label)
    failed = len(tests - passed)
    if failed == 0 and (status != 0 or not tests):
        failed = 1
    return len(passed), failed


def main() -> None:
    path, status = sys.argv[1:]
    try:
        with open(path, encoding="utf-8") as events:
            counts = count(events, int(status))
    except OSError:
        counts = (0, 1)
    print(*counts)


main()
