"""The map from glyphs back to text that lets a PDF be searched and copied, right beyond U+FFFF too.

reportlab writes such characters as five hex digits, which readers take for two characters; a name like 𠮷田 is copied
as garbage. Values here are UTF-16BE (PDF 1.7, 9.10.3). Blocks hold at most 100 lines, as the CMap format demands.
"""

from collections.abc import Iterable
from itertools import islice

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_BLOCK = 100


def cmap(characters: Iterable[tuple[int, int]]) -> bytes:
    """Write the CMap of a font from pairs of a two-byte code and its character; several codes may have the same one."""
    lines = (f"<{code:04X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in characters)
    parts = [_HEAD]
    while block := list(islice(lines, _BLOCK)):
        parts.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return "".join([*parts, _TAIL]).encode("ascii")
