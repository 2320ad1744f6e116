"""Folds what lies close together in one recording: frames of one shot, words that follow one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desktop_mmrag.domain import Role, TimeSpan
from desktop_mmrag.retrieve.fuse import Evidence, Find

# Frames this near one another show one event; words this near belong to one answer.
_ONE_EVENT_S = 30.0
_ONE_ANSWER_S = 2.0
# What is said while a picture is on screen, or just before and after.
_WHILE_SHOWN_S = 10.0
# A film that fits all through must not push everything else out.
_MOST_MOMENTS = 3


def fold(finds: Sequence[Find]) -> list[Find]:
    """The finds with one for each moment of a recording, three of each recording at most.

    A frame and the words spoken at the time are one find with both as reasons. `finds` have the
    best first, as what is returned has.
    """
    kept: list[Find] = []
    moments: dict[int, list[Find]] = defaultdict(list)
    for find in finds:
        if _span(find) is None:
            kept.append(find)
            continue
        known = moments[find.content_id]
        same = next((other for other in known if _same_moment(other, find)), None)
        if same is not None:
            _join(same, find)
        elif len(known) < _MOST_MOMENTS:
            known.append(find)
            kept.append(find)
    return kept


def _span(find: Find) -> TimeSpan | None:
    return next((s for item in find.evidence if (s := _span_of(item)) is not None), None)


def _span_of(item: Evidence) -> TimeSpan | None:
    locator = item.segment.segment.locator
    return locator if isinstance(locator, TimeSpan) else None


def _same_moment(one: Find, other: Find) -> bool:
    """Whether any parts of two finds of one recording belong together."""
    return any(_belong_together(a, b) for a in one.evidence for b in other.evidence)


def _belong_together(one: Evidence, other: Evidence) -> bool:
    a, b = _span_of(one), _span_of(other)
    if a is None or b is None:
        return False
    shown_a, shown_b = (e.segment.segment.role is Role.PICTURE for e in (one, other))
    if shown_a and shown_b:
        return abs(a.start_s - b.start_s) <= _ONE_EVENT_S
    if shown_a or shown_b:
        frame, words = (a, b) if shown_a else (b, a)
        early, late = words.start_s - _WHILE_SHOWN_S, words.end_s + _WHILE_SHOWN_S
        return early <= frame.start_s <= late
    return a.start_s <= b.end_s + _ONE_ANSWER_S and b.start_s <= a.end_s + _ONE_ANSWER_S


def _join(find: Find, other: Find) -> None:
    """What other stores said of the same moment is a reason for it too.

    Its rank stays: in a small library every store offers everything, and a film would stand high
    for having both pictures and words.
    """
    known = {(item.store, item.example) for item in find.evidence}
    find.evidence += [e for e in other.evidence if (e.store, e.example) not in known]
