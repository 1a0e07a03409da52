"""Example patients of a policy, kept as policy staff keep them: by files of cases."""

from django.contrib.auth.models import User

from criteria.actions.example_patients.edit import refresh
from criteria.actions.example_patients.importing import take_in
from criteria.actions.policies.base import EditionRefusedError
from criteria.demo.examples import FOLDER
from criteria.demo.marks import mark, was_made
from criteria.models import PolicyVersion
from criteria.requests.case_files.cases import CaseFileError
from criteria.rules.formats import counted


def keep_patients(version: PolicyVersion, by: User) -> str:
    """Keep those of the policy unless they ever were, judged if it is a draft; what was done."""
    policy = version.policy
    files = sorted((FOLDER / "patients" / policy.key).glob("*.yaml"))
    name = f"patients {policy.key}"
    if not files or was_made(name):
        return ""
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    try:
        taken = take_in(version=version, texts=texts, by=by)
    except (CaseFileError, EditionRefusedError) as problem:
        return f"Left out the example patients of {policy}: {problem}"
    mark(policy, name, by=by)
    refresh(version=version)
    return f"Kept {counted(len(taken.imported.added), 'example patient')} of {policy}."
