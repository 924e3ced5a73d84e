"""Inline scripts of the pages: the content security policy allows only these."""


def page_language(code: str) -> str:
    """Return the script that sets the page's language for screen readers; ``code`` is one of LANGUAGES."""
    return f"document.documentElement.lang = '{code}'"


FIT_CHARTS_TO_PAPER = """
const charts = () => document.querySelectorAll("[data-testid='stElementContainer']:has(.js-plotly-plot)");
window.onbeforeprint = () => charts().forEach(chart => {chart.style.zoom = Math.min(1, 680 / chart.offsetWidth)});
window.onafterprint = () => charts().forEach(chart => {chart.style.zoom = ""});
"""

# Sign-in returns to the first page. The browser stores, in this tab only, the page that the person requested.
REMEMBER_THE_WAY = "sessionStorage.setItem('on the way to', location.href)"
GO_ON = """
const way = sessionStorage.getItem('on the way to');
sessionStorage.removeItem('on the way to');
if (way && way !== location.href) location.replace(way);
"""
