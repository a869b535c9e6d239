"""Citations in the formats that people and programs ask for: pure, no database. One module a format."""
