"""What a check found, with the places in the text that the messages of the API name by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from crossfoot.v1 import (
    check_pb2,
    document_pb2,
    figure_pb2,
    finding_pb2,
    summary_pb2,
    validation_service_pb2,
)


@dataclass(frozen=True)
class Place:
    """Where a figure is printed."""

    uri: str
    """The document by its `uri`: an earlier one for a figure that was cited."""
    figure_id: str
    line: int
    """From 1."""
    column: int
    """From 1, in code points."""
    start_byte: int
    """First byte, from 0, in the document as it was sent."""
    end_byte: int
    """The byte after the last one."""
    content: str
    """What is printed there: "2178亿元"."""


@dataclass(frozen=True)
class Finding:
    """What a person should look at."""

    rule_id: str
    severity: finding_pb2.Severity
    """SEVERITY_ERROR, SEVERITY_WARNING or SEVERITY_INFO."""
    message: str
    """One sentence, in the language of the request."""
    places: Sequence[Place]
    """Of all figures that take part; empty where the request asked for no figures."""
    suspect: Place | None
    """The place that is most likely wrong; None where the checks cannot tell."""
    repairs: Sequence[finding_pb2.Repair]
    """Proposed changes, each enough by itself."""
    fingerprint: str
    """The same for the same finding, also when the text around it moves."""
    proto: finding_pb2.Finding
    """The message that the others are of."""


class CheckResult:
    """What was read and proved of one document."""

    def __init__(self, proto: validation_service_pb2.ValidateDocumentResponse) -> None:
        self.proto = proto
        """The message that the others are of."""

    @property
    def document(self) -> document_pb2.Document:
        """The document by its `uri` alone."""
        return self.proto.document

    @property
    def figures(self) -> Sequence[figure_pb2.Figure]:
        return self.proto.figures

    @property
    def checks(self) -> Sequence[check_pb2.Check]:
        return self.proto.checks

    @property
    def summary(self) -> summary_pb2.Summary:
        return self.proto.summary

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """The most severe first in each place of the text; empty when nothing contradicts."""
        places = {figure.id: _place(self.proto.document.uri, figure) for figure in self.proto.figures}
        for cited in self.proto.cited_figures:
            places[cited.figure.id] = _place(cited.document_uri, cited.figure)
        return [
            Finding(
                rule_id=finding.rule_id,
                severity=finding.severity,
                message=finding.message,
                places=[places[id] for id in finding.figure_ids if id in places],
                suspect=places.get(finding.suspect_id),
                repairs=finding.repairs,
                fingerprint=finding.fingerprint,
                proto=finding,
            )
            for finding in self.proto.findings
        ]

    def __repr__(self) -> str:
        return f"CheckResult(uri={self.proto.document.uri!r}, findings={len(self.proto.findings)})"


def _place(uri: str, figure: figure_pb2.Figure) -> Place:
    span = figure.span
    return Place(uri, figure.id, span.line, span.column, span.start_byte, span.end_byte, span.content)
