"""Desktop MMRAG: a personal media knowledge base that finds and answers offline."""

import os

__version__ = "0.1.0"

# ONNX Runtime 1.29 and newer reports its use to its maker, unless this is set before it is loaded.
# Every process of the program comes by here first, and RapidOCR loads it too.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
