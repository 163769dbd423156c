"""Records to other forms: dict and JSON, text, Markdown, HTML, schema.org, JSON Schema."""
