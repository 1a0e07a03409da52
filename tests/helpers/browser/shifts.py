"""How far a page jumps while it saves itself."""

from playwright.sync_api import Page

# Shifts at once after a key do not count for a browser, but do for a person: all are summed.
WATCH = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift" });
}"""


MOST_SHIFT = 0.02


def saving(page: Page) -> None:
    """Let a save that was started come back."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
