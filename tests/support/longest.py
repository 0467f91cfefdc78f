"""How long may texts of goods be? As long as the catalogue lets them be, in every language of the shop."""

# Three bytes in UTF-8, as every letter of the Ethiopic script.
LETTER = "ቡ"
# Escaped in JSON, the one letter that takes six bytes when it is stored.
DEAREST_LETTER = "\x01"
LOCALES = ("en", "am", "om", "ti", "so")
TITLE_LETTERS, OPTION_LETTERS, OPTIONS = 200, 60, 5


def longest_title(letter: str = LETTER) -> dict[str, str]:
    """Return a title that has no room for another letter in any language."""
    return dict.fromkeys(LOCALES, letter * TITLE_LETTERS)


def longest_options(letter: str = LETTER) -> dict[str, str]:
    """Return as many options as a variant takes, each of them as long as it may be."""
    return {letter * (OPTION_LETTERS - 1) + str(number): letter * OPTION_LETTERS for number in range(OPTIONS)}
