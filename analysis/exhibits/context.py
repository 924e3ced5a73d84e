"""Input of every exhibit: stored data, disclosure level, language and choices."""

from dataclasses import dataclass

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.choosing import Chooser, Options
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording
from analysis.model.choices import OWN, SAMPLE
from analysis.model.terms import Subject, Understanding


@dataclass(frozen=True)
class Context:
    """The data, the disclosure level and the language of an exhibit, and the source of its choices."""

    data: StoredData
    disclosure_level: DisclosureLevel
    wording: Wording
    chooser: Chooser

    def version(self, synthetic: bool, subject: Subject) -> int:
        """Return the version of the synthetic or own data of a subject."""
        return self.data.database.version((synthetic, subject))

    @property
    def understanding(self) -> Understanding:
        chosen = self.chooser.requested("understanding")
        return Understanding(chosen) if chosen in list(Understanding) else Understanding.GAP


def choose_synthetic(context: Context, kinds: set[bool], subject: Subject) -> bool:
    """Choose synthetic or own data; ``kinds`` lists the kinds that exist for this subject."""
    if len(kinds) == 1:
        only = SAMPLE if True in kinds else OWN
        return context.chooser.only("data", only, depends_on=subject) == SAMPLE
    labels, text = data_labels(context.wording), context.wording.text
    options = Options("data", text("Data"), labels, depends_on=subject, always_in_link=True)
    return context.chooser.choose(options) == SAMPLE


def data_labels(wording: Wording) -> dict[str, str]:
    return {OWN: wording.text("Own data"), SAMPLE: wording.text("Demonstration data")}
