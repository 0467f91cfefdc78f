"""Documents that are generated, so that they cannot disagree with what they describe."""
