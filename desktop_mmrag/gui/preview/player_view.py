"""Plays a recording from the second that was found; where no player can be had, it shows its picture alone."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QVBoxLayout, QWidget

from desktop_mmrag.gui.look import icons, in_words, style

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer

_LOG = logging.getLogger(__name__)
_STEP_S = 5.0


def multimedia() -> Any:
    """Qt's player, or None where its system libraries are missing."""
    try:
        from PySide6 import QtMultimedia
    except ImportError as problem:
        _LOG.info("No player: %s", problem)
        return None
    return QtMultimedia


class PlayerView(QWidget):
    """Nothing of the file is opened before the person presses play."""

    moved = Signal(float)
    """The second that is heard now."""
    failed = Signal()
    """It cannot be played here; the system's own program may."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._start_s = 0.0
        self._player: QMediaPlayer | None = None
        self._qt = multimedia()
        self.setObjectName("player")
        self._screen = _Screen(self)
        self._screen.pressed.connect(self.toggle)
        self._build()
        self._pending_s: float | None = None

    def _build(self) -> None:
        self._button = QToolButton()
        self._button.setObjectName("play")
        self._button.clicked.connect(self.toggle)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("position")
        self._slider.setAccessibleName(self.tr("Position"))
        self._slider.sliderMoved.connect(lambda ms: self.seek(ms / 1000))
        self._slider.actionTriggered.connect(
            lambda _: self.seek(self._slider.sliderPosition() / 1000)
        )
        self._clock = style.role(QLabel(), "small")
        self._clock.setObjectName("clock")
        bar = QHBoxLayout()
        bar.setContentsMargins(style.GAP, style.GAP_SMALL, style.GAP, style.GAP_SMALL)
        for widget in (self._button, self._slider, self._clock):
            bar.addWidget(widget)
        self._bar = QWidget()
        self._bar.setLayout(bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._screen, 1)
        layout.addWidget(self._bar)
        # Only now that it has a parent: before, showing it would open a window of its own.
        self._bar.setVisible(self._qt is not None)
        self._show_playing(False)

    # --- what is played

    def show_file(self, path: Path, start_s: float, length_s: float | None, playable: bool) -> None:
        """Gets ready for a file, standing at a second; plays nothing yet."""
        self.stop()
        self._path, self._start_s = path if playable else None, start_s
        self._bar.setEnabled(playable)
        self._slider.setRange(0, round(1000 * (length_s or 0)))
        self._show_moment(start_s)
        self._screen.playable = playable and self._qt is not None
        self._screen.show_image(QImage())

    def show_image(self, image: QImage) -> None:
        """What is seen until it plays."""
        if not self.is_playing():
            self._screen.show_image(image)

    def is_playing(self) -> bool:
        """Whether it is heard now."""
        if self._player is None:
            return False
        playing: bool = (
            self._player.playbackState() == self._qt.QMediaPlayer.PlaybackState.PlayingState
        )
        return playing

    def toggle(self) -> None:
        """Plays, or pauses."""
        if self._qt is None or self._path is None:
            return
        if self._player is None:
            self._player = self._new_player(self._path)
            self.seek(self._start_s)
        self._player.pause() if self.is_playing() else self._player.play()

    def seek(self, second: float) -> None:
        """Goes to a second; one sought before the file is open is kept."""
        self._start_s = max(0.0, second)
        self._show_moment(self._start_s)
        if self._player is None:
            return
        if self._player.mediaStatus() in self._opening():
            self._pending_s = self._start_s
        else:
            self._player.setPosition(round(1000 * self._start_s))

    def play_from(self, second: float) -> None:
        """Plays from a second on."""
        self.seek(second)
        if not self.is_playing():
            self.toggle()

    def stop(self) -> None:
        """Lets go of the file."""
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
            self._player.deleteLater()
            self._player = None
        self._pending_s = None
        self._show_playing(False)

    # --- Qt's player

    def _new_player(self, path: Path) -> QMediaPlayer:
        player: QMediaPlayer = self._qt.QMediaPlayer(self)
        player.setAudioOutput(self._qt.QAudioOutput(player))
        sink = self._qt.QVideoSink(player)
        sink.videoFrameChanged.connect(lambda frame: self._show_frame(frame))
        player.setVideoSink(sink)
        player.durationChanged.connect(lambda ms: self._slider.setRange(0, ms))
        player.positionChanged.connect(self._position_changed)
        player.playbackStateChanged.connect(lambda _: self._show_playing(self.is_playing()))
        player.mediaStatusChanged.connect(self._status_changed)
        player.errorOccurred.connect(lambda *_: self.failed.emit())
        player.setSource(QUrl.fromLocalFile(str(path)))
        return player

    def _opening(self) -> tuple[Any, ...]:
        status = self._qt.QMediaPlayer.MediaStatus
        return (status.NoMedia, status.LoadingMedia)

    def _status_changed(self, status: Any) -> None:
        if self._pending_s is not None and status not in self._opening() and self._player:
            second, self._pending_s = self._pending_s, None
            self._player.setPosition(round(1000 * second))

    def _position_changed(self, ms: int) -> None:
        if self._pending_s is None and not self._slider.isSliderDown():
            self._start_s = ms / 1000
            self._show_moment(self._start_s)
            self.moved.emit(self._start_s)

    def _show_frame(self, frame: Any) -> None:
        if frame.isValid():
            self._screen.show_image(frame.toImage())

    # --- what is seen

    def _show_moment(self, second: float) -> None:
        self._slider.setValue(round(1000 * second))
        whole = in_words.clock(self._slider.maximum() / 1000) if self._slider.maximum() else ""
        now = in_words.clock(second)
        self._clock.setText(f"{now} / {whole}" if whole else now)

    def _show_playing(self, playing: bool) -> None:
        style.set_icon(self._button, "pause" if playing else "play")
        self._button.setAccessibleName(self.tr("Pause") if playing else self.tr("Play"))
        self._button.setToolTip(self._button.accessibleName())
        self._screen.playing = playing
        self._screen.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """K plays and pauses, J and L go back and on."""
        match event.key():
            case Qt.Key.Key_K | Qt.Key.Key_MediaTogglePlayPause:
                self.toggle()
            case Qt.Key.Key_J:
                self.seek(self._start_s - _STEP_S)
            case Qt.Key.Key_L:
                self.seek(self._start_s + _STEP_S)
            case _:
                super().keyPressEvent(event)


class _Screen(QWidget):
    """The picture of a recording, with a play sign while it stands still."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.playing = False
        self.playable = False
        self._image = QImage()
        self.setMinimumHeight(120)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton and self.playable:
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.tokens().surface))
        painter.setRenderHints(
            QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
        )
        if not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(QRectF(self.rect()).center())
            painter.drawImage(place, self._image)
        if self.playable and not self.playing:
            middle = QRectF(0, 0, 56, 56)
            middle.moveCenter(QRectF(self.rect()).center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 150))
            painter.drawEllipse(middle)
            sign = icons.picture("play", "#ffffff", 28, self.devicePixelRatioF())
            painter.drawPixmap(middle.topLeft() + QPointF(15, 14), sign)
        painter.end()
