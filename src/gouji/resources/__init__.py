"""Hand-written data: gazetteers, lexicons, declared checks, table kinds; loaded, validated and frozen here."""
