"""The package reads what a server of the last release answers: the responses of tests/conformance in its form."""

from __future__ import annotations

import json
import unittest
from pathlib import Path

from google.protobuf import json_format
from google.protobuf.message import Message

from package import Package
from release import Release

ROOT = Path(__file__).parents[3]


def json_of(message: Message) -> object:
    return json_format.MessageToDict(message)


class ReleaseTest(unittest.TestCase):
    def test_answers_of_the_last_release_are_read(self) -> None:
        (image,) = (ROOT / "proto" / "released").glob("*.binpb")
        release = Release(image.read_bytes())
        package = Package()
        read = 0
        for path in sorted((ROOT / "tests" / "conformance" / "cases").glob("*.json")):
            case = json.loads(path.read_text("utf-8"))
            for response in case.get("responses", []):
                answered = release.wanted(case["call"], response)
                ours = package.wanted(case["call"], {})
                ours.MergeFromString(answered.SerializeToString())
                with self.subTest(path.stem):
                    self.assertEqual(json_of(ours), json_of(answered))
                read += 1
        self.assertGreater(read, 50)


if __name__ == "__main__":
    unittest.main()
