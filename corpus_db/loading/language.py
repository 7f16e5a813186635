"""Text -> its language, by py3langid's model: offline, 139 languages. None rather than a guess."""

from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLES = 350, 1_000  # characters; the longer one where the shorter does not tell, more change nothing but the time
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
    for size in SAMPLES:
        sample = text[:size]
        if sum(map(str.isalpha, sample)) >= _MIN_LETTERS:
            code, confidence = _identifier().classify(sample)
            if confidence >= _MIN_CONFIDENCE:
                return str(code)
        if len(text) <= size:
            break
    return None
