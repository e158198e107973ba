"""What is written to the log."""

import io
import json
import logging
import logging.config
import re

import pytest
from django.conf import settings
from django_guid.context import guid

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
        (
            "Gone: %s",
            ("/help-desk/status/langganan/s3cret/berhenti/",),
            "Gone: /help-desk/status/langganan/[hidden]/berhenti/",
        ),
        (
            "Gone: %s",
            ("/help-desk/status/langganan/konfirmasi/s3cret/",),
            "Gone: /help-desk/status/langganan/konfirmasi/[hidden]/",
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


@pytest.fixture
def written():
    """Write a warning within a request, through formatter and filters of the settings; return the line."""

    def write(style: str) -> str:
        stream = io.StringIO()
        handler = {"class": "logging.StreamHandler", "stream": stream, "formatter": style}
        handler["filters"] = settings.LOG_FILTERS
        parts = {name: settings.LOGGING[name] for name in ("version", "filters", "formatters")}
        only_this = {"loggers": {"of_a_test": {"handlers": ["console"], "propagate": False}}}
        logging.config.dictConfig(
            parts | only_this | {"handlers": {"console": handler}, "disable_existing_loggers": False}
        )
        guid.set("7e11f611b1ad4976990e2c740d43b3b0")
        logging.getLogger("of_a_test").warning("Not Found: %s", "/help-desk/t/HD-2026-000001/s3cret/")
        return stream.getvalue()

    yield write
    guid.set(None)


def test_line_names_its_request(written):
    assert "WARNING [7e11f611b1ad4976990e2c740d43b3b0] of_a_test: Not Found: /help-desk/t/" in written(
        "plain"
    )


def test_log_as_json_carries_the_same_and_hides_the_same(written):
    line = json.loads(written("json"))
    assert line["request_id"] == "7e11f611b1ad4976990e2c740d43b3b0"
    assert line["message"] == "Not Found: /help-desk/t/HD-2026-000001/[hidden]/"
    assert line["levelname"] == "WARNING"


def test_answer_tells_its_request_and_keeps_the_identity_from_the_server_in_front(client, db):
    given = "7e11f611b1ad4976990e2c740d43b3b0"
    assert client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"] == given
    for forged in ("x" * 5000, "<script>", "1\r\nSet-Cookie: a=b"):
        own = client.get("/healthz", headers={"x-request-id": forged})["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", own)
