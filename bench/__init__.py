"""Measurements: ratios within one run, since machines differ and are noisy. `make bench` prints them all."""
