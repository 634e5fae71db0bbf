"""Map sheets: a page in millimetres, what stands on it, and the files it becomes."""
