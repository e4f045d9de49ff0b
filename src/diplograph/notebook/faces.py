"""How events of the model show themselves in a notebook; the model itself knows nothing of HTML.

``plug`` takes a shell and tells its formatter; ``event`` gives the HTML of one event.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplograph.model import Event
    from diplograph.store import Citation

_CELL: Final = 'style="text-align:left"'


def plug(shell: Any) -> None:
    """Let events and citations show themselves in a shell; one without formatters stays as it is."""
    formatter = getattr(shell, "display_formatter", None)
    if formatter is not None:
        shown = formatter.formatters["text/html"]
        shown.for_type_by_name("diplograph.model.event", "Event", event)
        shown.for_type_by_name("diplograph.store.answers", "Citation", citation)


def event(one: Event) -> str:
    """An event as a line that says what, and a list of what is known."""
    from diplograph import pages
    from diplograph.views import saying

    names = pages.state_names()
    facts = one.facts
    told = {
        "when": facts.when.edtf or "not told",
        "status": facts.status.value,
        "states": ", ".join(names.get(code, code) for code in facts.states),
        "place": facts.place.name if facts.place else "",
        "occasion": facts.occasion.name if facts.occasion else "",
        "issues": ", ".join(topic.name for topic in facts.issues),
        "reports": str(len(one.reports)),
        "event": one.id,
    }
    rows = "".join(
        f"<tr><th {_CELL}>{name}</th><td {_CELL}>{html.escape(value)}</td></tr>"
        for name, value in told.items()
        if value
    )
    return f"<b>{html.escape(saying.headline(one, names))}</b><table>{rows}</table>"


def citation(one: Citation) -> str:
    """A citation as a quote with its source."""
    from diplograph.display import Quotes

    return Quotes([one])._repr_html_()
