"""The catalogue as a story: a slide for each adjustment whose offer has numbers, and each slide can be shown."""

from analysis.auth.roles import AS_THEY_ARE
from analysis.exhibits.adjustments.results import with_results
from analysis.exhibits.adjustments.slides import story_of
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.registry import ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import wording
from analysis.model.story import as_json
from analysis.store import Database


def test_each_adjustment_is_a_slide_with_its_story_in_the_notes(demonstration_database: Database) -> None:
    data, version = StoredData(demonstration_database), demonstration_database.version()
    everything = build(data, ExhibitRequest("offers", (), "en", AS_THEY_ARE, version))
    assert everything is not None
    view = everything.provenance
    assert isinstance(view, GapData)
    story = story_of(with_results(view), {"dimension": "education", "understanding": "gap"}, wording("en"))
    assert as_json(story)
    assert len(story.slides) == 19
    first = story.slides[0]
    assert first.heading.endswith(f"{first.choices['offer']}, {first.choices['municipality']}")
    assert all("Challenge: Eksempel: " in slide.note for slide in story.slides)
    shown = [
        build(data, ExhibitRequest(slide.exhibit, tuple(slide.choices.items()), "en", AS_THEY_ARE, version))
        for slide in story.slides
    ]
    assert all(one is not None and one.key == "over_time" for one in shown)
