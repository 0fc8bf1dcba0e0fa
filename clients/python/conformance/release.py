"""A client as somebody else made it from the API of a release: stubs from its image and none of ours."""

from __future__ import annotations

import hashlib
from typing import Any

import grpc
from cases import Inexpressible
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import Message

from crossfoot.channel import Endpoint
from crossfoot.errors import from_rpc_error

PACKAGE = "crossfoot.v1"


class Release:
    """Calls with the messages of a release and knows no field that came later."""

    def __init__(self, image: bytes) -> None:
        """image: a FileDescriptorSet, each file behind those that it imports."""
        files = descriptor_pb2.FileDescriptorSet.FromString(image)
        pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            pool.Add(file)
        self._methods = {
            method.name: pool.FindServiceByName(f"{PACKAGE}.{service.name}").methods_by_name[method.name]
            for file in files.file
            if file.package == PACKAGE
            for service in file.service
            for method in service.method
        }

    def connect(self, target: str, token: str | None, timeout: float, **files: str) -> None:
        endpoint = Endpoint(target, token=token, **files)
        self._channel = endpoint.connect()
        self._metadata = endpoint.metadata

    def close(self) -> None:
        self._channel.close()

    def call(self, name: str, requests: list[Any], timeout: float) -> list[Message]:
        method = self._method(name)
        request_type = message_factory.GetMessageClass(method.input_type)
        if name == "UploadDocument":
            if "sha256" not in method.input_type.fields_by_name:
                raise Inexpressible("uploads of the release end without the digest that the server asks for")
            create = message_factory.GetMessageClass(method.input_type.fields_by_name["create"].message_type)
            sent = _upload(request_type, self._parse(requests[0], create))
        else:
            sent = [self._parse(request, request_type) for request in requests]
        kind = ("stream" if method.client_streaming else "unary", "stream" if method.server_streaming else "unary")
        stub = getattr(self._channel, "_".join(kind))(
            f"/{method.containing_service.full_name}/{name}",
            request_serializer=request_type.SerializeToString,
            response_deserializer=message_factory.GetMessageClass(method.output_type).FromString,
        )
        try:
            answer = stub(iter(sent) if method.client_streaming else sent[0], timeout=timeout, metadata=self._metadata)
            answers: list[Any] = list(answer) if method.server_streaming else [answer]
        except grpc.RpcError as error:
            raise from_rpc_error(error) from None
        for message in answers:
            message.DiscardUnknownFields()
            if name == "ValidateDocuments" and message.response.HasField("error"):
                message.response.ClearField("document")
                message.response.error.ClearField("message")
        return answers

    def wanted(self, name: str, response: Any) -> Message:
        message: Message = message_factory.GetMessageClass(self._method(name).output_type)()
        return json_format.ParseDict(response, message, ignore_unknown_fields=True)

    def _method(self, name: str) -> Any:
        if name not in self._methods:
            raise Inexpressible(f"the release has no {name}")
        return self._methods[name]

    def _parse(self, request: Any, kind: type[Message]) -> Any:
        try:
            return json_format.ParseDict(request, kind())
        except json_format.ParseError as error:
            raise Inexpressible(f"the release does not know it: {error}") from error


def _upload(part: Any, create: Any) -> list[Message]:
    source = create.document.WhichOneof("source")
    content = create.document.content if source == "content" else create.document.text.encode()
    if source is not None:
        create.document.ClearField(source)
    chunks = [part(chunk=content)] if content else []
    return [part(create=create), *chunks, part(sha256=hashlib.sha256(content).hexdigest())]
