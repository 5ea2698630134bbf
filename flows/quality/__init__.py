"""Great Expectations suites made from the schema, the audit that runs them, and the rows that it sets aside."""

import os

# Great Expectations reads this when it is first imported, which is after this file.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
