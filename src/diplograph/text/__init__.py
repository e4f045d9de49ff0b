"""What the words of a document are: segments, sentences, times, mentions and whom they mean.

Modules: ``segments`` (headline, caption, body, furniture), ``sentences``, ``timex`` (times and their values),
``mentions`` and ``linking``; ``layout`` and ``language`` serve them.
"""
