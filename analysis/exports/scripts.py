"""Scripts in the page of a story. The server's security policy allows exactly these."""

from pathlib import Path

from analysis.charts.engine import engine

_STAGE = Path(__file__).parent / "stage"


def engine_script() -> str:
    """Return the script that draws the charts."""
    return engine().replace("</script", "<\\/script")


def stage_script() -> str:
    """Return the script that presents the story."""
    return "".join((_STAGE / name).read_text("utf-8") for name in ("slide.js", "stage.js"))
