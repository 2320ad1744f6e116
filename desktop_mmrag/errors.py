"""Every failure a person may see: what happened in a few words, what exactly, and what helps."""

from __future__ import annotations

from typing import ClassVar


class KnownError(Exception):
    """A failure with a title, a message in one sentence and a hint at the remedy."""

    title: ClassVar[str]
    hint: str

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if hint is not None:
            self.hint = hint

    def __reduce__(self) -> tuple[type[KnownError], tuple[str, str]]:
        # Failures cross process borders; the hint of the instance must survive.
        return type(self), (self.message, self.hint)


# --- files that cannot be understood --------------------------------------------------


class FileFailure(KnownError):
    """One file cannot be kept; it is listed and skipped, and the scan goes on."""


class FileVanished(FileFailure):
    title = "The file is gone"
    hint = "It was moved or deleted while it was read; nothing needs to be done."


class FileNotPermitted(FileFailure):
    title = "The file may not be read"
    hint = "Give your user permission to read the file, then try again."


class FileEmpty(FileFailure):
    title = "The file is empty"
    hint = "Nothing to find in it; if it should hold something, restore it from a backup."


class FileDamaged(FileFailure):
    title = "The file is damaged"
    hint = "Open it in another program; if that fails too, restore it from a backup."


class FileLocked(FileFailure):
    title = "The file is protected by a password"
    hint = "Save a copy without the password if it should be found."


class FileUnsupported(FileFailure):
    title = "This kind of file cannot be read"
    hint = "Save it in a common format such as JPEG, PNG, PDF or text."


class FileTooLarge(FileFailure):
    title = "The file is larger than the limit"
    hint = "Raise the limit in the settings if the file is meant to be found."


class DecoderCrashed(FileFailure):
    title = "Reading the file crashed"
    hint = "The file is probably damaged; it is tried again when it changes."


class DecoderTimedOut(FileFailure):
    title = "Reading the file took too long"
    hint = "Raise the time limit in the settings, then try again."


class DecoderOutOfMemory(FileFailure):
    title = "Reading the file needs too much memory"
    hint = "Raise the memory limit in the settings, then try again."


class FileNameInvalid(FileFailure):
    title = "The file's name cannot be written down"
    hint = "Rename the file; its name holds bytes that are no text."


class FileNotUnderstood(FileFailure):
    title = "Something went wrong with this file"
    hint = "Please report the message; the file is tried again when it or the program changes."


# --- folders --------------------------------------------------------------------------


class FolderMissing(KnownError):
    title = "There is no such folder"
    hint = "Check the spelling, or plug in the drive it lies on."


class FolderNotWatched(KnownError):
    title = "This folder is not watched"
    hint = "`desktop-mmrag status` lists the folders that are."


class FileNotKept(KnownError):
    title = "The library does not know this file"
    hint = "Add its folder with `desktop-mmrag add FOLDER`, or look in `desktop-mmrag failures`."


class FileMissing(KnownError):
    title = "There is no such file"
    hint = "Check the spelling of its name."


class NoDisplay(KnownError):
    title = "There is no display to open the window on"
    hint = "Use the commands: `desktop-mmrag --help` lists them, `desktop-mmrag demo` shows them."


# --- the library ----------------------------------------------------------------------


class LibraryUnusable(KnownError):
    title = "The library cannot be opened"
    hint = "Choose another place with --library, or free the one that is set."


class LibraryDamaged(KnownError):
    title = "The library is damaged"
    hint = (
        "Your files are untouched. The damaged library was set aside; "
        "it is built anew when you try again, or by `desktop-mmrag index`."
    )


class LibraryTooNew(KnownError):
    title = "The library was made by a newer version"
    hint = "Update Desktop MMRAG, or choose another library with --library."


class LibraryInUse(KnownError):
    title = "Another Desktop MMRAG is updating this library"
    hint = "Wait until it has finished, or close it."


class LibraryOnNetworkDrive(KnownError):
    title = "A library cannot lie on a network drive"
    hint = "Choose a folder on a drive of this computer; the watched folders may be anywhere."


class DiskFull(KnownError):
    title = "The disk is full"
    hint = "Free some space; work goes on where it stopped. Search still answers."


class DriveFailed(KnownError):
    title = "The library's drive reports an error"
    hint = "Check the drive and its cable; work goes on where it stopped."


class SettingInvalid(KnownError):
    title = "A setting has a value that it cannot have"
    hint = "Correct it in the settings file or the settings window."


# --- models ---------------------------------------------------------------------------


class ModelUnknown(KnownError):
    title = "There is no such model"
    hint = "`desktop-mmrag models list` shows the ones there are."


class ModelMissing(KnownError):
    title = "This model is not installed"
    hint = "Install it with `desktop-mmrag models install ID`."


class ModelDamaged(KnownError):
    title = "A model file is damaged"
    hint = "Remove the model and install it again."


class ModelBuiltIn(KnownError):
    title = "This model comes with the program"
    hint = "It cannot be removed; choose another one in the settings to use that instead."


class ModelUnrecognised(KnownError):
    title = "These files are no model this program knows"
    hint = "`desktop-mmrag models list` shows the models whose files can be imported."


class DownloadFailed(KnownError):
    title = "The download did not finish"
    hint = "Check the connection and start it again; it goes on where it stopped."


class DownloadAltered(KnownError):
    title = "The downloaded file is not the expected one"
    hint = "It was deleted. Try again later or from another network."


class NotEnoughDisk(KnownError):
    title = "There is not enough space on the disk"
    hint = "Free some space, or choose a smaller model."


class VisionModelUnavailable(KnownError):
    title = "The vision model cannot be used"
    hint = "Run `desktop-mmrag doctor`; until then answers are quoted from your files."


class VisionModelDied(KnownError):
    title = "The vision model stopped unexpectedly"
    hint = "Ask again; if it happens again, choose a smaller model."


class VisionEngineUnfit(VisionModelDied):
    title = "The answering engine was built for another processor"
    hint = "Run `python3 installer/run.py --retry-vision`, which builds it anew."


class SpeechModelDied(KnownError):
    title = "The speech model stopped unexpectedly"
    hint = "What was being written down is tried again; if it fails again, choose another model."


class PromptTooLong(KnownError):
    title = "The question and its sources are too long for the model"
    hint = "Raise the context of the answering model in the settings, or ask with fewer sources."


# --- requests -------------------------------------------------------------------------


class QueryNotUnderstood(KnownError):
    title = "The search was not understood"
    hint = "Dates look like before:2024-06-01, kinds like type:photo."


class SavedSearchMissing(KnownError):
    title = "There is no such saved search"
    hint = "`desktop-mmrag saved list` shows the ones there are."


class SavedSearchTaken(KnownError):
    title = "This name is taken"
    hint = "Choose another name, or remove the search that has it."


class EvaluationImpossible(KnownError):
    title = "This folder cannot be measured"
    hint = "It needs captions.jsonl, questions.jsonl or a SQuAD file beside the files they name."


class CommandFailed(KnownError):
    title = "It could not be done"
    hint = "`desktop-mmrag doctor` tries every part and says what helps."


# --- reading files --------------------------------------------------------------------


class ExtractorsClosed(KnownError):
    """No file is judged by it: the program ends, or works by other settings from now on."""

    title = "Reading was interrupted"
    hint = "Try again."


class ExtractorUnusable(KnownError):
    title = "Files cannot be read on this computer"
    hint = "Run `desktop-mmrag doctor`; a security program may keep processes from starting."
