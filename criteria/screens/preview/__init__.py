"""An edition walked as a prescriber would walk it: no request is made of it."""
