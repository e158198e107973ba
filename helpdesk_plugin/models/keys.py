"""Many keys as one value of a query."""

import json

from django.db import models


class Among(models.Lookup):
    """``filter(Among(F("pk"), keys))``: one of these whole numbers, as many as there may be.

    ``pk__in`` sends every number as a value of its own, which Django copies and binds one after the other;
    this sends one list, which the database takes apart.
    """

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        numbers = [int(number) for number in value]
        return "%s", [json.dumps(numbers) if connection.vendor == "sqlite" else numbers]

    def as_sql(self, compiler, connection):
        number, parameters = self.process_lhs(compiler, connection)
        placeholder, numbers = self.process_rhs(compiler, connection)
        # Of the key's own type: PostgreSQL hashes a long list only then, and may walk an index beside it.
        typed = f"= ANY(%s::{self.lhs.output_field.rel_db_type(connection)}[])"
        of_list = "IN (SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else typed
        return f"{number} {of_list % placeholder}", [*parameters, *numbers]
