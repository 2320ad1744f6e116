"""The words that come with a recording: embedded subtitles, lyrics, and files beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.subtitles.stream import SubtitleStream

from desktop_mmrag.domain import Spoken
from desktop_mmrag.errors import FileDamaged
from desktop_mmrag.extract.isolation.failures import explained
from desktop_mmrag.extract.notes.encoding import decode
from desktop_mmrag.extract.recordings.recording import only, start_of
from desktop_mmrag.extract.recordings.recording_signs import WORDS_BESIDE

_TEXT_CODECS = frozenset({"subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text"})
_LARGEST_SIDECAR = 5_000_000
# The last line of lyrics has no end; a line sung takes about so long.
_LINE_S = 5.0
_LYRICS = re.compile(r"^(?:lyrics|unsyncedlyrics|uslt|sylt)(?:[-_ :].*)?$", re.I)
_STAMPED = re.compile(r"\[\d{1,3}:\d{2}")
# Styling in ASS is {\\i1}; what is left of HTML is <i>.
_STYLING = re.compile(r"\{[^}]*\}|</?[a-zA-Z][^>]{0,80}>")
_SOUNDLESS = re.compile(r"[\s♪♫#*_-]*")


def coming_with(
    path: Path, container: InputContainer, tags: Mapping[str, str], duration_s: float | None
) -> list[Spoken]:
    """What lies beside a recording goes before what is embedded, and that before its tags."""
    return beside(path) or embedded(container) or lyrics(tags, duration_s)


def beside(path: Path) -> list[Spoken]:
    """The words in the file beside a recording: film.srt, film.en.srt, song.lrc; else nothing."""
    for sidecar in _sidecars(path):
        if phrases := _phrases(sidecar):
            return phrases
    return []


def require_words(sidecar: Path) -> None:
    """Raises FileDamaged when a file of words holds none that have their times."""
    with explained(sidecar):
        if not _phrases(sidecar):
            raise FileDamaged(
                f"{sidecar.name} lies beside a recording but holds no lines with their times."
            )


def embedded(container: InputContainer) -> list[Spoken]:
    """The subtitles of the language that is spoken, else of the first; read from the start on."""
    stream = _chosen(container)
    if stream is None:
        return []
    with only(container, stream):
        spoken = list(_decoded(container, stream))
    container.seek(0)
    return spoken


def lyrics(tags: Mapping[str, str], duration_s: float | None) -> list[Spoken]:
    """Words kept in a song's tags; where they carry no times they last as long as the song."""
    for name, text in tags.items():
        if not _LYRICS.match(name):
            continue
        if _STAMPED.search(text) and (timed := _parsed(text, "lrc")):
            return timed
        lines = [_plain(line) for line in text.splitlines()]
        end = duration_s or 0.0
        return [Spoken(0.0, end, line) for line in lines if line]
    return []


def _sidecars(path: Path) -> Iterator[Path]:
    """Exact name first, then one with a language: film.srt before film.en.srt."""
    with suppress(OSError):
        named = [
            other
            for other in path.parent.glob(f"{_literal(path.stem)}.*")
            if other.suffix[1:].lower() in WORDS_BESIDE
        ]
        yield from sorted(named, key=lambda other: (len(other.name), other.name))


def _phrases(sidecar: Path) -> list[Spoken]:
    with suppress(OSError, av.error.FFmpegError, ValueError):
        if 0 < sidecar.stat().st_size <= _LARGEST_SIDECAR:
            text = decode(sidecar.read_bytes())
            return _parsed(text, WORDS_BESIDE[sidecar.suffix[1:].lower()])
    return []


def _literal(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def _parsed(text: str, format: str) -> list[Spoken]:
    with av.open(io.BytesIO(text.encode("utf-8")), "r", format=format) as container:
        return list(_decoded(container, container.streams.subtitles[0]))


def _chosen(container: InputContainer) -> SubtitleStream | None:
    streams = [
        stream
        for stream in container.streams.subtitles
        if stream.codec_context is not None
        and stream.codec_context.name in _TEXT_CODECS
        and not stream.disposition & av.stream.Disposition.forced
    ]
    spoken = {stream.language for stream in container.streams.audio} - {None, "und"}
    matching = [stream for stream in streams if stream.language in spoken]
    default = [s for s in streams if s.disposition & av.stream.Disposition.default]
    return next(iter((*matching, *default, *streams)), None)


def _decoded(container: InputContainer, stream: SubtitleStream) -> Iterator[Spoken]:
    shown: list[str] = []
    begin = start_of(container)
    for packet in container.demux(stream):
        if packet.pts is None or packet.time_base is None:
            continue
        start = max(0.0, float(packet.pts * packet.time_base) - begin)
        length = float((packet.duration or 0) * packet.time_base)
        lines = list(_lines_of(stream, packet))
        new = _not_repeated(shown, lines)
        shown = lines or shown
        if new:
            yield Spoken(start, start + (length if length > 0 else _LINE_S), " ".join(new))


def _lines_of(stream: SubtitleStream, packet: av.Packet[Any]) -> Iterator[str]:
    with suppress(av.error.FFmpegError):
        for item in stream.decode(packet):
            words = getattr(item, "dialogue", b"") or getattr(item, "text", b"")
            for line in words.decode("utf-8", "replace").replace("\\N", "\n").split("\n"):
                if plain := _plain(line):
                    yield plain


def _not_repeated(shown: list[str], lines: list[str]) -> list[str]:
    """The lines without those that scroll up from what was shown before, as live captions do."""
    for count in range(min(len(shown), len(lines)), 0, -1):
        if shown[-count:] == lines[:count]:
            return lines[count:]
    return lines


def _plain(text: str) -> str:
    plain = " ".join(unescape(_STYLING.sub("", text)).replace("\\N", " ").split())
    return "" if _SOUNDLESS.fullmatch(plain) else plain
