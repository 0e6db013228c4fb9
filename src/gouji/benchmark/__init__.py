"""Systems side by side on the same gold: one table with intervals and significance, error lists, gains and losses.

Reading order: `systems` (what a system is, and which there are), `others` and `baselines` (adapters of about 20 lines,
the pattern for a new one), `run` (systems x documents -> evaluations), `table` (evaluations -> rows with intervals and
p-values), `write` (the files).
"""
