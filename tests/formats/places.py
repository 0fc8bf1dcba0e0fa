"""Says whether figures stand where crossfoot says: by the bytes of a text, by the parts of an archive, by what poppler
prints of a box."""

import re
import subprocess
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EDGE = 1  # points by which a box may reach over the glyphs beside it
DOTS_IN_A_POINT = 10


def packed(words: str) -> str:
    """Without blanks: a line of a PDF is set with some between Chinese and digits."""
    return re.sub(r"\s", "", words)


def in_text(path: Path, figures: list[dict], report: dict) -> list[str]:
    source = path.read_bytes()
    wrong = []
    for figure in figures:
        span = figure["span"]
        words = unescape(source[span["startByte"] : span["endByte"]].decode())
        if words != span["content"] or "place" in span:
            wrong.append(f"{span['content']}: the bytes are {words}")
    return wrong


def in_word(path: Path, figures: list[dict], report: dict) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = [
        ["".join(text.text or "" for text in run.iter(f"{WORD}t")) for run in paragraph.iter(f"{WORD}r")]
        for paragraph in body.iter(f"{WORD}p")
    ]
    wrong = []
    for figure in figures:
        content, place = figure["span"]["content"], figure["span"].get("place", {}).get("paragraph")
        if not place or place["part"] != "document":
            wrong.append(f"{content}: no paragraph of the document")
            continue
        runs = paragraphs[place["paragraph"] - 1]
        before = "".join(runs[: place["run"] - 1])
        begin = "".join(runs).find(content, max(0, len(before) - len(content) + 1))
        if not len(before) <= begin < len(before) + len(runs[place["run"] - 1]):
            wrong.append(f"{content}: paragraph {place['paragraph']}, run {place['run']} is {runs}")
    return wrong


def number(content: str) -> float:
    digits = content.replace(",", "")
    return float(digits.rstrip("%")) / (100 if digits.endswith("%") else 1)


def in_workbook(path: Path, figures: list[dict], report: dict) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        cells = {
            cell.get("r"): (cell.get("t"), cell.findtext(f"{SHEET}v"))
            for cell in ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}c")
        }
    wrong = []
    for figure in figures:
        content, place = figure["span"]["content"], figure["span"].get("place", {}).get("cell")
        if not place or place["sheet"] != "Sheet1":
            wrong.append(f"{content}: no cell of the sheet")
            continue
        kind, value = cells[place["reference"]]
        words = strings[int(value)] if kind == "s" else value
        same = content in words if kind == "s" else abs(number(content) - float(value)) < 1e-9
        if not same:
            wrong.append(f"{content}: cell {place['reference']} is {words}")
    return wrong


def words_in(path: Path, page: int, box: dict) -> str:
    """The glyphs of which a part lies in the box, its edges left out."""
    left, top = box.get("left", 0) + EDGE, box.get("top", 0) + EDGE
    crop = {"-x": left, "-y": top, "-W": box["right"] - EDGE - left, "-H": box["bottom"] - EDGE - top}
    flags = [word for flag, points in crop.items() for word in (flag, str(round(points * DOTS_IN_A_POINT)))]
    printed = subprocess.run(
        ["pdftotext", "-r", str(72 * DOTS_IN_A_POINT), "-f", str(page), "-l", str(page), *flags, str(path), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return packed(printed.stdout)


def tables_of(report: dict) -> list[list[str]]:
    """The numbers of each table, row by row."""
    tables = [block["table"] for block in report["blocks"] if "table" in block]
    return [[number for row in table["rows"] for number in row[1:]] for table in tables]


def table_pages(numbers: list[str], figures: list[dict], pages: list[int]) -> int:
    """On how many pages the numbers of a table stand; 0 when they are not read one after the other."""
    contents = [figure["span"]["content"] for figure in figures]
    for start in range(len(contents) - len(numbers) + 1):
        if contents[start : start + len(numbers)] == numbers:
            return len(set(pages[start : start + len(numbers)]))
    return 0


def in_pdf(path: Path, figures: list[dict], report: dict) -> list[str]:
    wrong = []
    pages = []
    for figure in figures:
        content, place = figure["span"]["content"], figure["span"].get("place", {}).get("page")
        if not place or not place["boxes"]:
            wrong.append(f"{content}: no box on a page")
            continue
        pages.append(place["pageNumber"])
        words = "".join(words_in(path, pages[-1], box) for box in place["boxes"])
        if words != packed(content):
            wrong.append(f"{content}: in its boxes on page {pages[-1]} stands {words}")
    wanted = list(range(1, report.get("pages", 1) + 1))
    if sorted(set(pages)) != wanted:
        wrong.append(f"there are figures on the pages {sorted(set(pages))}, not on {wanted}")
    elif len(wanted) > 1 and not any(table_pages(table, figures, pages) > 1 for table in tables_of(report)):
        wrong.append("no table goes on over a page")
    return wrong


READERS = {"docx": in_word, "xlsx": in_workbook, "pdf": in_pdf}


def misplaced(path: Path, figures: list[dict], report: dict) -> list[str]:
    """A line for each figure of the file that does not stand where it is said to."""
    return READERS.get(path.suffix[1:], in_text)(path, figures, report)
