"""The scripts in the page of a story, as they stand there: the server lets a browser run these and no others."""

from pathlib import Path

from analysis.charts.engine import engine

_STAGE = Path(__file__).parent / "stage"


def engine_script() -> str:
    """What draws the charts."""
    return engine().replace("</script", "<\\/script")


def stage_script() -> str:
    """What tells the story."""
    return "".join((_STAGE / name).read_text("utf-8") for name in ("slide.js", "stage.js"))
