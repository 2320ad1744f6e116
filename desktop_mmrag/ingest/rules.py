"""Which names in a source folder are looked at: the person's rules, and what nobody wants kept."""

from __future__ import annotations

import fnmatch
import glob
import os
import re
import stat as modes
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desktop_mmrag.settings import Settings

# Patterns, separated by spaces.
_SECRET_FILES = (
    "*.pem *.key *.ppk *.p12 *.pfx *.p8 *.jks *.keystore *.kdb *.kdbx *.1pif *.agilekeychain *.gpg *.pgp"
    " *.asc *.ovpn *.opvault id_rsa* id_dsa* id_ecdsa* id_ed25519* .env .env.* *.env .netrc _netrc .pgpass"
    " .htpasswd .git-credentials .npmrc .pypirc wallet.dat credentials.json client_secret*.json"
    " logins.json key3.db key4.db passwords.* password.txt passwoerter.* secrets.*"
)
_SECRET_FOLDERS = (
    ".ssh .gnupg .aws .azure .kube .docker .password-store keyrings Keychains *.keychain"
    " *.agilekeychain *.opvault"
)
_JUNK_FILES = (
    ".DS_Store Thumbs.db Thumbs.db:encryptable ehthumbs.db desktop.ini ._* .localized ~$* *.tmp *.temp"
    " *.part *.partial *.crdownload *.download *.swp *.swx *~ .~lock.* .#* *.icloud *.pyc"
)
_JUNK_FOLDERS = (
    "node_modules __pycache__ .git .hg .svn .tox .venv .mypy_cache .pytest_cache .ruff_cache"
    " .Trash .Trash-* .Trashes $RECYCLE.BIN lost+found .Spotlight-V100 .fseventsd .TemporaryItems"
    " .DocumentRevisions-V100 @eaDir #recycle .thumbnails .stversions .dropbox.cache System?Volume?Information"
)

# Bits of st_file_attributes (winnt.h): the bytes lie in a cloud or on a tape, and reading fetches them.
_OFFLINE = 0x1000 | 0x40000 | 0x400000  # OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS
_WINDOWS_HIDDEN = 0x2
# Bits of st_flags (macOS sys/stat.h).
_SF_DATALESS = 0x40000000
_UF_HIDDEN = 0x8000


class Rules:
    """Secrets and program junk are left out whatever the settings say."""

    def __init__(self, settings: Settings, library_folder: Path) -> None:
        self._hidden = settings.hidden_files
        self._library = os.path.normcase(library_folder.resolve())
        self._never_file = _one_of(f"{_SECRET_FILES} {_JUNK_FILES}".split())
        self._never_folder = _one_of(f"{_SECRET_FOLDERS} {_JUNK_FOLDERS}".split())
        excluded = _cleaned(settings.exclude)
        self._excluded_name = _one_of([one for one in excluded if not one.startswith("/")])
        self._excluded_path = _one_of([one[1:] for one in excluded if one.startswith("/")])
        self._included = _one_of(_cleaned(settings.include_only))

    def admits_folder(self, relative: str, name: str, absolute: str) -> bool:
        """Whether to look into a subfolder; `relative` has forward slashes."""
        if name.startswith(".") and not self._hidden:
            return False
        if self._never_folder(name) or self._excludes(relative, name):
            return False
        return os.path.normcase(absolute) != self._library

    def admits_file(self, relative: str, name: str) -> bool:
        """Whether to keep a file of this name."""
        if name.startswith(".") and not self._hidden:
            return False
        if self._never_file(name) or self._excludes(relative, name):
            return False
        return self._included is _none or self._included(name) or self._included(relative)

    def _excludes(self, relative: str, name: str) -> bool:
        """A pattern that begins with a slash means one path from the source folder on."""
        by_name = self._excluded_name(name) or self._excluded_name(relative)
        return by_name or self._excluded_path(relative)

    def admits_above(self, relative: str, folder: Path) -> bool:
        """Whether the walk of `folder` would come to where this path lies."""
        parts = relative.split("/")
        for depth in range(1, len(parts)):
            above = "/".join(parts[:depth])
            if not self.admits_folder(above, parts[depth - 1], str(folder / above)):
                return False
        return True

    def admits_stat(self, found: os.stat_result) -> bool:
        """False for pipes, sockets, devices, bytes that lie in a cloud, and what the system hides."""
        if not modes.S_ISREG(found.st_mode):
            return False
        attributes = getattr(found, "st_file_attributes", 0)
        flags = getattr(found, "st_flags", 0)
        in_a_cloud = attributes & _OFFLINE or flags & _SF_DATALESS
        return not in_a_cloud and not self.hides(found)

    def hides(self, found: os.stat_result) -> bool:
        """Whether the system marks a file or folder as hidden, and hidden ones are left out."""
        attributes = getattr(found, "st_file_attributes", 0)
        flags = getattr(found, "st_flags", 0)
        return not self._hidden and bool(attributes & _WINDOWS_HIDDEN or flags & _UF_HIDDEN)


def pattern_for(relative: str) -> str:
    """The pattern that leaves out exactly this path of a source folder, as `exclude` holds it."""
    return f"/{glob.escape(relative)}"


def _cleaned(patterns: Iterable[str]) -> tuple[str, ...]:
    """ "Drafts/", "./a\\b" and "Drafts" mean what a person means by them."""
    neat = (pattern.strip().replace("\\", "/").removeprefix("./") for pattern in patterns)
    return tuple(pattern.rstrip("/") for pattern in neat if pattern.rstrip("/"))


def _one_of(patterns: Sequence[str]) -> Callable[[str], bool]:
    """One regular expression for many patterns, blind to case: 100,000 names are asked."""
    if not patterns:
        return _none
    joined = "|".join(f"(?:{fnmatch.translate(pattern)})" for pattern in patterns)
    match = re.compile(joined, re.IGNORECASE).match
    return lambda name: match(name) is not None


def _none(name: str) -> bool:
    return False
