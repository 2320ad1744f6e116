"""Documents that are cut off, misnamed, locked or made to harm: each fails with a plain reason."""

import zipfile
from pathlib import Path

import pytest

from desktop_mmrag.errors import (
    FileDamaged,
    FileEmpty,
    FileFailure,
    FileLocked,
    FileTooLarge,
    FileUnsupported,
)
from desktop_mmrag.extract.documents import package
from desktop_mmrag.extract.isolation.worker import Extractors

from . import papers
from .conftest import Understand
from .test_office import MAKERS, RequestFor, isolated

BOMB = """<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>"""
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def ole(path: Path, *streams: str) -> Path:
    """An OLE compound file with nothing but a header and the names of its streams (MS-CFB)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    path.write_bytes(bytes(header) + directory)
    return path


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("share", [0.2, 0.7, 0.98])
def test_a_cut_off_file_fails_or_gives_what_is_left(
    tmp_path: Path, name: str, share: float, understand: Understand
) -> None:
    path = MAKERS[name][0](tmp_path / name)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    if name.endswith(".rtf"):
        understand(path)
        return
    with pytest.raises(FileDamaged, match="cut off or damaged"):
        understand(path)


@pytest.mark.parametrize("name", MAKERS)
def test_a_damaged_part_is_no_crash(tmp_path: Path, name: str, understand: Understand) -> None:
    path = MAKERS[name][0](tmp_path / name)
    data = bytearray(path.read_bytes())
    for at in range(60, len(data) - 400, 97):
        data[at] ^= 0xFF
    path.write_bytes(data)
    try:
        understand(path)
    except FileFailure as failure:
        assert name in failure.message


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.epub", "a.odt"])
@pytest.mark.parametrize("content", [b"just a text\n", bytes(range(256)) * 4])
def test_a_misnamed_file_says_so(
    tmp_path: Path, name: str, content: bytes, understand: Understand
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileDamaged, match=r"is named like .* but is none"):
        understand(tmp_path / name)


def test_a_picture_named_like_a_document_is_a_picture(
    tmp_path: Path, understand: Understand
) -> None:
    (tmp_path / "a.docx").write_bytes(papers.png("red"))
    assert understand(tmp_path / "a.docx")[1].medium == "photo"


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        (("Root Entry", "WordDocument"), "an old Word document"),
        (("Root Entry", "Workbook"), "an old Excel workbook"),
        (("Root Entry", "Current User", "PowerPoint Document"), "an old PowerPoint"),
        (("Root Entry", "__nameid_version1.0"), "an Outlook message"),
        (("Root Entry",), "an old office document"),
    ],
)
def test_old_formats_say_how_to_save_them(
    tmp_path: Path, streams: tuple[str, ...], words: str, understand: Understand
) -> None:
    with pytest.raises(FileUnsupported, match=words) as failure:
        understand(ole(tmp_path / "any name", *streams))
    assert "ave it" in failure.value.hint


def test_documents_with_a_password_are_locked(tmp_path: Path, understand: Understand) -> None:
    with pytest.raises(FileLocked):
        understand(ole(tmp_path / "a.docx", "Root Entry", "EncryptionInfo", "EncryptedPackage"))
    manifest = (
        '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    path = papers.open_document(
        tmp_path / "a.odt", "text", "", {"META-INF/manifest.xml": manifest.encode()}
    )
    with pytest.raises(FileLocked):
        understand(path)
    encryption = '<e><CipherReference URI="OEBPS/text/one.xhtml"/></e>'
    path = papers.epub(tmp_path / "a.epub", {"META-INF/encryption.xml": encryption})
    with pytest.raises(FileLocked, match="seller"):
        understand(path)
    fonts = '<e><CipherReference URI="OEBPS/fonts/a.ttf"/></e>'
    understand(papers.epub(tmp_path / "b.epub", {"META-INF/encryption.xml": fonts}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_blow_up_are_refused(
    tmp_path: Path, encoding: str, understand: Understand
) -> None:
    members: dict[str, str | bytes] = dict(papers.unpacked(papers.word(tmp_path / "a.docx")))
    bomb = BOMB.replace('"1.0"', f'"1.0" encoding="{encoding}"')
    text = (
        f"{bomb}<w:document {W}><w:body><w:p><w:r><w:t>&d;</w:t></w:r></w:p></w:body></w:document>"
    )
    members["word/document.xml"] = text.encode(encoding)
    with pytest.raises(FileDamaged, match="defines entities"):
        understand(papers.packed(tmp_path / "a.docx", members))


def test_entities_of_a_book_stay_unexpanded(tmp_path: Path, understand: Understand) -> None:
    opf = papers.unpacked(papers.epub(tmp_path / "a.epub"))["OEBPS/book.opf"].decode()
    bomb = BOMB + opf.replace("The lighthouse", "Tower &d;")
    segments, summary = understand(papers.epub(tmp_path / "a.epub", {"OEBPS/book.opf": bomb}))
    assert segments
    assert "haha" not in (summary.facts.title or "")


def test_files_outside_are_not_fetched(tmp_path: Path, understand: Understand) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", encoding="utf-8")
    opf = papers.unpacked(papers.epub(tmp_path / "a.epub"))["OEBPS/book.opf"].decode()
    outside = f'<!DOCTYPE p [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    path = papers.epub(
        tmp_path / "a.epub", {"OEBPS/book.opf": outside + opf.replace("The lighthouse", "&s;")}
    )
    segments, summary = understand(path)
    assert "secret words" not in f"{summary.facts}{segments}"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, understand: Understand) -> None:
    members: dict[str, str | bytes] = dict(papers.unpacked(papers.word(tmp_path / "a.docx")))
    members["word/media/image9.png"] = bytes(60_000_000)
    with pytest.raises(FileDamaged, match="far more than any real document"):
        understand(papers.packed(tmp_path / "a.docx", members))


def test_too_many_parts_and_too_large_parts(
    tmp_path: Path, understand: Understand, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = papers.word(tmp_path / "a.docx")
    monkeypatch.setattr(package, "_MOST_MEMBERS", 5)
    with pytest.raises(FileTooLarge, match="parts"):
        understand(path)
    monkeypatch.undo()
    monkeypatch.setattr(package, "_LARGEST_XML", 500)
    with pytest.raises(FileTooLarge, match="too large to read"):
        understand(path)


def test_a_member_larger_than_it_says_ends_where_it_said(tmp_path: Path) -> None:
    path = papers.packed(tmp_path / "a.zip", {"a.xml": b"<a>" + b"x" * 100_000 + b"</a>"})
    data = path.read_bytes().replace((100_007).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    path.write_bytes(data)
    with package.opened(path) as parts, pytest.raises(FileDamaged):
        parts.read("a.xml")


def test_empty_documents_hold_no_words(tmp_path: Path, understand: Understand) -> None:
    import docx

    docx.Document().save(str(tmp_path / "empty.docx"))
    with pytest.raises(FileEmpty):
        understand(tmp_path / "empty.docx")


def test_an_archive_is_no_document(tmp_path: Path, understand: Understand) -> None:
    with pytest.raises(FileUnsupported, match="an archive"):
        understand(papers.packed(tmp_path / "photos.zip", {"a.jpg": b"x"}))
    with pytest.raises(FileUnsupported, match="Pages, Numbers or Keynote") as failure:
        understand(papers.packed(tmp_path / "a.pages", {"Index/Document.iwa": b"x"}))
    assert "Export" in failure.value.hint


def test_deep_nesting_does_not_exhaust_the_stack(
    tmp_path: Path, extractors: Extractors, request_for: RequestFor
) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200
    first = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
    members: dict[str, str | bytes] = dict(papers.unpacked(papers.word(tmp_path / "a.docx")))
    members["word/document.xml"] = f"<w:document {W}><w:body>{first}{deep}</w:body></w:document>"
    path = papers.packed(tmp_path / "deep.docx", members)
    try:
        segments, _ = isolated(extractors, request_for(path))
        assert "Words." in segments[0].text
    except FileDamaged:
        pass
    rtf = tmp_path / "deep.rtf"
    rtf.write_bytes(rb"{\rtf1 Words." + b"{" * 100_000 + b"}" * 100_000 + b"}")
    assert isolated(extractors, request_for(rtf))[0][0].text == "Words."


def test_a_broken_picture_costs_no_document(tmp_path: Path, understand: Understand) -> None:
    members = papers.unpacked(papers.word(tmp_path / "a.docx"))
    name = next(name for name in members if name.startswith("word/media/"))
    members[name] = members[name][:60]
    segments, _ = understand(papers.packed(tmp_path / "a.docx", members))
    assert {segment.role for segment in segments} == {"passage"}


def test_no_part_escapes_the_package(tmp_path: Path) -> None:
    path = papers.packed(tmp_path / "a.zip", {"OEBPS/a.xml": "<a/>"})
    with package.opened(path) as parts:
        assert parts.beside("OEBPS/text/a.xhtml", "../../../../etc/passwd") == "etc/passwd"
        assert parts.picture("etc/passwd") is None


def test_the_package_closes_its_file(tmp_path: Path) -> None:
    path = papers.word(tmp_path / "a.docx")
    with package.opened(path) as parts:
        archive: zipfile.ZipFile = parts.archive
    assert archive.fp is None
