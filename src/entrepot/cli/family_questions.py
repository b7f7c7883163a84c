"""The commands of trade power and intra-industry trade, from the vocabulary that they share with REST and Python."""

from entrepot.analyses.family_vocabulary import QUESTIONS, kind_of
from entrepot.analyses.family_vocabulary import TABLES as OF_THE_USER
from entrepot.cli.question import Question
from entrepot.core.text import Text

FAMILIES: dict[str, Question] = {
    name: Question(
        asked.arguments,
        asked.needed,
        asked.options,
        asked.help,
        False,
        asked.asks,
        asked.words,
        {option: kind_of(asked, option) for option in asked.options},
        tuple(option for option in OF_THE_USER if option in asked.options),
    )
    for name, asked in QUESTIONS.items()
}
TABLES = Text(
    "Tables 1–4 of the source of 2006 for any economy: text, or --out FILE (.txt .html .tex .docx .xlsx) or FOLDER (all).",
    "任一经济体的产业内贸易表1至表4：直接显示，或 --out 文件（.txt .html .tex .docx .xlsx）或文件夹（全部格式）。",
)
TABLES_BY = Text(
    "classifications parted by commas, one table each (default sitc1,section; section where the SITC is not loaded)",
    "分类，以逗号分隔，每类一表（缺省 sitc1,section；未载入 SITC 对应表时为 section）",
)
