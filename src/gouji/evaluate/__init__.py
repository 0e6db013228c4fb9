"""Analysis x gold -> scores."""
