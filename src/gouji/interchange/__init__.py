"""Annotations in the formats of other tools, both ways, offsets exact, nothing lost silently.

A format is one module with ``write(documents, out)`` and ``read(path)`` and one row of `registry.FORMATS`. What passes
between them is an `Annotated`: the contract's mapping and its text. Formats of annotation tools hold spans, links
between spans, and a few closed attributes; `marks` gives this view of an `Annotated`, and takes it back with what the
annotator changed. What a format cannot hold is named as a `Loss`.
"""
