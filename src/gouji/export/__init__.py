"""Analysis -> JSON (the contract) and CSV files."""
