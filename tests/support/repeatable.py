"""How does Hypothesis choose the same again? By its seed alone.

By itself it also picks numbers and words that stand in our code, from whatever modules happen to be loaded: one seed
then makes other examples in a whole run than in a run of one file.
"""

from typing import Any

from hypothesis.internal.conjecture.choice import choice_permitted
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, GLOBAL_CONSTANTS, HypothesisProvider

REPEATABLE = "nexus-repeatable"
_SHARE_OF_CONSTANTS = 0.05


class RepeatableProvider(HypothesisProvider):
    """Chooses as Hypothesis does, but among its own awkward constants only."""

    def _maybe_draw_constant(self, choice_type: Any, constraints: Any, *, p: float = _SHARE_OF_CONSTANTS) -> Any:
        if self._random is None or self._random.random() > p:
            return None
        fitting = [each for each in GLOBAL_CONSTANTS.set_for_type(choice_type) if choice_permitted(each, constraints)]
        return self._random.choice(fitting) if fitting else None


AVAILABLE_PROVIDERS[REPEATABLE] = f"{__name__}.{RepeatableProvider.__name__}"
