"""Which files are read, by name and by content."""

from pathlib import Path

import pytest
from PIL import Image

from desktop_mmrag.domain import Medium
from desktop_mmrag.errors import FileEmpty, FileUnsupported, FileVanished
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
    with pytest.raises(FileUnsupported):
        sniff(tmp_path / "b.md")


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


def test_empty_and_missing_files_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(FileEmpty):
        sniff(tmp_path / "empty.jpg")
    with pytest.raises(FileVanished):
        sniff(tmp_path / "missing.jpg")
