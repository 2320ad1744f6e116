"""Grouping keeps the ranking within groups, and weaker matches below all."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from desktop_mmrag.domain import Hit, Medium, Whole
from desktop_mmrag.gui.find.arrangement import Grouping, arrange, hit_of
from desktop_mmrag.library.listing import Listed

TODAY = date(2026, 11, 20)


def _hit(rank: int, name: str, when: datetime | None = None, strong: bool = True) -> Hit:
    medium = Medium.NOTE if name.endswith(".md") else Medium.PHOTO
    return Hit(
        rank, rank, rank, Path("/home/ada") / name, medium, Whole(), "", 1.0, strong, (),
        dated_at=when,
    )  # fmt: skip


def _shown(arrangement: object) -> list[tuple[str, list[str]]]:
    items = iter(hit_of(item).path.name for item in arrangement.items)  # type: ignore[attr-defined]
    return [
        (section.title, [next(items) for _ in range(section.count)])
        for section in arrangement.sections  # type: ignore[attr-defined]
    ]


def test_a_ranking_stays_as_it_is_with_one_divider() -> None:
    hits = [_hit(1, "a.jpg"), _hit(2, "b.md"), _hit(3, "c.jpg", strong=False)]
    assert _shown(arrange(hits, Grouping.NONE)) == [
        ("", ["a.jpg", "b.md"]),
        ("Weaker matches below", ["c.jpg"]),
    ]


def test_when_nothing_is_strong_the_heading_says_so() -> None:
    ((title, _),) = _shown(arrange([_hit(1, "a.jpg", strong=False)], Grouping.NONE))
    assert title == "No strong match. These come closest"


def test_kinds_come_in_the_order_of_their_best_hits() -> None:
    hits = [_hit(1, "a.md"), _hit(2, "b.jpg"), _hit(3, "c.md"), _hit(4, "d.md", strong=False)]
    assert _shown(arrange(hits, Grouping.KIND)) == [
        ("Notes", ["a.md", "c.md"]),
        ("Photos", ["b.jpg"]),
        ("Weaker matches below", ["d.md"]),
    ]


def test_days_come_newest_first_and_what_has_no_date_last() -> None:
    hits = [
        _hit(1, "none.jpg"),
        _hit(2, "old.jpg", datetime(2025, 3, 14)),
        _hit(3, "today.jpg", datetime(2026, 11, 20, 8)),
    ]
    titles = [title for title, _ in _shown(arrange(hits, Grouping.DAY, TODAY))]
    assert titles[0] == "Today"
    assert titles[-1] == "No date"


def test_folders_are_named() -> None:
    listed = [
        Listed(1, "/data", "trips/a.jpg", "photo", "2024-05-01T10:00:00", 1, None),
        Listed(2, "/data", "trips/b.jpg", "photo", "2024-04-01T10:00:00", 1, None),
        Listed(3, "/data", "c.jpg", "photo", "2024-03-01T10:00:00", 1, None),
    ]
    assert _shown(arrange(listed, Grouping.FOLDER)) == [
        (str(Path("/data/trips")), ["a.jpg", "b.jpg"]),
        (str(Path("/data")), ["c.jpg"]),
    ]


def test_what_is_listed_becomes_a_hit_of_its_whole_content() -> None:
    hit = hit_of(Listed(7, "/data", "c.mp4", "video", "2024-03-01T10:00:00", 0, 12.0))
    assert (hit.content_id, hit.medium, hit.online) == (7, Medium.VIDEO, False)
    assert hit.dated_at == datetime(2024, 3, 1, 10)
