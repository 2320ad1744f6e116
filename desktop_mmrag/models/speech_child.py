"""The process in which PocketSphinx listens: sound in, phrases with their seconds out, as JSON."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

READY = b"ready"

_IDLE_SECONDS = 60.0
_NICENESS = 10
_FRAMES_A_SECOND = 100
# Words this far apart belong to different phrases; a phrase as long as this is cut at any pause.
_PAUSE_S = 0.35
_LONG_S = 8.0
_SHORT_PAUSE_S = 0.1
# Animals, a sneeze and music are heard as one to four words now and then (seven recordings of
# such); what is said in fewer words is lost with them.
_LEAST_WORDS = 5
_LEAST_WORDS_A_SECOND = 0.8

Word = tuple[str, float, float]


def serve(connection: Connection) -> None:
    """Answers until the other side hangs up, or nothing is asked for a minute."""
    _settle()
    from pocketsphinx import Decoder

    # The whole stretch at once: sound levels are then evened out over all of it, which halves
    # the mistakes (33 to 20 % of the words of five recordings).
    decoder = Decoder(loglevel="FATAL", samprate=16_000)
    try:
        connection.send_bytes(READY)
        while connection.poll(_IDLE_SECONDS):
            connection.send_bytes(_heard(decoder, connection.recv_bytes()))
    except (EOFError, OSError):
        return


def _settle() -> None:
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            with suppress(OSError, ValueError):
                os.dup2(sink, stream.fileno())


def _heard(decoder: Any, pcm: bytes) -> bytes:
    decoder.start_utt()
    decoder.process_raw(pcm, False, True)
    decoder.end_utt()
    words = list(_words(decoder.seg())) if decoder.hyp() is not None else []
    seconds = len(pcm) / 2 / 16_000
    if len(words) < max(_LEAST_WORDS, _LEAST_WORDS_A_SECOND * _spoken_s(words, seconds)):
        words = []
    return json.dumps(list(phrases(words))).encode()


def _spoken_s(words: list[Word], seconds: float) -> float:
    return words[-1][2] - words[0][1] if words else seconds


def _words(segments: Any) -> Iterator[Word]:
    for segment in segments:
        # <s>, <sil>, [NOISE] and ++UM++ are no words; "reduced(2)" is another way to say it.
        if segment.word[0] not in "<[+":
            start, end = segment.start_frame, segment.end_frame + 1
            spelt = segment.word.partition("(")[0]
            yield spelt, start / _FRAMES_A_SECOND, end / _FRAMES_A_SECOND


def phrases(words: list[Word]) -> Iterator[tuple[float, float, str]]:
    """Start, end and text of what is said in one breath."""
    breath: list[Word] = []
    for word in words:
        if breath and _ends(breath, word[1]):
            yield _phrase(breath)
            breath = []
        breath.append(word)
    if breath:
        yield _phrase(breath)


def _ends(breath: list[Word], next_s: float) -> bool:
    pause = next_s - breath[-1][2]
    is_long = next_s - breath[0][1] >= _LONG_S
    return pause >= (_SHORT_PAUSE_S if is_long else _PAUSE_S)


def _phrase(breath: list[Word]) -> tuple[float, float, str]:
    return breath[0][1], breath[-1][2], " ".join(word for word, _, _ in breath)
