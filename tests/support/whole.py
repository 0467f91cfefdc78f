"""Are the proofs played in full, as at night, or the part of them that every change has time for?"""

import os

IS_WHOLE = os.environ.get("RING") == "whole"
