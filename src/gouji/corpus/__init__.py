"""Generated reports of the genre, with complete gold by construction. They serve training, never a score.

Reading order: `grammar` (templates), `quantities` (figures that obey the identities), `writer` (text and gold grow
together), `phrases` (causes), `sentences` (frames filled for a quantity), `tables`, `narrative` (what stands where),
`generate` (one document from a seed), `render` (txt, html, docx).
"""
