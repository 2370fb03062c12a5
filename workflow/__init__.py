"""The transition machine, the append-only ledger, tasks, the outbox and the working-day clock."""
