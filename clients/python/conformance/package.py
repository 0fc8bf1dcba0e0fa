"""The client package, called by the names of methods."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from cases import parse
from google.protobuf import empty_pb2
from google.protobuf.message import Message

from crossfoot import AsyncClient, AsyncPager, CheckResult, Client, CrossfootError
from crossfoot.v1 import (
    document_error_pb2,
    document_pb2,
    document_service_pb2,
    extraction_service_pb2,
    rule_service_pb2,
    validation_service_pb2,
)


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


class Package:
    """The package itself."""

    def connect(self, target: str, token: str | None, timeout: float, **files: str) -> None:
        self._client = Client(target, token=token, timeout=timeout, **files)

    def call(self, name: str, requests: list[Any], timeout: float) -> list[Message]:
        if name == "ValidateDocuments":
            parsed: list[Any] = [parse(one, validation_service_pb2.ValidateDocumentsRequest) for one in requests]
            answered = self._client.check_many(((one.id, one.request) for one in parsed), timeout=timeout)
            return [item(id, outcome) for id, outcome in answered]
        request_type, _, method = METHODS[name]
        (request,) = requests
        return [method(self._client, parse(request, request_type))]

    def wanted(self, name: str, response: Any) -> Message:
        stream = name == "ValidateDocuments"
        return parse(response, validation_service_pb2.ValidateDocumentsResponse if stream else METHODS[name][1])

    def close(self) -> None:
        self._client.close()


def item(id: str, outcome: CheckResult | CrossfootError) -> validation_service_pb2.ValidateDocumentsResponse:
    if isinstance(outcome, CheckResult):
        return validation_service_pb2.ValidateDocumentsResponse(id=id, response=outcome.proto)
    error = document_error_pb2.DocumentError(reason=outcome.reason, metadata=outcome.metadata)
    return validation_service_pb2.ValidateDocumentsResponse(
        id=id, response=validation_service_pb2.ValidateDocumentResponse(error=error)
    )


class AsyncPackage(Package):
    """The package's client for asyncio, in an event loop that runs as long as a call."""

    def connect(self, target: str, token: str | None, timeout: float, **files: str) -> None:
        self._client: Any = Waiting(target, token=token, timeout=timeout, **files)


class Waiting:
    """`Client` on top of `AsyncClient`."""

    def __init__(self, target: str, **more: Any) -> None:
        self._runner = asyncio.Runner()

        async def connect() -> AsyncClient:
            return AsyncClient(target, **more)

        self._client = self._runner.run(connect())

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)

        def call(*positional: Any, **named: Any) -> Any:
            async def wait() -> Any:
                if name == "check_many":
                    return [outcome async for outcome in method(*positional, **named)]
                answered = method(*positional, **named)
                return Pages([await anext(answered.pages)]) if isinstance(answered, AsyncPager) else await answered

            return self._runner.run(wait())

        return call

    def close(self) -> None:
        self._runner.run(self._client.close())
        self._runner.close()


class Pages:
    """The first page of a list."""

    def __init__(self, pages: list[Any]) -> None:
        self.pages: Iterator[Any] = iter(pages)
