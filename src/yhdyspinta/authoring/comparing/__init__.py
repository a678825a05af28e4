"""Two texts beside each other: what changes for whom, on a page, as DOCX and as PDF."""
