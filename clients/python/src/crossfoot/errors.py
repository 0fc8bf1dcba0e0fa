"""What went wrong with a call, or with one document of a stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from crossfoot.v1 import document_error_pb2

DOMAIN = "crossfoot.dev"


class CrossfootError(Exception):
    """A call that gave no result, or a document of a stream that could not be read."""

    code: grpc.StatusCode | None
    """The status of the call; None for one document of a stream, which goes on."""
    reason: str
    """A value of crossfoot.v1.ErrorReason without its prefix, "DOCUMENT_EMPTY"; empty where gRPC itself failed."""
    message: str
    """What is wrong, for people; its wording may change."""
    metadata: Mapping[str, str]
    """Details, by the keys that ErrorReason names."""
    retry_delay: float | None
    """Seconds after which the server asks to be called again; None where it does not ask for it."""

    def __init__(
        self,
        message: str,
        *,
        code: grpc.StatusCode | None = None,
        reason: str = "",
        metadata: Mapping[str, str] | None = None,
        retry_delay: float | None = None,
    ) -> None:
        super().__init__(f"{reason or (code.name if code else 'UNKNOWN')}: {message}")
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = dict(metadata or {})
        self.retry_delay = retry_delay


def from_rpc_error(error: grpc.RpcError) -> CrossfootError:
    """The error of a call that failed with `error`."""
    call: Any = error  # what a call raises is its grpc.Call as well
    reason, metadata, retry_delay = "", {}, None
    try:
        status = rpc_status.from_call(call)
    except ValueError:  # details that belong to another status: somebody between us and the server changed it
        status = None
    for detail in status.details if status is not None else ():
        info, retry = error_details_pb2.ErrorInfo(), error_details_pb2.RetryInfo()
        if detail.Unpack(info) and info.domain == DOMAIN:
            reason, metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(retry):
            retry_delay = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
    return CrossfootError(
        call.details() or "", code=call.code(), reason=reason, metadata=metadata, retry_delay=retry_delay
    )


def from_document_error(error: document_error_pb2.DocumentError) -> CrossfootError:
    """The error of one document of a stream."""
    return CrossfootError(error.message, reason=error.reason, metadata=error.metadata)
