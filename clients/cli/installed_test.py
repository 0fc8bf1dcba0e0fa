#!/usr/bin/python3
"""What is installed beside the program, as those take it whom it is for: bash, zsh and mandoc."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path("clients/cli").absolute()
SECONDS = 60

# Prints the words that it is given, once completion is done with them.
CAPTURE = """
crossfoot() {
  if [ "$1 $2" = "rules list" ]; then command crossfoot "$@"; else printf '<%s>' "$@"; echo '<end>'; fi
}
"""

SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], f". {HERE}/crossfoot.bash\nbind 'set bell-style none'\n"),
    "zsh": (["zsh", "-f", "-i"], f"fpath=({HERE} $fpath)\nautoload -U compinit\ncompinit -D -u\nunsetopt beep\n"),
}

# What is typed, with tabs, and the words that come of it.
LINES = [
    ("ext\t", "extract"),
    ("check --upd\t", "check", "--update-baseline"),
    ("check --fail-o\twarn\t", "check", "--fail-on=warning"),
    ("check --fail-on warn\t", "check", "--fail-on", "warning"),
    ("extract --format=sd\t", "extract", "--format=sdmx-csv"),
    ("check --report=sar\tfind\t", "check", "--report=sarif:findings.sarif"),
    ("check --baseline=find\t", "check", "--baseline=findings.sarif"),
    ("check --baseline find\t", "check", "--baseline", "findings.sarif"),
    ("check --history=fol\t", "check", "--history=folder"),
    ("check --explain rep\t", "check", "--explain", "report one.txt"),
    ("mentions --color=n\trep\t", "mentions", "--color=never", "report one.txt"),
    ("rules --rules find\t--lang=e\ttes\t", "rules", "--rules", "findings.sarif", "--lang=en", "test"),
    ("rules expl\tparts-sum\t", "rules", "explain", "parts-sum-to-total"),
    ("config ch\tfind\t", "config", "check", "findings.sarif"),
    ("serve --allow\t", "serve", "--allow-insecure-remote"),
    ("help ser\t", "help", "serve"),
]


class Shell:
    """A shell on a terminal of its own."""

    def __init__(self, words: list[str], folder: str) -> None:
        self.id, self.terminal = pty.fork()
        if self.id == 0:
            os.chdir(folder)
            os.execvpe(words[0], words, {"PATH": f"{HERE}:/usr/bin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8",
                                         "HOME": folder, "PS1": "$ "})

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def read_until(self, end: str) -> str:
        said, deadline = b"", time.monotonic() + SECONDS
        while end.encode() not in said:
            if not select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"no {end!r} in {said.decode(errors='replace')!r}")
            said += os.read(self.terminal, 4096)
        return said.decode(errors="replace")

    def close(self) -> None:
        os.close(self.terminal)
        os.waitpid(self.id, 0)


class InstalledTest(unittest.TestCase):
    def test_shells_complete(self) -> None:
        for name, (words, settings) in SHELLS.items():
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "folder").mkdir()
                for file in ("findings.sarif", "report one.txt"):
                    Path(folder, file).touch()
                settings_file = Path(folder, ".settings")
                settings_file.write_text(settings + CAPTURE)
                shell = Shell(words, folder)
                shell.type(". ./.settings; echo rea''dy\n")
                shell.read_until("ready\r\n")
                for typed, *wanted in LINES:
                    with self.subTest(shell=name, typed=typed):
                        shell.type(f"crossfoot {typed}\n")
                        said = shell.read_until("<end>\r\n")
                        # zsh takes the slash away when a blank comes.
                        came = [word.removesuffix("/") for word in re.findall("<([^>]*)>", said)[:-1]]
                        self.assertEqual(came, wanted, said)
                shell.close()

    def test_manuals_are_well_formed(self) -> None:
        for page in ("crossfoot.1", "crossfoot.zh.1"):
            lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", HERE / page], capture_output=True, text=True)
            # It would have to be that of the build.
            said = [line for line in lint.stdout.splitlines() if "missing date" not in line]
            self.assertEqual(said, [])
            self.assertEqual(lint.stderr, "")


if __name__ == "__main__":
    for program in ("bash", "zsh", "mandoc"):
        assert shutil.which(program), f"{program} is missing: run tools/setup.sh"
    unittest.main()
