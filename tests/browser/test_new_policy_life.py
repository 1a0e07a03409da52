"""A diagnosis comes into the policy: Paula writes it, Peter publishes it, Ann asks by it.

Nothing of it is there before: indication, pathway, questions, criteria and the dosing limit are all
typed into the screens, and what Ann sees is what was typed.
"""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from criteria.models import AuthorizationRequest, Indication, Pathway, PolicyVersion, Status
from criteria.screens.admin.links import change_url
from tests.browser.conftest import sign_in
from tests.browser.outline import ask, finish, group, menu, new, row, write
from tests.factories import people
from tests.factories.people import paula, peter
from tests.factories.policy import published
from tests.helpers.browser.publishing import NEW, send_to_review, sign_in_as

DIAGNOSIS = "Painful rare neuropathy"
FIRST_DAY = timezone.localdate() - timedelta(days=3)
ROOT = "All of these"
LIMIT = "At most 1,000 mg/kg a course, over 2 to 5 days, one course every 4 weeks"
WEAK, MONTHS, EXCHANGE, NERVES, SUGAR, HBA1C = (
    "Are both legs weak?",
    "For how many months has there been pain?",
    "Plasma exchange",
    "Are the nerve conduction studies abnormal?",
    "Does the patient have diabetes?",
    "Latest HbA1c",
)


def test_new_diagnosis_from_its_first_word_to_a_result(page: Page, transactional_db: None) -> None:
    old = published()
    sign_in_as(page, paula())
    draft = copied(page, old)
    pathway = new_pathway(page, draft)
    write_criteria(page)
    add_limit(page, pathway)
    check(page, draft)
    send_to_review(page)

    sign_in_as(page, peter())
    publish(page, draft)

    page.context.clear_cookies()
    sign_in(page, people.prescriber())
    start(page, draft)
    answer_criteria(page)
    fill_dose(page)
    read_result(page)


# Paula


def copied(page: Page, old: PolicyVersion) -> PolicyVersion:
    page.goto(change_url(old))
    page.get_by_role("link", name="Copy to a new draft").click()
    page.get_by_label("Number of the new edition").fill(NEW)
    page.get_by_label("First day in force").fill(FIRST_DAY.isoformat())
    page.get_by_role("button", name="Copy to a new draft").click()
    expect(page.get_by_text("This is the new draft.")).to_be_visible()
    return PolicyVersion.objects.get(number=NEW)


def new_pathway(page: Page, draft: PolicyVersion) -> Pathway:
    """An indication with another name, and a pathway in it; leaves the page of the pathway open."""
    page.get_by_role("listitem").filter(has_text="indications").get_by_text("Add").click()
    page.get_by_label("Name:").fill(DIAGNOSIS)
    page.get_by_label("Coverage:").select_option(label="Covered with criteria")
    page.get_by_label("Lines:").fill("90-99")
    page.get_by_role("button", name="Add another Synonym").click()
    page.locator("#id_synonyms-0-name").fill("burning feet")
    save(page)
    indication = Indication.objects.get(version=draft, name=DIAGNOSIS)
    page.goto(change_url(indication))
    page.get_by_role("link", name="Add pathway").click()
    page.get_by_label("Name:").fill("First request")
    page.get_by_label("Serves:").select_option(label="Initial therapy")
    page.get_by_label("Lines:").fill("91-99")
    page.get_by_label("Its dosing limits are for:").select_option("False")
    save(page)
    expect(page.get_by_role("heading", name="Criteria in outline")).to_be_visible()
    return Pathway.objects.get(indication=indication)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def write_criteria(page: Page) -> None:
    """A yes or no, a number, two of three, a when-then, and the dose."""
    inside = f"Add question inside {ROOT}"
    expect(row(page, ROOT)).to_be_visible()
    write(page, inside, "91", new(WEAK, "Yes or no"), title="Weak legs", passes_on="Yes")
    months = {"comparison": "at least (≥)", "threshold": "2"}
    write(page, inside, "92", new(MONTHS, "Number", unit="months"), title="Pain", **months)
    group(page, f"Add group inside {ROOT}", "At least so many of these", "Two of three", "93", "2")
    member = "Add question inside Two of three"
    ask(page, member, "steroids", "Steroids", "94", accepts_failure=True)
    exchange = new(EXCHANGE, "A therapy and what became of it")
    write(page, member, "95", exchange, title="Plasma exchange", accepts_failure=True)
    write(page, member, "96", new(NERVES, "Yes or no"), title="Nerve studies", passes_on="Yes")
    menu(page, "Two of three", "Add when-then after Two of three")
    finish(page, "Diabetes under control", "97")
    when = "Add question as the condition of Diabetes under control"
    write(page, when, "97", new(SUGAR, "Yes or no"), title="Diabetes", passes_on="Yes")
    then = "Add question as what counts then in Diabetes under control"
    low = {"comparison": "below (<)", "threshold": "8"}
    write(page, then, "98", new(HBA1C, "Number", unit="%"), title="HbA1c", **low)
    menu(page, ROOT, f"Add dose inside {ROOT}")
    finish(page, "Dose", "99")
    expect(page.locator("#outline-words")).to_contain_text("at least 2 of 3: Steroids (failure)")
    expect(page.locator("#outline-words")).to_contain_text("if Diabetes, then HbA1c")


def add_limit(page: Page, pathway: Pathway) -> None:
    """What it says and what it comes to stand beside it before it is saved."""
    page.goto(change_url(pathway))
    page.get_by_role("link", name="Add dosing limit").click()
    page.get_by_label("Lines:", exact=True).fill("99")
    page.get_by_label("Per:", exact=True).select_option("course")
    page.get_by_label("At most, mg/kg").fill("1000")
    page.get_by_label("Over at least, days").fill("2")
    page.get_by_label("Over at most, days").fill("5")
    page.get_by_label("Shortest interval, days").fill("28")
    page.get_by_label("Longest interval, days").fill("28")
    expect(page.get_by_text("1,000 mg/kg × 70 kg = 70 g a course")).to_be_visible()
    expect(page.locator(".outline-sentence")).to_contain_text(LIMIT)
    save(page)


def check(page: Page, draft: PolicyVersion) -> None:
    """Nothing is a mistake; each warning leads to its place. Leaves the edition open."""
    page.goto(change_url(draft))
    page.get_by_role("link", name="Check", exact=True).click()
    expect(page.get_by_role("row", name="no diagnosis code leads to it")).to_contain_text(DIAGNOSIS)
    expect(page.locator(".problem-error")).to_have_count(0)
    page.goto(change_url(draft))


# Peter


def publish(page: Page, draft: PolicyVersion) -> None:
    """Read what changes, give the reasons that are asked for, publish."""
    page.goto(change_url(draft))
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_text("1 indication added")).to_be_visible()
    for field in page.locator("textarea").all():
        field.fill("Read by the committee.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published, in force from")).to_be_visible()
    draft.refresh_from_db()
    assert (draft.status, draft.effective_from) == (Status.PUBLISHED, FIRST_DAY)


# Ann


def start(page: Page, draft: PolicyVersion) -> None:
    """A request of the first day of the edition, its diagnosis found by the other name."""
    page.goto("/requests/new/")
    page.get_by_label("Commercial: Example Health").check()
    page.get_by_label("First request").check()
    page.get_by_label("Date of this request").fill(FIRST_DAY.isoformat())
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Find the diagnosis").press_sequentially("burning")
    page.get_by_role("button", name=f"Choose {DIAGNOSIS}").click()
    expect(page.locator(".banner")).to_contain_text("Covered when its criteria are met")
    assert AuthorizationRequest.objects.get().version == draft


def go_on(page: Page, heading: str) -> None:
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def answer_criteria(page: Page) -> None:
    """Each threshold from both sides, the group and the branch from both."""
    go_on(page, ROOT)
    standing = page.get_by_role("complementary")
    answer(page, WEAK, "Yes")
    months = page.get_by_role("group", name=MONTHS).get_by_label("Figure in months")
    months.fill("1")
    expect(standing).to_contain_text("Pain not met")
    months.fill("2")
    expect(standing).to_contain_text("Pain met")
    go_on(page, "Two of three")
    answer(page, "Steroids", "Failed")
    expect(standing).to_contain_text("Two of three not answered, 1 met so far")
    answer(page, NERVES, "Yes")
    expect(standing).to_contain_text("Two of three met")
    expect(page.get_by_role("group", name=EXCHANGE)).to_contain_text("no longer needed")
    go_on(page, "Diabetes under control")
    answer(page, SUGAR, "No")
    expect(standing).to_contain_text("Diabetes under control not applicable")
    answer(page, SUGAR, "Yes")
    sugar = page.get_by_role("group", name=HBA1C).get_by_label("Figure in %")
    sugar.fill("8")
    expect(standing).to_contain_text("Diabetes under control not met")
    sugar.fill("7.9")
    expect(standing).to_contain_text("Diabetes under control met")


def answer(page: Page, wording: str, label: str) -> None:
    page.get_by_role("group", name=wording).get_by_label(label, exact=True).check()


def fill_dose(page: Page) -> None:
    """The most the new limit allows, in grams and whole vials, and one gram too many."""
    go_on(page, "Weight and dose")
    most = page.locator("#maximum")
    page.get_by_label("Weight", exact=True).fill("70")
    page.get_by_label("kg", exact=True).check()
    page.get_by_label("Measured on").fill(FIRST_DAY.isoformat())
    page.get_by_label("Product", exact=True).select_option(label="Alpha 16.5 %")
    page.get_by_label("Into a vein (IV)").check()
    expect(most).to_contain_text("70 g")
    page.get_by_label("Amount", exact=True).fill("71")
    page.locator("#id_dose_unit").select_option("g")
    page.locator("#id_basis").select_option("total")
    page.get_by_label("Days in a course").fill("5")
    page.get_by_label("A course every").fill("4")
    page.locator("#id_interval_unit").select_option("weeks")
    page.get_by_label("Number of courses").fill("3")
    expect(most).to_contain_text("1 g (1.4 %) above")
    page.get_by_role("button", name="Use 70 g").click()
    expect(most.locator(".verdict")).to_contain_text("met")


def read_result(page: Page) -> None:
    """What was written by Paula, with the lines she cited."""
    go_on(page, "Meets the criteria, as entered")
    told = page.locator("main")
    for words in (DIAGNOSIS, NEW, "At least 2 of these 3", "line 98", "7.9 %", "70 g"):
        expect(told).to_contain_text(words)
    assert AuthorizationRequest.objects.get(version__number=NEW).overall == "meets"
