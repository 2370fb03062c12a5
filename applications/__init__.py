"""Filing: plan, materials, boundary, self-check, submission and the formal check."""
