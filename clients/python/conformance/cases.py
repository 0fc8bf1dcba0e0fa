"""What a case of tests/conformance is, and how a client is judged by one: tests/conformance/README.md."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from google.protobuf import json_format
from google.protobuf.message import Message

from crossfoot import CrossfootError

KEYS = {"description", "server", "token", "deadline_ms", "before", "call", "requests", "responses", "error", "ignore"}


class Unusable(Exception):
    """A case or a file that cannot be used."""


class Inexpressible(Exception):
    """Why a client cannot do what a case asks for."""


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


class Api(Protocol):
    """A client that can be called by the names of methods."""

    def connect(self, target: str, token: str | None, timeout: float, **files: str) -> None: ...

    def call(self, name: str, requests: list[Any], timeout: float) -> list[Message]:
        """What the method answered, several messages of ValidateDocuments; CrossfootError or Inexpressible."""

    def wanted(self, name: str, response: Any) -> Message:
        """The response of a case as the message that `call` would give."""

    def close(self) -> None: ...


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


def run(case: dict[str, Any], servers: dict[str, Any], api: Api) -> dict[str, Any] | None:
    """What came, where it is not what the case wants: {"responses": …} or {"error": …}."""
    if unknown := case.keys() - KEYS:
        raise Unusable(f"unknown key {sorted(unknown)[0]}")
    server = dict(servers["servers"][case["server"]])
    target = server.pop("target")
    if "ca_file" in server:
        target = "https://" + target
    timeout = case.get("deadline_ms", 10_000) / 1000
    name = case["call"]
    api.connect(target, servers["token"][case["token"]] if "token" in case else None, timeout, **server)
    with contextlib.closing(api):
        for step in case.get("before", []):
            api.call(step["call"], step["requests"], timeout)
        try:
            got = api.call(name, case["requests"], timeout)
        except CrossfootError as error:
            wrong = judge_error(error, case.get("error", {"code": []}))
            return wrong and {"error": wrong}
    wanted = [api.wanted(name, one) for one in case.get("responses", [])]
    if name == "ValidateDocuments":
        for messages in (got, wanted):
            messages.sort(key=lambda one: str(getattr(one, "id")))
    for message in [*got, *wanted]:
        for path in case.get("ignore", []):
            clear(message, path.split("."))
    if "error" not in case and got == wanted:
        return None
    return {"responses": [json_format.MessageToDict(message) for message in got]}


def brief(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 1500 else text[:1500] + "…"


def outcomes(cases: Path, servers: dict[str, Any], api: Api, whole: bool) -> Iterator[bool]:
    """Prints a line for each case; whether it is as wanted."""
    for path in sorted(cases.glob("*.json")):
        try:
            case = json.loads(path.read_text("utf-8"))
            wrong = run(case, servers, api)
        except Inexpressible as why:
            print(f"skip {path.stem}: {why}", flush=True)
            yield True
            continue
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
