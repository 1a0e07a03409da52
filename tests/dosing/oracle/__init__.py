"""A second opinion on dose outcomes, day by day on a calendar and by the words of each limit.

It shares no code with ``criteria.dosing``: only the values that go in and the outcomes are the
same. Its readings are those of the policy: what a limit bounds, what is outside, what is unknown.
"""
