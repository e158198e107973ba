"""An account for each office, invented names and all.

An account is made once; deleted, it stays deleted. Its password follows the configured one until a person
changes it. An account of the same name that the demonstration did not make is none of its business.
"""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.functional import cached_property
from wagtail.users.models import UserProfile

from helpdesk_plugin.demo import marks
from helpdesk_plugin.domain.parties import Role
from helpdesk_plugin.groups import ensure_group
from helpdesk_plugin.models import RoleGroup, Signatory
from helpdesk_plugin.people import mail_field

ADMIN_LANGUAGE = "id"


@dataclass(frozen=True)
class Person:
    """An invented holder of an office; the one without an office is the administrator.

    ``titles`` and ``rank`` stand below documents, for those who sign some. Nobody has a NIP: a made-up
    one might be somebody's.
    """

    username: str
    first_name: str
    last_name: str
    role: Role | None = None
    titles: str = ""
    rank: str = ""

    @property
    def address(self) -> str:
        return f"{self.username}@example.go.id"

    @property
    def login(self) -> str:
        """What is typed to sign in: the address where accounts of the site are known by nothing else."""
        return self.address if mail_field() == get_user_model().USERNAME_FIELD else self.username


PEOPLE: tuple[Person, ...] = (
    Person("kadis", "Suryadi", "Lambung", Role.HEAD_OF_AGENCY, "S.Sos., M.Si.", "Pembina Utama Muda (IV/c)"),
    Person("kabid", "Ratna", "Wulandari", Role.DIVISION_HEAD, "S.T., M.Kom.", "Pembina (IV/a)"),
    Person("prakom", "Andika", "Prasetya", Role.COMPUTER_OFFICER, "S.Kom.", "Penata (III/c)"),
    Person("teknisi", "Yosep", "Mihing", Role.TECHNICAL_SUPPORT, "A.Md.Kom.", "Pengatur (II/c)"),
    Person("editor", "Nuraini", "Fitri", Role.EDITOR),
    Person("auditor", "Gunawan", "Saleh", Role.AUDITOR),
    Person("admin", "Dewi", "Anggraini"),
)


@dataclass
class Outcome:
    """User names: made now, given the configured password, and left as somebody else has them."""

    made: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class _Secret:
    """The password with its hash, which is worked out once: it is slow on purpose, and all share it."""

    def __init__(self, password: str) -> None:
        self.password = password
        self._tried: dict[str, bool] = {}

    @cached_property
    def encoded(self) -> str:
        return make_password(self.password)

    def opens(self, user) -> bool:
        if user.password not in self._tried:
            self._tried[user.password] = check_password(self.password, user.password)
        return self._tried[user.password]


@transaction.atomic
def ensure_accounts(password: str) -> Outcome:
    """Make the accounts that were never made, and let the untouched ones follow the password."""
    outcome, secret, known = Outcome(), _Secret(password), marks.account_marks()
    names = {f"{get_user_model().USERNAME_FIELD}__in": [person.login for person in PEOPLE]}
    users = {user.get_username(): user for user in get_user_model().objects.filter(**names)}
    for person in PEOPLE:
        user, mark = users.get(person.login), known.get(person.login)
        if user is None and mark is None:
            _make(person, secret)
            outcome.made.append(person.login)
        elif user is not None and (mark is None or not marks.is_untouched(user, mark)):
            outcome.left.append(person.login)
        elif user is not None and not secret.opens(user):
            _set_password(user, secret)
            outcome.renewed.append(person.login)
    return outcome


def officer(username: str):
    """The account that the demonstration made under this name, or None if it is gone or another's."""
    person = next(person for person in PEOPLE if person.username == username)
    mark = marks.account_marks().get(person.login)
    if mark is None:
        return None
    return get_user_model().objects.filter(pk=mark.note.partition(":")[0], is_active=True).first()


def _make(person: Person, secret: _Secret) -> None:
    model = get_user_model()
    known = {
        model.USERNAME_FIELD: person.login,
        mail_field(): person.address,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "is_superuser": person.role is None,
        "is_staff": person.role is None,
    }
    there = {field.name for field in model._meta.get_fields()}
    user = model(**{name: value for name, value in known.items() if name in there})
    _set_password(user, secret)
    UserProfile.objects.create(user=user, preferred_language=ADMIN_LANGUAGE)
    if person.role is not None:
        ensure_group(person.role)
        user.groups.add(RoleGroup.objects.get(role=person.role.value).group)
    if person.titles:
        name = f"{person.first_name} {person.last_name}, {person.titles}"
        Signatory.objects.create(user=user, name=name, rank=person.rank)


def _set_password(user, secret: _Secret) -> None:
    user.password = secret.encoded
    user.save()
    marks.mark_account(user)
