"""What the program and the vision model's process say to each other: JSON, and pixels as bare bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from desktop_mmrag.domain import Pixels

Message = dict[str, Any]


def send(connection: Connection, message: Message, pictures: Sequence[Pixels] = ()) -> None:
    """Raises OSError when the other side is gone."""
    # Never pickled: the other side runs native code on downloaded files, and unpickling what
    # it says would let it run anything here.
    shapes = [picture.shape for picture in pictures]
    connection.send_bytes(json.dumps({**message, "pictures": shapes}).encode())
    for picture in pictures:
        connection.send_bytes(np.ascontiguousarray(picture).tobytes())


def receive(connection: Connection) -> tuple[Message, list[Pixels]]:
    """Raises EOFError or OSError when the other side is gone."""
    message: Message = json.loads(connection.recv_bytes())
    shapes = message.pop("pictures")
    return message, [_picture(connection.recv_bytes(), shape) for shape in shapes]


def _picture(data: bytes, shape: list[int]) -> Pixels:
    return np.frombuffer(data, np.uint8).reshape(shape)
