"""Every setting once: its type, default, title and help; the file, the window and the commands read it here."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from desktop_mmrag.errors import SettingInvalid

FILE_NAME = "settings.json"
_WINDOW = "The window"
_NAME = "desktop-mmrag"
# The values of domain.Strategy, written out: importing it brings NumPy along, and the window
# reads its settings before it is up.
_STRATEGIES = ("fused", "text", "text-then-picture", "shared")


def _setting(default: Any, title: str, help: str, **limits: Any) -> Any:
    """`limits`: minimum, maximum or choices, checked when a value is set.

    For whoever shows the settings: `section` names the group that begins here, `models` the
    kinds of model whose ids are meant.
    """
    metadata = {"title": title, "help": help, **limits}
    if isinstance(default, tuple):
        return field(default_factory=lambda: default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can choose. Immutable: `replace` gives a changed copy."""

    hidden_files: bool = _setting(
        False,
        "Hidden files",
        "Also keep files and folders whose name begins with a dot.",
        section="What is kept",
    )
    exclude: tuple[str, ...] = _setting(
        (),
        "Left out",
        "Patterns of files and folders to leave out, such as *.tmp or node_modules.",
    )
    include_only: tuple[str, ...] = _setting(
        (), "Only these", "When given, only files that match one of these patterns are kept."
    )
    largest_file_mb: int = _setting(
        2000, "Largest file (MB)", "Larger files are listed as skipped.", minimum=1
    )
    largest_recording_mb: int = _setting(
        50_000,
        "Largest recording (MB)",
        "Larger videos and sounds are listed as skipped.",
        minimum=1,
    )
    read_text_in_pictures: bool = _setting(
        True,
        "Read text in pictures",
        "Find photos, screenshots and scans by the words in them. Runs after everything else.",
    )

    describe_photos: bool = _setting(
        False,
        "Describe photos",
        "The answering model writes a sentence about each photo, to find it by. Takes seconds to"
        " minutes a photo and runs after everything else.",
    )

    threads: int = _setting(
        0,
        "Processor cores",
        "How many cores to use; 0 takes all of them.",
        minimum=0,
        section="How hard the computer works",
    )
    extractor_memory_mb: int = _setting(
        2048, "Memory for one file (MB)", "A file that needs more is skipped.", minimum=256
    )
    extractor_seconds: int = _setting(
        120, "Time for one file (seconds)", "A file that needs more is skipped.", minimum=5
    )
    largest_picture_megapixels: int = _setting(
        250, "Largest picture (megapixels)", "Larger pictures are skipped.", minimum=1
    )
    poll_seconds: float = _setting(
        0.0,
        "Look for changes every (seconds)",
        "0 waits for the system's own messages and looks every hour; network drives need a number.",
        minimum=0.0,
    )

    image_text_model: str = _setting(
        "",
        "Image search model",
        "The best one installed, unless you name another by its id.",
        section="Models",
        models=("image-text", "text-tower"),
    )
    text_model: str = _setting(
        "",
        "Text search model",
        "The best one installed, unless you name another by its id.",
        models=("text",),
    )
    vision_model: str = _setting(
        "",
        "Answering model",
        "The best one installed, unless you name another by its id.",
        models=("vision",),
    )
    speech_model: str = _setting(
        "",
        "Speech model",
        "The id of the model that writes down what is said in recordings; empty takes the best one"
        " installed, off none.",
        models=("speech",),
    )
    sound_model: str = _setting(
        "",
        "Sound search model",
        "The id of the model that finds sounds by what they sound like; empty takes the best one"
        " installed, off none.",
        models=("audio-text",),
    )
    reranker: str = _setting(
        "off",
        "Reranker",
        "Sorts the first hits once more; slower. Off, or a model's id.",
        models=("reranker",),
    )
    vision_context_tokens: int = _setting(
        4096,
        "Context of the answering model (tokens)",
        "More lets it read more sources at once and takes more memory.",
        minimum=1024,
        maximum=131072,
    )
    vision_idle_seconds: int = _setting(
        300, "Free the answering model after (seconds)", "Gives its memory back.", minimum=5
    )

    hits: int = _setting(
        20,
        "Hits",
        "How many hits the command `search` prints; the window shows more as you scroll.",
        minimum=1,
        maximum=1000,
        section="Results",
    )
    sources_per_answer: int = _setting(
        6, "Sources for an answer", "How many hits an answer may read.", minimum=1, maximum=30
    )

    search_strategy: str = _setting(
        _STRATEGIES[0],
        "Search strategy",
        "Fused asks everything. Text finds by words alone, also of pictures; text-then-picture"
        " answers from the picture itself then. Shared compares pictures and words in one space.",
        choices=_STRATEGIES,
    )

    appearance: str = _setting(
        "system",
        "Appearance",
        "Light or dark colours, or those of the system.",
        choices=("system", "light", "dark"),
        section=_WINDOW,
    )
    language: str = _setting(
        "system",
        "Language",
        "The language of the window; a change shows at the next start.",
        choices=("system", "en", "zh_CN"),
    )
    gentle: bool = _setting(
        True,
        "Give way",
        "Work slower on battery and while other programs need the computer.",
    )
    keep_when_closed: bool = _setting(
        False,
        "Go on when the window is closed",
        "Keeps watching the folders; an icon in the system's tray opens the window again.",
    )
    start_at_login: bool = _setting(
        False,
        "Start at login",
        "Starts in the tray, without a window, when you log in to the computer.",
    )

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):
            _check(item, getattr(self, item.name))

    def replace(self, **changes: Any) -> Settings:
        """A changed copy. Raises SettingInvalid for an unknown name or a value out of limits."""
        for name in changes:
            if name not in {item.name for item in dataclasses.fields(self)}:
                raise SettingInvalid(f"There is no setting named {name}.")
        return dataclasses.replace(self, **changes)

    def core_count(self) -> int:
        """How many cores to use."""
        return self.threads or usable_cores()


def of_the_window_alone(before: Settings, after: Settings) -> bool:
    """Whether nothing but the window works otherwise by the new settings."""
    section, changed = "", set()
    for item in dataclasses.fields(Settings):
        section = item.metadata.get("section") or section
        if getattr(before, item.name) != getattr(after, item.name):
            changed.add(section)
    return changed <= {_WINDOW}


def default_folder() -> Path:
    """Where the library lies unless the person says otherwise."""
    chosen = os.environ.get("DESKTOP_MMRAG_LIBRARY")
    return Path(chosen) if chosen else platformdirs.user_data_path(_NAME, appauthor=False)


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load(folder: Path) -> Settings:
    """Settings of the library in `folder`; defaults where there is no file.

    Raises SettingInvalid when the file cannot be understood.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise SettingInvalid(f"{path} cannot be read: {problem}") from problem
    if not isinstance(stored, dict):
        raise SettingInvalid(f"{path} must hold names and values in braces.")
    known = {item.name for item in dataclasses.fields(Settings)}
    # Names of newer or older versions are left alone rather than refused.
    chosen: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in known
    }
    return Settings(**chosen)


def save(settings: Settings, folder: Path) -> None:
    """Writes what differs from the defaults, atomically."""
    changed = {
        item.name: getattr(settings, item.name)
        for item in dataclasses.fields(settings)
        if getattr(settings, item.name) != getattr(Settings(), item.name)
    }
    path = folder / FILE_NAME
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(changed, indent=2) + "\n", encoding="utf-8")
    temporary.chmod(0o600)
    temporary.replace(path)


def _check(item: dataclasses.Field[Any], value: Any) -> None:
    default = item.default if item.default is not dataclasses.MISSING else ()
    wanted = type(default)
    fits = isinstance(value, (int, float) if wanted is float else wanted)
    if wanted is not bool and isinstance(value, bool):
        fits = False
    title, limits = item.metadata["title"], item.metadata
    if not fits:
        raise SettingInvalid(f"“{title}” ({item.name}) needs {_kind(wanted)}, not {value!r}.")
    if "choices" in limits and value not in limits["choices"]:
        choices = ", ".join(limits["choices"])
        raise SettingInvalid(f"“{title}” ({item.name}) must be one of {choices}.")
    if "minimum" in limits and value < limits["minimum"]:
        raise SettingInvalid(f"“{title}” ({item.name}) must be at least {limits['minimum']}.")
    if "maximum" in limits and value > limits["maximum"]:
        raise SettingInvalid(f"“{title}” ({item.name}) must be at most {limits['maximum']}.")


def _kind(wanted: type) -> str:
    return {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "text",
        tuple: "a list",
    }[wanted]
