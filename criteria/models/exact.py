"""JSON with exact numbers: what is written as 1999.9 is read as the decimal 1999.9."""

import json
from decimal import Decimal


class ExactEncoder(json.JSONEncoder):
    """Writes decimals as plain JSON numbers.

    Raises ValueError for one with more digits than a JSON number keeps (about 15).
    """

    def default(self, o: object) -> object:
        """A decimal as the number it is; anything else is refused as ever."""
        if not isinstance(o, Decimal):
            return super().default(o)
        if o == o.to_integral_value():
            return int(o)
        number = float(o)
        if Decimal(repr(number)) != o:
            raise ValueError(f"{o} has more digits than are kept")
        return number


class ExactDecoder(json.JSONDecoder):
    """Reads numbers with a point as decimals."""

    def __init__(self) -> None:
        """Never a float: the policy compares exactly."""
        super().__init__(parse_float=Decimal)
