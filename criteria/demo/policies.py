"""The policies of the project, loaded and published, with the example patients kept for them."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from criteria.actions.policies.base import EditionRefusedError, load_policy_file, publish_version
from criteria.actions.roles import command_line_user
from criteria.demo.patients import keep_patients
from criteria.policies.file.schema import PolicyFile
from criteria.policies.file.yamlfile import read_policy_file

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "policies"


def publish_policies() -> Iterator[str]:
    """Store and publish each file unless it is stored; says for each what was done."""
    files = [read_policy_file(p.read_text(encoding="utf-8"), p.name) for p in FOLDER.glob("*.yaml")]
    for file in sorted(
        files, key=lambda f: (f.edition.effective_from, f.policy.key, f.edition.number)
    ):
        try:
            yield from _published(file)
        except EditionRefusedError as refusal:
            yield f"Left as it is: {refusal}"


@transaction.atomic
def _published(file: PolicyFile) -> list[str]:
    by = command_line_user()
    loaded = load_policy_file(file=file, by=by)
    # Before it is published: a published edition keeps what was found of its patients then.
    kept = keep_patients(loaded.version, by)
    if loaded.is_new:
        publish_version(version=loaded.version, by=by)
        said = f"Published {loaded.version}."
    else:
        status = loaded.version.get_status_display().lower()
        said = f"{loaded.version} is stored already ({status})."
    return [said, kept] if kept else [said]
