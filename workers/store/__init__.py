"""The only place that speaks SQL: tables, unit of work, queries, migrations."""
