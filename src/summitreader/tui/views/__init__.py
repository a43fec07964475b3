"""What views 2 to 6 list, as pure data: rows, their order and their words. No Textual."""
