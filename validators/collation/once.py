"""Differences between the same texts are judged once, wherever they stand.

Sources of one archive have the same duplicates, and the same edits of one text.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import replace

from cableproof.validators.collation.apart import Doubts
from cableproof.validators.collation.collate import Judge
from cableproof.validators.collation.undecided import EXACT, Judged

_TEXTS = [f"{side}_{digest}" for side in ("base", "other") for digest in EXACT]


def once(judge: Judge) -> Judge:
    """Return a judge that is asked once about texts with the same digests.

    Subjects, of which no digest tells the spelling, are asked about each time, and so is what
    has no text that can be read. Between two calls kinds, numbers and places are kept: no text.
    """
    known: dict[Hashable, list[Judged]] = {}

    def judged(doubts: Doubts) -> list[Judged]:
        pairs = _pairs(doubts)
        firsts = {pair: at for at, pair in reversed(list(enumerate(pairs))) if pair not in known}
        asked = sorted(firsts.values())
        answers: dict[Hashable, list[Judged]] = defaultdict(list)
        wanted = Doubts([doubts.rows[at] for at in asked], doubts.places[asked])
        for answer in judge(wanted) if asked else ():
            answers[pairs[asked[answer.doubt]]].append(answer)
        known.update((pair, answers[pair]) for pair in firsts)
        return [
            replace(answer, doubt=number)
            for number, pair in enumerate(pairs)
            for answer in known[pair]
        ]

    return judged


def _pairs(doubts: Doubts) -> list[Hashable]:
    """Return for each doubt what tells its texts from others, or something of its own."""
    if not doubts.rows:
        return []
    live = doubts.places["base_file"].is_not_null() & doubts.places["other_file"].is_not_null()
    told = zip(
        doubts.places["parts"].to_list(), live, doubts.places.select(_TEXTS).rows(), strict=True
    )
    return [
        (tuple(parts), *digests) if is_live and "subject" not in parts else object()
        for parts, is_live, digests in told
    ]
