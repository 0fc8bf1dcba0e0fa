"""The methods of crossfoot.v1 as coroutines of one object: `Client` for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from types import TracebackType
from typing import Any, Generic

import grpc
from google.protobuf import field_mask_pb2

from crossfoot import requests
from crossfoot.channel import Endpoint, FilePath
from crossfoot.client import Item, Outcome, Page
from crossfoot.errors import from_document_error, from_rpc_error
from crossfoot.requests import MOST_AHEAD, Report, Source
from crossfoot.results import CheckResult
from crossfoot.v1 import (
    document_pb2,
    document_service_pb2,
    document_service_pb2_grpc,
    extraction_service_pb2,
    extraction_service_pb2_grpc,
    reading_options_pb2,
    rule_service_pb2,
    rule_service_pb2_grpc,
    validation_service_pb2,
    validation_service_pb2_grpc,
)


class AsyncPager(Generic[Item, Page]):
    """What a list method found.  Iterates over the items of all pages and asks for each page when it is needed."""

    def __init__(self, fetch: Callable[[str], Awaitable[Any]], field: str, page_token: str) -> None:
        self._fetch = fetch
        self._field = field
        self._page_token = page_token

    @property
    async def pages(self) -> AsyncIterator[Page]:
        """The responses themselves."""
        page_token = self._page_token
        while True:
            page = await self._fetch(page_token)
            yield page
            page_token = page.next_page_token
            if not page_token:
                return

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages:
            for item in getattr(page, self._field):
                yield item


class AsyncClient:
    """`Client` for asyncio: made, used and closed in one event loop, or used in an `async with` statement."""

    def __init__(
        self,
        target: str,
        *,
        token: str | None = None,
        ca_file: FilePath | None = None,
        certificate_file: FilePath | None = None,
        key_file: FilePath | None = None,
        timeout: float = 60.0,
    ) -> None:
        """The arguments are those of `Client`."""
        endpoint = Endpoint(target, token=token, ca_file=ca_file, certificate_file=certificate_file, key_file=key_file)
        self._channel = endpoint.connect_async()
        self._stream_channel = endpoint.connect_async(streams=True)
        self._metadata = endpoint.metadata
        self._timeout = timeout
        self._validation = validation_service_pb2_grpc.ValidationServiceStub(self._channel)
        self._extraction = extraction_service_pb2_grpc.ExtractionServiceStub(self._channel)
        self._documents = document_service_pb2_grpc.DocumentServiceStub(self._channel)
        self._rules = rule_service_pb2_grpc.RuleServiceStub(self._channel)
        self._validation_stream = validation_service_pb2_grpc.ValidationServiceStub(self._stream_channel)
        self._documents_stream = document_service_pb2_grpc.DocumentServiceStub(self._stream_channel)

    async def close(self) -> None:
        """Ends the connection and the calls that are under way."""
        await self._channel.close()
        await self._stream_channel.close()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # Validation

    async def check(
        self,
        document: Source,
        *,
        uri: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        earlier_documents: Iterable[Source] = (),
        check_stored_documents: bool = False,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> CheckResult:
        """`Client.check`."""
        request = requests.validate(document, uri, options, earlier_documents, check_stored_documents, read_mask)
        return CheckResult(await self._call(self._validation.ValidateDocument, request, timeout))

    async def check_many(
        self,
        documents: Iterable[tuple[str, Report]] | AsyncIterable[tuple[str, Report]],
        *,
        options: reading_options_pb2.ReadingOptions | None = None,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> AsyncGenerator[tuple[str, Outcome], None]:
        """As `Client.check_many`; `documents` is read in the event loop."""
        broken: list[Exception] = []
        ahead = asyncio.Semaphore(MOST_AHEAD)

        async def send() -> AsyncIterator[validation_service_pb2.ValidateDocumentsRequest]:
            try:
                async for id, report in _each(documents):
                    yield requests.validate_one_of_many(id, report, options, read_mask)
                    await ahead.acquire()
            except Exception as error:
                broken.append(error)
                raise  # which ends the call

        call = self._validation_stream.ValidateDocuments(send(), timeout=timeout, metadata=self._metadata)
        try:
            async for item in call:
                if item.response.HasField("error"):
                    yield item.id, from_document_error(item.response.error)
                else:
                    yield item.id, CheckResult(item.response)
                ahead.release()
        except (grpc.RpcError, asyncio.CancelledError) as error:
            if broken:
                raise broken[0] from None
            if isinstance(error, grpc.RpcError):
                raise from_rpc_error(error) from None
            raise
        finally:
            call.cancel()

    async def check_set(
        self,
        documents: Iterable[Source],
        *,
        options: reading_options_pb2.ReadingOptions | None = None,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> list[CheckResult]:
        """`Client.check_set`."""
        request = requests.validate_set(documents, options, read_mask)
        response = await self._call(self._validation.ValidateDocumentSet, request, timeout)
        return [CheckResult(one) for one in response.responses]

    async def extract(
        self,
        document: Source,
        *,
        uri: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> extraction_service_pb2.ExtractFiguresResponse:
        """`Client.extract`."""
        request = requests.extract(document, uri, options, read_mask)
        response: extraction_service_pb2.ExtractFiguresResponse = await self._call(
            self._extraction.ExtractFigures, request, timeout
        )
        return response

    # Documents

    async def create_document(
        self,
        document: Source,
        *,
        uri: str = "",
        document_id: str = "",
        request_id: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        timeout: float | None = None,
    ) -> document_pb2.Document:
        """`Client.create_document`."""
        request = requests.create(document, uri, document_id, request_id, options)
        stored: document_pb2.Document = await self._call(self._documents.CreateDocument, request, timeout)
        return stored

    async def upload_document(
        self,
        document: Source,
        *,
        uri: str = "",
        document_id: str = "",
        request_id: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        timeout: float | None = None,
    ) -> document_pb2.Document:
        """`Client.upload_document`."""
        request = requests.upload(document, uri, document_id, request_id, options)
        stored: document_pb2.Document = await self._call(self._documents_stream.UploadDocument, request, timeout)
        return stored

    async def get_document(
        self,
        name: str,
        *,
        view: reading_options_pb2.View = reading_options_pb2.VIEW_UNSPECIFIED,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> document_pb2.Document:
        """`Client.get_document`."""
        request = document_service_pb2.GetDocumentRequest(name=name, view=view, read_mask=read_mask)
        document: document_pb2.Document = await self._call(self._documents.GetDocument, request, timeout)
        return document

    def list_documents(
        self,
        *,
        indicator: str = "",
        ref_area: str = "",
        page_size: int = 0,
        page_token: str = "",
        timeout: float | None = None,
    ) -> AsyncPager[document_pb2.Document, document_service_pb2.ListDocumentsResponse]:
        """`Client.list_documents`."""
        return AsyncPager(
            lambda token: self._call(
                self._documents.ListDocuments,
                document_service_pb2.ListDocumentsRequest(
                    page_size=page_size, page_token=token, indicator=indicator, ref_area=ref_area
                ),
                timeout,
            ),
            "documents",
            page_token,
        )

    async def delete_document(self, name: str, *, timeout: float | None = None) -> None:
        """`Client.delete_document`."""
        await self._call(self._documents.DeleteDocument, document_service_pb2.DeleteDocumentRequest(name=name), timeout)

    # Rules

    def list_rule_packs(
        self, *, page_size: int = 0, page_token: str = "", timeout: float | None = None
    ) -> AsyncPager[rule_service_pb2.RulePack, rule_service_pb2.ListRulePacksResponse]:
        """`Client.list_rule_packs`."""
        return AsyncPager(
            lambda token: self._call(
                self._rules.ListRulePacks,
                rule_service_pb2.ListRulePacksRequest(page_size=page_size, page_token=token),
                timeout,
            ),
            "rule_packs",
            page_token,
        )

    def list_rules(
        self,
        *,
        rule_pack: str = "",
        language: reading_options_pb2.Language = reading_options_pb2.LANGUAGE_UNSPECIFIED,
        page_size: int = 0,
        page_token: str = "",
        timeout: float | None = None,
    ) -> AsyncPager[rule_service_pb2.Rule, rule_service_pb2.ListRulesResponse]:
        """`Client.list_rules`."""
        return AsyncPager(
            lambda token: self._call(
                self._rules.ListRules,
                rule_service_pb2.ListRulesRequest(
                    page_size=page_size, page_token=token, rule_pack=rule_pack, language=language
                ),
                timeout,
            ),
            "rules",
            page_token,
        )

    async def get_rule(
        self,
        name: str,
        *,
        language: reading_options_pb2.Language = reading_options_pb2.LANGUAGE_UNSPECIFIED,
        timeout: float | None = None,
    ) -> rule_service_pb2.Rule:
        """`Client.get_rule`."""
        request = rule_service_pb2.GetRuleRequest(name=name, language=language)
        rule: rule_service_pb2.Rule = await self._call(self._rules.GetRule, request, timeout)
        return rule

    async def test_rules(
        self, rule_pack_text: str, *, file_name: str = "", timeout: float | None = None
    ) -> rule_service_pb2.TestRulesResponse:
        """`Client.test_rules`."""
        request = rule_service_pb2.TestRulesRequest(rule_pack_text=rule_pack_text, file_name=file_name)
        response: rule_service_pb2.TestRulesResponse = await self._call(self._rules.TestRules, request, timeout)
        return response

    async def _call(self, method: Any, request: Any, timeout: float | None) -> Any:
        try:
            return await method(request, timeout=self._timeout if timeout is None else timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise from_rpc_error(error) from None


async def _each(items: Iterable[Item] | AsyncIterable[Item]) -> AsyncIterator[Item]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
