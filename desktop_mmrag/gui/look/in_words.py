"""Says dates, places in files, kinds, sizes and reasons as a person would, in the person's language."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desktop_mmrag.domain import Box, Hit, Locator, Medium, Page, Store, TextSpan, TimeSpan

translate = QCoreApplication.translate
_ONE_DAY = timedelta(days=1)
_ENDS = tuple(".!?:;,…。！？：；，")


# --- time


def day(key: str, today: date) -> str:
    """A day of the form 2024-06-01 as a heading; the empty one stands for no date at all."""
    if not key:
        return translate("InWords", "No date")
    then = date.fromisoformat(key)
    if then == today:
        return translate("InWords", "Today")
    if then == today - _ONE_DAY:
        return translate("InWords", "Yesterday")
    return QLocale().toString(_qdate(then), QLocale.FormatType.LongFormat)


def month(key: str) -> str:
    """A month of the form 2024-06 as a heading."""
    if not key:
        return translate("InWords", "No date")
    year, number = (int(part) for part in key.split("-"))
    return QLocale().toString(QDate(year, number, 1), translate("InWords", "MMMM yyyy"))


def date_of(moment: datetime | date) -> str:
    """A day in words: 14 March 2025."""
    shown = QDate(moment.year, moment.month, moment.day)
    return QLocale().toString(shown, translate("InWords", "d MMMM yyyy"))


def date_and_time(moment: datetime) -> str:
    """A day and the time of day, without seconds; what has a day alone stands at midnight."""
    if moment.time() == time.min:
        return date_of(moment)
    clock = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    return translate("InWords", "{date}, {time}").format(date=date_of(moment), time=clock)


def period(after: datetime | None, before: datetime | None) -> str:
    """From `after`, inclusive, to `before`, exclusive: "March 2025", "2024", "since 3 May 2024"."""
    if after and before:
        return _stretch(after.date(), before)
    if after:
        return translate("InWords", "since {date}").format(date=_start(after))
    if before:
        return translate("InWords", "before {date}").format(date=_start(before))
    return ""


def _stretch(first: date, before: datetime) -> str:
    last = (before - timedelta(microseconds=1)).date()
    end = before.date()
    if first == last:
        return date_of(first)
    if first.day == 1 and end == _next_month(first):
        return month(f"{first:%Y-%m}")
    if (first.month, first.day, end.month, end.day) == (1, 1, 1, 1):
        years = (first.year, last.year)
        return str(years[0]) if years[0] == years[1] else f"{years[0]} – {years[1]}"
    if first.day == 1 and end.day == 1:
        return f"{month(f'{first:%Y-%m}')} – {month(f'{last:%Y-%m}')}"
    return f"{date_of(first)} – {date_of(last)}"


def _start(moment: datetime) -> str:
    """The day that a period begins with; its year alone where that says the same."""
    return str(moment.year) if (moment.month, moment.day) == (1, 1) else date_of(moment)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def clock(seconds: float) -> str:
    """A moment in a recording: 0:42, 1:02:03."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def length(seconds: float) -> str:
    """How long something takes: 42 s, 3 min 20 s, 1 h 5 min."""
    whole = max(1, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return translate("InWords", "{0} h {1} min").format(hours, minutes)
    if minutes:
        return translate("InWords", "{0} min {1} s").format(minutes, rest)
    return translate("InWords", "{0} s").format(rest)


# --- places in files


def place(hit: Hit) -> str:
    """Where in the file a hit lies; empty for the whole of it."""
    return locator(hit.locator)


def locator(where: Locator) -> str:
    """A page, a heading or a moment; empty where there is nothing to say."""
    match where:
        case Page(page=page) | Box(page=int(page)):
            return translate("InWords", "page {0}").format(page)
        case TextSpan(heading=str(heading)):
            return heading
        case TimeSpan(start_s=start):
            return translate("InWords", "at {0}").format(clock(start))
    return ""


def folder(path: Path) -> str:
    """A folder as a person knows it: from the home folder on, with ~ for that."""
    try:
        inside = path.relative_to(Path.home())
    except (ValueError, RuntimeError):
        return str(path)
    return str(Path("~") / inside) if inside.parts else "~"


# --- kinds and sizes


def media(medium: Medium) -> str:
    """Several of a kind."""
    return {
        Medium.PHOTO: translate("InWords", "Photos"),
        Medium.NOTE: translate("InWords", "Notes"),
        Medium.DOCUMENT: translate("InWords", "Documents"),
        Medium.AUDIO: translate("InWords", "Audio"),
        Medium.VIDEO: translate("InWords", "Video"),
    }[medium]


def medium(medium: Medium) -> str:
    """One of a kind."""
    return {
        Medium.PHOTO: translate("InWords", "Photo"),
        Medium.NOTE: translate("InWords", "Note"),
        Medium.DOCUMENT: translate("InWords", "Document"),
        Medium.AUDIO: translate("InWords", "Recording"),
        Medium.VIDEO: translate("InWords", "Video"),
    }[medium]


def one_line(text: str) -> str:
    """Paragraphs after each other; a title among them stays apart from what follows it."""
    line = ""
    for paragraph in filter(str.strip, re.split(r"\n\s*\n", text)):
        words = " ".join(paragraph.split())
        line += f"{'' if not line else ' ' if line.endswith(_ENDS) else ' · '}{words}"
    return line


def size(count: int) -> str:
    """Bytes, rounded."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def number(count: int) -> str:
    """A count with the separators of the language."""
    return QLocale().toString(count)


# --- reasons


def store(store: Store) -> str:
    """Why something matched, in a word or two."""
    return {
        Store.IMAGE_TEXT: translate("InWords", "Picture"),
        Store.TEXT: translate("InWords", "Meaning"),
        Store.WORDS: translate("InWords", "Words"),
        Store.OCR: translate("InWords", "Text in picture"),
        Store.SPEECH: translate("InWords", "Speech"),
        Store.FACTS: translate("InWords", "Name and details"),
        Store.SOUND: translate("InWords", "Sound"),
    }[store]


def store_explained(store: Store) -> str:
    """Why something matched, as a sentence without its full stop."""
    return {
        Store.IMAGE_TEXT: translate(
            "InWords", "What the picture shows is close to what you look for"
        ),
        Store.TEXT: translate("InWords", "What the passage means is close to what you look for"),
        Store.WORDS: translate("InWords", "These words are written in it"),
        Store.OCR: translate("InWords", "These words can be read in the picture"),
        Store.SPEECH: translate("InWords", "These words are said in it"),
        Store.FACTS: translate("InWords", "Its name, place or other details match"),
        Store.SOUND: translate("InWords", "What is heard in it is close to what you look for"),
    }[store]


def weaker(after_stronger: bool) -> str:
    """The heading above hits below the query's own cut."""
    if after_stronger:
        return translate("InWords", "Weaker matches below")
    return translate("InWords", "No strong match. These come closest")
