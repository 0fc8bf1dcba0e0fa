#!/usr/bin/python3
"""The command line on a terminal: the line of progress, and colours."""

import os
import pty
import select
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

CROSSFOOT = Path("clients/cli/crossfoot").absolute()
REPORT = Path("examples/clean.txt").absolute()
SECONDS = 60  # before a test gives up
ERASE = "\r\x1b[K"


def screen(said: str) -> list[str]:
    """The lines that a terminal shows after what it was sent."""
    lines, column = [""], 0
    rest = said.replace("\r\n", "\n")
    while rest:
        if rest.startswith("\x1b[K"):
            lines[-1], rest = lines[-1][:column], rest[3:]
        elif rest[0] == "\r":
            column, rest = 0, rest[1:]
        elif rest[0] == "\n":
            lines, column, rest = [*lines, ""], 0, rest[1:]
        else:
            lines[-1] = lines[-1][:column] + rest[0] + lines[-1][column + 1 :]
            column, rest = column + 1, rest[1:]
    return lines


class Run:
    """crossfoot with some of its streams on a terminal of its own."""

    def __init__(self, words: list[str], out: bool, err: bool = True, **variables: str) -> None:
        self.terminal, end = pty.openpty()
        environment = {"LC_ALL": "en", "TERM": "xterm", **variables}
        self.process = subprocess.Popen([CROSSFOOT, *words], env=environment, stdin=subprocess.DEVNULL,
                                        stdout=end if out else subprocess.PIPE, stderr=end if err else subprocess.PIPE)
        os.close(end)
        self.bytes = b""

    @property
    def said(self) -> str:
        return self.bytes.decode(errors="replace")

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + SECONDS
        while text not in self.said:
            if not select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"no {text!r} in {self.said[-300:]!r}")
            self.read()

    def read(self) -> bool:
        try:
            part = os.read(self.terminal, 65536)
        except OSError:  # the other end is closed
            return False
        self.bytes += part
        return bool(part)

    def finish(self) -> tuple[bytes, bytes]:
        """What came by pipes; what the terminal was sent is in `said`."""
        out, err = self.process.communicate(timeout=SECONDS) if self.process.stdout or self.process.stderr else (b"", b"")
        while self.read():
            pass
        self.process.wait(SECONDS)
        os.close(self.terminal)
        return out or b"", err or b""


class TerminalTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        # A pipe is read for as long as nobody writes into it.
        self.pipe = Path(folder.name, "pipe.txt")
        os.mkfifo(self.pipe)
        self.missing = str(Path(folder.name, "missing.txt"))
        self.words = ["check", "--jobs=2", str(REPORT), str(self.pipe)]

    def feed(self) -> None:
        self.pipe.write_bytes(REPORT.read_bytes())

    def plain(self, words: list[str]) -> tuple[bytes, bytes]:
        run = Run(words, out=False, err=False)
        self.feed()
        return run.finish()

    def test_progress_leaves_the_output_alone(self) -> None:
        run = Run(self.words, out=False)
        run.wait_for("\r1 of 2 files, ")
        self.feed()
        out, _ = run.finish()
        self.assertEqual(out, self.plain(self.words)[0])
        self.assertTrue(run.said.endswith(ERASE), run.said)
        self.assertEqual(screen(run.said), [""])
        self.assertEqual(run.process.returncode, 0)

    def test_progress_is_erased_before_a_complaint(self) -> None:
        words = [*self.words, self.missing]
        run = Run(words, out=False)
        run.wait_for("\r1 of 3 files, ")
        self.feed()
        out, _ = run.finish()
        plain_out, plain_err = self.plain(words)
        self.assertEqual(out, plain_out)
        self.assertEqual("\n".join(screen(run.said)), plain_err.decode())
        self.assertEqual(run.process.returncode, 2)

    def test_progress_and_output_share_a_terminal(self) -> None:
        # What is printed before the pipe is read ends a line in each of them.
        for form, files in {"text": [REPORT, self.pipe], "json": [self.pipe, REPORT]}.items():
            words = ["check", "--jobs=2", *map(str, files), f"--format={form}", "--color=never", "--lang=zh", self.missing]
            run = Run(words, out=True)
            run.wait_for(f"\r已完成 {files.index(self.pipe)}/3 个文件")
            self.feed()
            run.finish()
            # In a terminal the complaint comes where it belongs.
            out, err = self.plain(words)
            shown = screen(run.said)
            for line in err.decode().splitlines():
                shown.remove(line)
            self.assertEqual("\n".join(shown), out.decode())

    def test_nobody_looks(self) -> None:
        hidden = [dict(out=False, CI="true"), dict(out=False, TERM="dumb"), dict(out=False, TERM=""),
                  dict(out=True, err=False)]
        runs, pipes = [], []
        for how in [*hidden, dict(out=False, CI="false")]:
            pipes.append(self.pipe.with_name(f"pipe{len(pipes)}.txt"))
            os.mkfifo(pipes[-1])
            runs.append(Run([*self.words[:-1], str(pipes[-1])], **how))
        # The last one is shown; the others have run for longer by then.
        runs[-1].wait_for("\r1 of 2 files, ")
        for run, pipe in zip(runs, pipes):
            pipe.write_bytes(REPORT.read_bytes())
            run.finish()
        for run in runs[:3]:
            self.assertEqual(run.said, "")
        self.assertNotIn("of 2 files, ", runs[3].said)

    def test_colours(self) -> None:
        wrong = str(REPORT.with_name("wrong_share_and_gap.txt"))

        def colored(*flags: str, out: bool = True, **variables: str) -> bool:
            run = Run(["check", *flags, wrong], out=out, **variables)
            piped, _ = run.finish()
            self.assertEqual(run.process.returncode, 1)
            return "\x1b[" in run.said + piped.decode()

        self.assertTrue(colored())
        self.assertTrue(colored(NO_COLOR=""))
        self.assertFalse(colored(NO_COLOR="1"))
        self.assertFalse(colored(NO_COLOR="0"))
        self.assertFalse(colored(TERM="dumb"))
        self.assertFalse(colored(out=False))
        self.assertFalse(colored("--color=never"))
        self.assertTrue(colored("--color=always", out=False))
        self.assertTrue(colored("--color=always", NO_COLOR="1"))


if __name__ == "__main__":
    unittest.main()
