"""Write the gallery, check it, or ask the same of files of your own.

python -m tools.gallery                              write docs/gallery.md and its pictures
python -m tools.gallery --check                      say whether they are as the program would write them
python -m tools.gallery --data FOLDER --out FOLDER   the same questions on providers' files; nothing goes into the project
"""

import argparse
import tempfile
from pathlib import Path

from entrepot.workbench import Workbench, open_workbench
from tools.gallery import embedded, real

DOCS = Path(__file__).resolve().parents[2] / "docs"


def differences(bench: Workbench) -> list[str]:
    """The files of the gallery that are not as the program would write them."""
    page, pictures = embedded.answers(bench)
    wanted = {DOCS / "gallery.md": page, **{DOCS / "pictures" / name: text for name, text in pictures.items()}}
    found = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale = [path for path in (DOCS / "pictures").glob("gallery-*") if path not in wanted]
    return sorted(str(path.relative_to(DOCS)) for path in (*found, *stale))


def main() -> None:
    """Do what the command line says, in a store of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--data", type=Path, help="folder with providers' files")
    parser.add_argument("--out", type=Path, help="folder for the answers on them")
    asked = parser.parse_args()
    if (asked.data is None) != (asked.out is None):
        parser.error("--data and --out belong together")
    with tempfile.TemporaryDirectory() as home:
        bench = open_workbench(Path(home))
        if asked.check:
            wrong = differences(bench)
            if wrong:
                raise SystemExit(f"out of step: {', '.join(wrong)}; run python -m tools.gallery")
            print("the gallery is what the program says")
        elif asked.data is not None:
            pages = list(real.answers(bench, asked.data))
            asked.out.mkdir(parents=True, exist_ok=True)
            _write(asked.out / "gallery.md", "\n".join(page for page, _ in pages))
            for _, pictures in pages:
                for name, text in pictures.items():
                    _write(asked.out / name, text)
        else:
            page, pictures = embedded.answers(bench)
            _write(DOCS / "gallery.md", page)
            for name, text in pictures.items():
                _write(DOCS / "pictures" / name, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
