"""Where each page of a mirror comes from, and how faithful it is to that."""
