"""What is the event loop's own of the client for asyncio; tests/conformance has the rest."""

from __future__ import annotations

import asyncio
import threading
import unittest
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import grpc
from google.rpc import code_pb2

import crossfoot
from crossfoot.v1 import rule_service_pb2, validation_service_pb2
from tests.fake_server import FakeServer, fail
from tests.test_client import answer_each

Response = validation_service_pb2.ValidateDocumentResponse


class AsyncClientTest(unittest.IsolatedAsyncioTestCase):
    async def test_calls_do_not_wait_for_each_other(self) -> None:
        both = threading.Barrier(2)

        def answer(request: Any, context: grpc.ServicerContext) -> Response:
            both.wait(20)
            return Response()

        with FakeServer(ValidateDocument=answer) as server:
            async with crossfoot.AsyncClient(server.target, token="cf_secret") as client:
                results = await asyncio.gather(client.check("a"), client.check("b"))
        self.assertEqual(len(results), 2)
        self.assertEqual([metadata["authorization"] for metadata in server.metadata], ["Bearer cf_secret"] * 2)

    async def test_documents_are_read_as_fast_as_outcomes_are_taken(self) -> None:
        read = 0

        async def documents() -> AsyncIterator[tuple[str, str]]:
            nonlocal read
            for read in range(1, 100_000):
                yield str(read), "增长"

        with FakeServer(ValidateDocuments=answer_each) as server:
            async with crossfoot.AsyncClient(server.target) as client:
                outcomes = client.check_many(documents())
                for _ in range(10):
                    await anext(outcomes)
                before = -1
                while read != before:
                    before = read
                    await asyncio.sleep(0.2)
                self.assertEqual(read, 64 + 10)
                await outcomes.aclose()

    async def test_an_iterator_that_is_closed_ends_the_call(self) -> None:
        ended = threading.Event()

        def answer(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            context.add_callback(ended.set)
            yield from answer_each(requests, context)

        with FakeServer(ValidateDocuments=answer) as server:
            async with crossfoot.AsyncClient(server.target) as client:
                outcomes = client.check_many((str(number), "a") for number in range(100_000))
                await anext(outcomes)
                await outcomes.aclose()
                self.assertTrue(await asyncio.to_thread(ended.wait, 20))

    async def test_what_the_caller_raises_is_raised(self) -> None:
        with FakeServer(ValidateDocuments=answer_each) as server:
            async with crossfoot.AsyncClient(server.target) as client:
                with self.assertRaises(FileNotFoundError):
                    async for _ in client.check_many([("a", Path("/nowhere/report.txt"))]):
                        pass

    async def test_a_task_that_is_cancelled_is_cancelled(self) -> None:
        with FakeServer(ValidateDocuments=lambda requests, _: (one for one in requests if False)) as server:
            async with crossfoot.AsyncClient(server.target) as client:

                async def forever() -> AsyncIterator[tuple[str, str]]:
                    yield "a", "b"
                    await asyncio.Event().wait()

                async def take() -> None:
                    async for _ in client.check_many(forever()):
                        pass

                task = asyncio.create_task(take())
                await asyncio.sleep(0.2)
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task

    async def test_a_stream_that_breaks_is_not_taken_as_whole(self) -> None:
        def answer(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            yield validation_service_pb2.ValidateDocumentsResponse(id=next(requests).id)
            fail(context, code_pb2.UNAVAILABLE)

        with FakeServer(ValidateDocuments=answer) as server:
            async with crossfoot.AsyncClient(server.target) as client:
                outcomes = client.check_many([("a", "x"), ("b", "y")])
                self.assertEqual((await anext(outcomes))[0], "a")
                with self.assertRaises(crossfoot.CrossfootError):
                    await anext(outcomes)

    async def test_pages_are_asked_for_when_they_are_needed(self) -> None:
        def answer(request: Any, context: grpc.ServicerContext) -> rule_service_pb2.ListRulesResponse:
            page = int(request.page_token or 0)
            rules = [rule_service_pb2.Rule(name=f"rules/{page}")]
            return rule_service_pb2.ListRulesResponse(rules=rules, next_page_token=str(page + 1) if page < 2 else "")

        with FakeServer(ListRules=answer) as server:
            async with crossfoot.AsyncClient(server.target) as client:
                names = [rule.name async for rule in client.list_rules()]
        self.assertEqual(names, ["rules/0", "rules/1", "rules/2"])
        self.assertEqual(len(server.requests), 3)


if __name__ == "__main__":
    unittest.main()
