"""Ports, main ports, sea lanes and distances of the embedded data set."""
