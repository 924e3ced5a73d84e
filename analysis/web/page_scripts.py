"""The scripts that pages put into themselves: the server lets a browser run these and no others."""


def page_language(code: str) -> str:
    """The page's own language, for screen readers; the code is one of LANGUAGES."""
    return f"document.documentElement.lang = '{code}'"


FIT_CHARTS_TO_PAPER = """
const charts = () => document.querySelectorAll("[data-testid='stElementContainer']:has(.js-plotly-plot)");
window.onbeforeprint = () => charts().forEach(chart => {chart.style.zoom = Math.min(1, 680 / chart.offsetWidth)});
window.onafterprint = () => charts().forEach(chart => {chart.style.zoom = ""});
"""

# Signing in ends on the first page. The browser remembers, in this tab only, to which page the person was on the way.
REMEMBER_THE_WAY = "sessionStorage.setItem('on the way to', location.href)"
GO_ON = """
const way = sessionStorage.getItem('on the way to');
sessionStorage.removeItem('on the way to');
if (way && way !== location.href) location.replace(way);
"""
