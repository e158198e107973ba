"""The agencies that may file requests, and the services that they may file them for.

Every value is a proposal. Only services that the catalogue marks as matters of information security are
flagged so: KAM-UJI, a request to have an application tested, is planned work, while the flag would make
each such request confidential and lift it to P2. A target that depends on the kind of work (three hours
if an antenna only needs pointing) or on a date (video meetings) is not a target of the service, so those
follow the matrix.
"""

from collections.abc import Iterator
from datetime import date

from helpdesk_plugin.models import Opd, RequiredDocument, Service
from helpdesk_plugin.setup.data import read_csv, read_json
from helpdesk_plugin.setup.plan import Rows, Seed

#: Room between two services for one of the agency's own.
POSITION_STEP = 10


def _opds(today: date) -> Iterator[Seed]:
    for line in read_csv("opds.csv"):
        yield Seed(line["code"], Opd(**{**line, "verified": line["verified"] == "yes"}))


def _services(today: date) -> Iterator[Seed]:
    for number, facts in enumerate(read_json("services.json"), start=1):
        documents = [
            RequiredDocument(position=place, **document)
            for place, document in enumerate(facts.pop("documents"), start=1)
        ]
        questions = "\n".join(facts.pop("self_check"))
        service = Service(self_check=questions, position=number * POSITION_STEP, **facts)
        yield Seed(service.code, service, documents, link="service")


OPDS = Rows(Opd, "opd", [("code",), ("name",)], _opds)
SERVICES = Rows(Service, "service", [("code",), ("name",)], _services)
