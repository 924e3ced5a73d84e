"""Native PowerPoint charts from the numbers of an exhibit. Users can open and edit their data."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.util import Pt
from xlsxwriter import Workbook

from analysis.charts.palette import palette
from analysis.exhibits.exhibit import Plan
from analysis.exhibits.tables import as_texts
from analysis.exports.powerpoint.slide_style import BODY, FONT, accents
from analysis.i18n import Wording
from analysis.text.office_text import legal

KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED_100,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "points": XL_CHART_TYPE.XY_SCATTER,
}
MANY, TOO_MANY = 12, 24
"""Above the first number of categories, their names are smaller; above the second, they do not fit."""
NUMBER, WHOLE = "#,##0.0", "#,##0"


class _Categories(CategoryChartData):
    """The data of a chart, stored with it in a workbook. Category names cannot become formulas or links."""

    @property
    def _workbook_writer(self) -> CategoryWorkbookWriter:
        return _Texts(self)


class _Texts(CategoryWorkbookWriter):
    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[Any]:
        texts = {"strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(xlsx_file, {"in_memory": True, **texts}) as workbook:
            yield workbook, workbook.add_worksheet()


def is_crowded(plan: Plan, numbers: pd.DataFrame, wording: Wording) -> bool:
    """Return whether the chart has more categories than fit on a slide."""
    names = plan.categories or set(_keys(plan, numbers, wording))
    return plan.kind in ("bars", "stacked") and len(names) > TOO_MANY


def add_chart(slide: Any, plan: Plan, numbers: pd.DataFrame, wording: Wording) -> Any:
    """Add the planned chart to the slide; return its shape."""
    keyed = numbers.set_axis(_keys(plan, numbers, wording))
    data = _points(plan, numbers) if plan.kind == "points" else _series(plan, keyed)
    frame = slide.shapes.add_chart(KINDS[plan.kind], *BODY, data)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(12), FONT
    chart.has_legend = plan.series is not None or isinstance(plan.value, tuple) or plan.kind == "points"
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.has_title = False
    _axes(chart, plan)
    _marks(chart, plan)
    if plan.kind == "bars" and plan.interval:
        _intervals(chart, plan, keyed)
        ends = keyed[list(plan.interval)]
        _make_room(chart.value_axis, ends)
        # An interval around 0 would cross out its value, and a thin bar has no room for a value.
        if (ends.min(axis=1) < 0).any() or len(_categories(plan, keyed)) > MANY:
            chart.plots[0].has_data_labels = False
    return frame


def _keys(plan: Plan, numbers: pd.DataFrame, wording: Wording) -> list[str]:
    """Return the category of each row of the table, as text."""
    columns = [plan.category] if isinstance(plan.category, str) else list(plan.category)
    return [legal(key) for key in as_texts(numbers[columns], wording).agg(", ".join, axis=1)]


def _series(plan: Plan, keyed: pd.DataFrame) -> _Categories:
    """Return the series by category, the index of ``keyed``; hidden and missing values are empty."""
    data = _Categories(number_format=_format(plan, keyed))
    data.categories = list(_categories(plan, keyed))
    for name, own in _parts(plan, keyed).items():
        column = name if isinstance(plan.value, tuple) else plan.value
        data.add_series(legal(name), _values(own, column, _categories(plan, keyed)))
    return data


def _format(plan: Plan, numbers: pd.DataFrame) -> str:
    columns = list(plan.value) if isinstance(plan.value, tuple) else [plan.value]
    return WHOLE if all(pd.api.types.is_integer_dtype(numbers[column]) for column in columns) else NUMBER


def _categories(plan: Plan, keyed: pd.DataFrame) -> tuple[str, ...]:
    return tuple(map(legal, plan.categories)) or tuple(dict.fromkeys(keyed.index))


def _parts(plan: Plan, keyed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each series."""
    if isinstance(plan.value, tuple):
        return dict.fromkeys(plan.value, keyed)
    if plan.series is None:
        return {plan.value: keyed}
    parts = {str(name): own for name, own in keyed.groupby(plan.series, sort=False)}
    return {name: parts[name] for name in plan.names or parts if name in parts}


def _values(own: pd.DataFrame, column: str, categories: Sequence[str]) -> list[float | None]:
    found = own[column].to_dict()
    return [None if pd.isna(value := found.get(name)) else float(value) for name in categories]


def _intervals(chart: Any, plan: Plan, keyed: pd.DataFrame) -> None:
    """Add the interval of each value as error bars, which python-pptx does not support."""
    assert plan.interval is not None
    parts, names = _parts(plan, keyed).values(), _categories(plan, keyed)
    for series, own in zip(chart.plots[0].series, parts, strict=True):
        values, lower, upper = (_values(own, column, names) for column in (str(plan.value), *plan.interval))
        bars = etree.Element(qn("c:errBars"))
        for tag, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
            etree.SubElement(bars, qn(f"c:{tag}")).set("val", value)
        _lengths(bars, "plus", [_length(value, end) for value, end in zip(values, upper, strict=True)])
        _lengths(bars, "minus", [_length(end, value) for value, end in zip(values, lower, strict=True)])
        following = series._element.find(qn("c:cat"))
        following.addprevious(bars)


def _make_room(axis: Any, ends: pd.DataFrame) -> None:
    """Extend the axis to the intervals. PowerPoint's own axis ends at the values and cuts them off."""
    low, high = ends.min(axis=None), ends.max(axis=None)
    if not pd.isna(low):
        axis.minimum_scale = min(0.0, 10 * math.floor(low / 10))
        axis.maximum_scale = max(0.0, 10 * math.ceil(high / 10))


def _length(start: float | None, end: float | None) -> float:
    return 0.0 if start is None or end is None else end - start


def _lengths(bars: Any, side: str, lengths: Sequence[float]) -> None:
    numbers = etree.SubElement(etree.SubElement(bars, qn(f"c:{side}")), qn("c:numLit"))
    etree.SubElement(numbers, qn("c:ptCount")).set("val", str(len(lengths)))
    for place, length in enumerate(lengths):
        point = etree.SubElement(numbers, qn("c:pt"), idx=str(place))
        etree.SubElement(point, qn("c:v")).text = repr(length)


def _points(plan: Plan, numbers: pd.DataFrame) -> XyChartData:
    """Return the values over a numeric category, and their interval limits as two more series."""
    data = XyChartData(number_format=NUMBER)
    along = plan.category if isinstance(plan.category, str) else plan.category[0]
    ordered = numbers.dropna(subset=[along, str(plan.value)]).sort_values(along)
    for column in (str(plan.value), *(plan.interval or ())):
        series = data.add_series(legal(column))
        for x, y in zip(ordered[along], ordered[column], strict=True):
            if not pd.isna(y):
                series.add_data_point(float(x), float(y))
    return data


def _axes(chart: Any, plan: Plan) -> None:
    own = palette("light")
    line = RGBColor.from_string(own.line[1:])
    values, categories = chart.value_axis, chart.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = line
    values.format.line.fill.background()
    if not isinstance(plan.value, tuple):
        _title(values, plan.value)
    if plan.kind == "points":
        _title(categories, plan.category if isinstance(plan.category, str) else plan.category[0])
    categories.has_major_gridlines = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.format.line.color.rgb = line
    if plan.kind != "points":
        skip = etree.SubElement(categories._element, qn("c:tickLblSkip"))
        skip.set("val", "1")
        categories._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    if plan.kind == "bars" and len(list(chart.plots[0].categories)) > MANY:
        categories.tick_labels.font.size = Pt(9)
    if plan.kind in ("bars", "stacked"):
        categories.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH


def _title(axis: Any, text: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = legal(text)
    axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)


def _marks(chart: Any, plan: Plan) -> None:
    """Format the colours, and the values at the marks of bars."""
    plot = chart.plots[0]
    series = list(plot.series)
    colours = accents(palette("light")) if len(series) > 1 else (palette("light").after,)
    for place, one in enumerate(series):
        colour = RGBColor.from_string(colours[place % len(colours)][1:])
        if plan.kind in ("bars", "stacked"):
            one.format.fill.solid()
            one.format.fill.fore_color.rgb = _tint(colour)
            one.format.line.color.rgb = colour
        elif plan.kind == "lines":
            one.format.line.color.rgb, one.smooth = colour, False
        else:
            _line_of_limits(one, colour, is_limit=place > 0)
    if plan.kind in ("bars", "stacked"):
        plot.gap_width = 60
        plot.has_data_labels = True
        plot.data_labels.number_format_is_linked = True
        plot.data_labels.font.size = Pt(10)
        plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE if plan.kind == "bars" else XL_LABEL_POSITION.CENTER


def _tint(colour: RGBColor) -> RGBColor:
    """Return a tint of the colour, light enough for text."""
    return RGBColor(*(round(255 - 0.45 * (255 - part)) for part in colour))


def _line_of_limits(series: Any, colour: RGBColor, *, is_limit: bool) -> None:
    if is_limit:
        series.format.line.color.rgb, series.marker.style = colour, XL_MARKER_STYLE.NONE
        return
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
