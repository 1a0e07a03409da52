"""The reviewer's side: what was submitted, to be read with its packet."""
