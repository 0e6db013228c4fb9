"""Fitting of the learned taggers and classifiers, and measuring them on documents that they were not fitted on."""
