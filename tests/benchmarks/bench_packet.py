"""Time to print a packet, beside bare WeasyPrint printing the same HTML.

Both have their style parsed and their fonts loaded beforehand, and take turns, so that a busy
machine slows both alike. Run it alone: ``python -m tests.benchmarks.bench_packet``.
"""

import gc
import os
import statistics
from collections.abc import Callable
from time import perf_counter, process_time

import django

Figures = dict[str, float]


def run(rounds: int = 9) -> Figures:
    """Medians: our rendering from content to PDF, the bare one, their ratio, and ms a page.

    ``cpu_ms_per_page`` counts the processor's time alone, whatever else the machine does.
    """
    from weasyprint import HTML

    from criteria.packet.html import packet_html
    from criteria.packet.pdf import VARIANT, printed, style_for
    from tests.packet.contents import forty

    content = forty("A long course of disease, told at length. " * 240)
    html, style = packet_html(content), style_for("Letter")
    pages = printed(content).page_count

    def bare(**options: str) -> None:
        HTML(string=html).write_pdf(stylesheets=[style.css], font_config=style.fonts, **options)

    ours, tagged, untagged = taking_turns(
        [lambda: printed(content), lambda: bare(pdf_variant=VARIANT), bare], rounds
    )
    return {
        "pages": pages,
        "ours_ms": ours,
        "bare_tagged_ms": tagged,
        "bare_untagged_ms": untagged,
        "ratio": ours / untagged,
        "ratio_to_tagged": ours / tagged,
        "ms_per_page": ours / pages,
        "cpu_ms_per_page": processor_ms(lambda: printed(content), rounds) / pages,
    }


def taking_turns(jobs: list[Callable[[], object]], rounds: int) -> list[float]:
    """Median milliseconds of each job."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            gc.collect()
            start = perf_counter()
            job()
            taken.append((perf_counter() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def processor_ms(job: Callable[[], object], rounds: int) -> float:
    """The least processor time of a job, in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = process_time()
        job()
        taken.append((process_time() - start) * 1000)
    return min(taken)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")
    django.setup()
    for name, figure in run().items():
        print(f"{name:18}{figure:10.2f}")  # noqa: T201
