"""Runs the cases of tests/conformance through the Python client.

  runner.py --servers=FILE --cases=FOLDER

tests/conformance/README.md says what a case is and what is printed.  With --responses a case that is wrong prints
`FAIL NAME: ` and, as JSON, what came: `run.py --update` reads it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from google.protobuf import empty_pb2, json_format
from google.protobuf.message import Message

from crossfoot import CheckResult, Client, CrossfootError
from crossfoot.v1 import (
    document_error_pb2,
    document_pb2,
    document_service_pb2,
    extraction_service_pb2,
    rule_service_pb2,
    validation_service_pb2,
)

KEYS = {"description", "server", "token", "deadline_ms", "before", "call", "requests", "responses", "error", "ignore"}


def fields(request: Any, *names: str) -> dict[str, Any]:
    """Those fields of `request` that are set, as arguments of the layer."""
    given = {field.name: value for field, value in request.ListFields()}
    return {name: given[name] for name in names if name in given}


def validate(client: Client, request: Any) -> Message:
    names = ("options", "earlier_documents", "check_stored_documents", "read_mask")
    return client.check(request.document, **fields(request, *names)).proto


def validate_set(client: Client, request: Any) -> Message:
    results = client.check_set(request.documents, **fields(request, "options", "read_mask"))
    return validation_service_pb2.ValidateDocumentSetResponse(responses=[result.proto for result in results])


def extract(client: Client, request: Any) -> Message:
    return client.extract(request.document, **fields(request, "options", "read_mask"))


def create(client: Client, request: Any) -> Message:
    return client.create_document(request.document, **fields(request, "document_id", "request_id", "options"))


def upload(client: Client, request: Any) -> Message:
    return client.upload_document(request.document, **fields(request, "document_id", "request_id", "options"))


def delete(client: Client, request: Any) -> Message:
    client.delete_document(request.name)
    return empty_pb2.Empty()


Method = tuple[type[Message], type[Message], Callable[[Client, Any], Message]]

METHODS: dict[str, Method] = {
    "ValidateDocument": (
        validation_service_pb2.ValidateDocumentRequest,
        validation_service_pb2.ValidateDocumentResponse,
        validate,
    ),
    "ValidateDocumentSet": (
        validation_service_pb2.ValidateDocumentSetRequest,
        validation_service_pb2.ValidateDocumentSetResponse,
        validate_set,
    ),
    "ExtractFigures": (
        extraction_service_pb2.ExtractFiguresRequest,
        extraction_service_pb2.ExtractFiguresResponse,
        extract,
    ),
    "CreateDocument": (document_service_pb2.CreateDocumentRequest, document_pb2.Document, create),
    "UploadDocument": (document_service_pb2.CreateDocumentRequest, document_pb2.Document, upload),
    "GetDocument": (
        document_service_pb2.GetDocumentRequest,
        document_pb2.Document,
        lambda client, request: client.get_document(request.name, **fields(request, "view", "read_mask")),
    ),
    "ListDocuments": (
        document_service_pb2.ListDocumentsRequest,
        document_service_pb2.ListDocumentsResponse,
        lambda client, request: next(
            client.list_documents(**fields(request, "indicator", "ref_area", "page_size", "page_token")).pages
        ),
    ),
    "DeleteDocument": (document_service_pb2.DeleteDocumentRequest, empty_pb2.Empty, delete),
    "ListRulePacks": (
        rule_service_pb2.ListRulePacksRequest,
        rule_service_pb2.ListRulePacksResponse,
        lambda client, request: next(client.list_rule_packs(**fields(request, "page_size", "page_token")).pages),
    ),
    "ListRules": (
        rule_service_pb2.ListRulesRequest,
        rule_service_pb2.ListRulesResponse,
        lambda client, request: next(
            client.list_rules(**fields(request, "rule_pack", "language", "page_size", "page_token")).pages
        ),
    ),
    "GetRule": (
        rule_service_pb2.GetRuleRequest,
        rule_service_pb2.Rule,
        lambda client, request: client.get_rule(request.name, **fields(request, "language")),
    ),
    "TestRules": (
        rule_service_pb2.TestRulesRequest,
        rule_service_pb2.TestRulesResponse,
        lambda client, request: client.test_rules(request.rule_pack_text, **fields(request, "file_name")),
    ),
}


class Unusable(Exception):
    """A case or a file that cannot be used."""


def parse(value: Any, kind: type[Message]) -> Message:
    try:
        return json_format.ParseDict(value, kind())
    except json_format.ParseError as error:
        raise Unusable(str(error)) from error


def clear(message: Any, path: list[str]) -> None:
    """Clears the field at the end of `path`, in every element of what is repeated."""
    if len(path) == 1:
        message.ClearField(path[0])
    elif message.DESCRIPTOR.fields_by_name[path[0]].is_repeated:
        for element in getattr(message, path[0]):
            clear(element, path[1:])
    elif message.HasField(path[0]):
        clear(getattr(message, path[0]), path[1:])


def to_json(message: Message) -> Any:
    return json_format.MessageToDict(message, preserving_proto_field_name=False)


def call(client: Client, name: str, requests: list[Any], timeout: float) -> list[Message]:
    """What the method answered; several messages of ValidateDocuments, in the order of their ids."""
    if name == "ValidateDocuments":
        parsed: list[Any] = [parse(one, validation_service_pb2.ValidateDocumentsRequest) for one in requests]
        answered = client.check_many(((one.id, one.request) for one in parsed), timeout=timeout)
        items = [item(id, outcome) for id, outcome in answered]
        return [*sorted(items, key=lambda one: one.id)]
    request_type, _, method = METHODS[name]
    (request,) = requests
    return [method(client, parse(request, request_type))]


def item(id: str, outcome: CheckResult | CrossfootError) -> validation_service_pb2.ValidateDocumentsResponse:
    if isinstance(outcome, CheckResult):
        return validation_service_pb2.ValidateDocumentsResponse(id=id, response=outcome.proto)
    error = document_error_pb2.DocumentError(reason=outcome.reason, metadata=outcome.metadata)
    return validation_service_pb2.ValidateDocumentsResponse(
        id=id, response=validation_service_pb2.ValidateDocumentResponse(error=error)
    )


def judge_error(error: CrossfootError, wanted: dict[str, Any]) -> dict[str, Any] | None:
    """What came instead of the error that was wanted; None when it is that."""
    code = error.code.name if error.code is not None else ""
    codes = wanted["code"] if isinstance(wanted["code"], list) else [wanted["code"]]
    if (
        code in codes
        and error.reason == wanted.get("reason", "")
        and wanted.get("metadata", {}).items() <= dict(error.metadata).items()
    ):
        return None
    return {"code": code, "reason": error.reason, "metadata": dict(error.metadata), "message": error.message}


def run(case: dict[str, Any], servers: dict[str, Any]) -> dict[str, Any] | None:
    """What came, where it is not what the case wants: {"responses": …} or {"error": …}."""
    if unknown := case.keys() - KEYS:
        raise Unusable(f"unknown key {sorted(unknown)[0]}")
    server = dict(servers["servers"][case["server"]])
    target = server.pop("target")
    if "ca_file" in server:
        target = "https://" + target
    timeout = case.get("deadline_ms", 10_000) / 1000
    token = servers["token"][case["token"]] if "token" in case else None
    with Client(target, token=token, timeout=timeout, **server) as client:
        for step in case.get("before", []):
            call(client, step["call"], step["requests"], timeout)
        try:
            got = call(client, case["call"], case["requests"], timeout)
        except CrossfootError as error:
            if "error" not in case:
                return {"error": {"code": error.code and error.code.name, "reason": error.reason, "message": error.message}}
            wrong = judge_error(error, case["error"])
            return wrong and {"error": wrong}
    stream = case["call"] == "ValidateDocuments"
    kind = validation_service_pb2.ValidateDocumentsResponse if stream else METHODS[case["call"]][1]
    wanted: list[Any] = [parse(one, kind) for one in case.get("responses", [])]
    if stream:
        wanted.sort(key=lambda one: one.id)
    for message in [*got, *wanted]:
        for path in case.get("ignore", []):
            clear(message, path.split("."))
    if "error" not in case and got == wanted:
        return None
    return {"responses": [to_json(message) for message in got]}


def brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 1500 else text[:1500] + "…"


def outcomes(cases: Path, servers: dict[str, Any], whole: bool) -> Iterator[bool]:
    """Prints a line for each case; whether it is as wanted."""
    for path in sorted(cases.glob("*.json")):
        try:
            case = json.loads(path.read_text("utf-8"))
            wrong = run(case, servers)
        except CrossfootError as error:
            wrong, case = {"before": str(error)}, {}
        except (Unusable, KeyError, ValueError) as error:
            raise Unusable(f"{path}: {error!r}") from error
        if wrong is None:
            print(f"ok {path.stem}", flush=True)
        elif whole:
            print(f"FAIL {path.stem}: {json.dumps(wrong, ensure_ascii=False)}", flush=True)
        else:
            wanted = {key: case[key] for key in ("responses", "error") if key in case}
            print(f"FAIL {path.stem}: got {brief(wrong)}, wanted {brief(wanted)}", flush=True)
        yield wrong is None


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--servers", type=Path, required=True)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--responses", action="store_true")
    arguments = parser.parse_args()
    try:
        servers = json.loads(arguments.servers.read_text("utf-8"))
        results = list(outcomes(arguments.cases, servers, arguments.responses))
        if not results:
            raise Unusable(f"{arguments.cases}: no case")
    except (Unusable, OSError, ValueError) as error:
        print(f"runner.py: {error}", file=sys.stderr)
        return 2
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
