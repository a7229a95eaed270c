"""Several witnesses of one archive set side by side: in what they differ, and never in which words."""
