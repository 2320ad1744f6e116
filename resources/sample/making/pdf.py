"""Writes a plain PDF of text pages with the built-in Helvetica: ISO 32000-1, sections 7.3 to 7.8 and 9.6."""

from __future__ import annotations

from collections.abc import Sequence

# A4 in points.
WIDTH, HEIGHT, MARGIN = 595, 842, 72

Line = tuple[str, str, int]
"""The font ("regular" or "bold"), the words, the size in points."""


def document(title: str, author: str, pages: Sequence[Sequence[Line]]) -> bytes:
    """The bytes of a PDF with one page for each sequence of lines. Words must be Latin-1."""
    first_page = 6
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        f"<< /Title ({_escape(title)}) /Author ({_escape(author)}) >>".encode("latin-1"),
    ]
    for index, lines in enumerate(pages):
        content = _content(lines)
        objects.append(_page(first_page + 2 * index + 1))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _assemble(objects)


def _font(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
    )


def _page(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
        f"/Resources << /Font << /regular 3 0 R /bold 4 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _content(lines: Sequence[Line]) -> bytes:
    parts, y = ["BT"], HEIGHT - MARGIN
    for font, words, size in lines:
        y -= round(size * 1.5)
        parts.append(f"/{font} {size} Tf 1 0 0 1 {MARGIN} {y} Tm ({_escape(words)}) Tj")
    return "\n".join([*parts, "ET"]).encode("latin-1")


def _escape(words: str) -> str:
    return words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assemble(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\n"
    return bytes(made) + f"{trailer}startxref\n{table}\n%%EOF\n".encode()
