"""Which files are read, by name and by content."""

import json
from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import FileDamaged, FileEmpty, FileUnsupported, FileVanished
from desktop_mmrag.extract.kinds import Kind, medium_of, sniff


@pytest.mark.parametrize(
    ("name", "medium"),
    [
        ("a.JPG", Medium.PHOTO),
        ("a.heif", Medium.PHOTO),
        ("a.md", Medium.NOTE),
        ("a.xhtml", Medium.NOTE),
        ("a.pdf", Medium.DOCUMENT),
        ("a.svg", Medium.PHOTO),
        ("a.NEF", Medium.PHOTO),
        ("a.docx", Medium.DOCUMENT),
        ("a.mbox", Medium.DOCUMENT),
        ("a.doc", None),
        ("song.M4A", Medium.AUDIO),
        ("clip.webm", Medium.VIDEO),
        ("clip.wmv", None),
        ("Makefile", None),
    ],
)
def test_the_name_promises_a_medium(name: str, medium: Medium | None) -> None:
    assert medium_of(Path(name)) is medium


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_a_mislabelled_picture_is_known_by_its_content(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "misnamed.txt"
    Image.new("RGB", (32, 32), "red").save(path, kind)
    assert sniff(path).value.upper() == kind


def test_heic_and_avif_are_told_apart_by_brand(tmp_path: Path) -> None:
    import pillow_heif

    path = tmp_path / "photo.avif"
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red")).save(tmp_path / "photo.heic")
    (tmp_path / "photo.heic").rename(path)
    assert sniff(path) is Kind.HEIC


def test_text_of_an_unknown_or_missing_suffix_is_a_note(tmp_path: Path) -> None:
    for name in ("README", "notes.foo", "data.json"):
        (tmp_path / name).write_text("Grüße aus Köln\n", encoding="utf-8")
        assert sniff(tmp_path / name) is Kind.PLAIN


def test_a_stray_byte_does_not_cost_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(
        b"# Title\n\nWords \x01 and more words, far more than one byte.\n"
    )
    assert sniff(tmp_path / "a.md") is Kind.MARKDOWN
    (tmp_path / "b.md").write_bytes(bytes(range(32)) * 20)
    with pytest.raises(FileDamaged):
        sniff(tmp_path / "b.md")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("holiday.jpg", "named like JPEG but is none"),
        ("phone.heic", "named like HEIC but is none"),
        ("bill.pdf", "named like PDF but is none"),
        ("list.csv", "named like a table of values but is none"),
    ],
)
def test_what_is_not_what_its_name_says_is_damaged(tmp_path: Path, name: str, words: str) -> None:
    # A disk that failed while the file was written leaves zeros.
    (tmp_path / name).write_bytes(bytes(5000))
    with pytest.raises(FileDamaged, match=words):
        sniff(tmp_path / name)
    (tmp_path / name).write_bytes(b"\x7fELF\x02\x01\x00\x00")
    with pytest.raises(FileUnsupported, match="a program"):
        sniff(tmp_path / name)


def test_a_long_text_of_unknown_suffix_is_not(tmp_path: Path) -> None:
    (tmp_path / "server.trace").write_text("line\n" * 1_000_001)
    with pytest.raises(FileUnsupported, match="long text"):
        sniff(tmp_path / "server.trace")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", b"PK\x03\x04\x00\x00", "an archive"),
        ("song.wma", b"0&\xb2u\x8ef\xcf\x11", "a sound in another format"),
        ("clip.flv", b"FLV\x01\x05\x00\x00\x00\x09", "a video in another format"),
        ("run.me", b"\x7fELF\x02\x01\x00\x00", "program"),
        ("blob.xyz", bytes(range(256)), "does not know"),
    ],
)
def test_what_is_not_on_the_list_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileUnsupported, match=words) as failure:
        sniff(tmp_path / name)
    assert failure.value.message.startswith(name)


def test_what_a_takeout_says_of_an_album_is_no_note(tmp_path: Path) -> None:
    album = {"title": "Voss", "description": "", "access": "protected", "date": {"timestamp": "1"}}
    (tmp_path / "metadata.json").write_text(json.dumps(album, indent=1))
    assert sniff(tmp_path / "metadata.json") is Kind.TAKEOUT
    (tmp_path / "other.json").write_text('{"title": "Voss", "date": "today"}')
    assert sniff(tmp_path / "other.json") is Kind.PLAIN


def test_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    # Takeouts and exported chats are handed over as one.
    (tmp_path / "takeout-1.tgz").write_bytes(b"\x1f\x8b\x08\x00" + bytes(range(200)))
    with pytest.raises(FileUnsupported) as failure:
        sniff(tmp_path / "takeout-1.tgz")
    assert "an archive" in failure.value.message and "Unpack it" in failure.value.hint


def test_empty_and_missing_files_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(FileEmpty):
        sniff(tmp_path / "empty.jpg")
    with pytest.raises(FileVanished):
        sniff(tmp_path / "missing.jpg")
