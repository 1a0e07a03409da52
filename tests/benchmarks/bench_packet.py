"""Time to print a packet, beside bare WeasyPrint and beside Chromium printing the same HTML.

A packet of four pages without enclosures, and one that is joined with 500 pages of scans. Style
and fonts are loaded, the process is settled as a server's is and one Chromium is open beforehand.
All take turns, so that a busy machine slows them alike. Run it alone:
``python -m tests.benchmarks packet``.

Chromium prints as a server of packets would have it print: in a browser that is warm, each packet
in a context of its own, for two patients never share a page, and the same kind of file: tagged,
with an outline, in the paper of the style. ``chromium_ms`` is that, and what ours is held against.
``chromium_reused_ms`` is the least it can take: one page that prints again and again, untagged and
without an outline. It has no target.
"""

import gc
import os
import resource
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter, process_time

import django

Figures = dict[str, float]
Job = Callable[[], object]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def run(rounds: int = 9) -> Figures:
    """Medians: ours from content to PDF, the others, their ratios, and ms a page.

    ``cpu_ms_per_page`` counts the processor's time alone, whatever else the machine does.
    """
    from weasyprint import HTML

    from criteria.papers.packet.html import packet_html
    from criteria.papers.packet.pdf import printed, style_for
    from criteria.papers.pdf.fetcher import static_file
    from ivigportal.memory import settle
    from tests.papers.packet.contents import forty

    content = forty("A long course of disease, told at length. " * 30)
    html, style = packet_html(content), style_for("Letter")
    record = b'{"request": "as data"}' * 400
    pages = printed(content, record=record).page_count
    settle()

    def ours() -> None:
        printed(content, record=record)

    def bare() -> None:
        HTML(string=html).write_pdf(stylesheets=[style.css], font_config=style.fonts)

    css = f"<style>{static_file('criteria/packet/packet.css').decode()}</style>"
    with chromium(html.replace("</head>", f"{css}</head>")) as (fresh, reused):
        jobs = [ours, bare, fresh, reused]
        ours_ms, bare_ms, chromium_ms, reused_ms = taking_turns(jobs, rounds)
    return {
        "pages": pages,
        "ours_ms": ours_ms,
        "bare_ms": bare_ms,
        "chromium_ms": chromium_ms,
        "chromium_reused_ms": reused_ms,
        "ratio": ours_ms / bare_ms,
        "ratio_to_chromium": ours_ms / chromium_ms,
        "ms_per_page": ours_ms / pages,
        "cpu_ms_per_page": processor_ms(ours, rounds) / pages,
        **joining(),
    }


def joining(files: int = 5, pages: int = 100, page_kb: int = 205) -> Figures:
    """Seconds and megabytes to print a packet with 500 scanned pages, 100 MB of them."""
    from tests.papers.packet.enclosed import packet_with, scans

    scanned = [scans(pages, page_kb) for _ in range(files)]
    before, start, busy = _peak_mb(), perf_counter(), process_time()
    packet, _ = packet_with(*scanned)
    return {
        "joined_pages": packet.page_count,
        "joined_mb": len(packet.pdf) / 2**20,
        "joined_seconds": perf_counter() - start,
        "joined_cpu_seconds": process_time() - busy,
        "joined_more_mb": _peak_mb() - before,
    }


@contextmanager
def chromium(html: str) -> Iterator[tuple[Job, Job]]:
    """A warm Chromium that prints the HTML: in a fresh context and tagged, or in one page again."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page()

        def fresh() -> None:
            with browser.new_context() as context:
                own = context.new_page()
                own.set_content(html)
                own.pdf(prefer_css_page_size=True, tagged=True, outline=True)

        def reused() -> None:
            page.set_content(html)
            page.pdf(format="Letter")

        fresh()
        reused()
        yield fresh, reused
        browser.close()


def taking_turns(jobs: list[Job], rounds: int) -> list[float]:
    """Median milliseconds of each job."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            gc.collect()
            start = perf_counter()
            job()
            taken.append((perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def processor_ms(job: Job, rounds: int) -> float:
    """The least processor time of a job, in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = process_time()
        job()
        taken.append((process_time() - start) * 1000)
    return min(taken)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")
    django.setup()
    for name, figure in run().items():
        print(f"{name:18}{figure:10.2f}")
