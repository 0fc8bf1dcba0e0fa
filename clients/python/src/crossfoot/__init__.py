"""Crossfoot checks the figures of published reports against each other; this is a client of its service.

    with crossfoot.Client("127.0.0.1:50051") as client:
        for finding in client.check(pathlib.Path("report.txt")).findings:
            print(finding.places[0].line, finding.message)

The messages of the API are in `crossfoot.v1`; those that a caller makes are named here as well.
"""

from crossfoot._version import VERSION as __version__
from crossfoot.async_client import AsyncClient, AsyncPager
from crossfoot.client import Client, Outcome, Pager
from crossfoot.errors import CrossfootError
from crossfoot.requests import Report, Source
from crossfoot.results import CheckResult, Finding, Place
from crossfoot.v1.document_pb2 import Document
from crossfoot.v1.finding_pb2 import SEVERITY_ERROR, SEVERITY_INFO, SEVERITY_WARNING, Severity
from crossfoot.v1.reading_options_pb2 import (
    LANGUAGE_EN,
    LANGUAGE_ZH,
    VIEW_BASIC,
    VIEW_FULL,
    VIEW_SUMMARY,
    ReadingOptions,
)

__all__ = [
    "LANGUAGE_EN",
    "LANGUAGE_ZH",
    "SEVERITY_ERROR",
    "SEVERITY_INFO",
    "SEVERITY_WARNING",
    "VIEW_BASIC",
    "VIEW_FULL",
    "VIEW_SUMMARY",
    "AsyncClient",
    "AsyncPager",
    "CheckResult",
    "Client",
    "CrossfootError",
    "Document",
    "Finding",
    "Outcome",
    "Pager",
    "Place",
    "ReadingOptions",
    "Report",
    "Severity",
    "Source",
    "__version__",
]
