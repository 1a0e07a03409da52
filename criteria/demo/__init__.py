"""The demonstration: invented people, and requests made as the wizard makes them.

Everything is made once and marked by an event. What bears its mark is never made again or changed,
whatever became of it.
"""
