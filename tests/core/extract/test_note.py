"""Notes of every format: passages, headings, facts, and the words around pictures."""

import time
from datetime import datetime
from pathlib import Path

import pytest

from desktop_mmrag.domain import Facts, Role, Segment, TextSpan
from desktop_mmrag.errors import FileEmpty
from desktop_mmrag.extract.chunk import Chunker
from desktop_mmrag.extract.kinds import sniff
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.notes.note import read

from .conftest import Understand

MARKDOWN = """---
title: The house
author: [Ada, Grace]
date: 2021-05-04
tags: [home, repairs]
---
Some words before any heading.

# Repairs

## Kitchen

The plumber came on *Tuesday*. The **new boiler** costs [1,250 euros](https://example.org/offer).

![the new boiler](pictures/boiler%20new.jpg "in the cellar")

It hangs on the left wall, #important.

| part  | price |
|-------|-------|
| valve | 12.50 |

## Garden

1. roses
2. tulips
   - red ones

![[sketch.png|300]]

```python
# not a heading
![not a picture](x.png)
```
"""


def passages(segments: list[Segment]) -> list[Segment]:
    return [segment for segment in segments if segment.role is Role.PASSAGE]


def captions(segments: list[Segment]) -> dict[str | None, str]:
    return {s.about: s.text for s in segments if s.role is Role.CAPTION}


def put_together(segments: list[Segment]) -> str:
    """The whole text, from the passages' spans."""
    text = ""
    for segment in passages(segments):
        assert isinstance(segment.locator, TextSpan)
        assert segment.locator.start == len(text)
        text += segment.text
        assert segment.locator.end == len(text)
    return text


def headings(segments: list[Segment]) -> list[str | None]:
    found = [s.locator.heading for s in passages(segments) if isinstance(s.locator, TextSpan)]
    return list(dict.fromkeys(found))


def test_markdown(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "house.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    segments, summary = understand(path)
    assert put_together(segments) == read(path, sniff(path)).text
    assert headings(segments) == [None, "Repairs › Kitchen", "Repairs › Garden"]
    assert summary.facts == Facts(
        title="The house",
        author="Ada, Grace",
        taken_at=datetime(2021, 5, 4),
        keywords=("home", "repairs", "important"),
    )
    text = put_together(segments)
    assert "The plumber came on Tuesday. The new boiler costs 1,250 euros." in text
    assert "| part | price\n| valve | 12.50" in text
    assert "1. roses\n2. tulips\n  - red ones" in text
    assert "# not a heading" in text


def test_a_picture_is_captioned_by_the_words_around_it(
    tmp_path: Path, understand: Understand
) -> None:
    (tmp_path / "house.md").write_text(MARKDOWN, encoding="utf-8")
    found = captions(understand(tmp_path / "house.md")[0])
    assert set(found) == {"pictures/boiler new.jpg", "sketch.png"}
    boiler = found["pictures/boiler new.jpg"]
    for words in ("the new boiler in the cellar", "1,250 euros", "on the left wall", "Kitchen"):
        assert words in boiler
    assert "tulips" not in boiler
    assert "tulips" in found["sketch.png"]


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("![a](b.png)", "b.png"),
        ("![a](<my pictures/b c.png>)", "my pictures/b c.png"),
        ("![a](my pictures/b c.png)", "my pictures/b c.png"),
        ("[see the photo](../b.jpeg)", "../b.jpeg"),
        ("![[b.webp]]", "b.webp"),
        ("<img src='b.gif' alt='a'>", "b.gif"),
        ("![a](https://example.org/b.png)", None),
        ("![a](data:image/png;base64,AAAA)", None),
        ("[a](b.pdf)", None),
    ],
)
def test_links_to_pictures(
    tmp_path: Path, understand: Understand, line: str, about: str | None
) -> None:
    (tmp_path / "a.md").write_text(f"Before.\n\n{line}\n\nAfter.\n", encoding="utf-8")
    found = captions(understand(tmp_path / "a.md")[0])
    assert list(found) == ([about] if about else [])
    if about:
        assert "Before." in found[about] and "After." in found[about]


HTML = """<!doctype html><html><head><title>Trip to Rome</title>
<meta name="author" content="Ada"><meta property="article:published_time" content="2020-03-01T10:00:00Z">
<style>p {color: red}</style><script>var secret = 1;</script></head><body>
<nav><a href="/">Home</a></nav>
<article><h1>Rome</h1><p>We ate <b>gela</b>to&nbsp;by the fountain.</p>
<figure><img src="img/fountain.jpg" alt="Trevi"><figcaption>The fountain at night</figcaption></figure>
<p>Then it rained.</p><h2>Costs</h2>
<table><tr><th>What</th><th>Euro</th></tr><tr><td>Hotel</td><td>320</td></tr></table>
<pre>one
  two</pre></article></body></html>"""


def test_html(tmp_path: Path, understand: Understand) -> None:
    path = tmp_path / "rome.html"
    path.write_text(HTML, encoding="utf-8")
    segments, summary = understand(path)
    text = put_together(segments)
    assert text == read(path, sniff(path)).text
    assert "We ate gelato by the fountain." in text
    assert "| What | Euro\n| Hotel | 320" in text and "one\n  two" in text
    assert "secret" not in text and "color" not in text and "Home" not in text
    assert headings(segments) == ["Rome", "Rome › Costs"]
    assert summary.facts == Facts(
        title="Trip to Rome", author="Ada", taken_at=datetime(2020, 3, 1, 10)
    )
    caption = captions(segments)["img/fountain.jpg"]
    for words in ("Trevi", "The fountain at night", "gelato", "it rained"):
        assert words in caption


ORG = """#+TITLE: Garden book
#+AUTHOR: Grace
#+DATE: <2022-04-01 Fri>
#+FILETAGS: :garden:home:
* Spring
:PROPERTIES:
:ID: 1
:END:
Planted [[https://example.org][roses]].
#+CAPTION: The new bed
[[file:bed.png]]
** TODO Water them :daily:
Every evening.
#+BEGIN_SRC sh
* no heading
#+END_SRC
"""


def test_org(tmp_path: Path, understand: Understand) -> None:
    (tmp_path / "garden.org").write_text(ORG, encoding="utf-8")
    segments, summary = understand(tmp_path / "garden.org")
    assert headings(segments) == ["Spring", "Spring › Water them"]
    text = put_together(segments)
    assert "Planted roses." in text and ":ID:" not in text and "* no heading" in text
    assert "The new bed" in captions(segments)["bed.png"]
    assert summary.facts == Facts(
        title="Garden book",
        author="Grace",
        taken_at=datetime(2022, 4, 1),
        keywords=("garden", "home"),
    )


RST = """==========
Manual
==========
:Author: Ada
:Date: 2019-12-24

First words with a `link <https://example.org>`_.

Wiring
======

.. figure:: images/wires.png
   :alt: red and black wires

   The wires behind the panel.

Fuses
-----
Change them **slowly**.
"""


def test_restructuredtext(tmp_path: Path, understand: Understand) -> None:
    (tmp_path / "manual.rst").write_text(RST, encoding="utf-8")
    segments, summary = understand(tmp_path / "manual.rst")
    assert headings(segments) == ["Manual", "Manual › Wiring", "Manual › Wiring › Fuses"]
    text = put_together(segments)
    assert "First words with a link." in text and "Change them slowly." in text
    caption = captions(segments)["images/wires.png"]
    assert "red and black wires" in caption and "behind the panel" in caption
    assert (summary.facts.title, summary.facts.author) == ("Manual", "Ada")
    assert summary.facts.taken_at == datetime(2019, 12, 24)


GERMAN = "Die Größe der Tür beträgt 2 m; der Schlüssel hängt über dem Kühlschrank. Müßig wäre Weiß."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    assert decode((GERMAN + "\r\n" + GERMAN).encode(encoding)) == GERMAN + "\n" + GERMAN


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź źdźbło</body></html>'
    assert decode(page.encode("iso-8859-2"), html=True) == page


def test_japanese_in_an_old_encoding() -> None:
    text = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 5
    assert decode(text.encode("shift_jis")) == text


def test_passages_are_short_and_end_with_sentences(tokenizer_file: Path) -> None:
    text = " ".join(f"Sentence number {i} has exactly eight words here." for i in range(200))
    spans = list(Chunker(tokenizer_file, 50).spans(text))
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(len(text[s.start : s.end].split()) <= 48 for s in spans)
    assert all(text[s.start : s.end].rstrip().endswith(".") for s in spans)
    # The tokenizer truncates at 16 tokens; a chunker that believed it would cut nothing.
    assert len(spans) > 30


@pytest.mark.parametrize("text", ["x" * 100_000, "a b " * 30_000, "\n" * 50_000, "猫" * 30_000])
def test_odd_texts_are_tiled_too(tokenizer_file: Path, text: str) -> None:
    spans = list(Chunker(tokenizer_file, 128).spans(text))
    assert [s.start for s in spans[1:]] == [s.end for s in spans[:-1]]
    assert (spans[0].start, spans[-1].end) == (0, len(text))


def test_a_note_without_words_is_empty(tmp_path: Path, understand: Understand) -> None:
    (tmp_path / "a.txt").write_text(" \n\n ")
    with pytest.raises(FileEmpty):
        understand(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.org", "a.rst", "a.txt"])
def test_hostile_markup_is_read_in_time(tmp_path: Path, understand: Understand, name: str) -> None:
    nested = "<div>" * 3000 + "[" * 3000 + "![](" * 3000 + "words " + "> " * 500 + "*" * 3000
    (tmp_path / name).write_text(nested)
    before = time.monotonic()
    understand(tmp_path / name)
    assert time.monotonic() - before < 10


@pytest.mark.slow
def test_five_megabytes_are_cut_in_seconds(tmp_path: Path, understand: Understand) -> None:
    paragraph = "It was the best of times, it was the worst of times. " * 12
    (tmp_path / "long.txt").write_text("\n\n".join([paragraph] * 8000))
    before = time.process_time()
    segments, _ = understand(tmp_path / "long.txt")
    assert len(segments) > 5000
    assert time.process_time() - before < 30


def test_lines_that_a_person_broke_stay_lines(tmp_path: Path, understand: Understand) -> None:
    note = tmp_path / "numbers.md"
    note.write_text("# Numbers\n\nPlumber: Mr. Aas, 555 0142\nDentist: Dr. Moe, 555 0199\n")
    segments, _ = understand(note)
    text = "".join(segment.text for segment in segments)
    assert text.splitlines()[-2:] == ["Plumber: Mr. Aas, 555 0142", "Dentist: Dr. Moe, 555 0199"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<tr><td>Oak</td><td>300</td></tr><tr><td>Elm</td><td></td></tr>", "| Oak | 300\n| Elm |"),
        # What is only laid out by a table stays running text.
        ("<tr><td>Dear Ada, we</td></tr><tr><td>write to you.</td></tr>", "Dear Ada, we\nwrite to"),
        (
            "<tr><td><table><tr><td>Menu</td></tr></table></td><td>Words</td></tr><tr></tr>",
            "Menu  Words",
        ),
    ],
)
def test_tables_of_values_are_kept_as_tables(
    tmp_path: Path, understand: Understand, html: str, text: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><table>{html}</table></body></html>")
    segments, _ = understand(path)
    assert put_together(segments).startswith(text)
