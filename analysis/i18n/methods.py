"""Plain-language explanation of each measure, for the page on methods. Formulas and sources are not translated."""

from dataclasses import dataclass

from analysis.i18n.language import Wording
from analysis.model.terms import RoundingBase


@dataclass(frozen=True)
class Method:
    """A measure: its question, its interpretation, its formula, and its publication."""

    name: str
    asks: str
    reading: str
    formula: str
    source: str


def methods(wording: Wording) -> list[Method]:
    """Return all measures, in the order of the page on methods."""
    text = wording.text
    return [
        Method(
            text("Rate"),
            text("How many of those who could came to the stage?"),
            text("With no more than these citizens to go by, the rate lies somewhere in its 95% interval."),
            "y = x / n; (y + z²/2n ± z √(y(1 − y)/n + z²/4n²)) / (1 + z²/n)",
            "Wilson 1927, J Am Stat Assoc 22:209",
        ),
        Method(
            text("Gap and change in the gap"),
            text("How far apart are two groups, and did that change?"),
            text(
                "The reference's rate minus the group's, in percentage points: below 0 the group does better. A change "
                "is after minus before; where its interval holds 0 there is no clear change."
            ),
            "d = y₁ − y₂; c = d(after) − d(before)",
            "Newcombe 1998, Stat Med 17:873; Katz 1978; Koopman 1984; Zou & Donner 2008, Stat Med 27:1693",
        ),
        Method(
            text("Within offers"),
            text("Whose change is it?"),
            text(
                "Each offer has one weight, the same before and after and for both groups, so that a change in who "
                "goes where is no change in the gap. Offers that lack a group before or after are left out and listed."
            ),
            "Σ w y; w = n(offer) / n",
            "Martín Andrés, Herranz Tejedor & Álvarez Hernández 2012, J Stat Comput Simul, "
            "doi 10.1080/00949655.2010.530601; Yan & Su 2010, Stat Biopharm Res 2:482; Bickel, Hammel & O'Connell "
            "1975, Science 187:398",
        ),
        Method(
            text("Better, worse, or neither"),
            text("Which way did the gap go?"),
            text(
                "Closed: nothing above 5 points is left of it. Turned: the other group is now ahead. Levelled down: "
                "narrower only as those ahead fell back. The last two are never called better. In a list, “clearly” "
                "allows for the number of comparisons."
            ),
            "|d(after)| < |d(before)|",
            "Benjamini & Hochberg 1995, J R Stat Soc B 57:289",
        ),
        Method(
            text("Time to complete"),
            text("Are running courses drop-outs?"),
            text(
                "No. Completion and reach leave out months whose courses have not had time: that which 95 of 100 "
                "completed courses of the offer took, or which the file states. They also leave out months in which at "
                "least five courses and one in twenty are said to run."
            ),
            "t(95%)",
            "–",
        ),
        Method(
            text("The month of a course"),
            text("Which courses come after the adjustment?"),
            text(
                "Those of citizens invited after it; or those that began after it, where this was chosen at the "
                "upload. Citizens who did not start then count after the median wait of their offer."
            ),
            "t(invited), t(started)",
            "–",
        ),
        Method(
            text("Who starts"),
            text("Do outreach and drop-in bring others?"),
            text(
                "Participation counts the invited only. Each group's share of all who started counts those who came "
                "without an invitation too."
            ),
            "s = started(group) / started",
            "Zou, Huang & Zhang 2009, Comput Stat Data Anal 53:1080",
        ),
        Method(
            text("What could have been seen"),
            text("Are the numbers large enough?"),
            text("The smallest change that so many citizens would show as clear in eight of ten cases."),
            "(z(97.5%) + z(80%)) · SE",
            "Cohen 1988, Statistical Power Analysis",
        ),
        Method(
            text("Change in one group's rate"),
            text("How do the worst-off fare?"),
            text("The group's rate after minus before. It says nothing of how the others fared meanwhile."),
            "y(after) − y(before)",
            "Newcombe 1998, Stat Med 17:873, method 10",
        ),
        Method(
            text("Gradient: the slope index"),
            text("How steep is it across everyone?"),
            text(
                "A line through all ranked groups, weighted by their citizens: how many percentage points its upper "
                "end lies above its lower one."
            ),
            "Σ p (X − ½) y / Σ p (X − ½)²",
            "Mackenbach & Kunst 1997, Soc Sci Med 44:757",
        ),
        Method(
            text("Mean distance from the mean"),
            text("How unlike are groups that have no order?"),
            text("How far the groups lie from the overall rate on average. Chance alone lifts it above 0."),
            "Σ p |y − μ|",
            "Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19:3697",
        ),
        Method(
            text("What it would mean"),
            text("How many more citizens would equal rates be?"),
            text("Arithmetic from the rates: it says neither that it would happen, nor what it would take."),
            "n (y₁ − y₂)",
            "Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19:3697",
        ),
        Method(
            text("Where on the way it arises"),
            text("In recruitment, or in completion?"),
            text("The gap in reach is split into what arises in participation and what arises in completion."),
            "(P₁ − P₂)(C₁ + C₂)/2 + (C₁ − C₂)(P₁ + P₂)/2",
            "Kitagawa 1955, J Am Stat Assoc 50:1168",
        ),
        Method(
            text("Many offers as one"),
            text("What did an average offer do?"),
            text(
                "Offers differ by more than chance. The diamond is an average offer; the dotted line is where one more "
                "such offer may land."
            ),
            "REML, Hartung-Knapp",
            "Viechtbauer 2005; IntHout, Ioannidis & Borm 2014, BMC Med Res Methodol 14:25",
        ),
        Method(
            text("Set against comparison offers"),
            text("Did it change more than where nothing was adjusted?"),
            text(
                "The change minus that of offers without an adjustment, over the same months: a net change. All offers "
                "share these comparison offers, and the interval of the headline allows for it."
            ),
            "c − c(comparison)",
            "Callaway & Sant'Anna 2021, J Econom 225:200",
        ),
        Method(
            text("Usual variation"),
            text("Is a month out of the ordinary?"),
            text("Points within the limits are usual variation. The limits start anew at the adjustment."),
            "p ± 3 √(p(1 − p)/n)",
            "Provost & Murray 2011, Health Care Data Guide; NHS England, Making Data Count",
        ),
        Method(
            text("Month by month"),
            text("How did the groups do in each period?"),
            text(
                "Every period has the same offers with the same weights. An offer with nobody in a period counts at "
                "its usual level of the phase, moved as much as the other offers then. A shift between offers is thus "
                "no change."
            ),
            "Σ w α(offer, phase) + δ(period)",
            "Muller & MacLehose 2014, Int J Epidemiol 43:962; Korn & Graubard 1998, Surv Methodol 24:193",
        ),
        Method(
            text("Step and slope at the adjustment"),
            text("Did the level, or the slope, change then?"),
            text("A line before and a line after, from month to month. Other things can have come at the same time."),
            "level + slope · t + Δlevel + Δslope · t",
            "Bernal, Cummins & Gasparrini 2017, Int J Epidemiol 46:348; Patterson & Thompson 1971",
        ),
        Method(
            text("Funnel"),
            text("Does a municipality stand out?"),
            text(
                "Small municipalities scatter more. Inside the funnel one differs no more than chance allows. Where "
                "they all vary more than chance alone, the limits are widened by that."
            ),
            "p ± z √(φ p(1 − p)/n); φ = Σ z² / k",
            "Spiegelhalter 2005, Stat Med 24:1185",
        ),
        Method(
            text("Reached by theme days"),
            text("How far has the work come?"),
            text(
                "Municipalities with a participant, out of all, and the people who live there. All are counted, so "
                "there is no interval."
            ),
            "n(reached) / N; Σ people(reached) / Σ people",
            "Statistics Denmark, FOLK1AM, 1 January 2024",
        ),
        Method(
            text("Shares of the understandings"),
            text("How is inequality understood?"),
            text(
                "Of a municipality's votes, the share of each understanding; across municipalities the mean of their "
                "shares, so that many votes in one do not drown the others."
            ),
            "s = votes / Σ votes; S = Σ s / municipalities",
            "–",
        ),
        Method(
            text("Ranked actions"),
            text("Which actions matter most?"),
            text(
                "Every list gives points by place; what a list leaves out shares the places left over. The interval "
                "tells where the rank lies when lists are drawn anew: where two overlap, their order is not sure."
            ),
            "Borda: (m − r) / (m − 1); centroid: w(r) = (1/m) Σ 1/j, j = r … m",
            "Borda 1781; Barron & Barrett 1996, Manage Sci 42:1515; Cullinan et al. 2014, Soc Choice Welf 42:913; "
            "Goldstein & Spiegelhalter 1996, J R Stat Soc A 159:385",
        ),
        Method(
            text("Time to practice"),
            text("How long does it take from one stage to the next?"),
            text(
                "The time within which half of the actions came on, those still waiting counted for as long as they "
                "have waited."
            ),
            "S(t) = Π (1 − d / n)",
            "Kaplan & Meier 1958, J Am Stat Assoc 53:457; Brookmeyer & Crowley 1982, Biometrics 38:29",
        ),
    ]


def limits(wording: Wording, smallest_count: int) -> list[str]:
    """Return the limits of before-and-after comparisons, one line each; the last is the protection of small counts."""
    text = wording.text
    return [
        text("What would have happened anyway is in the change too. Only comparison offers can tell it apart."),
        text("Offers that were picked because they did badly tend to do better by themselves."),
        text("Better recruitment changes who is there to complete: look at participation and completion together."),
        text(
            "Other seasons, or groups that came at other times, can look like a change. The overview says so where it "
            "sees it."
        ),
        text("Few offers and few citizens make wide intervals. No clear change is not the same as no change."),
        text("A gap can shrink in percentage points and grow as a ratio. Both are shown where they can disagree."),
        text("What counts as completed is a rule of each offer, and differs between them."),
        text("Of many changes shown at once, some look clear by chance alone: one in twenty where nothing happened."),
        _limit_of_protection(wording, smallest_count),
    ]


def _limit_of_protection(wording: Wording, smallest_count: int) -> str:
    text = wording.text
    if isinstance(smallest_count, RoundingBase):
        return text("Counts are rounded before anything is made of them: rates of few citizens can be some points off.")
    if smallest_count == 1:
        return text("No count is hidden or rounded here: what leaves this program can point at a person.")
    return text("Small counts are hidden one by one. What could give one away in another table is not hidden.")
