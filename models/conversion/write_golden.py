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

from desktop_mmrag import golden
from desktop_mmrag.application import Application
from desktop_mmrag.doctor import golden_pictures


def main() -> None:
    """One file for each bundled encoder of pictures or passages."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        with Application(place / "library", place / "models") as application:
            write_all(application)


def write_all(application: Application) -> None:
    """Prints how like each pair is."""
    folder, models = application.model_folder, application.models
    for entry in folder.installed():
        if entry.kind == "text":
            pairs = golden.text_pairs(models.named_text(entry))
        elif entry.kind == "image-text":
            encoder = models.named_image_text(entry)
            pixels = golden_pictures(application, encoder.picture_input)
            pairs = golden.picture_pairs(encoder, pixels)
        else:
            continue
        golden.write(pairs.found, folder.home(entry))
        print(entry.id, np.round(pairs.asked @ pairs.found.T, 2).tolist())


if __name__ == "__main__":
    main()
