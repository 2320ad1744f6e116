"""What the operating system must bring: the libraries that Qt loads, a font, a C++ compiler; found, named, installed."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# The libraries that Qt's libqxcb.so, libqoffscreen.so and libQt6Gui.so name as needed (read
# with ldd from PySide6 6.11) and that its wheels do not carry, with their Debian packages.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    # QtMultimedia, which plays recordings.
    "libpulse.so.0": "libpulse0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
)

# A mirror that does not answer costs seconds, not minutes.
APT_OPTIONS = ("-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1")


@dataclass(frozen=True)
class Need:
    """Something missing: its own name, and the Debian package that brings it."""

    name: str
    package: str


def can_load(library: str) -> bool:
    """Whether the system finds and loads this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(loads: Callable[[str], bool] = can_load) -> list[Need]:
    """The libraries of Qt's xcb and offscreen platforms that do not load."""
    return [Need(name, package) for name, package in QT_LIBRARIES.items() if not loads(name)]


def missing_fonts(folders: Iterable[Path] = FONT_FOLDERS) -> list[Need]:
    """One need when no folder holds a font; Qt would draw empty boxes for letters."""
    for folder in folders:
        if any(path.suffix in {".ttf", ".otf", ".ttc", ".pfb"} for path in folder.rglob("*")):
            return []
    return [Need("a font", "fonts-dejavu-core")]


def missing_compiler(which: Callable[[str], str | None] = shutil.which) -> list[Need]:
    """One need when there is no C++ compiler to build llama-cpp-python with."""
    if any(which(program) for program in ("g++", "c++", "clang++")):
        return []
    return [Need("a C++ compiler", "g++")]


def missing_venv(has_module: Callable[[str], object] = importlib.util.find_spec) -> list[Need]:
    """One need where Debian has split `ensurepip` off from Python."""
    if has_module("venv") and has_module("ensurepip"):
        return []
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return [Need("Python's venv and ensurepip", f"python{version}-venv")]


def missing(*, compiler: bool) -> list[Need]:
    """Everything missing on this Linux; other systems bring their own."""
    if not sys.platform.startswith("linux"):
        return []
    needs = [*missing_venv(), *missing_libraries(), *missing_fonts()]
    return needs + (missing_compiler() if compiler else [])


def install_command(
    needs: Sequence[Need], which: Callable[[str], str | None] = shutil.which
) -> str | None:
    """The command that a person types to get `needs`; None where the package manager is unknown."""
    if which("apt-get"):
        packages = " ".join(need.package for need in needs)
        return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"
    for program in ("dnf", "zypper"):
        if which(program):
            return f"sudo {program} install {' '.join(_rpm_name(need) for need in needs)}"
    return None


def _rpm_name(need: Need) -> str:
    # RPM systems find a package by the library that it provides.
    if need.name.startswith("lib"):
        return f"'{need.name}()(64bit)'"
    return {"g++": "gcc-c++", "fonts-dejavu-core": "dejavu-sans-fonts"}.get(
        need.package, need.package
    )


def may_install() -> bool:
    """Whether this process may install packages: root on Debian or a relative of it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def provide(needs: Sequence[Need], say: Callable[[str], None], *, install: bool) -> None:
    """Says what is missing; installs it if `install` and it may, else names the command.

    A failure to install is said and not raised: what does not need the package still runs.
    """
    if not needs:
        return
    say("Missing on this computer: " + ", ".join(need.name for need in needs))
    if install and may_install() and _apt_install([need.package for need in needs], say):
        return
    command = install_command(needs)
    say(f"To install: {command}" if command else "Install these with your package manager.")


def _apt_install(packages: Sequence[str], say: Callable[[str], None]) -> bool:
    say("Installing with apt-get: " + " ".join(packages))
    _apt("update")  # A single unreachable mirror fails it; the install may still succeed.
    failure = _apt("install", "-y", "--no-install-recommends", *packages)
    if failure:
        say(failure)
    return not failure


def _apt(*arguments: str) -> str:
    """Runs apt-get; the last lines of its output when it fails, else nothing."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            ["apt-get", *APT_OPTIONS, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=600,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"apt-get did not finish: {problem}"
    return "" if done.returncode == 0 else (done.stdout + done.stderr)[-1500:]
