"""The picture that a person takes away: drawn by the real Chromium, looked at as pixels and as SVG."""

import io
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest
from choreographer.browsers.chromium import Chromium
from PIL import Image, ImageFont, ImageOps
from playwright.sync_api import sync_playwright

from analysis.charts.dumbbells import dumbbell
from analysis.charts.palette import Theme, palette
from analysis.charts.standalone import framed
from analysis.config import ROOT
from analysis.exports import images
from analysis.i18n import wording
from analysis.measures.result_frame import State

TITLE = "Hvor store er forskellene i gennemførelse mellem grundskole og lang videregående uddannelse i kommunerne?"
SENTENCE = "Af 100 i »Grundskole« gennemførte 63 før og 72 efter; af 100 i »Lang videregående uddannelse« 81 og 77."
WORDS = "illi jfit 111"
SOURCE = "Kilde: syntetiske demonstrationsdata. Ingen borger står bag tallene. Gennemførelse: ud af dem, der deltog."


def _chart(name: str = "Grundskole", theme: Theme = "light") -> go.Figure:
    numbers = {"numerator": 432, "n": 1234, "lower": 0.4, "upper": 0.6, "state": State.SHOWN}
    cells = [("long", "before", 0.55), ("long", "after", 0.5), ("short", "before", 0.45), ("short", "after", 0.52)]
    rates = pd.DataFrame([{"group": group, "phase": phase, "estimate": rate} | numbers for group, phase, rate in cells])
    labels = {"short": name, "long": "Lang videregående uddannelse"}
    return dumbbell(rates, labels=labels, wording=wording("da"), theme=theme, reference="long", compared="short")


def _framed(figure: go.Figure, *, width: int = 1000, theme: Theme = "light", title: str = TITLE) -> go.Figure:
    return framed(figure, title=title, sentence=SENTENCE, source=SOURCE, theme=theme, width=width)


def _text_figure(typeface: str) -> go.Figure:
    """``WORDS`` alone, on white."""
    words = {"text": WORDS, "showarrow": False, "font": {"family": typeface, "size": 30}}
    bare = {"width": 300, "height": 100, "plot_bgcolor": "white", "xaxis": {"visible": False}}
    return go.Figure(layout=bare | {"yaxis": {"visible": False}, "annotations": [words]})


def _size_of_words(typeface: str) -> tuple[int, int]:
    """Width and height of what is not white."""
    drawn = _opened(images.image(_text_figure(typeface), "png"))
    left, top, right, bottom = ImageOps.invert(drawn.convert("L")).getbbox() or (0, 0, 0, 0)
    return right - left, bottom - top


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def _hex(colour: Any) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


@pytest.fixture
def fresh() -> Iterator[None]:
    """The test starts the browser itself, and leaves none behind that it has changed."""
    images.close()
    yield
    images.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_is_as_large_as_asked_and_in_the_colours_of_its_theme(theme: Theme) -> None:
    figure = _framed(_chart(theme=theme), theme=theme)
    picture = _opened(images.image(figure, "png"))
    assert picture.size == (2000, round(2 * figure.layout.height))
    colours = palette(theme)
    found = {_hex(colour) for _, colour in picture.getcolors(maxcolors=2**24) or []}
    assert {colours.background, colours.ink, colours.muted, colours.before, colours.after} <= found
    corners = [(0, 0), (1999, 0), (0, picture.height - 1), (1999, picture.height - 1)]
    assert {_hex(picture.getpixel(corner)) for corner in corners} == {colours.background}


def test_a_png_is_set_in_the_typeface_of_the_program() -> None:
    """The words are as wide and as high as the file of the typeface has them, and not so in another one."""
    file = ROOT / "pages" / "static" / "fonts" / "ibm-plex-sans-latin-400-normal.woff2"
    left, top, right, bottom = ImageFont.truetype(file, 2 * 30).getmask(WORDS).getbbox()
    expected = pytest.approx((right - left, bottom - top), abs=2)
    assert _size_of_words("IBM Plex Sans") == expected
    assert _size_of_words("monospace") != expected


def test_an_svg_holds_its_texts_and_its_letters_and_asks_for_nothing_else() -> None:
    svg = images.image(_framed(_chart()), "svg").decode()
    drawn = ElementTree.fromstring(svg)
    assert (drawn.get("width"), drawn.tag) == ("1000", "{http://www.w3.org/2000/svg}svg")
    texts = " ".join(" ".join(drawn.itertext()).split())
    for words in ("Hvor store er forskellene", "Af 100 i »Grundskole«", "Kilde: syntetiske", "videregående uddannelse"):
        assert words in texts
    assert svg.count("@font-face") == 4
    assert svg.count("url(data:font/woff2;base64,") == 4
    assert "http" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "</style><b>x"])
def test_markup_in_a_name_is_text_in_the_svg(name: str) -> None:
    svg = images.image(_framed(_chart(name), title=name), "svg")
    kinds = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
    assert not kinds & {"script", "foreignObject", "image", "b", "iframe", "a"}
    assert b"<script" not in svg


@pytest.mark.parametrize("width", [500, 1000])
def test_no_text_of_the_frame_lies_on_another_or_beyond_the_edge(width: int) -> None:
    figure = _framed(_chart(), width=width)
    boxes = _boxes(images.image(figure, "svg"))
    ours = [words for words in boxes if words.replace("\n", " ")[:9] in {TITLE[:9], SENTENCE[:9], SOURCE[:9]}]
    assert len(ours) == 3
    for words in ours:
        left, top, right, bottom = boxes[words]
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= figure.layout.height
        for others, (from_x, from_y, to_x, to_y) in boxes.items():
            apart = to_x <= left or from_x >= right or to_y <= top or from_y >= bottom
            assert apart or others == words, (words, others)


def _boxes(svg: bytes) -> dict[str, tuple[float, float, float, float]]:
    """Where Chromium puts each text of a picture: left, top, right and bottom in pixels."""
    where = """() => [...document.querySelectorAll("text")].map(text => {
        const {left, top, right, bottom} = text.getBoundingClientRect();
        return [text.textContent, [left, top, right, bottom]];
    })"""

    def measured() -> dict[str, tuple[float, float, float, float]]:
        path = Chromium.find_browser(skip_local=False)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_content(f"<body style='margin:0'>{svg.decode()}</body>")
            page.evaluate("() => document.fonts.ready.then(() => null)")
            found = {words: tuple(box) for words, box in page.evaluate(where) if words}
            browser.close()
        return found

    with ThreadPoolExecutor(1) as thread:  # Playwright runs once a thread, and the browser tests have this one.
        return thread.submit(measured).result()


def test_a_frame_leaves_the_figure_as_it_was() -> None:
    figure = _chart()
    before = figure.to_json()
    larger = _framed(figure)
    assert figure.to_json() == before
    assert larger.layout.height > figure.layout.height
    assert len(larger.layout.annotations) == len(figure.layout.annotations) + 3


def test_a_longer_title_makes_the_picture_taller() -> None:
    assert _framed(_chart(), title="Kort").layout.height < _framed(_chart()).layout.height


def test_a_long_page_is_printed_to_its_end() -> None:
    """It is read for a while before all of it is there."""
    many = 400
    parts = "".join(f"<p style='break-before: page'>{number} {'x ' * 4000}</p>" for number in range(many))
    for _ in range(3):
        content = images.paper(f"<!doctype html><body data-ready='1'>{parts}</body>")
        assert len(re.findall(rb"/Type /Page\b", content)) == 2 * many


def test_each_of_several_people_gets_the_picture_that_they_asked_for() -> None:
    widths = [300, 310, 320, 330] * 3
    with ThreadPoolExecutor(4) as people:
        drawn = people.map(lambda width: images.image(go.Figure(layout={"width": width, "height": 60}), "png"), widths)
        assert [_opened(png).width for png in drawn] == [2 * width for width in widths]


def test_a_browser_that_has_ended_is_started_again(fresh: None) -> None:
    assert images.image(_text_figure("serif"), "png")
    assert images._kept is not None
    ended = images._kept._kaleido.subprocess
    ended.kill()
    ended.wait()
    assert _opened(images.image(_text_figure("serif"), "png")).size == (600, 200)


def test_without_a_browser_it_says_so(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert images.can_draw()
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    assert not images.can_draw()
    with pytest.raises(images.NoBrowser):
        images.image(_chart(), "png")


def test_the_browser_asks_nobody_on_the_network(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for itself nor for an address in a figure; a proxy that the machine is set up with would hear of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        listening = threading.Thread(target=_listen, args=(proxy, asked), daemon=True)
        listening.start()
        for name in ("http_proxy", "https_proxy", "CHOREO_PROXY_SERVER"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        elsewhere = {"source": "http://example.org/picture.png", "sizex": 1, "sizey": 1}
        images.image(go.Figure(layout={"width": 300, "height": 100, "images": [elsewhere]}), "png")
        images.close()
        with socket.create_connection(proxy.getsockname()) as last:
            last.sendall(b"END")
        listening.join()
    assert asked == [b"END"]


def _listen(proxy: socket.socket, asked: list[bytes]) -> None:
    while not asked or asked[-1] != b"END":
        connection, _ = proxy.accept()
        with connection:
            asked.append(connection.recv(200))
