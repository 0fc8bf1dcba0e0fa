#!/usr/bin/env python3
"""Runs the cases of this folder through the command line: `crossfoot check` and `crossfoot extract` with --server.

  cli_runner.py --crossfoot=PROGRAM --servers=FILE --cases=FOLDER

Prints what every runner prints (README.md).  What the command line has no words for is skipped.  It tells an error by
its reason and by its exit status, and gives those of gRPC itself the reasons INTERNAL and DEADLINE_EXCEEDED.
"""

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

VERBS = {"ValidateDocument": "check", "ValidateDocumentSet": "check", "ExtractFigures": "extract"}
LANGUAGES = {"LANGUAGE_ZH": "zh", "LANGUAGE_EN": "en"}
TRANSPORT_REASONS = {"INTERNAL", "DEADLINE_EXCEEDED"}
LONGEST_NAME = 255


class Inexpressible(Exception):
    """Why the command line cannot do what a case asks for."""


def snake(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


def with_proto_names(fields: dict) -> dict:
    """JSON may name a field either way."""
    return {snake(name): value for name, value in fields.items()}


def write_document(folder: Path, document: dict) -> str:
    """Writes the document into a file called as its `uri`, and gives that."""
    name = document.get("uri", "")
    if "name" in document or not {"text", "content"} & document.keys():
        raise Inexpressible("it sends files alone")
    if not name or "/" in name or len(name) > LONGEST_NAME or (folder / name).exists():
        raise Inexpressible("no file can be called as the document")
    content = base64.b64decode(document["content"]) if "content" in document else document["text"].encode()
    (folder / name).write_bytes(content)
    return name


def command_line(call: str, request: dict, folder: Path) -> tuple[list[str], int]:
    """The words behind the program's name, and how many files they name."""
    if call not in VERBS:
        raise Inexpressible(f"it does not call {call}")
    request = with_proto_names(request)
    options = with_proto_names(request.pop("options", {}))
    documents = request.pop("documents", []) + request.pop("earlier_documents", [])
    documents += [request.pop("document")] if "document" in request else []
    words = [VERBS[call], "--format=jsonl", f"--lang={LANGUAGES[options.pop('language', 'LANGUAGE_ZH')]}"]
    if options.pop("view", "VIEW_BASIC") != "VIEW_BASIC":
        raise Inexpressible("it asks for no view")
    for name in ("reference_date", "home_area"):
        if name in options:
            words.append(f"--{name.replace('_', '-')}={options.pop(name)}")
    if options.pop("explain", False):
        if call != "ExtractFigures":
            raise Inexpressible("check explains in its text alone")
        words.append("--explain")
    if more := sorted(request.keys() | options.keys()):
        raise Inexpressible(f"it has no {more[0]}")
    if not documents:
        raise Inexpressible("it wants a file")
    if len(documents) > 1:
        words.append("--set")
    return words + [write_document(folder, document) for document in documents], len(documents)


def connection(case: dict, servers: dict) -> tuple[list[str], dict[str, str]]:
    """The words and the variables that say which server is called, and as whom."""
    server = servers["servers"][case["server"]]
    words = [f"--server={server['target']}", f"--timeout={max(1, case.get('deadline_ms', 10_000) // 1000)}"]
    for key, flag in (("ca_file", "--tls-ca"), ("certificate_file", "--tls-cert"), ("key_file", "--tls-key")):
        if key in server:
            words.append(f"{flag}={server[key]}")
    environment = {key: value for key, value in os.environ.items() if key != "CROSSFOOT_TOKEN"}
    if "token" in case:
        environment["CROSSFOOT_TOKEN"] = servers["token"][case["token"]]
    return words, environment


def judge_error(status: int, last: dict, wanted: dict) -> str | None:
    """What is wrong with the outcome; None when it is the error that was wanted."""
    error = last.get("error", {})
    reasons = {wanted["reason"]} if "reason" in wanted else TRANSPORT_REASONS
    if status == 2 and error.get("reason") in reasons:
        if wanted.get("metadata", {}).items() <= error.get("metadata", {}).items():
            return None
    return f"got exit status {status} and {json.dumps(last, ensure_ascii=False)}, wanted {wanted}"


def judge_responses(call: str, status: int, answers: list[dict], wanted: list[dict]) -> str | None:
    if call == "ValidateDocumentSet":
        wanted = wanted[0]["responses"]
    # Of earlier documents and the one that is checked, the answer to the last is wanted.
    answers = answers[-len(wanted) :]
    if answers != wanted:
        return "got {:.1500}, wanted {:.1500}".format(
            *(json.dumps(one, ensure_ascii=False) for one in (answers, wanted))
        )
    errors = sum(answer["summary"].get("errors", 0) for answer in answers) if VERBS[call] == "check" else 0
    if status != (1 if errors else 0):
        return f"the exit status is {status} with {errors} errors"
    return None


def run(crossfoot: str, case: dict, servers: dict) -> str | None:
    """What is wrong; None when nothing is.  Raises Inexpressible."""
    words, environment = connection(case, servers)
    for step in [*case.get("before", []), case]:
        with tempfile.TemporaryDirectory() as folder:
            if len(step["requests"]) != 1:
                raise Inexpressible("it has no streams")
            verb, count = command_line(step["call"], step["requests"][0], Path(folder))
            done = subprocess.run(
                [crossfoot, verb[0], *words, *verb[1:]], cwd=folder, env=environment, capture_output=True, text=True
            )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        if step is not case and done.returncode == 2:
            return f"a call before it failed: {done.stderr}"
    if "error" in case and count > 1:
        raise Inexpressible("it goes on when one file of several cannot be read")
    if case.get("error", {}).get("reason") == "ARGUMENT_INVALID" and done.returncode == 2 and not answers:
        return None  # refused before anything was sent
    if len(answers) != count:
        return f"got {len(answers)} lines for {count} files, exit status {done.returncode}: {done.stderr}"
    if "error" in case:
        return judge_error(done.returncode, answers[-1], case["error"])
    return judge_responses(case["call"], done.returncode, answers, case["responses"])


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--crossfoot", required=True)
    parser.add_argument("--servers", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    arguments = parser.parse_args()
    servers = json.loads(arguments.servers.read_text("utf-8"))
    failed = False
    for path in sorted(arguments.cases.glob("*.json")):
        try:
            wrong = run(arguments.crossfoot, json.loads(path.read_text("utf-8")), servers)
        except Inexpressible as why:
            print(f"skip {path.stem}: {why}", flush=True)
            continue
        print(f"ok {path.stem}" if wrong is None else f"FAIL {path.stem}: {wrong}", flush=True)
        failed = failed or wrong is not None
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, KeyError, ValueError) as error:
        print(f"cli_runner.py: {error!r}", file=sys.stderr)
        sys.exit(2)
