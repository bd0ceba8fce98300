"""Ground floor: the law as values and functions, and the words everybody uses for it."""
