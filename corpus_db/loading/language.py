"""Text -> its language, by py3langid's model: offline, 139 languages. None rather than a guess."""

from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 1_000  # characters; more of them change nothing but the time
_MIN_LETTERS = 40
_MIN_CONFIDENCE = 0.9


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> str | None:
    """ISO 639 code of the language that a text is written in, or None where it is too short or mixed to tell.

    >>> identify("The ministers of both countries met in the capital on Monday to sign the treaty.")
    'en'
    """
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return None
    code, confidence = _identifier().classify(sample)
    return str(code) if confidence >= _MIN_CONFIDENCE else None
