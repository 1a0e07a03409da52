"""The evaluate command, run on lines of requests."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def evaluated(path: Path, *requests: dict[str, Any] | str) -> list[dict[str, Any]]:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in requests]
    path.write_text("\n".join(lines), encoding="utf-8")
    out = StringIO()
    call_command("evaluate", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refused(file: Path, text: str | bytes) -> list[str]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("evaluate", str(file), stdout=out)
    assert (error.value.returncode, out.getvalue()) == (2, "")
    return [line.removeprefix(f"{file}:") for line in str(error.value).splitlines()]
