"""Where things lie. Nothing here names a particular machine."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

TOOL = Path(__file__).resolve().parent
REPOSITORY = TOOL.parent.parent
WORK = TOOL / ".work"
MODEL = REPOSITORY / "models" / "barometer-distilbert-news"
FIXTURES = REPOSITORY / "models" / "barometer-distilbert-news-fixtures"
DEFAULT_DATA = REPOSITORY.parent / "shared" / "data" / "sentiment"


def default_data() -> Path:
    """The data directory: `BAROMETER_DATA`, else ../shared/data/sentiment beside the repository."""
    return Path(os.environ.get("BAROMETER_DATA", DEFAULT_DATA))


def add_data_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=default_data(), help="directory of the JSON Lines files")
