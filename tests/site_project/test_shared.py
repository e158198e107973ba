"""What several servers share: chosen by the environment, and no page is lost when it is away."""

import environ
import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from site_project.buckets import PrivateBucket
from site_project.caches import ForgivingRedisCache
from site_project.settings.databases import cache_from
from site_project.settings.stores import stores_from


class Given(environ.Env):
    """An environment of our own, not the one of the test run."""

    def __init__(self, **given):
        super().__init__()
        self.ENVIRON = given


def test_the_cache_is_a_table_or_redis_that_may_be_away():
    assert cache_from(Given())["BACKEND"].endswith("DatabaseCache")
    chosen = cache_from(Given(CACHE_URL="rediscache://:secret@cache:6379/1"))
    assert chosen["BACKEND"] == "site_project.caches.ForgivingRedisCache"
    assert chosen["LOCATION"] == "redis://:secret@cache:6379/1"
    assert chosen["OPTIONS"]["socket_timeout"] <= 5


def test_without_redis_pages_are_drawn_and_people_get_in(caplog):
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 1}})
    assert away.get("key", "default") == "default"
    assert away.get_or_set("key", "made") == "made"
    assert (away.get_many(["a", "b"]), away.add("key", 1), away.set("key", 1)) == ({}, True, None)
    assert (away.delete("key"), away.touch("key"), away.has_key("key")) == (False, False, False)
    assert (away.set_many({"a": 1}), away.delete_many(["a"])) == ([], None)
    assert "limits are not kept" in caplog.text


def test_files_lie_in_directories_or_in_buckets(tmp_path):
    here = stores_from(Given(), tmp_path)
    assert here["helpdesk"]["OPTIONS"]["location"] == tmp_path / "private"
    assert here["helpdesk"]["OPTIONS"]["base_url"] is None
    there = stores_from(
        Given(
            S3_PRIVATE_BUCKET="berkas",
            S3_MEDIA_BUCKET="gambar",
            S3_ENDPOINT_URL="https://storage.example",
            HELPDESK_BASE_URL="https://helpdesk.example.go.id",
        ),
        tmp_path,
    )
    private = PrivateBucket(**there["helpdesk"]["OPTIONS"])
    assert (private.bucket_name, private.file_overwrite, private.default_acl) == ("berkas", False, None)
    with pytest.raises(ValueError, match="no address"):
        private.url("helpdesk/ab/abc")
    # Pages load nothing from other hosts, so pictures keep the site's own address.
    media = S3Storage(**there["default"]["OPTIONS"])
    assert media.url("images/a.jpg") == "https://helpdesk.example.go.id/media/images/a.jpg"


def test_a_bucket_in_trouble_is_told_as_a_full_disk_is(monkeypatch):
    def fail(*args, **kwargs):
        raise EndpointConnectionError(endpoint_url="https://storage.example")

    bucket = PrivateBucket(bucket_name="berkas")
    for name in ("_save", "_open", "delete", "exists", "listdir", "get_modified_time"):
        monkeypatch.setattr(S3Storage, name, fail)
    for act in (
        lambda: bucket.save("a", ContentFile(b"x")),
        lambda: bucket.open("a"),
        lambda: bucket.delete("a"),
        lambda: bucket.exists("a"),
        lambda: bucket.listdir("a"),
        lambda: bucket.get_modified_time("a"),
    ):
        with pytest.raises(OSError, match="object storage failed"):
            act()
