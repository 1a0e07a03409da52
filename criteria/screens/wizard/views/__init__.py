"""The views of the wizard: they load, ask an action, and answer."""
