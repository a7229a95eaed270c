"""Crates judged by the validator of RO-Crates, without a network (``nox -s crates``)."""

import sys
from pathlib import Path
from typing import Any

import pytest

from cableproof import cli
from tests.archives import build, json_lines, record

pytest.importorskip("rocrate_validator", reason="it has pins of its own: nox -s crates")

#: The validator's own dependencies warn of what is to come.
pytestmark = pytest.mark.filterwarnings("ignore")
RUNS = {
    "validate": ("validate", "mixed"),
    "compare": ("compare", "--reference", "a.jsonl", "mixed"),
    "history": ("history", "a.jsonl", "mixed"),
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Serve the context of RO-Crate out of the library that writes crates; list what is asked."""
    import requests
    import rocrate
    from rocrate_validator.utils.http import HttpRequester

    context = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
    addresses: list[str] = []

    class Shelf:
        """A session that has the contexts and nothing else."""

        def get(self, url: str, **_: Any) -> requests.Response:
            addresses.append(url)
            answer = requests.Response()
            answer.url = url
            there = url.startswith("https://w3id.org/ro/crate/") and url.endswith("/context")
            answer.status_code = 200 if there else 504
            answer._content = context if there else b""
            answer.headers["Content-Type"] = "application/ld+json"
            return answer

        head = get

        def close(self) -> None: ...

    made = HttpRequester.__dict__["initialize_cache"].__func__

    def shelved(cls: type, *args: Any, **more: Any) -> Any:
        requester = made(cls, *args, **more)
        requester.session = Shelf()
        return requester

    monkeypatch.setattr(HttpRequester, "initialize_cache", classmethod(shelved))
    return addresses


@pytest.mark.parametrize("profile", ["ro-crate-1.1", "process-run-crate"])
@pytest.mark.parametrize("name", RUNS)
def test_a_crate_has_all_that_its_profiles_require(
    name: str, profile: str, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rocrate_validator import models, services

    monkeypatch.chdir(tmp_path)
    build(tmp_path / "mixed")
    Path("a.jsonl").write_text(json_lines([record(1), record(2), record(20)]))
    output = ("-o", "ro-crate=crate", "--published", "2026-01-02", "-q")
    monkeypatch.setattr(sys, "argv", ["cableproof", *RUNS[name], *output])
    with pytest.raises(SystemExit):
        cli.main()
    settings = services.ValidationSettings(
        rocrate_uri=str(tmp_path / "crate"),
        profile_identifier=profile,
        requirement_severity=models.Severity.REQUIRED,
        offline=True,
        cache_path=tmp_path / "cache",
    )
    result = services.validate(settings)
    assert [issue.message for issue in result.get_issues()] == []
    assert set(asked) == {"https://w3id.org/ro/crate/1.1/context"}


def test_the_validator_finds_a_crate_without_its_date(
    asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rocrate_validator import models, services

    monkeypatch.chdir(tmp_path)
    build(tmp_path / "mixed")
    output = ("-o", "ro-crate=crate", "--published", "2026-01-02", "-q")
    monkeypatch.setattr(sys, "argv", ["cableproof", "validate", "mixed", *output])
    with pytest.raises(SystemExit):
        cli.main()
    file = Path("crate/ro-crate-metadata.json")
    file.write_text(file.read_text().replace('"datePublished"', '"dateCreated"'))
    settings = services.ValidationSettings(
        rocrate_uri=str(tmp_path / "crate"),
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.REQUIRED,
        offline=True,
        cache_path=tmp_path / "cache",
    )
    found = [issue.message for issue in services.validate(settings).get_issues()]
    assert any("datePublished" in message for message in found)
