"""`python -m entrepot.api.export_openapi [PATH]`: the OpenAPI document as JSON, from which the browser app's types are made."""

import json
import sys
from pathlib import Path

from entrepot.api.app import create_app


def openapi_text() -> str:
    """The OpenAPI document; the same text for the same code."""

    def closed() -> None:
        raise AssertionError("the description of the interface needs no data")

    return json.dumps(create_app(closed).openapi(), ensure_ascii=False, indent=2) + "\n"  # type: ignore[arg-type]


def main(arguments: list[str]) -> None:
    """Write the document to the path given, or to standard output."""
    if arguments:
        Path(arguments[0]).write_text(openapi_text(), encoding="utf-8")
    else:
        sys.stdout.write(openapi_text())


if __name__ == "__main__":
    main(sys.argv[1:])
