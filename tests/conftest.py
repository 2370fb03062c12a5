"""What every test shares: tests run as the owner role, which forced row security binds like anybody."""

import os

os.environ["PORTAL_DATABASE_ROLE"] = "owner"
