"""Everything that must hold before a change is merged: run ``nox``."""

import shutil
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["tests", "crates", "types", "style", "docs", "build"]
PINNED = "constraints/development.txt"  # every package that a session may need, with its digests

SPREAD = ["-n", "auto", "--dist", "worksteal"]  # tests run on all processors
ALONE = {"POLARS_MAX_THREADS": "1"}  # and each of them on one


def prepared(session: nox.Session, *, editable: bool = False, pins: str = PINNED) -> None:
    """Install what is pinned, each file checked by its digest, and the project itself."""
    session.install("--require-hashes", "-r", pins)
    shutil.rmtree("build", ignore_errors=True)  # else deleted modules live on in it
    how = ["-e", "."] if editable else ["."]
    session.install("--no-deps", "--no-build-isolation", *how)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests against the built package, not against the folders."""
    prepared(session)
    session.run("pytest", *SPREAD, *session.posargs, env=ALONE)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests and say which lines none of them reaches, which takes half as long again."""
    prepared(session)
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *SPREAD, *session.posargs, env=ALONE)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def crates(session: nox.Session) -> None:
    """Let the validator of RO-Crates judge ours, which wants another rich than the rest."""
    prepared(session, pins="constraints/crates.txt")
    session.run("pytest", "tests/test_crates.py", *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the folders as they stand."""
    prepared(session, editable=True)
    session.run("mypy")


@nox.session
def style(session: nox.Session) -> None:
    """Check format and lint."""
    session.install("--require-hashes", "-r", PINNED)
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def build(session: nox.Session) -> None:
    """Build the sdist and, from it, the wheel; look inside both."""
    session.install("--require-hashes", "-r", PINNED)
    dist = Path(session.create_tmp())
    for old in dist.glob("cableproof-*"):
        old.unlink()
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(dist), ".")
    session.run("check-wheel-contents", "--toplevel", "cableproof", str(dist))
    session.run("python", "docs/contents.py", str(dist))


@nox.session
def docs(session: nox.Session) -> None:
    """Write the pages that are made from the code, and build the site; warnings are errors."""
    prepared(session)
    session.run("python", "docs/make.py")
    session.run("mkdocs", "build", "--strict", env={"NO_MKDOCS_2_WARNING": "1"})


@nox.session
def faults(session: nox.Session) -> None:
    """Plant faults in invented and real archives, and write docs/faults.md; fails if one escapes."""
    prepared(session)
    session.run("python", "faults/run.py", *session.posargs, env={"PYTHONPATH": "benchmarks"})


@nox.session
def precision(session: nox.Session) -> None:
    """Count what fires on the real pages, with the verdicts, and write docs/precision.md."""
    prepared(session)
    session.run("python", "docs/precision.py")


@nox.session
def attribution(session: nox.Session) -> None:
    """Audit mirrors of known origin, and write docs/attribution.md; fails if a set lacks the truth."""
    prepared(session)
    session.run("python", "docs/attribution.py")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure whole commands side by side, and write benchmarks/RESULTS.md."""
    prepared(session)
    session.run("python", "benchmarks/bench.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Fuzz each reader for a minute, or as many seconds as are said; what crashes becomes a test."""
    prepared(session)
    session.install("--require-hashes", "-r", "constraints/fuzz.txt")
    session.run("python", "fuzz/fuzzing.py", *session.posargs, env={"PYTHONPATH": "."})


@nox.session
def mutate(session: nox.Session) -> None:
    """Change patterns and tables one by one, and count what the tests notice; in full it takes hours."""
    prepared(session)
    modules = [*Path("validators").rglob("*.py"), *Path("sources").rglob("*.py")]
    asked = session.posargs or ["--share", "5", *sorted(map(str, modules))]
    session.run("python", "mutate/mutating.py", *asked)
