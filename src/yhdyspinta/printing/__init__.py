"""Tables that people bring and take: one reader, one writer, for every room. Nothing here knows the database."""
