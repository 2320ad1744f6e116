"""The words of rooms that know no Qt, named once more where Qt's translation tools find them.

A test compares them with the failures and settings themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop_mmrag.errors import KnownError
from desktop_mmrag.gui.look.told import told


def title_of(problem: KnownError) -> str:
    """What happened in a few words, in the person's language."""
    return QCoreApplication.translate("Errors", problem.title)


def message_of(problem: KnownError) -> str:
    """What exactly happened, in the person's language."""
    return told(problem.message)


def hint_of(problem: KnownError) -> str:
    """What helps, in the person's language."""
    return told(problem.hint) if problem.hint else ""


FAILURES: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Errors", "The file is gone"),
    QT_TRANSLATE_NOOP(
        "Errors", "It was moved or deleted while it was read; nothing needs to be done."
    ),
    QT_TRANSLATE_NOOP("Errors", "The file may not be read"),
    QT_TRANSLATE_NOOP("Errors", "Give your user permission to read the file, then try again."),
    QT_TRANSLATE_NOOP("Errors", "The file is empty"),
    QT_TRANSLATE_NOOP(
        "Errors", "Nothing to find in it; if it should hold something, restore it from a backup."
    ),
    QT_TRANSLATE_NOOP("Errors", "The file is damaged"),
    QT_TRANSLATE_NOOP(
        "Errors", "Open it in another program; if that fails too, restore it from a backup."
    ),
    QT_TRANSLATE_NOOP("Errors", "The file is protected by a password"),
    QT_TRANSLATE_NOOP("Errors", "Save a copy without the password if it should be found."),
    QT_TRANSLATE_NOOP("Errors", "This kind of file cannot be read"),
    QT_TRANSLATE_NOOP("Errors", "Save it in a common format such as JPEG, PNG, PDF or text."),
    QT_TRANSLATE_NOOP("Errors", "The file is larger than the limit"),
    QT_TRANSLATE_NOOP(
        "Errors", "Raise the limit in the settings if the file is meant to be found."
    ),
    QT_TRANSLATE_NOOP("Errors", "Reading the file crashed"),
    QT_TRANSLATE_NOOP("Errors", "The file is probably damaged; it is tried again when it changes."),
    QT_TRANSLATE_NOOP("Errors", "Reading the file took too long"),
    QT_TRANSLATE_NOOP("Errors", "Raise the time limit in the settings, then try again."),
    QT_TRANSLATE_NOOP("Errors", "Reading the file needs too much memory"),
    QT_TRANSLATE_NOOP("Errors", "Raise the memory limit in the settings, then try again."),
    QT_TRANSLATE_NOOP("Errors", "The file's name cannot be written down"),
    QT_TRANSLATE_NOOP("Errors", "Rename the file; its name holds bytes that are no text."),
    QT_TRANSLATE_NOOP("Errors", "Something went wrong with this file"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Please report the message; the file is tried again when it or the program changes.",
    ),
    QT_TRANSLATE_NOOP("Errors", "There is no such folder"),
    QT_TRANSLATE_NOOP("Errors", "Check the spelling, or plug in the drive it lies on."),
    QT_TRANSLATE_NOOP("Errors", "This folder is not watched"),
    QT_TRANSLATE_NOOP("Errors", "`desktop-mmrag status` lists the folders that are."),
    QT_TRANSLATE_NOOP("Errors", "The library does not know this file"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Add its folder with `desktop-mmrag add FOLDER`, or look in `desktop-mmrag failures`.",
    ),
    QT_TRANSLATE_NOOP("Errors", "There is no such file"),
    QT_TRANSLATE_NOOP("Errors", "Check the spelling of its name."),
    QT_TRANSLATE_NOOP("Errors", "There is no display to open the window on"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Use the commands: `desktop-mmrag --help` lists them, `desktop-mmrag demo` shows them.",
    ),
    QT_TRANSLATE_NOOP("Errors", "The library cannot be opened"),
    QT_TRANSLATE_NOOP(
        "Errors", "Choose another place with --library, or free the one that is set."
    ),
    QT_TRANSLATE_NOOP("Errors", "The library is damaged"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Your files are untouched. The damaged library was set aside; it is built anew when you try again, or by `desktop-mmrag index`.",
    ),
    QT_TRANSLATE_NOOP("Errors", "The library was made by a newer version"),
    QT_TRANSLATE_NOOP("Errors", "Update Desktop MMRAG, or choose another library with --library."),
    QT_TRANSLATE_NOOP("Errors", "Another Desktop MMRAG is updating this library"),
    QT_TRANSLATE_NOOP("Errors", "Wait until it has finished, or close it."),
    QT_TRANSLATE_NOOP("Errors", "A library cannot lie on a network drive"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Choose a folder on a drive of this computer; the watched folders may be anywhere.",
    ),
    QT_TRANSLATE_NOOP("Errors", "The disk is full"),
    QT_TRANSLATE_NOOP(
        "Errors", "Free some space; work goes on where it stopped. Search still answers."
    ),
    QT_TRANSLATE_NOOP("Errors", "The library's drive reports an error"),
    QT_TRANSLATE_NOOP("Errors", "Check the drive and its cable; work goes on where it stopped."),
    QT_TRANSLATE_NOOP("Errors", "A setting has a value that it cannot have"),
    QT_TRANSLATE_NOOP("Errors", "Correct it in the settings file or the settings window."),
    QT_TRANSLATE_NOOP("Errors", "There is no such model"),
    QT_TRANSLATE_NOOP("Errors", "`desktop-mmrag models list` shows the ones there are."),
    QT_TRANSLATE_NOOP("Errors", "This model is not installed"),
    QT_TRANSLATE_NOOP("Errors", "Install it with `desktop-mmrag models install ID`."),
    QT_TRANSLATE_NOOP("Errors", "A model file is damaged"),
    QT_TRANSLATE_NOOP("Errors", "Remove the model and install it again."),
    QT_TRANSLATE_NOOP("Errors", "This model comes with the program"),
    QT_TRANSLATE_NOOP(
        "Errors", "It cannot be removed; choose another one in the settings to use that instead."
    ),
    QT_TRANSLATE_NOOP("Errors", "These files are no model this program knows"),
    QT_TRANSLATE_NOOP(
        "Errors", "`desktop-mmrag models list` shows the models whose files can be imported."
    ),
    QT_TRANSLATE_NOOP("Errors", "The download did not finish"),
    QT_TRANSLATE_NOOP(
        "Errors", "Check the connection and start it again; it goes on where it stopped."
    ),
    QT_TRANSLATE_NOOP("Errors", "The downloaded file is not the expected one"),
    QT_TRANSLATE_NOOP("Errors", "It was deleted. Try again later or from another network."),
    QT_TRANSLATE_NOOP("Errors", "There is not enough space on the disk"),
    QT_TRANSLATE_NOOP("Errors", "Free some space, or choose a smaller model."),
    QT_TRANSLATE_NOOP("Errors", "Reading was interrupted"),
    QT_TRANSLATE_NOOP("Errors", "Try again."),
    QT_TRANSLATE_NOOP("Errors", "The vision model cannot be used"),
    QT_TRANSLATE_NOOP(
        "Errors", "Run `desktop-mmrag doctor`; until then answers are quoted from your files."
    ),
    QT_TRANSLATE_NOOP("Errors", "The vision model stopped unexpectedly"),
    QT_TRANSLATE_NOOP("Errors", "Ask again; if it happens again, choose a smaller model."),
    QT_TRANSLATE_NOOP("Errors", "The answering engine was built for another processor"),
    QT_TRANSLATE_NOOP(
        "Errors", "Run `python3 installer/run.py --retry-vision`, which builds it anew."
    ),
    QT_TRANSLATE_NOOP("Errors", "The speech model stopped unexpectedly"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "What was being written down is tried again; if it fails again, choose another model.",
    ),
    QT_TRANSLATE_NOOP("Errors", "The question and its sources are too long for the model"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "Raise the context of the answering model in the settings, or ask with fewer sources.",
    ),
    QT_TRANSLATE_NOOP("Errors", "The search was not understood"),
    QT_TRANSLATE_NOOP("Errors", "Dates look like before:2024-06-01, kinds like type:photo."),
    QT_TRANSLATE_NOOP("Errors", "There is no such saved search"),
    QT_TRANSLATE_NOOP("Errors", "`desktop-mmrag saved list` shows the ones there are."),
    QT_TRANSLATE_NOOP("Errors", "This name is taken"),
    QT_TRANSLATE_NOOP("Errors", "Choose another name, or remove the search that has it."),
    QT_TRANSLATE_NOOP("Errors", "This folder cannot be measured"),
    QT_TRANSLATE_NOOP(
        "Errors",
        "It needs captions.jsonl, questions.jsonl or a SQuAD file beside the files they name.",
    ),
    QT_TRANSLATE_NOOP("Errors", "It could not be done"),
    QT_TRANSLATE_NOOP("Errors", "`desktop-mmrag doctor` tries every part and says what helps."),
    QT_TRANSLATE_NOOP("Errors", "Files cannot be read on this computer"),
    QT_TRANSLATE_NOOP(
        "Errors", "Run `desktop-mmrag doctor`; a security program may keep processes from starting."
    ),
)

SETTINGS: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Settings", "What is kept"),
    QT_TRANSLATE_NOOP("Settings", "Hidden files"),
    QT_TRANSLATE_NOOP("Settings", "Also keep files and folders whose name begins with a dot."),
    QT_TRANSLATE_NOOP("Settings", "Left out"),
    QT_TRANSLATE_NOOP(
        "Settings", "Patterns of files and folders to leave out, such as *.tmp or node_modules."
    ),
    QT_TRANSLATE_NOOP("Settings", "Only these"),
    QT_TRANSLATE_NOOP(
        "Settings", "When given, only files that match one of these patterns are kept."
    ),
    QT_TRANSLATE_NOOP("Settings", "Largest file (MB)"),
    QT_TRANSLATE_NOOP("Settings", "Larger files are listed as skipped."),
    QT_TRANSLATE_NOOP("Settings", "Largest recording (MB)"),
    QT_TRANSLATE_NOOP("Settings", "Larger videos and sounds are listed as skipped."),
    QT_TRANSLATE_NOOP("Settings", "Read text in pictures"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Find photos, screenshots and scans by the words in them. Runs after everything else.",
    ),
    QT_TRANSLATE_NOOP("Settings", "How hard the computer works"),
    QT_TRANSLATE_NOOP("Settings", "Describe photos"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "The answering model writes a sentence about each photo, to find it by. Takes seconds to"
        " minutes a photo and runs after everything else.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Processor cores"),
    QT_TRANSLATE_NOOP("Settings", "How many cores to use; 0 takes all of them."),
    QT_TRANSLATE_NOOP("Settings", "Memory for one file (MB)"),
    QT_TRANSLATE_NOOP("Settings", "A file that needs more is skipped."),
    QT_TRANSLATE_NOOP("Settings", "Time for one file (seconds)"),
    QT_TRANSLATE_NOOP("Settings", "Largest picture (megapixels)"),
    QT_TRANSLATE_NOOP("Settings", "Larger pictures are skipped."),
    QT_TRANSLATE_NOOP("Settings", "Look for changes every (seconds)"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "0 waits for the system's own messages and looks every hour; network drives need a number.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Models"),
    QT_TRANSLATE_NOOP("Settings", "Image search model"),
    QT_TRANSLATE_NOOP("Settings", "The best one installed, unless you name another by its id."),
    QT_TRANSLATE_NOOP("Settings", "Text search model"),
    QT_TRANSLATE_NOOP("Settings", "Answering model"),
    QT_TRANSLATE_NOOP("Settings", "Speech model"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "The id of the model that writes down what is said in recordings; empty takes the best one installed, off none.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Sound search model"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "The id of the model that finds sounds by what they sound like; empty takes the best one"
        " installed, off none.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Reranker"),
    QT_TRANSLATE_NOOP("Settings", "Sorts the first hits once more; slower. Off, or a model's id."),
    QT_TRANSLATE_NOOP("Settings", "Context of the answering model (tokens)"),
    QT_TRANSLATE_NOOP("Settings", "More lets it read more sources at once and takes more memory."),
    QT_TRANSLATE_NOOP("Settings", "Free the answering model after (seconds)"),
    QT_TRANSLATE_NOOP("Settings", "Gives its memory back."),
    QT_TRANSLATE_NOOP("Settings", "Results"),
    QT_TRANSLATE_NOOP("Settings", "Hits"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "How many hits the command `search` prints; the window shows more as you scroll.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Sources for an answer"),
    QT_TRANSLATE_NOOP("Settings", "How many hits an answer may read."),
    QT_TRANSLATE_NOOP("Settings", "Search strategy"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Fused asks everything. Text finds by words alone, also of pictures; text-then-picture"
        " answers from the picture itself then. Shared compares pictures and words in one space.",
    ),
    QT_TRANSLATE_NOOP("Settings", "The window"),
    QT_TRANSLATE_NOOP("Settings", "Appearance"),
    QT_TRANSLATE_NOOP("Settings", "Light or dark colours, or those of the system."),
    QT_TRANSLATE_NOOP("Settings", "Language"),
    QT_TRANSLATE_NOOP("Settings", "The language of the window; a change shows at the next start."),
    QT_TRANSLATE_NOOP("Settings", "Give way"),
    QT_TRANSLATE_NOOP(
        "Settings", "Work slower on battery and while other programs need the computer."
    ),
    QT_TRANSLATE_NOOP("Settings", "Go on when the window is closed"),
    QT_TRANSLATE_NOOP(
        "Settings",
        "Keeps watching the folders; an icon in the system's tray opens the window again.",
    ),
    QT_TRANSLATE_NOOP("Settings", "Start at login"),
    QT_TRANSLATE_NOOP(
        "Settings", "Starts in the tray, without a window, when you log in to the computer."
    ),
)
