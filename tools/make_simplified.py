#!/usr/bin/env python3
"""Writes services/document/data/simplified.txt: the Simplified character of each Traditional one.

  tools/make_simplified.py > services/document/data/simplified.txt

Run by hand; needs uconv of Debian's icu-devtools.  Each character is given to ICU's
Traditional-Simplified alone, so that the result does not depend on its neighbours.  Left out are
characters that Simplified text uses as well, in words where they must not change.
"""

import subprocess

# 乾 in 乾县 and 乾隆, 瞭 in 瞭望, 藉 in 狼藉, 著 in 著名, 夥, 麽 and 妳 have Simplified uses of their own.
KEPT = set("乾瞭藉著夥麽妳镕昇")

characters = [chr(c) for c in range(0x4E00, 0xA000)]
simplified = subprocess.run(
    ["uconv", "-f", "UTF-8", "-t", "UTF-8", "-x", "Traditional-Simplified"],
    input="\n".join(characters), capture_output=True, text=True, check=True).stdout.split("\n")
assert len(simplified) == len(characters)

pairs = {traditional: other for traditional, other in zip(characters, simplified)
         if other != traditional and len(other) == 1 and "\u4e00" <= other <= "\u9fff" and traditional not in KEPT}


def last(character):
    """The end of a chain of pairs; None when it goes round in a circle."""
    seen = {character}
    while (character := pairs[character]) in pairs:
        if character in seen:
            return None
        seen.add(character)
    return character


print("# Written by tools/make_simplified.py from ICU's Traditional-Simplified: a Traditional character and its")
print("# Simplified one a line.")
for traditional in pairs:
    if last(traditional):
        print(traditional + last(traditional))
