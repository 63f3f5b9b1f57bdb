"""Events, verdicts, rollups and the queries over them."""
