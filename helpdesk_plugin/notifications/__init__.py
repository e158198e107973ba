"""Who is told what: decisions per act, rows written with the act, delivery after commit."""
