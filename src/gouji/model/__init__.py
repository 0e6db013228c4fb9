"""What everything is made of: spans, values, the document, facts and outcomes.

Imports no other gouji package but `errors`. Reading order for newcomers: `spans`, `values`, `document`,
`facts`, `outcomes`.
"""
