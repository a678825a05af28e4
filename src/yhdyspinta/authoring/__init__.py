"""From a text to a running agreement: brought in, proposed, edited by form, compared, loaded (DESIGN §1)."""
