"""Where a text ends, by its wording: what no text goes on below, and what stands in it or around it and is none of it.

Captions by who took the picture, embedded posts by who wrote, titles of other articles by the words above or before
them, requests to sign up or to accept cookies by what they ask.
"""

import re
from functools import cache
from typing import NamedTuple

from corpus_db.loading import bylines, tables

# A caption ends in who took the picture: '(Photo by Ann Lee/Getty Images)', '— Reuters', '© AFP'
_PICTURED = re.compile(
    r"""(?:[(\[©/]|[—–-]\ |\b(?:credit|photo|image|picture|foto|bild)s?\s?:\s?)[^()\[\]]{0,60}
        \b(?:getty(?:\ images)?|reuters|afp|ap|epa(?:-efe)?|shutterstock|istock|alamy|flickr|wikimedia(?:\ commons)?
          |unsplash|pexels|pixabay|imago|picture[\ -]alliance|dpa|xinhua|file\ photo|photo\ by\ [^()\[\]]{3,40})\b
        [^()\[\]]{0,40}[)\]]?\.?\Z""",
    re.I | re.X,
)
# … whoever that is: 'Foto: Ann Lee', '(Photo: The Ray Family)', 'The hall © Orlo'
_CREDITED = re.compile(
    r"""(?:(?:\A|[(\[|]\s?|.{20}\s)
          (?:photo|photograph|picture|image|foto|fotó|fotoğraf|bild|grafik|fotografía|imagen|imagem|immagine|фото
            |zdjęcie|kuva|φωτ\w*|تصوير|(?:archiv|symbol|privat)(?:bild|foto)
            |(?:(?:photo|image|picture|video)\ )?credit|photographer)s?
          \s?[:/]|\A(?:photos?\ )?courtesy\ of\b|.{9}\s©)
        \s?[^\W\d_][^.:;!?()\[\]\d$€£%]{1,60}[)\]]?\.?\Z
      |.{9}\((?:foto|photo|ph\.?|dok\.|gentileza|cortesía)\s[^()]{2,60}\)\Z""",
    re.I | re.X,
)
_CREDIT_MARK = re.compile(r"[(\[©/:—–…]|- |\.\.\.|courtesy", re.I)  # every such end has one
_RUN_TOGETHER = re.compile(
    r"\bCredit(?:\.\.\.|…)\s?[^\W\d_].{1,80}\Z"
)  # '… on Monday.Credit...Ann Lee for The Orlo Post'
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’-]*"
# Behind a sentence: 'The old well. Ann Lee/The Orlo Post', '(Ann Lee for The Orlo Post)'
_NAMED = re.compile(
    rf"""\w{{3}}[.!?][”"’]?\s?
        (?:\(?(?:{_NAME}\ ){{1,3}}(?:(?:de|van|von|da)\ )?{_NAME}\s?/\s?|\((?:{_NAME}\ ){{2,3}}(?:for|via)\ )
        {_NAME}(?:\ {_NAME}){{0,3}}[)\]]?\.?\Z""",
    re.X,
)
# 'The well of Orlo. ANN LEE / PHOTO HOUSE', '霧沢村の議会＝2024年6月11日、霧沢村、山名遥撮影', '… 있다. 해솔군 제공'
_CAPITALS = r"(?:[«»]|[A-ZÀ-ÞΆ-ΫА-Я][A-ZÀ-ÞΆ-ΫА-Я.'’-]+)"
_SHOUTED = re.compile(
    rf"""\w{{3}}[.!?][”"’]?\s{_CAPITALS}(?:(?:\s|\s?/\s?){_CAPITALS}){{1,8}}\s?\Z
      |＝(?:[^。！？」]{{0,40}}(?:撮影|提供|[日月年]、[^。」]{{1,20}}|（[^（）]{{2,20}}）)|ＡＰ|ＡＦＰ|ロイター|共同)\Z
      |[가-힣][.”"]\s?[^.]{{2,20}}\s(?:제공|기자|특파원)\Z""",
    re.X,
)
_CLOSING = ".'’-«»） \t\n\xa0"  # behind the last letter of such an end, perhaps
_CAPTION_CHARS = 30  # of one that ends so, at least
_CLAIM = re.compile(
    r"(?:©|\(c\)|copyright)\W{0,3}(?:copyright\W{0,3})?(?:19|20)\d\d\b", re.I
)  # of rights, not of a picture
_CREDIT_CHARS = 120  # at the end of a text, where it is credited
_SAID = re.compile(r"""["“”„«»]|\b(?:said|says|sagte|dijo|disse)\b""")
_ASKING_WORDS = 45  # of a block that asks to sign up
# Above an article, or instead of one: what a site asks of everybody.
CONSENT = re.compile(
    r"""before\ you\ continue|we\ value\ your\ privacy|your\ privacy\ (?:choices|matters)
      |cookie\ (?:consent|settings|policy|preferences)|manage\ (?:your\ )?(?:cookies|consent)
      |we\ and\ our\ (?:\d+\ )?partners\ (?:access|ask|collect|do|may|need|process|share|store|use|value)\b
      |wir\ (?:und\ unsere\ \w+\ )?(?:verwenden|nutzen|benötigen)\ (?:ihre|cookies)
      |wir\ und\ unsere\ (?:\d+\ )?partner\ (?:speichern|verarbeiten)
      |nous\ et\ nos\ (?:\d+\ )?partenaires\ (?:util|stock|trait)
      |nosotros\ y\ nuestros\ (?:\d+\ )?(?:socios|partners)\ (?:util|almacen|trata)|wij\ en\ onze\ (?:\d+\ )?partners
      |noi\ e\ i\ nostri\ (?:\d+\ )?(?:partner|fornitori)|avec\ vos\ cookies,\ nous
      |mit\ werbung\ weiterlesen|accepter\ (?:et\ continuer|les\ cookies)|gérer\ (?:mes|les)\ cookies
      |aceptar\ (?:y\ continuar|cookies)""",
    re.I | re.X,
)
_CONSENT_CHARS = 200  # of a block, in which it says so
# Behind an article: what readers wrote, and where they can. No text goes on below.
_ENDS = re.compile(
    r"""share\ or\ comment\ on\b
      |(?:leave|post|add|write|submit)\ (?:a|your)\ (?:comment|reply)\b
      |(?:schreiben\ sie|schreibe|hinterlasse)\ (?:eine[n]?\ )?(?:kommentar|antwort)|laisser\ un\ commentaire
      |dej[ae]\ una?\ (?:comentario|respuesta)|deixe\ um\ comentário|lascia\ un\ commento
      |(?:see|view|show|read|load)\ (?:(?:all|more|the)\ )?(?:\d+\ )?comments(?:\s?\(\d+\))?\Z
      |(?:\W*\d+\W*)?(?:reader\ |leser)?
        (?:comments|kommentare|commentaires|comentarios|comentários|commenti|reacties|kommentarer|комментарии|yorumlar)(?:\s?\(?\d+\)?)?:?\Z
      |\d+\ (?:comment|kommentar|commentaire|comentario|comentário|commento|reactie)\Z
      |(?:tags?|filed\ under|themen|schlagwort\w*|mots-clés|etiquetas)\s?:""",
    re.I | re.X,
)
# Who wrote what stands below, often with a number: '1. Ann Lee says:'
_SAYS = re.compile(
    r"(\d+\.\s+)?\S[^:.!?]{0,40} "
    r"(?:says|sagt|dit|dice|schreef|skrev|skriver|говорит|пишет|diz|disse|scrive|napsal|yazdı) ?:"
)
# Below an embedded post: '— Ann Lee (@annlee) March 3, 2024'
_SIGNED = re.compile(r"(?:—|–|-{1,2}) ?[^()]{1,60} \(@\w{1,20}\)(?: (?=.*\d)[\w .,:]{4,30})?")
_POINTER = re.compile(r"[\W_]{0,8}([^:»›】]{3,40}?)(?:\s\(\d{4}\))?\s?[:»›】]\s?\S")  # 'Read also: What the bill says'
_SENTENCE = re.compile(r"""[.…。][\])}'"’”»›]*\Z""")
_TITLE_WORDS = 24
_AROUND = " :›»>•*+-–—[]【】▶►→"  # a line that leads away
_LONGEST = 40  # characters of it
_MAX_LINE = 400  # characters of such a line: one repeats the headline, one lists tags
_DAY_CHARS = 60  # of a line that says when somebody wrote
_MARKS = "•*+- "  # before a line of a list


def is_pictured(text: str) -> bool:
    """Whether a text ends in who took a picture: 'Ann Lee / AFP'. A byline can end in an agency: 'By Ann Lee / AFP'.

    >>> is_pictured("The old well of Orlo. Foto: Ann Lee"), is_pictured("(Photo: Ann Lee)"), is_pictured("A credit: 4")
    (True, True, False)
    >>> is_pictured("The old well.Credit...Ann Lee for The Orlo Post"), is_pictured("© 2026 Reuters")
    (True, False)
    >>> is_pictured("The old well. Ann Lee/The Orlo Post"), is_pictured("They fit. Ann Lee and/or Bo Ray")
    (True, False)
    """
    end = text[-_CREDIT_CHARS:]
    if _CLAIM.match(text):
        return False
    if len(text) >= _CAPTION_CHARS and _may_be_shouted(end) and _SHOUTED.search(end):
        return True
    if not _CREDIT_MARK.search(end):
        return False
    if _RUN_TOGETHER.search(end) or _NAMED.search(end):
        return True
    return (_PICTURED.search(end) or _CREDITED.search(end)) is not None and not bylines.opens(text)


def _may_be_shouted(end: str) -> bool:
    """Whether a text ends in a capital or in a letter that has none: all that `_SHOUTED` finds does, and it is slow."""
    last = end.rstrip(_CLOSING)[-1:]
    return last.isupper() or not (last.islower() or last.isdigit())


def signs_post(text: str) -> bool:
    """Whether a line says who wrote the embedded post above it, and when.

    >>> signs_post("— Ann Lee (@annlee) March 3, 2024"), signs_post("– She left, says Ann Lee (@annlee) today: again.")
    (True, False)
    """
    return _SIGNED.fullmatch(text) is not None


def asks(text: str) -> bool:
    """Whether a text asks to sign up for something.

    >>> asks("Sign up for our newsletter, every Friday."), asks("They sign up, “our newsletter is free”, he said.")
    (True, False)
    """
    if text.count(" ") >= _ASKING_WORDS:
        return False
    asking, folded = _asking(), text.casefold()
    if not any(map(folded.__contains__, asking.stems)):
        return False
    return all(pattern.search(text) for pattern in asking.patterns) and not _SAID.search(text)


def asks_consent(text: str) -> bool:
    """Whether a block asks to accept cookies.

    >>> asks_consent("We and our 214 partners store data."), asks_consent("“We and our partners use it”, he said.")
    (True, False)
    """
    start = text[:_CONSENT_CHARS]
    return CONSENT.search(start) is not None and not _SAID.search(start)


class _Asking(NamedTuple):
    """What a text has that asks to sign up: the words that ask, and what for; one of `stems` stands in all of these."""

    patterns: tuple[re.Pattern[str], ...]
    stems: tuple[str, ...]


@cache
def _asking() -> _Asking:
    """By `cues.csv`."""
    phrases: dict[str, list[str]] = {"asks": [], "for": []}
    for row in tables.rows("cues.csv"):
        if row["place"] in phrases:
            phrases[row["place"]] += tables.phrases(row["phrase"])
    words = ("|".join(re.escape(phrase) for phrase in each).replace(r"\*", r"\w*") for each in phrases.values())
    patterns = tuple(re.compile(rf"(?<!\w)(?:{each})(?!\w)", re.I) for each in words)
    stems = dict.fromkeys(phrase.rstrip("*").casefold() for phrase in phrases["for"])
    return _Asking(patterns, tuple(stems))


def leads_away(text: str) -> bool:
    """Whether a line stands above titles of other articles.

    >>> leads_away("Les også:"), leads_away("RELATED STORIES"), leads_away("Related stories were few")
    (True, True, False)
    """
    return len(text) < _LONGEST and text.strip(_AROUND).casefold() in _leading()


def points_away(text: str) -> bool:
    """Whether a line is the title of another article behind words that say so.

    >>> points_away("Lire aussi (2023) : Les barrages d’Orlo"), points_away("Read more: the dam is full, he said.")
    (True, False)
    """
    match = _POINTER.match(text)
    if match is None or text.count(" ") >= _TITLE_WORDS or _SENTENCE.search(text):
        return False
    return match[1].strip(_AROUND).casefold() in _leading()


@cache
def _leading() -> frozenset[str]:
    return frozenset(
        phrase for row in tables.rows("cues.csv") if row["place"] == "above" for phrase in tables.phrases(row["phrase"])
    )


def ends(text: str, below: str = "") -> bool:
    """Whether a line stands behind an article: no text goes on below it, `below` being the next line.

    >>> ends("12 Comments"), ends("Leave a reply"), ends("Tags: Orlo"), ends("comments"), ends("Comments were few")
    (True, True, True, False, False)
    >>> ends("See all comments (8)"), ends("Read the comments of the council")
    (True, False)
    >>> ends("1. Ann Lee says:"), ends("Ann Lee says:", "March 3, 2024 at 10:15"), ends("Ann Lee says:", "I am here.")
    (True, True, False)
    """
    line = text.strip(_MARKS)
    if len(text) > _MAX_LINE or line[:1].islower():
        return False
    if says := _SAYS.fullmatch(line):
        return says[1] is not None or (len(below) < _DAY_CHARS and any(map(str.isdigit, below)))
    return _ENDS.match(line) is not None
