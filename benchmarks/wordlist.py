"""Invented prose: sentences of municipal boredom, and paragraphs made of them.

No person, office, street or number in here exists. Paragraphs come from a pool: the same number
and seed give the same paragraph, and a paragraph is made when it is first asked for.
"""

from functools import lru_cache
from random import Random

#: Paragraphs in each pool.
POOL = 6000

_WORDS: dict[str, tuple[str, ...]] = {
    "who": (
        "the deputy inspector of bicycle lanes", "the keeper of the tram timetables",
        "the second harbour crane assistant", "the chair of the kerbstone committee",
        "the night clerk of the weights office", "a retired surveyor of park benches",
        "the head of the umbrella stand unit", "the junior archivist of lost gloves",
        "the acting warden of the fountains", "a spokesman for the ferry ticket guild",
        "the director of pigeon statistics", "the auditor of street lamps",
        "the municipal bell tuner", "the secretary of the allotment union",
        "the coordinator of zebra crossings", "an engineer of the drawbridge service",
        "the librarian of the waterworks", "the manager of the covered market",
        "the postmaster of the outer islands", "the chief gardener of roundabouts",
    ),
    "thing": (
        "the bicycle lane along the canal", "the revised tram timetable",
        "harbour crane number four",
        "the new colour of the letter boxes", "the width of the market stalls",
        "the tariff for cloakroom tickets", "the wooden ramp at the town library",
        "the annual census of park benches", "the noise of the milk floats",
        "the waiting room of the cable ferry", "the salt store behind the depot",
        "the clock of the corn exchange", "the queue at the parking counter",
        "the drainage of the tennis courts", "the spare parts of the street organ",
        "the rules of the regatta for rowing boats", "the roof of the bus shelter",
        "the inventory of snow shovels", "the order of the weekly flower market",
        "the opening hours of the swimming bath", "the signposts on the towpath",
    ),
    "did": (
        "would be measured again", "had been painted twice", "needed a second opinion",
        "was late by one season", "could wait until the autumn",
        "had been entered in the wrong book", "was neither better nor worse than before",
        "had won a small prize", "cost less than foreseen",
        "had been counted by three offices", "was the pride of the district",
        "should be moved a little to the left", "had been lent to a neighbouring town",
        "would be closed for cleaning", "was now the responsibility of nobody",
        "had outlived two committees", "was admired by visitors from the coast",
    ),
    "said": (
        "said that", "told us that", "remarked over tea that", "noted with some satisfaction that",
        "conceded that", "repeated that", "explained at length that", "was confident that",
        "confirmed that", "doubted that", "let it be known that", "recalled that",
    ),
    "where": (
        "at the lower lock", "in the council chamber", "behind the tram depot", "on the east quay",
        "near the botanical kiosk", "in the reading room", "under the viaduct", "at the terminus",
        "beside the skating rink", "in the seed hall", "on the upper promenade",
        "at the toll house",
    ),
    "when": (
        "last Tuesday", "in the first week of spring", "shortly before lunch", "after the fair",
        "during the long rain", "on the day of the brass bands", "at the end of the quarter",
        "before the leaves fell", "on a quiet Sunday", "in the month of the regatta",
    ),
    "unit": (
        "bicycles", "park benches", "tram tickets", "umbrellas", "kerbstones", "lamp posts",
        "snow shovels", "rowing boats", "flower pots", "letter boxes", "library cards", "gloves",
    ),
    "quoted": (
        "We count every bicycle twice", "A timetable is a promise", "The crane is not lazy",
        "Nobody has ever lost a bench", "Paint dries when it pleases", "The queue is the tradition",
        "It was like this when we came", "A kerb is a kerb",
    ),
    "file": (
        "R:\\TRAMS\\TABLES", "K:\\HARBOUR\\CRANES\\FOUR", "M:\\PARKS\\BENCHES", "S:\\LAMPS\\NORTH",
    ),
    "lane": (
        "Lower Pigeon", "Old Kerb", "Upper Lantern", "Second Ferry", "Saltstore", "Little Bell",
        "Cranehook", "Umbrella", "Long Towpath", "Weathercock", "Quiet", "Third Drawbridge",
        "Seedhall", "Corn Exchange", "Snow Shovel", "Waterworks", "Bandstand", "Cloakroom",
        "East Viaduct", "Rowing", "Flower", "Toll House", "Terminus", "Botanical", "Milk Float",
        "Regatta", "Skating", "Tramwell", "Bench", "Fountain", "Glove", "Timetable", "Allotment",
    ),
    "way": (
        "Lane", "Street", "Alley", "Steps", "Quay", "Row", "Hill", "Passage", "Yard", "Crescent",
        "Gardens", "Bank", "Corner", "Walk", "Terrace", "Mews", "Bridge", "Square",
    ),
    "accented": (
        "Größenfurth", "Žluté Nábřeží", "São Bento do Cais", "Île aux Échelles", "Güllübahçe",
        "Świetlikowo", "Ærøholm", "Peña del Muelle", "Türmchenbrück", "Kørsbærgade",
    ),
}  # fmt: skip

_SENTENCES = (
    "{who} {said} {thing} {did}.",
    "{who} {said} {thing} {did} {when}.",
    "{when}, {who} visited {thing} and found that it {did}.",
    "The figures for {unit} rose by {n} percent, which {who} called a matter of chance.",
    "Of the {nn} {unit} entered in the books, {n} stood {where} and the others could not be found.",
    "{when}, a working group of {n} people met {where} to discuss {thing}.",
    "No decision was taken on {thing}, since {who} was on leave.",
    "It is now agreed that {thing} {did}, and that {unit} are a separate question.",
    "The draft plan foresees {nn} {unit} {where}, to be delivered {when}.",
    "Asked about {thing}, {who} smiled and spoke of {unit}.",
    "There is, {who} added, a form for {unit}, but it {did}.",
    "The budget line for {thing} was cut by {n} percent and restored {when}.",
    "A petition with {nn} signatures asks that {unit} be kept {where}.",
    "The local newspaper printed a letter about {thing}, and a reply by {who}.",
    "We thanked {who} for the tour and left {where} {when}.",
    "On {lane} {way} there are {nn} {unit}, a few more than {when}.",
    "The corner of {lane} {way} was closed {when}, and {who} kept the key.",
    "{who} {said} {lane} {way} had {n} {unit} too many.",
    "Between {lane} {way} and the terminus, {thing} {did}.",
    "The {unit} of {lane} {way} were counted {when}: {nn} of them, and {n} doubtful.",
)
_RARE = (
    '"{quoted}," {who} told us {where}.',
    'On {thing}, {who} had a short answer: "{quoted}."',
    'The so-called "{unit} question" came up again {when}.',
)
_FILED = ("The papers are kept under {file}, and a copy {where}.",)
_ACCENTED = (
    "The sister town of {accented} sent a delegation to look at {thing}.",
    "{who} compared {thing} with the one in {accented}, which {did}.",
    "In {accented} they say \u201c{quoted}\u201d, and {who} agrees.",
)
_COVERED = (
    "XXXXXXXXXXXX {said} {thing} {did}.",
    "According to XXXXXXXXXXXX, a clerk {where}, {thing} {did}.",
)

HEADINGS = (
    "Trams and Timetables", "The Harbour Cranes", "Bicycle Lanes", "The Question of the Benches",
    "What the Auditor Found", "Next Steps", "A Visit to the Depot", "Market Day", "The Small Print",
    "Umbrellas", "Background", "Figures for the Quarter", "Biographical Note on a Drawbridge",
)  # fmt: skip

SUBJECTS = (
    "BICYCLE LANES AND THE", "TRAM TIMETABLES MEET THE", "HARBOUR CRANES IN THE",
    "PARK BENCHES COUNTED BY THE", "QUIET SEASON FOR THE", "NO NEWS FROM THE",
    "KERBSTONE REFORM REACHES THE", "LETTER BOXES REPAINTED FOR THE", "SMALL PRIZE FOR THE",
    "MUNICIPAL FOUNTAINS AND THE", "LOST UMBRELLAS FOUND IN THE", "REGATTA RULES DIVIDE THE",
)  # fmt: skip
OBJECTS = (
    "COVERED MARKET", "EAST QUAY", "ALLOTMENT UNION", "CORN EXCHANGE", "TOWN LIBRARY",
    "FERRY TICKET GUILD", "UPPER PROMENADE", "WEIGHTS OFFICE", "SKATING RINK", "WATERWORKS",
    "TRAM DEPOT", "SEED HALL", "PARKING COUNTER", "OUTER ISLANDS",
)  # fmt: skip
TAILS = (
    "", "", "", ": A FIRST LOOK", ": PART TWO", " AFTER THE LONG RAIN",
    ": THE COMMITTEE WILL MEET AGAIN IN THE AUTUMN", " AND THE QUESTION OF WHO PAYS FOR THE PAINT",
)  # fmt: skip

#: Invented signatures: things, not persons.
SURNAMES = (
    "Kerbstone", "Tramwell", "Lanternby", "Quayside", "Benchley-Post", "Umbrellow", "Ferrygate",
    "Towpath", "Drawbridger", "Cranehook", "Timetabler", "Weathercock", "Bellrope", "Saltstore",
)  # fmt: skip


def sentence(template: str, rng: Random) -> str:
    """Return the template with invented words in its gaps."""
    words = {gap: rng.choice(choices) for gap, choices in _WORDS.items()}
    text = template.format(n=rng.randint(2, 97), nn=f"{rng.randint(101, 9_899):,}", **words)
    return text[0].upper() + text[1:]


def opening(post: str, rng: Random) -> str:
    """One sentence that no other telegram has: where we are and what was counted."""
    count, percent = rng.randint(1_000, 999_999), rng.randint(2, 97)
    unit, where = rng.choice(_WORDS["unit"]), rng.choice(_WORDS["where"])
    return f"{post.title()} has {count:,} {unit}, {percent} percent of them {where}."


def prose(rng: Random, kind: str = "plain") -> str:
    """Return a paragraph in one line; `kind` is plain, accented or covered (redacted)."""
    return " ".join(sentence(template, rng) for template in _templates(kind, rng))


def _templates(kind: str, rng: Random) -> list[str]:
    """Return what the sentences of a paragraph are made from."""
    chosen = rng.choices(_SENTENCES, k=rng.randint(3, 9))
    if rng.random() < 0.25:
        chosen.append(rng.choice(_RARE))
    if rng.random() < 0.02:
        chosen.extend(_FILED)
    if kind == "accented":
        chosen.insert(1, rng.choice(_ACCENTED))
    if kind == "covered":
        chosen.insert(1, rng.choice(_COVERED))
    return chosen


@lru_cache(maxsize=4 * POOL)
def paragraph(number: int, seed: int) -> str:
    """Return a paragraph of the pool, in one line."""
    return prose(Random(f"{seed} {number}"))


def wrap(text: str, width: int, indent: int = 0) -> list[str]:
    """Lines of at most that width; the first leaves room for an indent."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        room = width - indent * (not lines)
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


@lru_cache(maxsize=4 * POOL)
def wrapped(number: int, seed: int) -> str:
    """Return the same paragraph in lines under 64 characters, with room for its number."""
    return "\n".join(wrap(paragraph(number, seed), 63, indent=14))
