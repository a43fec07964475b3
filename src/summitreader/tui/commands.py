"""The one table of commands: what each is called, its keys, and what it does. Loads no Textual."""
