"""The requests of crossfoot.v1, as the arguments of the clients' methods say."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from google.protobuf import field_mask_pb2

from crossfoot.v1 import (
    document_pb2,
    document_service_pb2,
    extraction_service_pb2,
    reading_options_pb2,
    validation_service_pb2,
)

Source: TypeAlias = "str | bytes | os.PathLike[str] | document_pb2.Document"
"""A report: its text, its bytes as published, the path of a file (pathlib.Path; a str is text), or a Document."""

Report: TypeAlias = "Source | validation_service_pb2.ValidateDocumentRequest"
"""A report of a stream, with options of its own where it is a whole request."""

MOST_AHEAD = 64
"""Reports of a stream that are read before the outcomes of those before them are taken.

Outcomes are small: without a limit of ours, HTTP/2 would hold those of very many reports.
"""

_CHUNK_BYTES = 1 << 20  # most that a message of an upload may carry


def validate(
    source: Source,
    uri: str,
    options: reading_options_pb2.ReadingOptions | None,
    earlier_documents: Iterable[Source],
    check_stored_documents: bool,
    read_mask: field_mask_pb2.FieldMask | None,
) -> validation_service_pb2.ValidateDocumentRequest:
    return validation_service_pb2.ValidateDocumentRequest(
        document=document(source, uri),
        options=options,
        earlier_documents=[document(earlier) for earlier in earlier_documents],
        check_stored_documents=check_stored_documents,
        read_mask=read_mask,
    )


def validate_one_of_many(
    id: str,
    report: Report,
    options: reading_options_pb2.ReadingOptions | None,
    read_mask: field_mask_pb2.FieldMask | None,
) -> validation_service_pb2.ValidateDocumentsRequest:
    if not isinstance(report, validation_service_pb2.ValidateDocumentRequest):
        report = validate(report, "", options, (), False, read_mask)
    return validation_service_pb2.ValidateDocumentsRequest(id=id, request=report)


def validate_set(
    sources: Iterable[Source],
    options: reading_options_pb2.ReadingOptions | None,
    read_mask: field_mask_pb2.FieldMask | None,
) -> validation_service_pb2.ValidateDocumentSetRequest:
    return validation_service_pb2.ValidateDocumentSetRequest(
        documents=[document(source) for source in sources], options=options, read_mask=read_mask
    )


def extract(
    source: Source,
    uri: str,
    options: reading_options_pb2.ReadingOptions | None,
    read_mask: field_mask_pb2.FieldMask | None,
) -> extraction_service_pb2.ExtractFiguresRequest:
    return extraction_service_pb2.ExtractFiguresRequest(
        document=document(source, uri), options=options, read_mask=read_mask
    )


def create(
    source: Source,
    uri: str,
    document_id: str,
    request_id: str,
    options: reading_options_pb2.ReadingOptions | None,
) -> document_service_pb2.CreateDocumentRequest:
    return document_service_pb2.CreateDocumentRequest(
        document=document(source, uri),
        document_id=document_id,
        request_id=request_id or str(uuid.uuid4()),
        options=options,
    )


def upload(
    source: Source,
    uri: str,
    document_id: str,
    request_id: str,
    options: reading_options_pb2.ReadingOptions | None,
) -> Iterator[document_service_pb2.UploadDocumentRequest]:
    header, chunks = _pieces(source, uri)
    yield document_service_pb2.UploadDocumentRequest(
        create=document_service_pb2.CreateDocumentRequest(
            document=header, document_id=document_id, request_id=request_id, options=options
        )
    )
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield document_service_pb2.UploadDocumentRequest(chunk=chunk)
    yield document_service_pb2.UploadDocumentRequest(sha256=digest.hexdigest())


def document(source: Source, uri: str = "") -> document_pb2.Document:
    if isinstance(source, document_pb2.Document):
        return source
    if isinstance(source, str):
        return document_pb2.Document(uri=uri, text=source)
    if isinstance(source, bytes):
        return document_pb2.Document(uri=uri, content=source)
    return document_pb2.Document(uri=uri or os.fspath(source), content=Path(source).read_bytes())


def _pieces(source: Source, uri: str) -> tuple[document_pb2.Document, Iterator[bytes]]:
    """The document without its bytes, and its bytes."""
    if isinstance(source, os.PathLike):
        return document_pb2.Document(uri=uri or os.fspath(source)), _read(Path(source))
    header = document_pb2.Document()
    header.CopyFrom(document(source, uri))
    content = header.content if header.WhichOneof("source") == "content" else header.text.encode()
    header.ClearField("content")
    header.ClearField("text")
    return header, (content[at : at + _CHUNK_BYTES] for at in range(0, len(content), _CHUNK_BYTES))


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
