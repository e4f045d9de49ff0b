"""Views: events, reports and tables become self-contained HTML and SVG.

One frame (``page``), one look (``templates/style.css``), one way to show an event and its quotes (``cards``).
No page asks the network for anything, and no string of a source can run on one.
"""

from diplograph.views import cards, document, event, network, page, pair, saying, sparkline, strip

__all__ = ["cards", "document", "event", "network", "page", "pair", "saying", "sparkline", "strip"]
