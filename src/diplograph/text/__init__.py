"""What the words of a document are: segments, sentences, times, and who and where.

The doors are modules: ``segments.split`` tells headline, caption, body and furniture apart,
``sentences.split`` finds sentences, ``timex.find`` finds times with their values, and ``linking.link`` gives
for each sentence a ``Line`` of words, known names, actors and places, with a ``Registry`` of the document's
persons. ``mentions`` finds known names, ``phrases``, ``names``, ``people``, ``places`` and ``home`` serve
``linking``, ``layout`` serves ``segments``. Nothing is loaded before it is asked for.
"""

__all__ = ["linking", "mentions", "segments", "sentences", "timex"]
