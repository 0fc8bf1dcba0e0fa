"""Writes a report of reports/ in each of the formats that crossfoot reads."""

import csv
import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

INDENT = "\u3000"  # before a label, one for each level
LEFT, ABOVE = "<", "^"  # in a head: the cell beside or above goes on
NUMBER = re.compile(r"(?P<value>-?\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<percent>%)?")
GAP = 4  # blanks between the columns of a text
OFFICE_SECONDS = 300  # longest that LibreOffice may take for one batch

# For LibreOffice, which makes pages of the HTML.
STYLE = """@page { size: 21cm 29.7cm; margin: 2.5cm }
body, p, td, th, h1, h2 { font-family: "Noto Sans CJK SC" }
body, p { font-size: 12pt; line-height: 150% }
td, th { font-size: 10pt; line-height: 100% }
h1 { font-size: 20pt }
h2 { font-size: 15pt }
"""


class HeadCell(NamedTuple):
    row: int
    column: int
    rows: int
    columns: int
    words: str


def head_cells(head: list[list[str]]) -> Iterator[HeadCell]:
    """The cells of a head from left to right, row by row, with the rows and columns that they take."""
    for r, row in enumerate(head):
        for c, words in enumerate(row):
            if words in (LEFT, ABOVE):
                continue
            right = c + 1
            while right < len(row) and row[right] == LEFT:
                right += 1
            below = r + 1
            while below < len(head) and head[below][c] == ABOVE:
                below += 1
            yield HeadCell(r, c, below - r, right - c, words)


def head_fields(head: list[list[str]]) -> list[list[str]]:
    """The rows of a head with an empty field wherever a cell goes on."""
    return [["" if words in (LEFT, ABOVE) else words for words in row] for row in head]


def blocks(report: dict) -> Iterator[tuple[str, str | dict]]:
    """What a report consists of: "title", "heading", "paragraph" with its words, or "table"."""
    for block in report["blocks"]:
        yield from block.items()


def lines_above(table: dict) -> list[str]:
    return [table[key] for key in ("caption", "unit") if key in table]


def lines_below(table: dict) -> list[str]:
    return [table[key] for key in ("note",) if key in table]


# --- Text ---


def screen_width(words: str) -> int:
    """In columns of a screen, of which a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def aligned(table: dict) -> list[str]:
    """Lines whose columns blanks align: numbers to the right, a head over several columns above their middle."""
    rows = [[row[0].replace(INDENT, " " * 2), *row[1:]] for row in table["rows"]]
    head = list(head_cells(table["head"]))
    widths = [max(map(screen_width, column)) for column in zip(*rows)]
    for cell in head:
        if cell.columns == 1:
            widths[cell.column] = max(widths[cell.column], screen_width(cell.words))
    ends = [sum(widths[: c + 1]) + GAP * c for c in range(len(widths))]
    lines = [""] * len(table["head"])
    for cell in head:
        start = ends[cell.column] - widths[cell.column]
        room = ends[cell.column + cell.columns - 1] - start - screen_width(cell.words)
        if cell.column > 0:
            start += room // 2 if cell.columns > 1 else room
        lines[cell.row] += " " * (start - screen_width(lines[cell.row])) + cell.words
    for label, *numbers in rows:
        line = label
        for end, number in zip(ends[1:], numbers):
            line += " " * (end - screen_width(line) - screen_width(number)) + number
        lines.append(line)
    return lines


def text(report: dict) -> str:
    paragraphs = []
    for kind, block in blocks(report):
        if kind == "table":
            paragraphs.append("\n".join(lines_above(block) + aligned(block) + lines_below(block)))
        else:
            paragraphs.append(block)
    return "\n\n".join(paragraphs) + "\n"


def markdown(report: dict) -> str:
    marks = {"title": "# ", "heading": "## ", "paragraph": ""}
    paragraphs = []
    for kind, block in blocks(report):
        if kind != "table":
            paragraphs.append(marks[kind] + block)
            continue
        lines = ["| " + " | ".join(row) + " |" for row in head_fields(block["head"]) + block["rows"]]
        lines.insert(1, "|---|" + "---:|" * (len(block["head"][0]) - 1))
        paragraphs += lines_above(block) + ["\n".join(lines)] + lines_below(block)
    return "\n\n".join(paragraphs) + "\n"


def html_table(table: dict) -> list[str]:
    lines = []
    for key, side in (("caption", "center"), ("unit", "right")):
        if key in table:
            lines.append(f'<p style="text-align: {side}">{escape(table[key])}</p>')
    lines += ['<table border="1" width="100%" cellspacing="0">', "<thead>"]
    head = list(head_cells(table["head"]))
    for r in range(len(table["head"])):
        cells = (
            f'<th rowspan="{cell.rows}" colspan="{cell.columns}">{escape(cell.words)}</th>'
            for cell in head
            if cell.row == r
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines += ["</thead>", "<tbody>"]
    for label, *numbers in table["rows"]:
        cells = (f'<td align="right">{escape(number)}</td>' for number in numbers)
        lines.append(f"<tr><td>{escape(label)}</td>{''.join(cells)}</tr>")
    lines += ["</tbody>", "</table>"]
    return lines + [f"<p>{escape(line)}</p>" for line in lines_below(table)]


def html(report: dict) -> str:
    tags = {"title": "h1", "heading": "h2", "paragraph": "p"}
    lines = ["<!DOCTYPE html>", '<html lang="zh-CN">', '<head><meta charset="utf-8">']
    lines += [f"<style>\n{STYLE}</style></head>", "<body>"]
    for kind, block in blocks(report):
        if kind == "table":
            lines += html_table(block)
        else:
            lines.append(f"<{tags[kind]}>{escape(block)}</{tags[kind]}>")
    return "\n".join(lines + ["</body>", "</html>"]) + "\n"


def comma_separated(report: dict) -> str:
    """As a spreadsheet exports it: each record has all fields, and an empty one ends a table."""
    records = []
    for kind, block in blocks(report):
        if kind == "table":
            records += [[line] for line in lines_above(block)]
            records += head_fields(block["head"]) + block["rows"]
            records += [[line] for line in lines_below(block)] + [[]]
        else:
            records.append([block])
    if not records[-1]:
        records.pop()
    width = max(map(len, records))
    out = io.StringIO()
    csv.writer(out).writerows(record + [""] * (width - len(record)) for record in records)
    return out.getvalue()


TEXTS = {"html": html, "txt": text, "md": markdown, "csv": comma_separated}  # by the ending of the file's name


# --- Files of Office ---


def stored(printed: str) -> tuple[float, str] | None:
    """The number that a workbook has for one that is printed, and the format that prints it; None when it is none."""
    number = NUMBER.fullmatch(printed)
    if not number:
        return None
    decimals = len(number["decimals"] or "")
    whole = "#,##0" if "," in printed else "0"
    shape = whole + ("." + "0" * decimals if decimals else "") + (number["percent"] or "")
    value = float(number["value"].replace(",", ""))
    return (round(value / 100, decimals + 2) if number["percent"] else value), shape


def write_workbook(report: dict, path: Path) -> None:
    """One sheet: prose in single cells, tables below it, numbers stored as numbers, heads merged."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.fit_to_pages(1, 0)  # as wide as a page, of any length
        looks = {}
        widths = {}

        def look(**properties):
            return looks.setdefault(tuple(properties.items()), book.add_format(properties))

        row = 0
        for kind, block in blocks(report):
            if kind != "table":
                sheet.write_string(row, 0, block, look(bold=kind != "paragraph"))
                row += 1
                continue
            last_column = len(block["head"][0]) - 1
            for column, cells in enumerate(zip(*head_fields(block["head"]), *block["rows"])):
                widths[column] = max(widths.get(column, 0), *map(screen_width, cells))
            for key, side in (("caption", "center"), ("unit", "right")):
                if key in block:
                    sheet.merge_range(row, 0, row, last_column, block[key], look(align=side))
                    row += 1
            for cell in head_cells(block["head"]):
                top, left = row + cell.row, cell.column
                if cell.rows * cell.columns > 1:
                    bottom, right = top + cell.rows - 1, left + cell.columns - 1
                    sheet.merge_range(top, left, bottom, right, cell.words, look(align="center"))
                else:
                    sheet.write_string(top, left, cell.words, look(align="center"))
            row += len(block["head"])
            for printed_label, *numbers in block["rows"]:
                label = printed_label.lstrip(INDENT)
                sheet.write_string(row, 0, label, look(indent=len(printed_label) - len(label)))
                for column, printed in enumerate(numbers, 1):
                    if number := stored(printed):
                        sheet.write_number(row, column, number[0], look(num_format=number[1]))
                    else:
                        sheet.write_string(row, column, printed, look(align="center"))
                row += 1
            for line in lines_below(block):
                sheet.write_string(row, 0, line)
                row += 1
            row += 1
        for column, width in widths.items():
            sheet.set_column(column, column, width + GAP)


def convert(sources: list[Path], kind: str, folder: Path, reader: str = "") -> None:
    """Has LibreOffice, started once, make a `kind` ("docx", "pdf", "xlsx") of each source, in `folder`.  `reader` is
    its name for what reads them, where it would choose another."""
    made = {source.name: folder / f"{source.stem}.{kind}" for source in sources}
    for path in made.values():
        path.unlink(missing_ok=True)
    profile = (sources[0].parent / ".office").resolve().as_uri()
    done = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={profile}"]
        + ([f"--infilter={reader}"] if reader else [])
        + ["--convert-to", kind, "--outdir", str(folder), *map(str, sources)],
        capture_output=True,
        text=True,
        timeout=OFFICE_SECONDS,
    )
    missing = [name for name, path in made.items() if not path.is_file()]
    if done.returncode or missing:
        raise ChildProcessError(f"LibreOffice makes no {kind} of {', '.join(missing)}: {done.stdout}{done.stderr}")


def write_files(reports: dict[str, dict], folder: Path) -> list[str]:
    """Writes each report, by its name, into `folder`; what it wrote, by report."""
    word, calc = folder / "word", folder / "calc"
    for kind, write in TEXTS.items():
        for name, report in reports.items():
            (folder / f"{name}.{kind}").write_text(write(report))
    for name, report in reports.items():
        write_workbook(report, folder / f"{name}.xlsx")
    sources = {kind: [folder / f"{name}.{kind}" for name in reports] for kind in ("html", "docx", "xlsx")}
    for kind in ("docx", "pdf"):
        convert(sources["html"], kind, folder, reader="HTML (StarWriter)")
    convert(sources["docx"], "pdf", word)
    convert(sources["xlsx"], "xlsx", calc)
    # Calc prints no more of a long text than fits beside the table.
    tables = [folder / f"{name}.xlsx" for name, report in reports.items() if not has_prose(report)]
    if tables:
        convert(tables, "pdf", calc)
    files = []
    for name in reports:
        files += [f"{name}.{kind}" for kind in (*TEXTS, "docx", "pdf", "xlsx")]
        files += [f"word/{name}.pdf", f"calc/{name}.xlsx"]
        files += [f"calc/{name}.pdf"] if folder / f"{name}.xlsx" in tables else []
    return files


def has_prose(report: dict) -> bool:
    return any(kind == "paragraph" for kind, _ in blocks(report))
