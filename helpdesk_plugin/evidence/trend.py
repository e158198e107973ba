"""How promises were kept over the last twelve months: figures and a drawing that stands by itself."""

from helpdesk_plugin.domain.indonesia import MONTHS
from helpdesk_plugin.domain.periods import Period, PeriodKind
from helpdesk_plugin.evidence.sheets import Sheet
from helpdesk_plugin.reports.charts import Chart, draw
from helpdesk_plugin.reports.measures import Measure
from helpdesk_plugin.reports.overview import Counts, counts_of
from helpdesk_plugin.reports.scope import Scope

MONTHS_BACK = 12
#: A drawing outside the page has no style sheet but its own. The second series is open, the first is full.
_STYLE = (
    "<style>text{font:11px sans-serif;fill:#14213d}.background{fill:#fff}.line{fill:none;stroke:#cbd5e1}"
    ".axis.x text{text-anchor:middle}.axis.y text{text-anchor:end}.axis.x .guide.line{stroke:none}"
    ".color-0{fill:#1d4ed8;stroke:#1d4ed8}.color-1{fill:#fff;stroke:#14213d;stroke-width:1.5}"
    ".legend text{stroke:none}</style>"
)


def trend_of(scope: Scope) -> list[tuple[Period, Counts]]:
    """Twelve months up to the one in which the period ends, oldest first. Twelve queries."""
    month, months = Period.of(PeriodKind.MONTH, scope.period.last), []
    for _number in range(MONTHS_BACK):
        months.append(month)
        month = month.previous()
    return [(month, counts_of(Scope(month, scope.user, scope.as_of))) for month in reversed(months)]


def sheet_of(trend: list[tuple[Period, Counts]]) -> Sheet:
    """The trend as a table; a percentage is empty where nothing could be judged."""
    rows = [
        [
            month.token,
            counts[Measure.FILED],
            counts[Measure.HANDLED],
            counts.response_judged,
            counts[Measure.RESPONSE_MET],
            counts.response_share,
            counts.recovery_judged,
            counts[Measure.RECOVERY_MET],
            counts.recovery_share,
        ]
        for month, counts in trend
    ]
    headings = (
        *("Bulan", "Masuk", "Selesai ditangani"),
        *("Respons dinilai", "Respons tepat waktu", "Respons tepat waktu (%)"),
        *("Pulih dinilai", "Pulih tepat waktu", "Pulih tepat waktu (%)"),
    )
    return Sheet("Tren SLA", headings, rows)


def drawing_of(trend: list[tuple[Period, Counts]]) -> bytes:
    """The two percentages month by month, as an SVG file that needs nothing else."""
    names = [f"{MONTHS[month.first.month - 1][:3]} {month.first.year}" for month, _counts in trend]
    chart = Chart(
        name="tren",
        title="Tren ketepatan waktu layanan (persen)",
        told="Persen respons pertama dan pemulihan yang tepat waktu per bulan; angkanya: tren-sla.csv.",
        labels=names,
        series=[
            ("Respons tepat waktu", [counts.response_share for _month, counts in trend]),
            ("Pulih tepat waktu", [counts.recovery_share for _month, counts in trend]),
        ],
        percent=True,
    )
    return str(draw(chart)).replace(">", f">{_STYLE}", 1).encode()
