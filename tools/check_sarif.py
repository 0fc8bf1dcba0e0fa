#!/usr/bin/python3
"""Prints what is wrong with SARIF files of crossfoot, one mistake a line, and to the standard error how many places
were looked at; exits 0 either way.

  tools/check_sarif.py SCHEMA FILE...

Holds each file against SCHEMA, the JSON schema of the standard, and against what its producer knows better than any
schema: that a place's line, columns and bytes are those of the words it quotes, that links lead somewhere, and that
GitHub code scanning takes it.  Paths are looked up in the working directory; a file with "gb18030" in its name is read
as such, any other as UTF-8.
"""

import json
import re
import sys
import urllib.parse

import jsonschema

# docs.github.com, "SARIF support for code scanning".
MAX_RESULTS = 25_000
MAX_LOCATIONS = 1_000
MAX_DESCRIPTION = 1_024
LEVELS = {"note", "warning", "error"}
PRECISIONS = {"low", "medium", "high", "very-high"}
SEVERITIES = {"recommendation", "warning", "error"}
REGION = ("startLine", "startColumn", "endLine", "endColumn")


def text_of(path):
    with open(path, "rb") as file:
        content = file.read()
    encoding = "gb18030" if "gb18030" in path else "utf-8"
    return content, encoding


def place_mistakes(place):
    uri = place["artifactLocation"]["uri"]
    path, region = urllib.parse.unquote(uri), place["region"]
    if urllib.parse.urlparse(uri).scheme or uri.startswith("/"):
        yield f"{uri}: not relative"
        return
    missing = [key for key in REGION if key not in region]
    if missing:
        yield f"{uri}: no {missing[0]}"
        return
    content, encoding = text_of(path)
    words = region["snippet"]["text"]
    lines = content.decode(encoding).removeprefix("\ufeff").split("\n")
    line = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
    if region["startLine"] != region["endLine"] or line != words:
        yield f"{uri}: line and columns are of {line!r}, not of {words!r}"
    start = region["byteOffset"]
    there = content[start : start + region["byteLength"]]
    if there != words.encode(encoding):
        yield f"{uri}: bytes are {there!r}, not of {words!r}"


def rule_mistakes(rule):
    for key in ("shortDescription", "fullDescription", "help"):
        if not rule[key]["text"]:
            yield f"{rule['id']}: no {key}"
    if len(rule["fullDescription"]["text"]) > MAX_DESCRIPTION:
        yield f"{rule['id']}: the description is too long"
    if rule["defaultConfiguration"]["level"] not in LEVELS:
        yield f"{rule['id']}: a level that GitHub does not know"
    properties = rule["properties"]
    if properties["precision"] not in PRECISIONS or properties["problem.severity"] not in SEVERITIES:
        yield f"{rule['id']}: properties that GitHub does not know"


def result_mistakes(result, rules):
    if result["level"] not in LEVELS:
        yield f"{result['ruleId']}: a level that GitHub does not know"
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield f"{result['ruleId']}: ruleIndex leads to another rule"
    if len(result["locations"]) != 1:
        yield f"{result['ruleId']}: GitHub shows one location"
    if len(result["relatedLocations"]) > MAX_LOCATIONS:
        yield f"{result['ruleId']}: too many locations"
    ids = [str(location["id"]) for location in result["relatedLocations"]]
    links = re.findall(r"\[(?:\\.|[^\]\\])*\]\((\d+)\)", result["message"]["text"])
    if links != ids:
        yield f"{result['ruleId']}: links to {links}, locations {ids}"
    if not re.fullmatch(r"[0-9a-f]{16}:[1-9][0-9]*", result["partialFingerprints"]["primaryLocationLineHash"]):
        yield f"{result['ruleId']}: no fingerprint"


def mistakes(log, validator):
    for error in validator.iter_errors(log):
        yield f"{'/'.join(map(str, error.absolute_path))}: against the schema: {error.message[:200]}"
    for run in log["runs"]:
        rules, prints = run["tool"]["driver"]["rules"], set()
        if run["columnKind"] != "unicodeCodePoints":
            yield "columns are not what they are counted in"
        if len(run["results"]) > MAX_RESULTS:
            yield "too many results"
        for rule in rules:
            yield from rule_mistakes(rule)
        for result in run["results"]:
            yield from result_mistakes(result, rules)
            for location in result["locations"] + result["relatedLocations"]:
                yield from place_mistakes(location["physicalLocation"])
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            known_by = (uri, result["partialFingerprints"]["primaryLocationLineHash"])
            if known_by in prints:
                yield f"{uri}: two results with one fingerprint"
            prints.add(known_by)


def main():
    with open(sys.argv[1], encoding="utf-8-sig") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            log = json.load(file)
        for mistake in mistakes(log, validator):
            print(f"{name}: {mistake}")
        places = [len(r["locations"]) + len(r["relatedLocations"]) for run in log["runs"] for r in run["results"]]
        print(f"{name}: {len(places)} results, {sum(places)} places", file=sys.stderr)


main()
