"""Fuzz one target for some seconds: ``one.py TARGET SECONDS CORPUS CRASHES``."""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cableproof"]):
    from targets import TARGETS, seeds


def main() -> None:
    """Fuzz what the command line says; the corpus grows, and what crashes is kept."""
    name, seconds, corpus, crashes = sys.argv[1:]
    (Path(corpus) / "seed").write_bytes(seeds()[name])
    told = [f"-max_total_time={seconds}", f"-artifact_prefix={crashes}/{name}-", "-timeout=20"]
    atheris.Setup(
        [sys.argv[0], *told, "-rss_limit_mb=2048", "-print_final_stats=1", corpus], TARGETS[name]
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
