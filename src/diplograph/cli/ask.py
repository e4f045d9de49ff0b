"""The verb ``ask``: competency questions by name."""

from __future__ import annotations

from typing import Annotated

import typer

from diplograph.cli import words
from diplograph.cli.options import FormatOption, PastOption, StoreOption, chosen, graph
from diplograph.cli.output import show

QuestionArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="QUESTION",
        help="Name of a question; without one, all are listed.",
        show_default=False,
        autocompletion=words.questions,
    ),
]
ValuesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME=VALUE", help="Parameters of the question.", show_default=False),
]


def run(
    question: QuestionArgument = None,
    values: ValuesArgument = None,
    as_of: PastOption = None,
    store: StoreOption = None,
    form: FormatOption = None,
) -> None:
    """Ask a question of ontology/queries by its name.

    Example: diplograph ask whose-turn a=KOR b=JPN
    """
    from diplograph.store import questions

    _, wanted = chosen(form)
    if question is None:
        rows = [
            {"name": one.name, "question": one.text, "parameters": [each.name for each in one.parameters]}
            for one in questions.questions()
        ]
        show(rows, ["name", "question", "parameters"], wanted)
        return
    with graph(store, as_of=as_of) as kg:
        table = kg.ask(question, **dict(_parameter(value) for value in values or []))
    show(table, table.headings, wanted, empty="no answer")


def _parameter(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise typer.BadParameter(
            f"{text!r} has no sign of equality; write it as state=KOR", param_hint="NAME=VALUE"
        )
    return name, value
