"""Triggers that keep what was published or sent as it is; migrations put them there."""
