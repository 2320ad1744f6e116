"""Installs Desktop MMRAG into the checkout and starts it: `python3 installer/run.py [ARGUMENTS...]`.

`--retry-vision` builds llama-cpp-python again after a failure; every other argument goes
to `desktop-mmrag`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  this is what tells the owner of an older one
    sys.exit("Desktop MMRAG needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import os
import subprocess
from collections.abc import Mapping, Sequence

import environment

RETRY_VISION = "--retry-vision"


def main(arguments: Sequence[str]) -> int:
    """Installs what is missing, then runs the program. Its exit status."""
    wanted = [argument for argument in arguments if argument != RETRY_VISION]
    place = environment.Environment()
    try:
        environment.prepare(
            place,
            environment.PROJECT,
            environment.VISION,
            retry_vision=RETRY_VISION in arguments,
        )
    except environment.InstallationFailed as failure:
        environment.say(str(failure))
        return 1
    return start([str(place.python), "-m", "desktop_mmrag", *(wanted or without_arguments())])


def without_arguments() -> list[str]:
    """What to run when nothing was asked for: the window, or the demo where none can open."""
    if has_display(sys.platform, os.environ):
        return []
    environment.say("There is no display to open a window on, so here is the demo instead.")
    return ["demo"]


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether Qt can open a window. Only X11 and Wayland may be absent."""
    if platform in {"win32", "darwin"}:
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(variables.get(name) for name in names)


def start(command: list[str]) -> int:
    """Becomes the program where that can be done, so that signals reach it; else runs it."""
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
