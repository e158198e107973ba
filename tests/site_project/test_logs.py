"""What is written to the log."""

import io
import logging

import pytest

from site_project.logs import HideTrackingLinks


@pytest.mark.parametrize(
    ("message", "arguments", "written"),
    [
        (
            "Not Found: %s",
            ("/help-desk/t/HD-2026-000001/s3cret/",),
            "Not Found: /help-desk/t/HD-2026-000001/[hidden]/",
        ),
        (
            '"GET /help-desk/t/HD-2026-000001/s3cret/?x=1 HTTP/1.1" 200',
            (),
            '"GET /help-desk/t/HD-2026-000001/[hidden]/?x=1 HTTP/1.1" 200',
        ),
        (
            "Forbidden: %s",
            ("/help-desk/tiket-saya/masuk/s3cret/",),
            "Forbidden: /help-desk/tiket-saya/masuk/[hidden]/",
        ),
        (
            '"GET /help-desk/t/HD-2026-000001/s3cret/survei/ HTTP/1.1" 200',
            (),
            '"GET /help-desk/t/HD-2026-000001/[hidden]/survei/ HTTP/1.1" 200',
        ),
        ("Not Found: %s", ("/help-desk/lacak/",), "Not Found: /help-desk/lacak/"),
        ("%d tickets", (3,), "3 tickets"),
    ],
)
def test_log_hides_the_token_of_a_tracking_link(
    message: str, arguments: tuple[object, ...], written: str
) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideTrackingLinks())
    record = logging.LogRecord("site", logging.WARNING, __file__, 1, message, arguments, None)
    handler.handle(record)
    assert stream.getvalue() == written + "\n"
