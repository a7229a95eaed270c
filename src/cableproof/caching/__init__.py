"""What earlier runs found, kept so that unchanged input is not read again; no text is kept."""
