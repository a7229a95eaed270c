"""Look into the built packages: what must be there, and what must not."""

import sys
import tarfile
import zipfile
from pathlib import Path

IN_WHEEL = (
    "cableproof/py.typed",
    "cableproof/cli.py",
    "cableproof/schemas/cable.schema.json",
    "cableproof/schemas/card.schema.json",
    "cableproof/schemas/manifest.schema.json",
    "cableproof/schemas/report.schema.json",
    "cableproof/schemas/vocab/tags.csv",
    "cableproof/sources/cables_csv.py",
    "cableproof/validators/catalogue.py",
    "cableproof/validators/audit/attribution.py",
    "cableproof/validators/collation/collate.py",
    "cableproof/reports/terminal.py",
    "cableproof/reports/templates/audit.html",
    "cableproof/reports/templates/base.html",
    "cableproof/reports/templates/comparison.html",
    "cableproof/reports/templates/filter.js",
    "cableproof/reports/templates/fragment.html",
    "cableproof/reports/templates/parts.html",
    "cableproof/reports/templates/start-github.yml",
    "cableproof/reports/templates/start-gitlab.yml",
    "cableproof/reports/templates/start-pre-commit.yaml",
    "cableproof/reports/templates/start-settings.toml",
    "cableproof/reports/templates/validation.html",
    "cableproof/reports/templates/style.css",
)
IN_SDIST = ("LICENSE", "README.md", "pyproject.toml", "validators/catalogue.py")


def main(folder: Path) -> int:
    """Return 0 if wheel and sdist in ``folder`` hold what they should, else say what is wrong."""
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    wrong = [f"wheel lacks {name}" for name in IN_WHEEL if name not in in_wheel]
    wrong += [f"sdist lacks {name}" for name in IN_SDIST if name not in in_sdist]
    tops = {name.partition("/")[0] for name in in_wheel}
    wrong += [f"wheel holds {top}" for top in tops if not top.startswith("cableproof")]
    print("\n".join(wrong) or f"{len(in_wheel)} files in the wheel, {len(in_sdist)} in the sdist")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
