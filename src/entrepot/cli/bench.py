"""The workbench of this machine, opened with a progress bar where the embedded data must be published first."""

from typing import TYPE_CHECKING

from entrepot.cli.progress import progress_bar
from entrepot.core.text import Language, Text

if TYPE_CHECKING:
    from entrepot.workbench import Workbench

FIRST_START = Text("First start: publishing the embedded data", "首次启动：发布内置数据")


def opened(lang: Language) -> "Workbench":
    """The workbench at $ENTREPOT_HOME."""
    from entrepot.workbench import open_workbench

    with progress_bar(FIRST_START.say(lang)) as progress:
        return open_workbench(progress=progress)
