"""Plays scenes in a running QGIS when another process asks (see ``driven_qgis.py``, which starts it by ``--code``).

A scene is a generator of ``in_qgis_hands.Wait`` in a module of the Python path; what it returns is told to who asked.
A timer drives it, so that windows, even modal ones, and background tasks go on living between its steps.

One JSON object a line: ``{"scene": "module:function", "given": {…}, "patience_s": 60}`` is answered by
``{"told": …}`` or ``{"error": "…"}``.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback
from collections.abc import Generator
from typing import Any

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtNetwork import QLocalServer, QLocalSocket

from in_qgis_hands import Wait, picture

ROUND_MS = 50


class Driver:
    """Listens on the socket that ``DRIVER_SOCKET`` names, and plays one scene after another."""

    def __init__(self) -> None:
        self._scene: Generator[Wait, None, Any] | None = None
        self._wait: Wait = 0.0
        self._waited = self._patience_s = 0.0
        self._asking: QLocalSocket | None = None
        self._server = QLocalServer()
        self._server.newConnection.connect(self._connected)
        self._timer = QTimer()
        self._timer.timeout.connect(self._round)
        if not self._server.listen(os.environ["DRIVER_SOCKET"]):
            raise OSError(self._server.errorString())

    def _connected(self) -> None:
        self._asking = self._server.nextPendingConnection()
        self._asking.readyRead.connect(self._asked)

    def _asked(self) -> None:
        while self._asking.canReadLine():
            asked = json.loads(bytes(self._asking.readLine()))
            try:
                module, name = asked["scene"].split(":")
                self._scene = getattr(importlib.import_module(module), name)(**asked["given"])
            except Exception:  # noqa: BLE001 - told to who asked
                self._answer(error=traceback.format_exc())
                return
            self._wait, self._waited, self._patience_s = 0.0, 0.0, asked["patience_s"]
            self._timer.start(ROUND_MS)

    def _round(self) -> None:
        if self._scene is None:
            return
        try:
            self._waited += ROUND_MS / 1000
            if not (self._wait() if callable(self._wait) else self._waited >= self._wait):
                if self._waited < self._patience_s:
                    return
                raise TimeoutError("what the scene waits for did not come")  # noqa: TRY301 - told as any other
            self._wait, self._waited = next(self._scene), 0.0
        except StopIteration as ended:
            self._answer(told=ended.value)
        except Exception:  # noqa: BLE001 - told to who asked, with a picture of where
            where = "".join(traceback.format_stack(self._scene.gi_frame))
            picture("stopped-here")
            self._answer(error=where + traceback.format_exc())

    def _answer(self, **answer: object) -> None:
        self._scene = None
        self._timer.stop()
        self._asking.write(json.dumps(answer).encode() + b"\n")
        self._asking.flush()


# QGIS forgets what a --code script makes unless something holds it
sys.modules["resorption_driver"] = Driver()  # type: ignore[assignment]
