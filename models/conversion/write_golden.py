"""Stores what the bundled encoders give for the golden pairs, so that `doctor` can tell them from others.

    python models/conversion/write_golden.py

Run it after a bundled encoder has changed; it writes golden.json beside the model.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from desktop_mmrag import bundled, golden
from desktop_mmrag.application import Application


def main() -> None:
    """One file for each bundled encoder of pictures or passages."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        with Application(place / "library", place / "models") as application:
            write_all(application)


def write_all(application: Application) -> None:
    """Prints how like each pair is."""
    folder, models = application.model_folder, application.models
    sample = bundled.resources() / "sample" / "library" / "pictures"
    for entry in folder.installed():
        if entry.kind == "text":
            text = models.named_text(entry)
            asked = text.embed_queries([question for question, _ in golden.PASSAGES])
            found = text.embed_passages([passage for _, passage in golden.PASSAGES])
        elif entry.kind == "image-text":
            encoder = models.named_image_text(entry)
            pictures = [
                application.extractors.prepared(sample / name, encoder.picture_input)
                for _, name in golden.PICTURES
            ]
            asked = encoder.embed_texts([caption for caption, _ in golden.PICTURES])
            found = encoder.embed_pictures(np.stack(pictures))
        else:
            continue
        golden.write(found, folder.home(entry))
        print(entry.id, np.round(asked @ found.T, 2).tolist())


if __name__ == "__main__":
    main()
