"""The methods of crossfoot.v1 as methods of one object."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, TypeAlias, TypeVar

import grpc
from google.protobuf import field_mask_pb2

from crossfoot import requests
from crossfoot.channel import Endpoint, FilePath
from crossfoot.errors import CrossfootError, from_document_error, from_rpc_error
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

Outcome: TypeAlias = "CheckResult | CrossfootError"

Item = TypeVar("Item")
Page = TypeVar("Page")


class Pager(Generic[Item, Page]):
    """What a list method found.  Iterates over the items of all pages and asks for each page when it is needed."""

    def __init__(self, fetch: Callable[[str], Any], field: str, page_token: str) -> None:
        self._fetch = fetch
        self._field = field
        self._page_token = page_token

    @property
    def pages(self) -> Iterator[Page]:
        """The responses themselves."""
        page_token = self._page_token
        while True:
            page = self._fetch(page_token)
            yield page
            page_token = page.next_page_token
            if not page_token:
                return

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages:
            yield from getattr(page, self._field)


class Client:
    """A connection to a server.  May be used by several threads; close it, or use it in a `with` statement.

    Every method raises CrossfootError when its call fails.  Calls that may be repeated are, up to three times with
    growing pauses while the server is UNAVAILABLE, within their timeout.
    """

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
        """Connects when the first call is made.  Raises ValueError where the arguments do not fit together.

        target: "https://HOST:PORT" is spoken to through TLS, "http://HOST:PORT" is not.  "HOST:PORT" is, unless HOST
            is this machine (localhost, 127.0.0.1, [::1]) and no certificate is given.
        token: shows who is calling; never sent unencrypted to another machine.
        ca_file: PEM, the roots to trust instead of the usual ones.
        certificate_file, key_file: PEM, for a server that asks its callers for certificates.
        timeout: seconds that a call may take, attempts that fail included, where it is not told otherwise.
        """
        endpoint = Endpoint(target, token=token, ca_file=ca_file, certificate_file=certificate_file, key_file=key_file)
        self._channel = endpoint.connect()
        self._stream_channel = endpoint.connect(streams=True)
        self._metadata = endpoint.metadata
        self._timeout = timeout
        self._validation = validation_service_pb2_grpc.ValidationServiceStub(self._channel)
        self._extraction = extraction_service_pb2_grpc.ExtractionServiceStub(self._channel)
        self._documents = document_service_pb2_grpc.DocumentServiceStub(self._channel)
        self._rules = rule_service_pb2_grpc.RuleServiceStub(self._channel)
        self._validation_stream = validation_service_pb2_grpc.ValidationServiceStub(self._stream_channel)
        self._documents_stream = document_service_pb2_grpc.DocumentServiceStub(self._stream_channel)

    def close(self) -> None:
        """Ends the connection and the calls that are under way."""
        self._channel.close()
        self._stream_channel.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Validation

    def check(
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
        """Reads a report and checks its figures, against each other and against `earlier_documents`, the oldest first.

        A report that contradicts itself is a result with findings, not an error.  uri: what messages call a document
        that is given as text or bytes; a file is called by its path.
        """
        request = requests.validate(document, uri, options, earlier_documents, check_stored_documents, read_mask)
        return CheckResult(self._call(self._validation.ValidateDocument, request, timeout))

    def check_many(
        self,
        documents: Iterable[tuple[str, Report]],
        *,
        options: reading_options_pb2.ReadingOptions | None = None,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> Generator[tuple[str, Outcome], None, None]:
        """Checks reports as they come and yields each outcome as it is ready, in any order, with the id of its report.

        What is wrong with one report is its outcome, a CrossfootError that is not raised; the others go on.  What is
        wrong with the stream is raised: outcomes that were not yielded before are lost then.  `documents` is read in
        another thread, at most 64 ahead of the outcomes that were taken.  An iterator that is closed or dropped ends
        the call.

        Nothing is sent before the first outcome is asked for.

        documents: pairs of an id, which need not be unique, and a report; or a whole request with options of its own.
        timeout: seconds for all of them; None: any time.
        """
        broken: list[Exception] = []
        ahead = threading.Semaphore(MOST_AHEAD)
        ended = threading.Event()

        def send() -> Iterator[validation_service_pb2.ValidateDocumentsRequest]:
            try:
                for id, report in documents:
                    yield requests.validate_one_of_many(id, report, options, read_mask)
                    ahead.acquire()
                    if ended.is_set():
                        return
            except Exception as error:
                broken.append(error)
                raise

        call = self._validation_stream.ValidateDocuments(send(), timeout=timeout, metadata=self._metadata)
        try:
            for item in call:
                if item.response.HasField("error"):
                    yield item.id, from_document_error(item.response.error)
                else:
                    yield item.id, CheckResult(item.response)
                ahead.release()
        except grpc.RpcError as error:
            # What the caller's own iterator raised is more telling than what became of the call.
            raise (broken[0] if broken else from_rpc_error(error)) from None
        finally:
            call.cancel()
            ended.set()
            ahead.release()

    def check_set(
        self,
        documents: Iterable[Source],
        *,
        options: reading_options_pb2.ReadingOptions | None = None,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> list[CheckResult]:
        """Checks each report by itself and against those before it; the oldest comes first."""
        request = requests.validate_set(documents, options, read_mask)
        response = self._call(self._validation.ValidateDocumentSet, request, timeout)
        return [CheckResult(one) for one in response.responses]

    def extract(
        self,
        document: Source,
        *,
        uri: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> extraction_service_pb2.ExtractFiguresResponse:
        """Reads a report and gives its figures, without judging them."""
        request = requests.extract(document, uri, options, read_mask)
        response: extraction_service_pb2.ExtractFiguresResponse = self._call(
            self._extraction.ExtractFigures, request, timeout
        )
        return response

    # Documents

    def create_document(
        self,
        document: Source,
        *,
        uri: str = "",
        document_id: str = "",
        request_id: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        timeout: float | None = None,
    ) -> document_pb2.Document:
        """Checks a report and stores it, whatever is found.

        document_id: the last part of its name; empty: the server chooses.  request_id: a UUID that makes a repetition
        store nothing twice; one is made where it is empty.
        """
        request = requests.create(document, uri, document_id, request_id, options)
        stored: document_pb2.Document = self._call(self._documents.CreateDocument, request, timeout)
        return stored

    def upload_document(
        self,
        document: Source,
        *,
        uri: str = "",
        document_id: str = "",
        request_id: str = "",
        options: reading_options_pb2.ReadingOptions | None = None,
        timeout: float | None = None,
    ) -> document_pb2.Document:
        """create_document for a large report: it is sent in pieces, and of a file no more is held at a time.

        Not tried again by itself; a caller who does gives the same `request_id`.
        """
        request = requests.upload(document, uri, document_id, request_id, options)
        stored: document_pb2.Document = self._call(self._documents_stream.UploadDocument, request, timeout)
        return stored

    def get_document(
        self,
        name: str,
        *,
        view: reading_options_pb2.View = reading_options_pb2.VIEW_UNSPECIFIED,
        read_mask: field_mask_pb2.FieldMask | None = None,
        timeout: float | None = None,
    ) -> document_pb2.Document:
        """The stored document "documents/ID"; its bytes and findings with VIEW_FULL alone."""
        request = document_service_pb2.GetDocumentRequest(name=name, view=view, read_mask=read_mask)
        document: document_pb2.Document = self._call(self._documents.GetDocument, request, timeout)
        return document

    def list_documents(
        self,
        *,
        indicator: str = "",
        ref_area: str = "",
        page_size: int = 0,
        page_token: str = "",
        timeout: float | None = None,
    ) -> Pager[document_pb2.Document, document_service_pb2.ListDocumentsResponse]:
        """The stored documents with a figure of a statistic and of an area, where given; the latest stored first."""
        return Pager(
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

    def delete_document(self, name: str, *, timeout: float | None = None) -> None:
        """Removes the stored document "documents/ID"."""
        self._call(self._documents.DeleteDocument, document_service_pb2.DeleteDocumentRequest(name=name), timeout)

    # Rules

    def list_rule_packs(
        self, *, page_size: int = 0, page_token: str = "", timeout: float | None = None
    ) -> Pager[rule_service_pb2.RulePack, rule_service_pb2.ListRulePacksResponse]:
        """The packs of rules in force, in the order in which they are applied."""
        return Pager(
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
    ) -> Pager[rule_service_pb2.Rule, rule_service_pb2.ListRulesResponse]:
        """The rules in force, those of "rulePacks/ID" where given, in the order in which they are applied."""
        return Pager(
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

    def get_rule(
        self,
        name: str,
        *,
        language: reading_options_pb2.Language = reading_options_pb2.LANGUAGE_UNSPECIFIED,
        timeout: float | None = None,
    ) -> rule_service_pb2.Rule:
        """The rule "rules/ID" with its examples."""
        request = rule_service_pb2.GetRuleRequest(name=name, language=language)
        rule: rule_service_pb2.Rule = self._call(self._rules.GetRule, request, timeout)
        return rule

    def test_rules(
        self, rule_pack_text: str, *, file_name: str = "", timeout: float | None = None
    ) -> rule_service_pb2.TestRulesResponse:
        """Runs the examples of a pack that is not in force: a crossfoot.config.v1.RulePack in text format."""
        request = rule_service_pb2.TestRulesRequest(rule_pack_text=rule_pack_text, file_name=file_name)
        response: rule_service_pb2.TestRulesResponse = self._call(self._rules.TestRules, request, timeout)
        return response

    def _call(self, method: Any, request: Any, timeout: float | None) -> Any:
        try:
            return method(request, timeout=self._timeout if timeout is None else timeout, metadata=self._metadata)
        except grpc.RpcError as error:
            raise from_rpc_error(error) from None
