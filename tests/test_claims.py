"""What becomes of a mirror's claims, and of the cables that came and went."""

from pathlib import Path

import pytest

import cableproof
from cableproof.audited import Audit
from cableproof.auditing import audit
from cableproof.citing import cite
from cableproof.source import Source
from tests import archives, mirrors, witnesses
from tests.samples import record

DATA = Path(__file__).parents[1].parent / "shared" / "data"


def verdicts(report: Audit, claim: str) -> dict[str, int]:
    """Return on how many pages the claims of a kind have which verdict."""
    found: dict[str, int] = {}
    for each in report.statements:
        if each.claim == claim:
            for verdict, number in each.verdicts.items():
                found[verdict] = found.get(verdict, 0) + number
    return {verdict: number for verdict, number in found.items() if number}


def pages(
    folder: Path, name: str, numbers: range = range(1, 5), release: str = "cablebrowser-2"
) -> Source:
    """Write pages that name their release, and return them as a source."""
    for number in numbers:
        file = folder / name / f"06BERN{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(archives.page(number).replace("cablebrowser-2", release), encoding="utf-8")
    return Source(name, folder / name)


def reworded(source: Source, number: int) -> Source:
    """Return a source in which a page has another word."""
    file = source.path / f"06BERN{number}.txt"
    file.write_text(file.read_text().replace("ran on time", "came too late"), encoding="utf-8")
    return source


def test_a_claim_is_untestable_without_a_copy_of_the_release(tmp_path: Path) -> None:
    mirror = pages(tmp_path, "mirror")
    assert verdicts(audit(mirror), "footer") == {"untestable": 4}
    other = pages(tmp_path, "other", release="cablebrowser-1")
    assert verdicts(audit(mirror, [other]), "footer") == {"untestable": 4}


def test_a_claim_is_supported_by_a_copy_of_the_release_with_the_same_text(tmp_path: Path) -> None:
    copy = pages(tmp_path, "copy")
    assert verdicts(audit(pages(tmp_path, "mirror"), [copy]), "footer") == {"supported": 4}


def test_the_name_given_to_a_reference_says_which_release_it_is(tmp_path: Path) -> None:
    mirror = pages(tmp_path, "mirror")
    fields = ["identifier", "origin", "created", "classification", "header", "body"]
    records = cableproof.read(mirror.path)[fields]
    records.to_json(tmp_path / "cables.jsonl", orient="records", lines=True)
    copy = Source("cablebrowser-2", tmp_path / "cables.jsonl")
    assert verdicts(audit(mirror, [copy]), "footer") == {"supported": 4}


def test_a_page_that_the_release_lacks_disproves_the_claim(tmp_path: Path) -> None:
    copy = pages(tmp_path, "copy", range(1, 4))
    report = audit(pages(tmp_path, "mirror"), [copy])
    assert verdicts(report, "footer") == {"supported": 3, "contradicted": 1}
    found = report.findings[report.findings["rule"] == "PRV004"]
    assert list(found["identifier"]) == ["06BERN4"]
    assert list(found["severity"]) == ["error"]
    assert "presence" in found["message"].iloc[0]


def test_a_text_that_only_another_release_has_disproves_the_claim(tmp_path: Path) -> None:
    copy = pages(tmp_path, "copy")
    other = reworded(pages(tmp_path, "other", release="cablebrowser-1"), 2)
    mirror = reworded(pages(tmp_path, "mirror"), 2)
    report = audit(mirror, [copy, other])
    assert verdicts(report, "footer") == {"supported": 3, "contradicted": 1}
    assert [each.against for each in report.statements if each.claim == "footer"] == [{"text": 1}]


def test_a_text_that_no_release_has_is_merely_consistent(tmp_path: Path) -> None:
    mirror = reworded(pages(tmp_path, "mirror"), 2)
    report = audit(mirror, [pages(tmp_path, "copy")])
    assert verdicts(report, "footer") == {"supported": 3, "consistent": 1}


@pytest.mark.parametrize("release", ["cablebrowser-7", "cablegate-20101210047", "two words"])
def test_a_name_that_no_release_has_is_unreadable_and_not_guessed(
    release: str, tmp_path: Path
) -> None:
    report = audit(pages(tmp_path, "mirror", release=release), [pages(tmp_path, "copy")])
    assert verdicts(report, "footer") == {"unreadable": 4}
    assert [each.releases for each in report.statements if each.claim == "footer"] == [()]


def test_a_date_is_held_against_the_release_table_and_proves_nothing(tmp_path: Path) -> None:
    mirror = pages(tmp_path, "mirror")
    assert verdicts(audit(mirror), "date") == {"consistent": 4}
    file = mirror.path / "06BERN2.txt"
    file.write_text(file.read_text().replace("2011-10-04", "2011-10-05"), encoding="utf-8")
    report = audit(mirror)
    assert verdicts(report, "date") == {"consistent": 3, "contradicted": 1}
    assert "PRV002" in set(report.findings["rule"])


def test_nothing_is_supported_without_a_reference(tmp_path: Path) -> None:
    for mirror in (pages(tmp_path, "mirror"), mirrors.write(tmp_path, "A")):
        report = audit(mirror)
        assert report.statements
        assert not any(each.verdicts.get("supported") for each in report.statements)


def test_the_counter_of_pages_and_the_name_of_the_folder_are_claims(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    mirror = mirrors.write(tmp_path, "B")
    report = audit(Source("mirror", mirror.path), against)
    assert verdicts(report, "counter") == {"supported": 9}
    assert verdicts(report, "folder") == {"supported": 9}
    mirrors._copy(against[2].path, against[2].path / "cable/2007/01/07BERN6.html", mirror.path)
    report = audit(Source("mirror", mirror.path), against)
    assert verdicts(report, "folder") == {"supported": 8, "contradicted": 1}


def test_the_counter_of_the_root_page_may_lag_behind_the_cable_pages(tmp_path: Path) -> None:
    mirror = mirrors.write(tmp_path, "C")
    mirrors.with_index(mirror.path, "C")
    assert verdicts(audit(mirror), "front") == {"consistent": 1}
    front = mirror.path / "index.html"
    front.write_text(front.read_text().replace("so far... 11", "so far... 9"), encoding="utf-8")
    assert verdicts(audit(mirror), "front") == {"contradicted": 1}


@pytest.mark.skipif(not DATA.is_dir(), reason="the real pages are not at hand")
def test_the_claim_of_the_real_page_is_untestable_by_itself(tmp_path: Path) -> None:
    page = Source("mirror", DATA / "cablebrowser")
    assert verdicts(audit(page), "footer") == {"untestable": 1}
    text = (DATA / "cablebrowser" / "05ALMATY3419.txt").read_text(encoding="utf-8")
    copy = tmp_path / "05ALMATY3419.txt"
    copy.write_text(text.replace(" \n", "\n"), encoding="utf-8")
    assert verdicts(audit(page, [Source("copy", tmp_path)]), "footer") == {"supported": 1}
    other = archives.page(7).replace("cablebrowser-2", "cablebrowser-1")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "06BERN7.txt").write_text(archives.page(7), encoding="utf-8")
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "page.txt").write_text(
        text.replace("cablebrowser-2", "cablebrowser-1"), encoding="utf-8"
    )
    copy.write_text(text.replace("a positive", "no positive"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    found = audit(page, [Source("cablebrowser-2", copy), Source("older", tmp_path / "older")])
    assert verdicts(found, "footer") == {"contradicted": 1}


def fates(report: Audit) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in report.fates:
        found.setdefault(each.what, {})[each.identifier] = each.earlier
    return found


def test_withdrawn_missing_and_restored_cables_are_named_with_their_release(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    mirrors.without_deleting([each.path for each in against], tmp_path / "mirror")
    (tmp_path / "mirror/cable/2007/01/07BERN9.html").unlink()
    report = audit(Source("mirror", tmp_path / "mirror"), against)
    assert fates(report) == {
        "missing": {"07BERN9": "B"},
        "withdrawn": {"07BERN5": "B"},
        "restored": {"07BERN3": "A"},
    }
    assert [each.form for each in report.fates if each.what == "restored"] == ["later"]


def test_a_restored_cable_in_its_earlier_form_is_told_so(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    mirrors.copied([each.path for each in against], tmp_path / "mirror")
    page = Path("cable/2007/01/07BERN3.html")
    mirrors._copy(against[0].path, against[0].path / page, tmp_path / "mirror")
    report = audit(Source("mirror", tmp_path / "mirror"), against)
    assert [each.form for each in report.fates if each.what == "restored"] == ["earlier"]
    assert [each.identifier for each in report.leftovers] == ["07BERN3"]


def test_a_cable_that_no_release_has_is_unknown(tmp_path: Path) -> None:
    mirror = pages(tmp_path, "mirror")
    report = audit(mirror, [pages(tmp_path, "copy", range(1, 4))])
    assert fates(report) == {"unknown": {"06BERN4": ""}}
    assert list(report.origins[-1].releases) == []


def test_nothing_follows_from_what_a_selection_lacks(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    (against[2].path / "cable/2007/01/07BERN7.html").unlink()
    mirror = Source("mirror", mirrors.write(tmp_path, "C").path)
    report = audit(mirror, against)
    assert [each.selection for each in report.against] == [False, False, True]
    assert report.releases == ("C",)
    assert "withdrawn" not in fates(report)


def test_nothing_follows_from_what_a_reference_could_not_read(tmp_path: Path) -> None:
    cables = [record(number) for number in (1, 2)]
    table = witnesses.source(tmp_path, "table", cables)
    lines = table.path.read_text(encoding="utf-8").splitlines(keepends=True)
    table.path.write_text(lines[0] + lines[1][:40] + "\n", encoding="utf-8")
    mirror = witnesses.source(tmp_path, "mirror", cables)
    report = audit(mirror, [table])
    assert report.releases == ("table",)
    assert fates(report) == {}


def test_two_references_that_are_equal_stay_tied(tmp_path: Path) -> None:
    first, second = (mirrors.write(tmp_path / each, "A").path for each in ("one", "two"))
    mirror = Source("mirror", mirrors.write(tmp_path, "A").path)
    report = audit(mirror, [Source("one", first), Source("two", second)])
    assert report.releases == ("one", "two")
    assert [each.tied for each in report.against] == [("two",), ("one",)]


def test_a_reference_without_pages_gives_less_evidence_and_says_so(tmp_path: Path) -> None:
    cables = mirrors.releases()["A"].values()
    records = [witnesses.with_text(cable.body, cable.number) for cable in cables]
    table = witnesses.source(tmp_path, "table", records)
    mirror = Source("mirror", mirrors.write(tmp_path, "A").path)
    (only,) = audit(mirror, [table]).against
    assert {"counter", "days", "months", "origins", "tags", "released"} <= set(only.lacks)


def test_no_text_of_a_cable_stands_in_an_audit(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    mirrors.without_deleting([each.path for each in against], tmp_path / "mirror")
    page = tmp_path / "mirror/cable/2007/01/07BERN4.html"
    page.write_text(page.read_text().replace("XXXXXXXXXXXX", mirrors.NAME + " the elder"))
    report = audit(Source("mirror", tmp_path / "mirror"), against)
    assert "CMP402" in set(report.findings["rule"])
    assert mirrors.NAME not in str(report.document())


def altered_copy(folder: Path) -> Audit:
    """Return the audit of a mirror with a second copy of a page, in which a word is another."""
    against = [mirrors.write(folder / "given", name) for name in "ABC"]
    mirror = mirrors.write(folder, "C")
    page = mirror.path / "cable/2007/01/07BERN7.html"
    (mirror.path / "copy").mkdir()
    text = page.read_text(encoding="utf-8").replace("lamps", "stamps")
    (mirror.path / "copy/07BERN7.html").write_text(text, encoding="utf-8")
    return audit(Source("mirror", mirror.path), against)


def test_a_copy_that_was_altered_is_found_beside_one_that_was_not(tmp_path: Path) -> None:
    found = altered_copy(tmp_path).findings
    altered = found[found["rule"] == "CMP306"]
    assert list(altered["path"]) == ["copy/07BERN7.html"]
    assert list(altered["identifier"]) == ["07BERN7"]


def test_what_a_release_has_of_which_the_mirror_is_no_copy_is_missed_in_a_note(
    tmp_path: Path,
) -> None:
    newest = mirrors.write(tmp_path / "given", "C")
    report = audit(Source("mirror", mirrors.write(tmp_path, "A").path), [newest])
    assert {each.releases for each in report.origins} == {()}
    missing = report.findings[report.findings["rule"] == "CMP101"]
    assert set(missing["severity"]) == {"note"}


def test_a_cable_that_only_a_selection_lacks_is_no_finding(tmp_path: Path) -> None:
    part = mirrors.write(tmp_path / "given", "C")
    (part.path / "cable/2007/01/07BERN7.html").unlink()
    report = audit(Source("mirror", mirrors.write(tmp_path, "C").path), [part])
    assert "CMP102" not in set(report.findings["rule"])


def test_every_finding_has_a_fingerprint_of_its_own(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    mirror = mirrors.write(tmp_path, "B")
    for each in (mirror.path, mirror.path / "copy"):
        mirrors._copy(against[2].path, against[2].path / "cable/2007/01/07BERN6.html", each)
    found = audit(Source("mirror", mirror.path), against[:2]).findings
    assert "PRV004" in set(found["rule"])
    assert found["fingerprint"].is_unique


def test_the_day_of_a_folder_means_any_release_of_that_day(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "ABC"]
    mirror = mirrors.write(tmp_path, "B").path.rename(tmp_path / "2010-12-07")
    assert verdicts(audit(Source("mirror", mirror), against), "folder") == {"supported": 9}


def test_addresses_that_may_be_made_of_words_are_told_by_their_length(tmp_path: Path) -> None:
    mirror = mirrors.write(tmp_path, "A")
    page = mirror.path / "cable/2007/01/07BERN1.html"
    text = page.read_text(encoding="utf-8")
    link = f"<a href='/names/{mirrors.NAME}.html'>x</a>"
    page.write_text(text.replace("</body>", f"{link}</body>"), encoding="utf-8")
    links = audit(mirror).vector["links"]
    assert links is not None
    assert f"[{len('names/.html') + len(mirrors.NAME)} characters]" in str(links.facts["dead"])
    assert mirrors.NAME not in str(links.document())


def test_what_one_copy_covers_guards_the_card_of_another(tmp_path: Path) -> None:
    odd = {"origin": "The keeper met somebody"}
    covered = witnesses.TEXT.replace("The keeper", "XXXXXXXXXXXX")
    rows = [record(1, **odd), witnesses.with_text(covered, 1, **odd)]
    card = cite("07BERN1", witnesses.source(tmp_path, "mirror", rows))
    assert {each.values["mirror"] for each in card.fields if each.field == "origin"} == {None}
