"""The policy as data and arithmetic: clauses, figure catalogue, metrics and judge, without Django."""
