"""What the catalogue says of models, named once more where Qt's translation tools find it.

A test compares it with the catalogue itself.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

CATALOGUE = (
    QT_TRANSLATE_NOOP("Catalogue", "The best picture search here, in over a hundred languages."),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Picture search in over a hundred languages with half the download."
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "An independent 8-bit conversion of this model came out clearly less exact (cosine 0.92 to 0.93 to the full one).",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Does not run on Macs with Apple chips; take the 16-bit version there."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Very good picture search in English."),
    QT_TRANSLATE_NOOP("Catalogue", "Good picture search in English with a small download."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Its 8-bit vectors differ from the full model's (cosine 0.94 to 0.99 for pictures): found things may rank differently.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Sees smaller details than CLIP ViT-B/32; about three times slower."
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Sees smaller details than CLIP ViT-B/32, with a small download."
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Fast picture search in English; with the multilingual companion also in other languages.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "The size of one of its files is not known beforehand; the file is recognised by its fingerprint alone.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "The same picture search as the 32-bit version with half the download."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Fast picture search in English with the smallest download."),
    QT_TRANSLATE_NOOP("Catalogue", "Picture search for slow computers; research use only."),
    QT_TRANSLATE_NOOP("Catalogue", "Its licence allows research only, no commercial use."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Its 8-bit picture part is broken (0.7 % instead of 70 % right on ImageNet), so only the 32-bit files are offered.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "How its pictures were cropped in training is not documented; results may be a little worse than published.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "The starter: finds common things, animals and places in photos by English words.",
    ),
    QT_TRANSLATE_NOOP("Catalogue", "The starter in half the time, a little less exact."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Lets CLIP ViT-B/32 understand over fifty languages without reading any picture again.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Made for ARM processors: on Intel and AMD processors it runs, but its quality there was not measured.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Finds longer English passages more precisely than the bundled model."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Finds English passages more precisely than the bundled model."),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Finds passages in about a hundred languages, also across languages."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Finds English passages by meaning; comes with the program."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Sorts hits best, in many languages; slow, and takes about a gigabyte of memory.",
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Takes 0.9 to 1.3 GB of memory."),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Sorts hits well in English and Chinese; takes half a gigabyte of memory."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Takes about 0.5 GB of memory."),
    QT_TRANSLATE_NOOP("Catalogue", "Sorts English hits fast."),
    QT_TRANSLATE_NOOP("Catalogue", "Sorts English hits fast, with the smallest download."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "The most careful answers here; needs 8 GB of free memory and patience without a graphics card.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Careful answers from documents and photos; needs 8 GB of free memory."
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Good answers from documents, receipts and photos; needs 5 GB of free memory."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Good answers in many languages; needs 5 GB of free memory."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Google's Gemma terms of use and its list of forbidden uses apply: ai.google.dev/gemma/terms.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "The server may ask for an account; then download it in a browser and import the two files.",
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Good answers from documents and photos; research use only."),
    QT_TRANSLATE_NOOP("Catalogue", "Its licence (Qwen Research) allows no commercial use."),
    QT_TRANSLATE_NOOP("Catalogue", "Answers from documents and photos; needs 4 GB of free memory."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Where its second file lies is known from one source only; if the download fails, choose another model.",
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Answers on an ordinary computer; needs 3 GB of free memory."),
    QT_TRANSLATE_NOOP(
        "Catalogue",
        "Answers on an ordinary computer with a small language part; needs 3 GB of free memory.",
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Needs a recent llama.cpp: its design is newer than the others'."
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "Short answers in English on an ordinary computer; needs 3 GB of free memory."
    ),
    QT_TRANSLATE_NOOP(
        "Catalogue", "The smallest download that answers; short and often inexact, in English."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Writes down speech in about a hundred languages."),
    QT_TRANSLATE_NOOP("Catalogue", "Writes down speech fast, with more mistakes."),
    QT_TRANSLATE_NOOP("Catalogue", "Writes down English speech fast."),
    QT_TRANSLATE_NOOP(
        "Catalogue", "The starter: finds English words in clear speech; one in five is wrong."
    ),
    QT_TRANSLATE_NOOP("Catalogue", "Finds sounds by a description."),
    QT_TRANSLATE_NOOP("Catalogue", "Sources disagree on its licence: Apache-2.0 or CC-BY-4.0."),
)
