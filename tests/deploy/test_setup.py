"""The script that sets everything up: what it installs, leaves alone, and says."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETUP = ROOT / "ivigportal" / "deploy" / "setup"
# What the script calls beside the commands that the tests stand in for.
TOOLS = ("sh", "dirname", "cat", "cksum", "sed", "tr", "tail", "mktemp", "rm", "env", "mkdir")


class Machine:
    """A machine of stand-ins: which packages are installed, and who the person is."""

    def __init__(self, place: Path) -> None:
        self.bin, self.venv, self.log = place / "bin", place / "venv", place / "log"
        self.bin.mkdir()
        self.log.write_text("")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or "")
        self.stands_in("python3", self._python(3, 13))
        self.stands_in("dpkg-query", "echo installed")
        self.stands_in("apt-get", f'echo "apt-get $*" >>{self.log}')
        self.stands_in("id", "echo 0")

    def _python(self, *version: int) -> str:
        known = ".".join(map(str, version))
        return (
            f'case "$*" in --version) echo Python {known};; '
            "*ensurepip*) exit 0;; "
            f"*version_info*) exit {int(version < (3, 11))};; "
            f'*venv*) mkdir -p "$3/bin" && echo "venv" >>{self.log} && '
            f'printf \'#!/bin/sh\\necho "pip $*" >>{self.log}\\n\' >"$3/bin/pip" && '
            f'{shutil.which("chmod")} +x "$3/bin/pip";; esac'
        )

    def stands_in(self, name: str, script: str) -> None:
        path = self.bin / name
        path.write_text(f"#!{shutil.which('sh')}\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def old_python(self) -> None:
        self.stands_in("python3", self._python(3, 9))

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.bin / "sh"), str(SETUP), *words],
            env={"PATH": str(self.bin), "VENV": str(self.venv)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> str:
        said, _ = self.log.read_text(), self.log.write_text("")
        return said


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize(("purpose", "with_tests"), [("serve", False), ("test", True)])
def test_what_is_missing_is_installed_and_nothing_twice(
    machine: Machine, purpose: str, with_tests: bool
) -> None:
    machine.stands_in("dpkg-query", "exit 1")
    done = machine.run(purpose)
    assert done.returncode == 0, done.stderr
    calls = machine.calls()
    assert "apt-get update" in calls and "libpango-1.0-0" in calls and "fonts-noto-core" in calls
    assert ("chromium" in calls) is with_tests and ("[dev]" in calls) is with_tests
    machine.stands_in("dpkg-query", "echo installed")
    assert machine.run(purpose).stdout == ""
    assert machine.calls() == ""


def test_what_tests_need_serves_too_but_not_the_other_way_round(machine: Machine) -> None:
    machine.run("serve")
    machine.calls()
    machine.run("test")
    assert "[dev]" in machine.calls()
    machine.run("serve")
    assert machine.calls() == ""


def test_another_python_makes_the_environment_anew(machine: Machine) -> None:
    machine.run()
    machine.calls()
    machine.stands_in("python3", machine._python(3, 14))
    machine.run()
    assert "venv" in machine.calls()


def test_who_may_not_install_is_told_what_and_how(machine: Machine) -> None:
    machine.stands_in("dpkg-query", "exit 1")
    machine.stands_in("id", "echo 1000")
    refused = machine.run()
    assert refused.returncode == 1
    assert "you may not install them" in refused.stderr
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in refused.stderr
    assert machine.calls() == ""


def test_who_may_use_sudo_installs_by_it(machine: Machine) -> None:
    machine.stands_in("dpkg-query", "exit 1")
    machine.stands_in("id", "echo 1000")
    machine.stands_in("sudo", f'[ "$1" != -n ] || exit 0; echo sudo >>{machine.log}; "$@"')
    assert machine.run().returncode == 0
    assert machine.calls().startswith("sudo\napt-get update")


def test_a_package_that_fails_is_said_with_the_end_of_the_log(machine: Machine) -> None:
    machine.stands_in("dpkg-query", "exit 1")
    machine.stands_in("apt-get", "echo 'Unable to locate package'; exit 100")
    refused = machine.run()
    assert refused.returncode == 1
    assert "Unable to locate package" in refused.stderr and "not installed" in refused.stderr


def test_an_old_python_is_said(machine: Machine) -> None:
    machine.old_python()
    refused = machine.run()
    assert refused.returncode == 1 and "Python 3.11 or newer is needed" in refused.stderr


def test_no_debian_is_said_and_goes_on(machine: Machine) -> None:
    (machine.bin / "dpkg-query").unlink()
    done = machine.run()
    assert done.returncode == 0 and "This is no Debian" in done.stderr


def test_an_unknown_purpose_is_refused(machine: Machine) -> None:
    assert machine.run("demo").returncode == 2


def test_libraries_keep_their_progress_to_themselves() -> None:
    """What fontTools, WeasyPrint and others tell at INFO never reaches the console."""
    script = (
        "import django, logging; django.setup();"
        "[logging.getLogger(name).info('progress') for name in "
        "('fontTools.subset', 'fontTools.ttLib', 'weasyprint', 'pikepdf', 'pyhanko', 'PIL')];"
        "logging.getLogger('criteria.actions').info('ours')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "ivigportal.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "progress" not in done.stdout + done.stderr
    assert "ours" in done.stderr
