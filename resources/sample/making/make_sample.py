"""Makes the sample library's pictures and its PDF: `python resources/sample/making/make_sample.py`.

The notes are written by hand. All of it tells of one invented person, Nora Lind of Oslo.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

import papers
import pdf
import scenes
from PIL import ExifTags, Image

LIBRARY = Path(__file__).resolve().parent.parent / "library"

OSLO = (59.9139, 10.7522)
BERGEN = (60.3960, 5.3240)


@dataclass(frozen=True)
class Photograph:
    """What the camera would have noted: wall-clock time, and degrees north and east."""

    taken: str
    position: tuple[float, float] | None = None


def main() -> None:
    """Writes every picture and the document."""
    _jpeg("receipts/green-grocer.jpg", papers.green_grocer(), Photograph("2026:03:14 18:20:11"))
    _png("receipts/elm-street-cycles.png", papers.bike_shop())
    _png("pictures/train-ticket.png", papers.train_ticket())
    _png("pictures/electricity-2025.png", papers.electricity_chart())
    _png("pictures/cabin-map.png", scenes.cabin_map())
    _jpeg("pictures/red-bicycle.jpg", scenes.red_bicycle(), Photograph("2026:01:19 08:05:42", OSLO))
    _jpeg(
        "pictures/concert-poster.jpg",
        scenes.concert_poster(),
        Photograph("2026:06:19 16:48:03", BERGEN),
    )
    _jpeg("pictures/whiteboard.jpg", scenes.whiteboard(), Photograph("2026:04:22 10:31:57", OSLO))
    target = LIBRARY / "documents" / "home-insurance.pdf"
    target.write_bytes(pdf.document("Home insurance 2026", "Fjord Mutual", _insurance()))


def _png(name: str, picture: Image.Image) -> None:
    # Flat drawings lose nothing that the eye sees with 128 colours, and shrink to a third.
    picture.quantize(128).save(LIBRARY / name, optimize=True)


def _jpeg(name: str, picture: Image.Image, photograph: Photograph) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Lumo"
    exif[ExifTags.Base.Model] = "Lumo X2"
    exif[ExifTags.Base.DateTime] = photograph.taken
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = photograph.taken
    if photograph.position:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(*photograph.position))
    picture.save(LIBRARY / name, quality=82, optimize=True, exif=exif)


def _gps(latitude: float, longitude: float) -> dict[int, object]:
    return {
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _degrees(abs(latitude)),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _degrees(abs(longitude)),
    }


def _degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds, as EXIF 2.3 keeps a position."""
    minutes = (value % 1) * 60
    return float(int(value)), float(int(minutes)), round((minutes % 1) * 60, 2)


def _insurance() -> list[list[pdf.Line]]:
    """Three pages of a policy that nobody sold."""
    return [
        _page(
            "Home insurance 2026",
            "Policy 77-40218, Fjord Mutual. Insured: Nora Lind, Birch Road 5, Oslo. "
            "The policy runs from 1 January to 31 December 2026 and goes on for another year "
            "unless it is ended in writing one month before.",
            "The yearly premium is 4,380 kroner, paid in two parts, in January and in July.",
        ),
        _page(
            "What is covered",
            "Water damage: burst pipes and leaking machines are covered. The excess for water "
            "damage is 3,000 kroner. Water that comes up from the ground is not covered.",
            "Theft: bicycles are covered up to 15,000 kroner when they were locked with an "
            "approved lock and the frame number is known.",
            "Fire and lightning: covered without an excess.",
        ),
        _page(
            "How to make a claim",
            "Report the damage within 14 days. Telephone 22 90 11 04 on weekdays from eight to "
            "four, or write to claims at Fjord Mutual, Quay 3, Oslo.",
            "Keep what is broken until we have seen it, and take photographs before you tidy up.",
        ),
    ]


def _page(heading: str, *paragraphs: str) -> list[pdf.Line]:
    lines: list[pdf.Line] = [("bold", heading, 22), ("regular", "", 12)]
    for paragraph in paragraphs:
        lines += [("regular", words, 12) for words in textwrap.wrap(paragraph, 76)]
        lines.append(("regular", "", 12))
    return lines


if __name__ == "__main__":
    main()
