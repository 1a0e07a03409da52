"""What axe finds on a page, and the widths it is looked at in."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


WIDTHS = (1280, 390)


def problems(page: Page, url: str) -> list[str]:
    """What axe finds at both widths, each with the first element it is found on."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        response = page.goto(url)
        assert response is not None and response.ok, url
        report = Axe().run(page, options={"resultTypes": ["violations"]}).response
        found += [
            f"{url} at {width}: {rule['id']} {rule['nodes'][0]['html'][:200]}"
            for rule in report["violations"]
            if rule["impact"] in GRAVE
        ]
    return found
