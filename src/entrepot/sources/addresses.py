"""Where providers keep their official files: the list in `addresses.toml`, read and held against its own rules."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from entrepot.core.errors import DataError, InputError, nearest_of
from entrepot.core.text import Text

ID_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Becomes a name in a folder, so nothing but a plain name will do.
FILE_SHAPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
SHA256_SHAPE = re.compile(r"[0-9a-f]{64}")
MB = 1_000_000
CAP_FACTOR, LEAST_CAP_MB = 4, 50


@dataclass(frozen=True, slots=True)
class Address:
    """An official file and where it lies.

    Parameters
    ----------
    id : what is typed to fetch it; what stands before the first dash takes the whole family.
    provider : name of its provider, as the reader calls it.
    what : the content, for people.
    url, file : the address, and the name under which the file is kept.
    page : web page where a person finds the file.
    size_mb : about how large it is, in millions of bytes.
    cap_bytes : a larger file is refused.
    sha256 : hash of the file; null where the provider changes the file from time to time, or none could be verified.
    seen : who states the address besides the provider's page: "code", public code that fetches it; null = nobody found.
    hosts : other hosts to which the address may lead on.
    basket : fetched where nothing is named.
    checked : day on which the address was last seen to give the file; null = never tried.
    """

    id: str
    provider: str
    what: Text
    url: str
    file: str
    page: str
    size_mb: float
    cap_bytes: int
    sha256: str | None = None
    hosts: tuple[str, ...] = ()
    basket: bool = False
    checked: str | None = None
    seen: str | None = None

    @property
    def family(self) -> str:
        """What stands before the first dash of the id."""
        return self.id.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Place:
    """A provider's files: where a person finds them, and what is in them.

    Parameters
    ----------
    page : web page of the provider.
    hand : what to do there, for files that no address gives; empty where the addresses give all that is read.
    years, codes : which years, in whose codes; for the documentation.
    gives : series and columns that come of the files.
    traps : what the reader is ready for.
    """

    provider: str
    page: str
    hand: Text
    years: str
    codes: str
    gives: tuple[str, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """The whole list: files that can be fetched, and where every provider is found."""

    files: tuple[Address, ...]
    places: Mapping[str, Place]


@cache
def addresses(path: Path | None = None) -> Addresses:
    """The list that comes with the program, or one in a file of the same layout (for tests).

    Raises
    ------
    DataError
        ``bad_addresses``: the file is not such a list.

    Examples
    --------
    >>> [file.id for file in addresses().files if file.provider == "CEPII GeoDist"]
    ['geodist']
    """
    name = "addresses.toml"
    text = path.read_text("utf-8") if path else files("entrepot.sources").joinpath(name).read_text("utf-8")
    try:
        listed = tomllib.loads(text)["provider"]
        places = {entry["name"]: _place(entry) for entry in listed}
        found = tuple(_address(file, entry) for entry in listed for file in entry.get("file", ()))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            "bad_addresses",
            Text(f"{path or name} is no list of addresses ({error}).", f"{path or name} 不是有效的地址表（{error}）。"),
        ) from error
    return Addresses(found, places)


def _place(raw: Mapping[str, Any]) -> Place:
    return Place(
        provider=raw["name"],
        page=raw["page"],
        hand=_text(raw.get("hand", {"en": "", "zh": ""})),
        years=raw.get("years", ""),
        codes=raw.get("codes", ""),
        gives=tuple(raw.get("gives", ())),
        traps=tuple(raw.get("traps", ())),
    )


def _address(raw: Mapping[str, Any], provider: Mapping[str, Any]) -> Address:
    cap_mb = raw.get("cap_mb", max(CAP_FACTOR * raw["mb"], LEAST_CAP_MB))
    sha256 = raw.get("sha256")
    return Address(
        id=_shaped(raw["id"], ID_SHAPE),
        provider=provider["name"],
        what=_text(raw["what"]),
        url=raw["url"],
        file=_shaped(raw["file"].replace("{year}", str(date.today().year)), FILE_SHAPE),
        page=provider["page"],
        size_mb=raw["mb"],
        cap_bytes=int(cap_mb * MB),
        sha256=None if sha256 is None else _shaped(sha256, SHA256_SHAPE),
        hosts=tuple(provider.get("hosts", ())),
        basket=raw.get("basket", False),
        checked=raw.get("checked"),
        seen=raw.get("seen"),
    )


def _text(raw: Mapping[str, str]) -> Text:
    return Text(raw["en"], raw["zh"])


def _shaped(text: str, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(text):
        raise ValueError(f"{text!r} has not the shape {shape.pattern}")
    return text


def chosen(words: Sequence[str], listed: Addresses) -> tuple[Address, ...]:
    """The files that these words mean: ids, families, names of providers; the basket where there are none.

    Raises
    ------
    InputError
        ``unknown_file``: no such word. ``by_hand_only``: the provider has no address; says where and how.

    Examples
    --------
    >>> [file.id for file in chosen(["lpi"], addresses())]
    ['lpi-2018', 'lpi-2023']
    >>> [file.id for file in chosen(["CEPII ProTEE", "wgi"], addresses())]
    ['wgi', 'wgi-2025', 'protee']
    """
    if not words:
        return tuple(file for file in listed.files if file.basket)
    wanted: set[str] = set()
    for word in words:
        folded = word.strip().casefold()
        meant = [file.id for file in listed.files if folded in {file.id, file.family, file.provider.casefold()}]
        if not meant:
            raise _unknown(word, folded, listed)
        wanted.update(meant)
    return tuple(file for file in listed.files if file.id in wanted)


def _unknown(word: str, folded: str, listed: Addresses) -> InputError:
    fetched = {file.provider for file in listed.files}
    by_hand = [place for name, place in listed.places.items() if name not in fetched]
    # "wits" is enough for WITS TRAINS.
    named = [place for place in by_hand if folded in {place.provider.casefold(), *place.provider.casefold().split()}]
    if named:
        place = named[0]
        return InputError(
            "by_hand_only",
            Text(
                f"{place.provider} gives its files to people only. {place.page}: {place.hand.en} "
                "Then `entrepot data add FILE`.",
                f"{place.provider} 的文件须手工下载。{place.page}：{place.hand.zh}再运行 `entrepot data add 文件`。",
            ),
            field="what",
        )
    ids = [file.id for file in listed.files]
    names = [*ids, *{file.family for file in listed.files}, *listed.places]
    return InputError(
        "unknown_file",
        Text(
            f"There is no file {word!r} to fetch. `entrepot data pull --list` shows what there is.",
            f"没有可下载的文件 {word!r}。`entrepot data pull --list` 列出全部文件。",
        ),
        field="what",
        valid=ids,
        nearest=nearest_of(word, sorted(names)),
    )
