"""Archives as sources: their members are read where they stand, streamed, and never extracted."""
