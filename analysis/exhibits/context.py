"""What every exhibit is built from: the stored data, the level of disclosure, the language and the choices."""

from dataclasses import dataclass

from analysis.auth.roles import DisclosureLevel
from analysis.exhibits.choosing import Chooser, Options
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording
from analysis.model.choices import OWN, SAMPLE
from analysis.model.terms import Subject, Understanding


@dataclass(frozen=True)
class Context:
    """Where choices come from, and what they are choices of."""

    data: StoredData
    disclosure_level: DisclosureLevel
    wording: Wording
    chooser: Chooser

    def version(self, synthetic: bool, subject: Subject) -> int:
        """The version of this kind of data."""
        return self.data.database.version((synthetic, subject))

    @property
    def understanding(self) -> Understanding:
        chosen = self.chooser.requested("understanding")
        return Understanding(chosen) if chosen in list(Understanding) else Understanding.GAP


def choose_synthetic(context: Context, kinds: set[bool], subject: Subject) -> bool:
    """Whether the synthetic data are looked at, of the kinds of data that there are of this subject."""
    if len(kinds) == 1:
        only = SAMPLE if True in kinds else OWN
        return context.chooser.only("data", only, depends_on=subject) == SAMPLE
    labels, text = data_labels(context.wording), context.wording.text
    options = Options("data", text("Data"), labels, depends_on=subject, always_in_link=True)
    return context.chooser.choose(options) == SAMPLE


def data_labels(wording: Wording) -> dict[str, str]:
    return {OWN: wording.text("Own data"), SAMPLE: wording.text("Demonstration data")}
