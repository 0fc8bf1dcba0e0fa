"""A server in this process that answers as a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent import futures
from typing import Any

import grpc
from google.protobuf import any_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from crossfoot.v1 import document_service_pb2_grpc, rule_service_pb2_grpc, validation_service_pb2_grpc


class FakeServer(
    validation_service_pb2_grpc.ValidationServiceServicer,
    document_service_pb2_grpc.DocumentServiceServicer,
    rule_service_pb2_grpc.RuleServiceServicer,
):
    """Answers each method by the function of `answers` that has its name; keeps what it was called with."""

    def __init__(self, **answers: Callable[[Any, grpc.ServicerContext], Any]) -> None:
        self.answers = answers
        self.requests: list[Any] = []
        self.metadata: list[dict[str, Any]] = []
        self._server = grpc.server(futures.ThreadPoolExecutor(4), options=[("grpc.so_reuseport", 0)])
        validation_service_pb2_grpc.add_ValidationServiceServicer_to_server(self, self._server)
        document_service_pb2_grpc.add_DocumentServiceServicer_to_server(self, self._server)
        rule_service_pb2_grpc.add_RuleServiceServicer_to_server(self, self._server)
        self.target = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def __enter__(self) -> FakeServer:
        self._server.start()
        return self

    def __exit__(self, *unused: object) -> None:
        self._server.stop(None).wait()

    def _answer(self, name: str, request: Any, context: grpc.ServicerContext) -> Any:
        self.requests.append(request)
        self.metadata.append(dict(context.invocation_metadata()))
        return self.answers[name](request, context)

    def ValidateDocument(self, request: Any, context: grpc.ServicerContext) -> Any:
        return self._answer("ValidateDocument", request, context)

    def ValidateDocuments(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
        yield from self._answer("ValidateDocuments", requests, context)

    def CreateDocument(self, request: Any, context: grpc.ServicerContext) -> Any:
        return self._answer("CreateDocument", request, context)

    def UploadDocument(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
        return self._answer("UploadDocument", list(requests), context)

    def DeleteDocument(self, request: Any, context: grpc.ServicerContext) -> Any:
        return self._answer("DeleteDocument", request, context)

    def ListRules(self, request: Any, context: grpc.ServicerContext) -> Any:
        return self._answer("ListRules", request, context)


def fail(context: grpc.ServicerContext, code: int, *details: Any) -> None:
    """Ends the call with a status that carries `details`."""
    status = status_pb2.Status(code=code, message=code_pb2.Code.Name(code).lower())
    for detail in details:
        packed = any_pb2.Any()
        packed.Pack(detail)
        status.details.append(packed)
    context.abort_with_status(rpc_status.to_status(status))


def error_info(reason: str, domain: str = "crossfoot.dev", **metadata: str) -> error_details_pb2.ErrorInfo:
    return error_details_pb2.ErrorInfo(reason=reason, domain=domain, metadata=metadata)
