"""Between Textual and the real terminal: what is typed and pasted coming in, what is drawn going out."""
