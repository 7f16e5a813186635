"""The wording of a printed line -> the role that it hints at. A hint is evidence, not a verdict: `roles.py` weighs it.

The wording is data, `cues.csv`: a role, a language, a place in the line ('opening', 'anywhere', or 'colon' for an
opening that a colon follows; the others are for `endings.py`), the number of words that the line may have at most, and
a phrase. In a phrase, 'a|b' is either and '[a|b]' either or neither. Only wording that many newspapers share belongs
there: the phrase of one outlet is no rule.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from corpus_db.loading import bylines, dates, endings, outlets, tables
from corpus_db.records import Role

# 'Tags: Asia, Russia', 'Filed under: Politics', 'Theme: History'
TAG = re.compile(
    r"""[\W_]*(?P<key>tags?|tagged(?:\ (?:with|as|in|under))?|topics?|themes?|regions?|categor(?:y|ies)|key\ ?words?
      |(?:filed|posted)\ (?:under|in)|sections?|subjects?|related\ topics|schlagw[oö]rte?r?|themen|rubrik|ressort
      |mots[\ -]clés|thèmes?|rubrique|etiquetas?|temas?|secci[oó]n|palavras[\ -]chave|argomenti|trefwoorden
      |теги|темы|рубрика|метки|emner|ämnen)\s?:\s*(?P<values>\S.*)""",
    re.I | re.S | re.X,
)
# 'Main » News » 2023 » A headline', 'Home > World > Asia'
_TRAIL = re.compile(r"\S[^»›→>|/]{0,60}(?:\s?[»›→]\s?|\s[>|/]\s)\S")
_QUOTATION = re.compile(r"«[^«»]+»|»\S[^«»]*«|‹[^‹›]+›|›\S[^‹›]*‹")
_COUNTER = re.compile(r"[\W_]*\d[\d.,]*\s?[kKmM]?[\W_]*")
_END_MARK = re.compile(r"-+\s?30\s?-+|[\W_]*(?:ends?|fin|ende|fine|конец)[\W_]*", re.I)
_CONTACT = re.compile(r"[\W_]*(?:\S{1,80}@\S{1,80}\.\w+|\+?\d[\d ()/-]{7,20})[\W_]*")
# 'Source: https://example.org/a', or the address alone
_ADDRESS = re.compile(
    r"[\W_]*(?:\[[^\]]{1,40}\]:\s*)?(?:(?:source|url|link|original|via|from|read at|retrieved from)\s?:?\s*)?(?:https?://|www\.)\S+[\W_]*",
    re.I,
)
# What an outlet says of itself, with no verb of reporting: 'Independent analytical center where …'
_SELF = re.compile(
    r"""(?:an?\ |the\ |our\ |we\ are\ an?\ |is\ an?\ )?
        (?:(?:independent|non-?profit|non-?partisan|award-winning|leading|online|daily|weekly|monthly|digital|international
          |national|local|regional|analytical|investigative|free|multimedia|quarterly),?\ (?:and\ )?){1,4}
        (?:news|media|research|information|analysis|analytical|policy|opinion)?\ ?
        (?:outlet|cent(?:er|re)|organi[sz]ation|website|site|portal|newspaper|magazine|newsroom|platform|publication
          |agency|journal|think[\ -]tank|network|service|blog|institute)\b
        (?!.{0,80}\b(?:said|says|told|reported|announced)\b)""",
    re.I | re.X,
)
# 'from The Valley Gazette Website', below a byline
_FROM = re.compile(r"from\s+(?P<outlet>[A-Z][\w.&' -]{2,40}?)(?P<website>\s+website)?\.?", re.I)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# What stands beside the day in a dateline: words of publishing, a weekday, a time.
_BESIDE_A_DATE = re.compile(
    r"""\b(?:published|posted|updated?|last|modified|first|created|released|on|at|by|dated?|and|local\ time
      |mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?
      |gmt|utc|e[sd]?t|p[sd]?t|c[sd]?t|bst|ist|am|pm|a\.m|p\.m|h|min|read|hrs?
      |stand|veröffentlicht|aktualisiert|zuletzt|vom|am|um|den|uhr|und|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch
      |publié|le|mis\ à\ jour|modifié|à|et|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
      |publicado|actualizado|el|y|lunes|martes|miércoles|jueves|viernes|sábado|domingo
      |atualizado|em|às|segunda|terça|quarta|quinta|sexta|feira
      |pubblicato|aggiornato|il|alle|ore|gepubliceerd|geplaatst|op|om|bijgewerkt|publicerad|uppdaterad|kl
      |опубликовано|обновлено|в)\b\.?
      |\d{1,2}[時时시]\s?(?:\d{1,2}[分분])?|입력|수정|승인|등록|오전|오후|発行|公開|更新|配信|掲載|发布|更新|时间|来源
      |\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{1,2}\s?[ap]m|[^\w\s]""",
    re.I | re.X,
)
_BIO_VERB = re.compile(
    r"""\b(?:is|was|are|has|covers|writes|reports|teaches|works|serves|joined|graduated|lives|contributed|holds|served
      |speciali[sz]es|ist|war|arbeitet|schreibt|est|a\ été|travaille|écrit|es|fue|trabaja|escribe|é|foi|trabalha|escreve
      |è|scrive|lavora)\b""",
    re.X,
)
# 'He is a regular contributor to …', 'She covers politics as a correspondent'
_PRONOUN_BIO = re.compile(
    r"""(?:he|she|they)\ (?:is|are|was|has\ been|can\ be|tweets|writes|works|lives|teaches|covers)\b[^.]{0,60}
        \b(?:author|contributor|correspondent|editor|columnist|journalist|reporter|fellow|professor|analyst|writer
          |reached|tweets)\b""",
    re.I | re.X,
)
_PRONOUNS = ("he ", "she ", "they ")
_TOKEN = re.compile(r"[\w&@-]+(?:'\w+)?'?")
_OPENING_CHARS = 120
_PLACES = frozenset(("opening", "anywhere", "colon"))
_SIGNED = 12  # words of a line that is a name and a job, at most
_KEPT = 4_096  # texts whose hints are kept: a file is asked for the same several times


class _Phrase(NamedTuple):
    role: Role
    words: int  # of the line, at most
    colon: bool


class _Wording(NamedTuple):
    opening: dict[str, _Phrase]
    firsts: frozenset[str]  # words that the opening phrases begin with
    anywhere: dict[str, tuple[tuple[str, int, Role], ...]]  # by first word
    longest: int


@cache
def _wording() -> _Wording:
    opening: dict[str, _Phrase] = {}
    anywhere: dict[str, tuple[tuple[str, int, Role], ...]] = {}
    for row in tables.rows("cues.csv"):
        role, place = Role(row["role"]), row["place"]
        for phrase in tables.phrases(row["phrase"]) if place in _PLACES else ():
            length = phrase.count(" ") + 1
            words = int(row["words"]) if row["words"] else length
            if place == "anywhere":
                first = phrase.split(" ", 1)[0]
                anywhere[first] = (*anywhere.get(first, ()), (phrase, words, role))
            else:
                opening.setdefault(phrase, _Phrase(role, words, place == "colon"))
    return _Wording(
        opening,
        frozenset(phrase.split(" ", 1)[0] for phrase in opening),
        anywhere,
        max(phrase.count(" ") + 1 for phrase in opening),
    )


def hint(text: str, words: int) -> Role | None:
    """The role that the wording of a block of so many words hints at, None where it hints at none."""
    if words <= 30 and (role := shape(text, words)):
        return role
    return worded(text, words)


@lru_cache(_KEPT)
def worded(text: str, words: int) -> Role | None:
    """The role that the phrases of `cues.csv` in a block hint at."""
    folded = text[:1200].casefold().replace("’", "'")
    return _opening(folded, words) or _anywhere(folded, words)


def _opening(folded: str, words: int) -> Role | None:
    """The role of the longest phrase that a text opens with."""
    first = _TOKEN.search(folded, 0, _OPENING_CHARS)
    found = _longest(folded, words) if first and first[0] in _wording().firsts else None
    if found is None and folded.startswith("©"):
        return Role.CREDIT
    if found is None and folded.startswith(_PRONOUNS) and _PRONOUN_BIO.match(folded):
        return Role.BIO
    return found


def _longest(folded: str, words: int) -> Role | None:
    wording = _wording()
    found, phrase, end = None, "", 0
    for index, token in enumerate(_TOKEN.finditer(folded, 0, _OPENING_CHARS)):
        phrase = f"{phrase} {token[0]}" if phrase else token[0]
        if index >= wording.longest or (index and not folded[end : token.start()].isspace()):
            break
        end = token.end()
        entry = wording.opening.get(phrase)
        if (
            entry
            and words <= entry.words
            and (not entry.colon or folded[end:].lstrip()[:1] in {":", "/", "©", "(", "|"})
        ):
            found = entry.role
    return found


def _anywhere(folded: str, words: int) -> Role | None:
    wording = _wording()
    if words > 120:
        return None
    for first in sorted(wording.anywhere.keys() & folded.split()):
        for phrase, most, role in wording.anywhere[first]:
            if words <= most and phrase in folded:
                return role
    return None


@lru_cache(_KEPT)
def shape(text: str, words: int) -> Role | None:
    """What a line of at most thirty words hints at by its shape."""
    if bylines.opens(text) and bylines.find(text):
        return Role.BYLINE
    if is_dateline(text):
        return Role.DATELINE
    if words <= _SIGNED and bylines.is_signature(text):
        return Role.BYLINE
    if _END_MARK.fullmatch(text):
        return Role.SEPARATOR
    if _COUNTER.fullmatch(text) or _CONTACT.fullmatch(text):
        return Role.BOILERPLATE
    if _ADDRESS.fullmatch(text):
        return Role.METADATA
    if TAG.fullmatch(text):
        return Role.TAG
    if (match := _FROM.fullmatch(text)) and (match["website"] or outlets.match(match["outlet"])):
        return Role.CREDIT
    plain = _QUOTATION.sub("", text)
    if (_TRAIL.match(plain) and not text.endswith((".", "!"))) or plain.endswith((" ›", " »", " >")):
        return Role.BOILERPLATE
    if _SELF.match(text):
        return Role.MASTHEAD
    if words > 1 and endings.is_pictured(text):
        return Role.CAPTION
    if words <= 6 and len(text) > 3 and text[0].isupper() and outlets.knows(text):
        return Role.MASTHEAD
    return None


def is_dateline(text: str) -> bool:
    """Whether a line states a day and next to nothing else: words of publishing, a place or an outlet.

    >>> is_dateline("Published March 23, 2023 at 10:30 GMT"), is_dateline("Global Research, March 23, 2023")
    (True, True)
    >>> is_dateline("Days of negotiations, Monday 20 – Tuesday 21"), is_dateline("He left on March 23, 2023, he said")
    (False, False)
    """
    if len(text) > 140 or not _YEAR.search(text):
        return False
    found = dates.find(text, day_first=True)
    if not found:
        return False
    rest = text
    for moment in reversed(found):
        rest = f"{rest[: moment.start]} {rest[moment.stop :]}"
    words = [word for word in _BESIDE_A_DATE.sub(" ", rest).split() if not word.isdigit()]
    return len(words) <= 6 and all(word[0].isupper() or len(word) < 4 for word in words)


def is_bio(text: str, names: frozenset[str]) -> bool:
    """Whether a text tells about one of these people: it opens with the name, and says what they are or do."""
    for name in names:
        rest = text.removeprefix(name)
        if rest != text and not rest.lstrip().startswith(":") and _BIO_VERB.search(rest[:120]):
            return True
    return False


def is_reporting_credit(text: str, names: frozenset[str]) -> bool:
    """Whether a text says from where these people reported: 'Lee reported from Moscow and Ray from Kyiv'."""
    return any(text.startswith(f"{part} reported from") for name in names for part in (name, name.split()[-1]))


def describes(text: str, above: str) -> bool:
    """Whether a text describes what the line above announces: 'About the Institute', 'The Institute is'."""
    name = above.removeprefix("About ").strip(" :.")
    return above.startswith("About ") and 0 < len(name) < 80 and text.casefold().startswith(name.casefold())
