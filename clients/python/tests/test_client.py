"""What the cases of tests/conformance cannot say: what is sent, and how often."""

from __future__ import annotations

import contextlib
import hashlib
import io
import subprocess
import sys
import tempfile
import threading
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import duration_pb2, empty_pb2
from google.rpc import code_pb2, error_details_pb2

import crossfoot
from crossfoot.v1 import document_pb2, rule_service_pb2, validation_service_pb2
from tests.fake_server import FakeServer, error_info, fail

Response = validation_service_pb2.ValidateDocumentResponse


def failing(times: int, then: Any) -> Callable[[Any, grpc.ServicerContext], Any]:
    """Fails `times` times with UNAVAILABLE, then answers."""
    left = [times]

    def answer(request: Any, context: grpc.ServicerContext) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            fail(context, code_pb2.UNAVAILABLE, error_info("STORE_UNAVAILABLE"))
        return then

    return answer


class RetryTest(unittest.TestCase):
    def test_a_call_that_may_be_repeated_is(self) -> None:
        with FakeServer(ValidateDocument=failing(2, Response())) as server, crossfoot.Client(server.target) as client:
            # Larger than what gRPC keeps for a repetition when it is not told otherwise.
            client.check("增" * 1_000_000)
            self.assertEqual(len(server.requests), 3)
            self.assertEqual(server.requests[0], server.requests[2])

    def test_the_fourth_failure_is_told(self) -> None:
        with FakeServer(ValidateDocument=failing(9, Response())) as server, crossfoot.Client(server.target) as client:
            with self.assertRaises(crossfoot.CrossfootError) as raised:
                client.check("a")
            self.assertEqual(raised.exception.code, grpc.StatusCode.UNAVAILABLE)
            self.assertEqual(raised.exception.reason, "STORE_UNAVAILABLE")
            self.assertEqual(len(server.requests), 4)

    def test_a_repetition_stores_nothing_twice(self) -> None:
        with FakeServer(CreateDocument=failing(1, document_pb2.Document())) as server:
            with crossfoot.Client(server.target) as client:
                client.create_document("a")
                client.create_document("a", request_id="mine")
        ids = [request.request_id for request in server.requests]
        self.assertEqual(len(ids), 3)
        self.assertRegex(ids[0], "^[0-9a-f-]{36}$")
        self.assertEqual(ids, [ids[0], ids[0], "mine"])

    def test_a_removal_is_not_repeated(self) -> None:
        with FakeServer(DeleteDocument=failing(1, empty_pb2.Empty())) as server:
            with crossfoot.Client(server.target) as client, self.assertRaises(crossfoot.CrossfootError):
                client.delete_document("documents/a")
        self.assertEqual(len(server.requests), 1)


class ErrorTest(unittest.TestCase):
    def error_of(self, code: int, *details: Any) -> crossfoot.CrossfootError:
        with FakeServer(ValidateDocument=lambda _, context: fail(context, code, *details)) as server:
            with crossfoot.Client(server.target) as client, self.assertRaises(crossfoot.CrossfootError) as raised:
                client.check("a")
        return raised.exception

    def test_details_are_read(self) -> None:
        error = self.error_of(
            code_pb2.RESOURCE_EXHAUSTED,
            error_info("SERVER_BUSY", limit="max_calls"),
            error_details_pb2.RetryInfo(retry_delay=duration_pb2.Duration(seconds=1, nanos=500_000_000)),
        )
        self.assertEqual(error.code, grpc.StatusCode.RESOURCE_EXHAUSTED)
        self.assertEqual(error.reason, "SERVER_BUSY")
        self.assertEqual(error.metadata, {"limit": "max_calls"})
        self.assertEqual(error.retry_delay, 1.5)
        self.assertEqual(error.message, "resource_exhausted")
        self.assertEqual(str(error), "SERVER_BUSY: resource_exhausted")

    def test_what_others_say_is_no_reason_of_ours(self) -> None:
        error = self.error_of(code_pb2.PERMISSION_DENIED, error_info("QUOTA", domain="proxy.example.org"))
        self.assertEqual((error.reason, error.metadata, error.retry_delay), ("", {}, None))
        self.assertEqual(str(error), "PERMISSION_DENIED: permission_denied")

    def test_the_timeout_of_the_client_holds_for_each_call(self) -> None:
        remaining: list[float] = []

        def answer(request: Any, context: grpc.ServicerContext) -> Response:
            remaining.append(context.time_remaining())
            return Response()

        with FakeServer(ValidateDocument=answer) as server, crossfoot.Client(server.target, timeout=30) as client:
            client.check("a")
            client.check("a", timeout=90)
        self.assertTrue(20 < remaining[0] < 31, remaining)
        self.assertTrue(80 < remaining[1] < 91, remaining)


class ConnectionTest(unittest.TestCase):
    def test_a_token_is_shown(self) -> None:
        with FakeServer(ValidateDocument=lambda *_: Response(), ValidateDocuments=lambda *_: iter(())) as server:
            with crossfoot.Client(server.target, token="cf_secret") as client:
                client.check("a")
                list(client.check_many([]))
            with crossfoot.Client(server.target) as client:
                client.check("a")
        shown = [metadata.get("authorization") for metadata in server.metadata]
        self.assertEqual(shown, ["Bearer cf_secret", "Bearer cf_secret", None])

    def test_a_token_does_not_leave_the_machine_unencrypted(self) -> None:
        for target in ("http://figures.example.org:80", "http://192.0.2.1:50051", "http://[2001:db8::1]:50051"):
            with self.subTest(target), self.assertRaisesRegex(ValueError, "unencrypted"):
                crossfoot.Client(target, token="cf_secret")
        for target in (
            "localhost:1",
            "127.0.0.2:1",
            "http://[::1]:1",
            "figures.example.org:443",
            "https://192.0.2.1:1",
        ):
            with self.subTest(target):
                crossfoot.Client(target, token="cf_secret").close()

    def test_arguments_that_do_not_fit_are_refused(self) -> None:
        for target in ("", "localhost", ":50051", "localhost:", "localhost:http", "ftp://a:1", "http://a:1/v1"):
            with self.subTest(target), self.assertRaisesRegex(ValueError, "is not HOST:PORT"):
                crossfoot.Client(target)
        for token in ("", "a b", "a\nb", "ä"):
            with self.subTest(token), self.assertRaisesRegex(ValueError, "the token"):
                crossfoot.Client("localhost:1", token=token)
        with self.assertRaisesRegex(ValueError, "belong together"):
            crossfoot.Client("localhost:1", certificate_file="client.pem")
        with self.assertRaisesRegex(ValueError, "no use for certificates"):
            crossfoot.Client("http://localhost:1", ca_file="ca.pem")
        with self.assertRaises(FileNotFoundError):
            crossfoot.Client("https://localhost:1", ca_file="/nowhere/ca.pem")


class DocumentTest(unittest.TestCase):
    def test_a_document_is_given_in_four_ways(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.txt"
            path.write_bytes(b"\xd4\xf6")
            given = document_pb2.Document(name="documents/one")
            with FakeServer(ValidateDocument=lambda *_: Response()) as server:
                with crossfoot.Client(server.target) as client:
                    client.check("增长", uri="a.txt", earlier_documents=["before"])
                    client.check(b"\xff")
                    client.check(path)
                    client.check(given)
        self.assertEqual(
            [request.document for request in server.requests],
            [
                document_pb2.Document(uri="a.txt", text="增长"),
                document_pb2.Document(content=b"\xff"),
                document_pb2.Document(uri=str(path), content=b"\xd4\xf6"),
                given,
            ],
        )
        self.assertEqual(server.requests[0].earlier_documents[0].text, "before")

    def test_an_upload_is_sent_in_pieces(self) -> None:
        content = bytes(range(256)) * 10_000
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.txt"
            path.write_bytes(content)
            with FakeServer(UploadDocument=lambda *_: document_pb2.Document()) as server:
                with crossfoot.Client(server.target) as client:
                    client.upload_document(path, document_id="from-a-file", request_id="mine")
                    client.upload_document(document_pb2.Document(uri="b", text="增长"))
        first, second = server.requests
        self.assertEqual(first[0].create.document, document_pb2.Document(uri=str(path)))
        self.assertEqual((first[0].create.document_id, first[0].create.request_id), ("from-a-file", "mine"))
        self.assertEqual([len(part.chunk) for part in first[1:-1]], [1 << 20, 1 << 20, len(content) - (2 << 20)])
        self.assertEqual(b"".join(part.chunk for part in first[1:-1]), content)
        self.assertEqual(first[-1].sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(second[0].create.document, document_pb2.Document(uri="b"))
        self.assertEqual([part.chunk for part in second[1:-1]], ["增长".encode()])

    def test_an_upload_holds_no_more_than_a_piece(self) -> None:
        # In a process of its own, whose memory is the client's alone.
        program = (
            "import pathlib, resource, sys, crossfoot\n"
            "def used(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
            "before = used()\n"
            "with crossfoot.Client(sys.argv[1]) as client: client.upload_document(pathlib.Path(sys.argv[2]))\n"
            "print(used() - before)\n"
        )
        with (
            tempfile.NamedTemporaryFile() as file,
            FakeServer(UploadDocument=lambda *_: document_pb2.Document()) as server,
        ):
            file.truncate(100 << 20)
            done = subprocess.run(
                [sys.executable, "-c", program, server.target, file.name], capture_output=True, text=True, check=True
            )
        self.assertEqual(sum(len(part.chunk) for part in server.requests[0]), 100 << 20)
        self.assertLess(int(done.stdout), 50, "MiB for an upload of 100")

    def test_pages_are_asked_for_when_they_are_needed(self) -> None:
        def answer(request: Any, context: grpc.ServicerContext) -> rule_service_pb2.ListRulesResponse:
            page = int(request.page_token or 0)
            rules = [rule_service_pb2.Rule(name=f"rules/{page}{place}") for place in "ab"]
            return rule_service_pb2.ListRulesResponse(rules=rules, next_page_token=str(page + 1) if page < 2 else "")

        with FakeServer(ListRules=answer) as server, crossfoot.Client(server.target) as client:
            listed = iter(client.list_rules(rule_pack="rulePacks/a"))
            self.assertEqual([next(listed).name, next(listed).name], ["rules/0a", "rules/0b"])
            self.assertEqual(len(server.requests), 1)
            self.assertEqual([rule.name for rule in listed], ["rules/1a", "rules/1b", "rules/2a", "rules/2b"])
        self.assertEqual({request.rule_pack for request in server.requests}, {"rulePacks/a"})


class FindingTest(unittest.TestCase):
    def test_places_come_from_the_document_and_from_earlier_ones(self) -> None:
        response = Response()
        response.document.uri = "now.txt"
        for id, holder in (("f1", response.figures.add()), ("h1", response.cited_figures.add().figure)):
            holder.id = id
            holder.span.start_byte, holder.span.end_byte = 0, 4
            holder.span.line, holder.span.column, holder.span.content = 1, 1, f"{id}%"
        response.cited_figures[0].document_uri = "before.txt"
        finding = response.findings.add(rule_id="r", figure_ids=["h1", "f1"], suspect_id="f1")
        (found,) = crossfoot.CheckResult(response).findings
        self.assertEqual(
            [(place.uri, place.content) for place in found.places], [("before.txt", "h1%"), ("now.txt", "f1%")]
        )
        self.assertIs(found.suspect, found.places[1])
        finding.suspect_id = ""
        self.assertIsNone(crossfoot.CheckResult(response).findings[0].suspect)


def answer_each(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
    for request in requests:
        yield validation_service_pb2.ValidateDocumentsResponse(id=request.id, response=Response())


class StreamTest(unittest.TestCase):
    def test_documents_are_read_as_fast_as_outcomes_are_taken(self) -> None:
        read = 0

        def documents() -> Iterator[tuple[str, str]]:
            nonlocal read
            for read in range(1, 100_000):
                yield str(read), "增长"

        with FakeServer(ValidateDocuments=answer_each) as server, crossfoot.Client(server.target) as client:
            outcomes = client.check_many(documents())
            for _ in range(10):
                next(outcomes)
            before = -1
            while read != before:
                before = read
                threading.Event().wait(0.2)
            self.assertEqual(read, 64 + 10)
            outcomes.close()

    def test_an_iterator_that_is_closed_ends_the_call(self) -> None:
        ended = threading.Event()

        def answer(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            context.add_callback(ended.set)
            yield from answer_each(requests, context)

        def endless() -> Iterator[tuple[str, str]]:
            while True:
                yield "a", "b"

        with FakeServer(ValidateDocuments=answer) as server, crossfoot.Client(server.target) as client:
            outcomes = client.check_many(endless())
            next(outcomes)
            outcomes.close()
            self.assertTrue(ended.wait(20))

    def test_what_the_caller_raises_is_raised(self) -> None:
        def documents() -> Iterator[tuple[str, Path]]:
            yield "a", Path("/nowhere/report.txt")

        with FakeServer(ValidateDocuments=answer_each) as server, crossfoot.Client(server.target) as client:
            with self.assertRaises(FileNotFoundError):
                list(client.check_many(documents()))

    def test_a_stream_that_breaks_is_not_taken_as_whole(self) -> None:
        def answer(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            yield validation_service_pb2.ValidateDocumentsResponse(id=next(requests).id)
            fail(context, code_pb2.UNAVAILABLE)

        with FakeServer(ValidateDocuments=answer) as server, crossfoot.Client(server.target) as client:
            outcomes = client.check_many([("a", "x"), ("b", "y")])
            self.assertEqual(next(outcomes)[0], "a")
            with self.assertRaises(crossfoot.CrossfootError):
                next(outcomes)


class ReadmeTest(unittest.TestCase):
    def test_the_example_runs(self) -> None:
        text = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
        example = text.split("```python\n")[1].split("```")[0]
        response = Response()
        response.findings.add(rule_id="some-rule", message="something")
        printed = io.StringIO()
        with FakeServer(ValidateDocument=lambda *_: response) as server, contextlib.redirect_stdout(printed):
            self.assertIn('"127.0.0.1:50051"', example)
            exec(example.replace("127.0.0.1:50051", server.target), {})
        self.assertEqual(printed.getvalue(), "some-rule something\n")


if __name__ == "__main__":
    unittest.main()
