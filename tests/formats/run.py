#!/usr/bin/python3
"""Holds the readers of all formats against each other: the same report as text, Markdown, HTML, CSV, DOCX, PDF and XLSX
must give the same figures, checks and findings, each of them where it stands in the file.

  tests/formats/run.py CROSSFOOT [--report=NAME]... [--keep=FOLDER]

CROSSFOOT is the program.  Makes the files of reports/ (README.md says what such a report is), once as it is and once
with its misprint, reads them, and compares each with what the HTML gives, where nothing but the words is left to a
reader.  Prints each case that failed and how, then "N passed, N failed".  Exits 0 when nothing failed, 1 otherwise, 2
when it could not run.  --keep leaves the files in FOLDER.

Needs tools/setup.sh --office.
"""

import argparse
import difflib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import places
import writers

HERE = Path(__file__).resolve().parent
REFERENCE = "html"
READ_SECONDS = 120  # longest that crossfoot may take for all files
SHOWN = 8  # differences of one case that are printed


class CannotRun(Exception):
    """Why nothing could be judged."""


class Variant:
    """A report as it is, or with its misprint."""

    def __init__(self, name: str, report: dict, findings: list[dict]):
        self.name = name
        self.report = report
        self.findings = findings  # that it must give


def variants(path: Path):
    """The report in `path` as it is, where nothing may be found, and with its misprint."""
    report = json.loads(path.read_text())
    yield Variant(path.stem, report, [])
    misprint = report["misprint"]
    right, wrong = (json.dumps(misprint[key], ensure_ascii=False)[1:-1] for key in ("for", "printed"))
    blocks = json.dumps(report["blocks"], ensure_ascii=False)
    if blocks.count(right) != 1:
        raise CannotRun(f"{path}: {right} stands {blocks.count(right)} times in it, not once")
    blocks = json.loads(blocks.replace(right, wrong))
    yield Variant(f"{path.stem}_misprint", report | {"blocks": blocks}, misprint["findings"])


def read_files(crossfoot: str, verb: list[str], files: list[str], folder: Path) -> dict[str, dict]:
    """What crossfoot says of each file."""
    done = subprocess.run(
        [crossfoot, *verb, "--format=jsonl", "--lang=zh", *files],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=READ_SECONDS,
    )
    results = [json.loads(line) for line in done.stdout.splitlines()]
    if [result["document"]["uri"] for result in results] != files:
        raise CannotRun(f"{crossfoot} {verb[0]}: {done.stderr}")
    return dict(zip(files, results))


# --- What must be the same ---


def figures_of(result: dict) -> list[dict]:
    """All that is said of each figure but where it stands."""
    kept = []
    for figure in result.get("figures", []):
        said = {key: value for key, value in figure.items() if key not in ("id", "span")}
        kept.append({"content": figure["span"]["content"]} | said)
    return kept


def verdicts_of(result: dict) -> list[dict]:
    """The checks and findings, with the words of figures in place of their ids."""
    words = {figure["id"]: figure["span"]["content"] for figure in result.get("figures", [])}
    checks = {check["id"]: check for check in result.get("checks", [])}

    def named(item: dict) -> dict:
        named = {key: value for key, value in item.items() if key != "id"}
        for key in ("figureIds", "suspectId", "figureId"):
            if key in named:
                ids = named[key]
                named[key] = words[ids] if isinstance(ids, str) else [words[id] for id in ids]
        return named

    kept = [named(check) for check in checks.values()]
    for finding in result.get("findings", []):
        said = named(finding)
        said["checkIds"] = [named(checks[id]) for id in finding["checkIds"]]
        said["repairs"] = [named(repair) for repair in finding.get("repairs", [])]
        kept.append(said)
    return kept


def name_of(item: dict) -> str:
    return item.get("content") or f"{item['ruleId']}: {' '.join(item['figureIds'])}"


def differences(wanted: list[dict], got: list[dict]) -> list[str]:
    """How two lists of what was read differ, a line each."""
    said = []
    names = [[name_of(item) for item in items] for items in (wanted, got)]
    for kind, start, end, other_start, other_end in difflib.SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        if kind != "equal":
            said += [f"{name} is missing" for name in names[0][start:end]]
            said += [f"{name} is too much" for name in names[1][other_start:other_end]]
            continue
        for one, other in zip(wanted[start:end], got[other_start:other_end]):
            for key in sorted(one.keys() | other.keys()):
                if one.get(key) != other.get(key):
                    said.append(f"{name_of(one)}: {key} is {other.get(key)}, not {one.get(key)}")
    return said


def unexpected(case: Variant, result: dict) -> list[str]:
    """How the reference differs from what the report says must be read of it."""
    said = []
    figures = result.get("figures", [])
    if len(figures) != case.report["figures"]:
        said.append(f"{len(figures)} figures, not {case.report['figures']}")
    words = {figure["id"]: figure["span"]["content"] for figure in figures}
    found = [
        {"rule": finding["ruleId"], "suspect": words.get(finding.get("suspectId"), "")}
        for finding in result.get("findings", [])
    ]
    if found != case.findings:
        said.append(f"findings are {found}, not {case.findings}")
    return said


# --- The run ---


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def case(self, name: str, wrong: list[str]) -> None:
        if not wrong:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {name}")
        for line in wrong[:SHOWN]:
            print(f"  {line}")
        if len(wrong) > SHOWN:
            print(f"  and {len(wrong) - SHOWN} more")


def prove_alive(cases: list[Variant], checked: dict[str, dict]) -> None:
    """A report and its misprint must differ, in figures and in verdicts."""
    for one, other in zip(cases[::2], cases[1::2]):
        results = [checked[f"{case.name}.{REFERENCE}"] for case in (one, other)]
        for look in (figures_of, verdicts_of):
            if not differences(*map(look, results)):
                raise CannotRun(f"the misprint of {one.name} makes no difference")
    print("formats: the planted differences were found")


def judge(case: Variant, file: str, extracted: dict, checked: dict, reference: dict, tally: Tally, path: Path) -> None:
    errors = [result["error"]["message"] for result in (extracted, checked) if "error" in result]
    if errors:
        tally.case(f"{file}: is read", errors)
        return
    wanted = figures_of(reference)
    tally.case(f"{file}: figures of extract", differences(wanted, figures_of(extracted)))
    tally.case(f"{file}: figures of check", differences(wanted, figures_of(checked)))
    tally.case(f"{file}: checks and findings", differences(verdicts_of(reference), verdicts_of(checked)))
    tally.case(f"{file}: places", places.misplaced(path, checked["figures"], case.report))


def run(options: argparse.Namespace, folder: Path) -> int:
    paths = sorted((HERE / "reports").glob("*.json"))
    if options.report:
        paths = [path for path in paths if path.stem in options.report]
    cases = [variant for path in paths for variant in variants(path)]
    if not cases:
        raise CannotRun("there is no such report")
    reports = {case.name: case.report for case in cases}
    files = writers.write_files(reports, folder)
    crossfoot = os.path.realpath(options.crossfoot)
    extracted = read_files(crossfoot, ["extract"], files, folder)
    checked = read_files(crossfoot, ["check", "--no-project"], files, folder)
    prove_alive(cases, checked)
    tally = Tally()
    for case in cases:
        reference = checked[f"{case.name}.{REFERENCE}"]
        tally.case(f"{case.name}.{REFERENCE}: what the report says of itself", unexpected(case, reference))
        for file in files:
            if Path(file).stem == case.name:
                judge(case, file, extracted[file], checked[file], reference, tally, folder / file)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return int(tally.failed > 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("crossfoot")
    parser.add_argument("--report", action="append", default=[])
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.keep or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            return run(options, folder)
    except (CannotRun, OSError, subprocess.SubprocessError) as error:
        print(f"formats: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
