"""The cases of tests/conformance leave out no method and no failure that a client can provoke."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from crossfoot.v1 import (
    document_service_pb2,
    error_reason_pb2,
    extraction_service_pb2,
    rule_service_pb2,
    validation_service_pb2,
)

CASES = Path(__file__).parents[3] / "tests" / "conformance" / "cases"
FILES = (document_service_pb2, extraction_service_pb2, rule_service_pb2, validation_service_pb2)

NEVER = {
    "UNSPECIFIED": "the enum's zero",
    "FILE_NOT_FOUND": "the command line alone",
    "FILE_UNREADABLE": "the command line alone",
    "METHOD_NOT_FOUND": "HTTP alone",
    "CANCELLED": "who cancels a call hears no more of it",
    "INTERNAL": "a defect",
    "STREAM_STALLED": "requests of a case are sent at once",
}


class CasesTest(unittest.TestCase):
    cases: list[dict[str, Any]] = [json.loads(path.read_text("utf-8")) for path in CASES.glob("*.json")]

    def test_every_method_is_called(self) -> None:
        methods = {
            method.name
            for file in FILES
            for service in file.DESCRIPTOR.services_by_name.values()
            for method in service.methods
        }
        self.assertEqual(methods, {case["call"] for case in self.cases})

    def test_every_reason_is_given(self) -> None:
        reasons = {name.removeprefix("ERROR_REASON_") for name in error_reason_pb2.ErrorReason.keys()}
        given = {case["error"]["reason"] for case in self.cases if "reason" in case.get("error", {})}
        self.assertEqual(reasons - NEVER.keys(), given)


if __name__ == "__main__":
    unittest.main()
