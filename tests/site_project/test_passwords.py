"""Passwords that guessers find are refused offline; the internet is asked only where somebody wants it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django_pwned import api

from site_project.passwords import LeakedValidator


def codes(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return {one.code for one in refused.error_list}
    return set()


def test_what_is_easily_guessed_is_refused_without_asking_anybody(monkeypatch):
    monkeypatch.setattr(api.requests, "get", lambda *args, **kwargs: pytest.fail("asked the internet"))
    for password in (
        "Katingan2026",
        "Diskominfo123!",
        "P@ssw0rd2026",
        "bismillah123",
        "qwertyuiop12",
        "sayangku12345",
        "aaaaaaaaaaaaaaaa",
        "x" * 5000,
    ):
        assert "password_guessable" in codes(password), password
    for password in ("kucing makan nasi goreng", "Rahasia-123-demo", "payung-hijau-tujuh", "gT7#qLw92mZp"):
        assert codes(password) == set(), password
    rina = get_user_model()(username="rina.w", first_name="Rinawati", last_name="Kusumaningrum")
    assert "password_guessable" in codes("Kusumaningrum1989", rina)
    assert codes("Kusumaningrum1989") == set()
    texts = [validator.get_help_text() for validator in get_default_password_validators()]
    assert "Beberapa kata yang tidak berkaitan" in texts[-1]


def test_leaked_passwords_are_asked_for_by_five_digits_of_a_digest(monkeypatch):
    asked = []

    class Answer:
        # SHA-1 of the first password below, without its first five digits.
        text = "0018A45C4D1DEF81644B54AB7F969B88D65:1\n17A05B66CF6C73B8ED6AAB1A48BB0A16A4D:7"
        raise_for_status = staticmethod(lambda: None)

    def get(url, **kwargs):
        asked.append(url)
        if "offline" in reply:
            raise api.requests.ConnectionError
        return Answer

    reply = "online"
    monkeypatch.setattr(api.requests, "get", get)
    validator = LeakedValidator()
    digest = api.hashlib.sha1(b"payung-hijau-tujuh").hexdigest().upper()
    Answer.text += f"\n{digest[5:]}:3"
    with pytest.raises(ValidationError, match="data yang bocor"):
        validator.validate("payung-hijau-tujuh")
    validator.validate("payung-kuning-delapan")
    assert all(len(url.rpartition("/")[2]) == 5 for url in asked)
    reply = "offline"
    validator.validate("payung-hijau-tujuh")
    assert len(asked) == 3
