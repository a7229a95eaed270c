"""Evidence from the text, the rules, and the engine that holds one against the other."""
