"""What may be sent in one request: a message with its files, and what a form has to answer as too much."""

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

MEGABYTE = 1024 * 1024
Post = Callable[..., HttpRequest]


@pytest.fixture
def post(rf: RequestFactory) -> Iterator[Post]:
    requests: list[HttpRequest] = []

    def send(**data: object) -> HttpRequest:
        requests.append(rf.post("/", data))
        return requests[-1]

    yield send
    for request in requests:
        request.close()


def test_four_files_of_5_mb_and_the_texts_pass(post: Post) -> None:
    files = [SimpleUploadedFile(f"{number}.pdf", b"x" * 5 * MEGABYTE) for number in range(4)]
    request = post(description="y" * 10_000, files=files)
    assert [file.size for file in request.FILES.getlist("files")] == [5 * MEGABYTE] * 4
    assert len(request.POST["description"]) == 10_000


def test_a_file_of_6_mb_reaches_the_form(post: Post) -> None:
    request = post(files=SimpleUploadedFile("large.pdf", b"x" * 6 * MEGABYTE))
    assert request.FILES["files"].size == 6 * MEGABYTE


def test_a_fifth_file_reaches_the_form(post: Post) -> None:
    files = [SimpleUploadedFile(f"{number}.pdf", b"x") for number in range(5)]
    assert len(post(files=files).FILES.getlist("files")) == 5


def test_a_description_of_1_mb_reaches_the_form(post: Post) -> None:
    assert len(post(description="y" * MEGABYTE).POST["description"]) == MEGABYTE


def test_more_text_than_any_form_asks_for_is_refused(post: Post) -> None:
    request = post(description="y" * 7 * MEGABYTE)
    with pytest.raises(RequestDataTooBig):
        _ = request.POST
