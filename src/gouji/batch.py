"""Many files, one record each, failures included."""
