"""What editors put in place of words, as a pattern of two engines."""

import re

#: A run of X or of blocks, or a bracket that says so.
MARK = (
    r"X{5,}|x{5,}|[\u2588\u2592\u25a0]{2,}|\[(?:[A-Za-z ]{0,24} )?(?i:redacted|removed|withheld)\]"
)
COVERED = re.compile(MARK)
