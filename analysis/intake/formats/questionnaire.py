"""A page of questions for citizens, to print: the groups that record systems seldom have, in easy words."""

from html import escape
from string import Template, ascii_lowercase

from analysis.i18n import wording
from analysis.intake.findings.check import N_
from analysis.intake.formats.citizen_groups import CITIZEN_GROUPS
from analysis.model.languages import name_in
from analysis.store.reference import reference_dimensions

Question = tuple[str, dict[str, str]]
"""The text of a question, and the text of each answer by the key of its group. All are in English, to be translated."""
QUESTIONS: dict[str, Question] = {
    "education": (
        N_("What is the longest education you have finished?"),
        {
            "basic school": N_("School, up to 9th or 10th grade, or less"),
            "short education": N_("Upper secondary school, or a trade such as hairdresser or bricklayer"),
            "short higher education": N_("A further education of about 2 years"),
            "medium higher education": N_("A further education of 3 to 4 years, such as nurse or teacher"),
            "long higher education": N_("University for 5 years or more, such as doctor or engineer"),
            "in education": N_("I am not finished: I go to school or study now"),
            "other": N_("Another education"),
        },
    ),
    "labour market": (
        N_("What do you do now?"),
        {
            "employed": N_("I work, also in a business of my own"),
            "unemployed": N_("I am looking for work"),
            "on long-term sick leave": N_("I have been off work with illness for a long time"),
            "disability pensioner": N_("I get a disability pension"),
            "early-retirement pensioner": N_("I get early retirement pay"),
            "old-age pensioner": N_("I get an old-age pension"),
            "other outside the labour market": N_("Something else, for instance at home"),
        },
    ),
    "cohabitation": (
        N_("Do you live with a husband, a wife or a partner?"),
        {"living alone": N_("No"), "cohabiting or married": N_("Yes")},
    ),
}
PAGE = Template("""<!doctype html>
<html lang="$language"><meta charset="utf-8"><title>$title</title>
<style>
@page { size: A4; margin: 14mm 16mm }
body { font: 12.5pt/1.35 "Noto Sans", "Segoe UI", Arial, sans-serif; color: #111; max-width: 178mm; margin: 8mm auto }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 3mm } h2 { font-size: 14pt; margin: 6mm 0 2mm }
p { margin: 0 0 2mm } ul { list-style: none; margin: 0; padding: 0 }
li { margin: 0 0 1.8mm; padding-left: 9mm; position: relative; break-inside: avoid }
li::before { content: attr(data-letter); position: absolute; left: 0; top: .6mm; width: 4.6mm; height: 4.6mm;
  border: .5mm solid #111; color: #767676; font-size: 8pt; line-height: 4.6mm; text-align: center }
.both { display: grid; grid-template-columns: 1fr 1fr }
.staff { border: .3mm solid #111; margin-top: 7mm; padding: 3mm 4mm; font-size: 9pt; break-inside: avoid }
.staff b { font-weight: 600 } .line { display: inline-block; width: 45mm; border-bottom: .3mm solid #111 }
@media print { body { margin: 0 } }
</style>
<h1>$title</h1>
<p>$why</p>
<p>$how</p>
$questions
<div class="staff"><p><b>$staff</b> &nbsp; $identity <span class="line">&nbsp;</span></p>
<p>$enter</p>
$legend</div>
</html>
""")


def questionnaire(language: str) -> bytes:
    """Return the page as HTML in this language, to print from a browser. Raises ``KeyError`` if it is not available."""
    text = wording(language).text
    filled = {
        "title": text("Three questions about you"),
        "why": text(
            "We want our courses to be as good for everybody. Your answers help us see whether they are. You decide "
            "whether you want to answer, and you get the same help if you don't."
        ),
        "how": text("Put one cross at each question. Leave it empty if you don't want to answer."),
        "staff": text("Filled in by staff"),
        "identity": text("Citizen id, as in the record system (never a CPR number):"),
        "enter": text(
            "Enter the answers on the sheet “{sheet}” of the template, one row for each citizen, and destroy this "
            "paper.",
            sheet=name_in(CITIZEN_GROUPS.names, language),
        ),
    }
    blocks = {
        "questions": "\n".join(_question(one, language) for one in QUESTIONS.values()),
        "legend": "\n".join(_legend(key, language) for key in QUESTIONS),
    }
    page = PAGE.substitute(language=language, **{key: escape(said) for key, said in filled.items()}, **blocks)
    return page.encode()


def _question(question: Question, language: str) -> str:
    text = wording(language).text
    said, answers = question
    lettered = zip(ascii_lowercase, answers.values(), strict=False)
    items = "".join(f'<li data-letter="{letter}">{escape(text(answer))}</li>' for letter, answer in lettered)
    both = ' class="both"' if len(answers) == 2 else ""
    return f"<h2>{escape(text(said))}</h2><ul{both}>{items}</ul>"


def _legend(key: str, language: str) -> str:
    """Return what staff enter for each answer to a question, by the letter in its box."""
    dimension = reference_dimensions()[key]
    _, answers = QUESTIONS[key]
    lettered = zip(ascii_lowercase, answers, strict=False)
    labels = ", ".join(f"{letter}: {dimension.group(group).label(language)}" for letter, group in lettered)
    return f"<p><b>{escape(dimension.label(language))}:</b> {escape(labels)}</p>"
