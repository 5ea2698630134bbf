"""The sections of the report: each a function from `flows.report.material.Material` to HTML."""
