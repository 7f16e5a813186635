"""Printed bylines -> the people and desks they name. None rather than a wrong one.

A name is printed as the newspaper prints it, without titles before it and jobs, places, outlets and dates after it; a
name in capitals is put into upper and lower case.
"""

import re
import unicodedata
from functools import cache
from importlib import resources
from typing import NamedTuple

from corpus_db.loading import dates, outlets

_CAPITAL = r"(?-i:(?=\s+[A-ZÀ-ÞΆ-ΫЀ-Я]))"  # 'di' and 'av' are words of any line, unless a name follows
# 'By Ann Lee', 'Articles by: Ann Lee', 'According to T.Graham', 'Von Max Braun', 'Text: Max Braun'.
_OPENING = re.compile(
    rf"""\s*(?:
        (?:(?:articles?|written|story|report(?:ed|ing|age)?|words|posted|published|authored|compiled|analysis|opinion
          |interview(?:ed)?|commentary|column|review|translated|post|essay|guest\ post|special)\ ){{0,2}}by\b\s?:?
      |according\ to\b|(?:about\ the\ )?authors?\b\s?:|(?:words|text|story|byline)\s?:|report(?:er|ing)\s?:
      |(?:eine?\s\w+\s|artikel\s|bericht\s|interview\s|kommentar\s|analyse\s|gastbeitrag\s|kolumne\s|porträt\s|reportage\s
         |essay\s)?von\b
      |(?:propos\ recueillis\ |recueillis\ |publié\ |écrit\ |article\ )?par\b|auteurs?\b\s?:
      |(?:escrito\ |publicado\ |artículo\ |entrevista\ )?por\b|autor(?:in|en|ka|a|es|as)?\b\s?:
      |(?:scritto\ |pubblicato\ |articolo\ |intervista\ )?(?:di|da)\b{_CAPITAL}|autore\b\s?:
      |door\b|tekst\s?:|(?:av|af)\b{_CAPITAL}|tekst\ og\ foto\s?:|foto\ och\ text\s?:|oprac\.|przez\b
      |(?:авторы?|автори|текст)\s?:|αρθρογράφος\s?:|(?:του|της)\b{_CAPITAL}
      |(?:yazan|haber)\s?:|oleh\s?:?|penulis\s?:|ditulis\ oleh\b
    )\s*""",
    re.I | re.X,
)
_WITHIN = re.compile(r"\b(?:[Bb]y|[Vv]on|[Kk]olumne [Vv]on|[Pp]ar|[Pp]or|[Dd]oor)\s+(?::\s)?(?=[A-ZÀ-Þ])")
# What ends the names: jobs, contact, reading time, other credits.
_ENDING = re.compile(
    r"""\s*(?:
        \||<|•|·|–|—|\s-\s|/(?!\w)|\(|\[|@\w|https?://|www\.|\S+@\S+
      |\b(?:last\ (?:updated|modified|reviewed)|released|updated|published|posted|contribut(?:ed|ors?)|editing|edited
         |translat\w+|review(?:ed)?\ by|fact.check)\b
      |\b(?:photo(?:graph)?s?|fotos?|pictures?|video|illustration|graphics?)\b
      |\d+\s?(?:min|minute|comments?|views?|hours?|days?|weeks?|months?|years?)\b
      |\b(?:on\ twitter|follow|read\ more|for|of|special\ to|is\ an?|was\ an?|is\ the)\b
      |\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,
    )""",
    re.I | re.X,
)
_AND = re.compile(
    r"\s*[,;/&+]\s*|\s+(?:and|AND|And|und|UND|et|ET|y|e|og|och|en|i|и|ja|ve|dan|with|mit|avec|con|com|sowie)\s+"
)
_PLACE = re.compile(r"\s+(?:in|en|à|au|aus|from|reporting|bei|em|na|no|w|i|из|в)\s+.*\Z", re.I)
_TITLES = re.compile(
    r"""(?:(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|lord|lady|rev|reverend|hon|the\ hon|sen|rep|gov|gen|col|maj|capt
      |lt|sgt|ing|mag|dipl|frau|herr|monsieur|madame|mme|señor|don|doña|dott|dottssa|avv|dra|phd|d\.phil)\.?\s+)+""",
    re.I | re.X,
)
_CREDENTIALS = re.compile(
    r"[,\s]+(?:[Pp][Hh]\.?\s?[Dd]|M\.?\s?D|[Ee]sq|M\.?P|J\.?D|MBA|MSc|M\.?A|R\.?N|D\.?O|CFA|CPA|OBE|CBE|MBE)\.?\Z"
)
_PARTICLES = frozenset(
    "de da do das dos du des del della der den di van von vom zu zur zum ter ten te la le las los el al bin ibn ben "
    "abu af av ap ó y e san santa st und 't d l".split()
)
_SUFFIX = frozenset(("jr", "sr", "ii", "iii", "iv"))
# Words that no person's name has: jobs, parts of a newspaper, what stands beside a byline.
_NO_NAME = frozenset(
    """admin administrator agencies agency agenturen agencia agencias analysis analyst anonymous archive article
    articles assistant associate audio author authors blog blogger board breaking brief bureau business by chief
    columnist comment comments commentary committee company contributor contributors copyright correspondent
    corporation correspondents council culture daily data date department desk digital director editor editorial
    editors education email exclusive expert facebook feature features fellow file follow former foundation free from
    gallery group guest home image images inc institute international interview journal journalist latest law lecturer
    letters live magazine manager media member minister minutes more national network new news newspaper newsletter
    newsroom newswire online opinion page partner photo photographer photos picture podcast policy political politics
    post president press producer professor published publisher read reader redacción redaktion rédaction report
    reporter reporters reporting research researcher review reviewer senior service services share society special
    sponsored sport sports staff story strategist studies subscribe team technology text the this times today topics
    twitter unknown university update updated video videos view views watch web website weekly wire world writer
    writers your english português español deutsch français cto ceo cfo coo cmo vp technologies solutions systems
    partners capital ventures
    january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday correspondente correspondant korrespondent reporterin reporterka
    journalistin journaliste periodista giornalista redakteur redakteurin autor autorin foto quelle source fuente
    fonte""".split()
)
# Words that open a headline or a phrase, not a name.
_NO_FIRST = frozenset(
    """in on at the a an to from for with without after before how why what when where who is are as of and or but
    if not no it its this that these those his her their our my your i we you he she they more most all some
    many new im am der die das den dem ein eine zum zur vom mit für nach vor wie warum was wer wo le les la el
    los las un une dans en sur pour comment pourquoi il lo gli per come cómo por qué na os em à""".split()
)
_JOBS = frozenset(
    """editor editors reporter reporters correspondent correspondents writer writers columnist staff contributor
    producer journalist photographer redakteur redakteurin korrespondent korrespondentin journaliste corresponsal
    redactor""".split()
)
_DESK = re.compile(
    r"(?:[A-Z][\w.&'’-]*\s+){0,3}"
    r"(?:Editorial Board|Editorial Team|Desk|Newsroom|Redaktion|Redacción|Rédaction|Redazione|Redação)"
)
_STAFF = re.compile(r"\bstaff\b|\bagenc|\bcorrespondents?\b|\breporters?\b|\bwire\b", re.I)
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d_][\w'’-]*), (?P<first>[^\W\d_][\w.'’-]*(?: [A-Z]\.)?)")  # 'Lee, Ann B.'
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAPER = re.compile(
    r"(?:[\w&-]*-)?(?:Times|Post|News|Herald|Tribune|Journal|Gazette|Daily|Press|Chronicle|Observer|Telegraph|Enquirer"
    r"|Courier|Telegram|Dispatch|Register|Record|Bulletin|Ledger|Sun|Star|Today|Network|Media|Sentinel|Inquirer|Citizen|Monitor|Reporter)"
)
_MAX_LINE = 120  # characters
_INITIALS = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_])")
_ELIDED = re.compile(r"(?:[dlotn]|dell|al|el|de|van|von)['’-]?(?=[A-ZÀ-Þ])")  # "d'Ancona", 'al-Amin', 'deGrasse'
_GLUED_BY = re.compile(r"\A\s*[Bb]y(?=[A-Z][a-z])")  # 'ByAnn Lee'
_GLUED = re.compile(r"(?<![^\W\d_])([^\W\d_]\.)(?=[^\W\d_]{2})")  # 'T.Graham'
_PLACES = frozenset(
    """washington london paris berlin brussels moscow kyiv kiev beijing tokyo geneva vienna rome madrid lisbon athens
    warsaw prague budapest jerusalem cairo tehran baghdad kabul delhi mumbai sydney canberra ottawa toronto nairobi
    johannesburg istanbul ankara seoul shanghai taipei dublin edinburgh glasgow belfast cardiff manchester birmingham
    chicago boston houston atlanta miami dallas denver seattle detroit philadelphia phoenix""".split()
)


class Name(NamedTuple):
    """A person or desk: the name, how it is printed, and where in the printed text."""

    name: str
    printed: str
    start: int
    stop: int


def opens(printed: str) -> bool:
    """Whether a text opens as a byline does: 'By', 'Von', 'Articles by:', 'Text:'."""
    return _OPENING.match(printed) is not None


def parse(printed: str) -> tuple[str, ...]:
    """The people and desks that a byline names, in order.

    >>> parse("By Ann Lee in Moscow and Bo Ray, Political Correspondent"), parse("By Staff and agencies")
    (('Ann Lee', 'Bo Ray'), ())
    """
    return tuple(name.name for name in find(printed))


def find_listed(value: str) -> tuple[Name, ...]:
    """The names in a value of metadata, where they can also be listed last name first.

    >>> [name.name for name in find_listed("Lee, Ann; Ray, Bo")], [name.name for name in find_listed("Ann Lee, Bo Ray")]
    (['Ann Lee', 'Bo Ray'], ['Ann Lee', 'Bo Ray'])
    """
    found = []
    for match in re.finditer(r"[^;|]+", value):
        turned = _LAST_FIRST.fullmatch(match[0].strip())
        if turned and is_name(f"{turned['first']} {turned['last']}"):
            at = match.start() + match[0].index(turned[0])
            found.append(Name(normal(f"{turned['first']} {turned['last']}"), turned[0], at, at + len(turned[0])))
        else:
            offset = match.start()
            found.extend(name._replace(start=name.start + offset, stop=name.stop + offset) for name in find(match[0]))
    return tuple({key(name.name): name for name in reversed(found)}.values())[::-1]


def find(printed: str, start: int = 0) -> tuple[Name, ...]:
    """The names in a byline, each once, with their places in it; in `printed[start:]` only."""
    opening = _OPENING.match(printed, start)
    start = opening.end() if opening else start
    stop = len(printed)
    if _YEAR.search(printed, start):
        stop = min((moment.start for moment in dates.find(printed) if moment.start >= start), default=stop)
    found: dict[str, Name] = {}
    for begin, end in _segments(printed, start, stop):
        if name := _name(printed, begin, end):
            found.setdefault(key(name.name), name)
        elif found and not printed[begin:end].strip():
            continue
    return tuple(found.values())


def find_signed(printed: str) -> tuple[Name, ...]:
    """The names in a line that is a byline for sure, also those that have not the form of one: 'by Maria'."""
    opening = _OPENING.match(printed)
    found = []
    for begin, end in _segments(printed, opening.end() if opening else 0, len(printed)):
        text = printed[begin:end].strip(" .,:;")
        if may_sign(text):
            at = printed.index(text, begin)
            found.append(Name(text, text, at, at + len(text)))
    return tuple(found)


def find_within(printed: str) -> tuple[Name, ...]:
    """The names after 'by' in a line that opens otherwise: 'Posted on March 3, 2024 by Ann Lee'."""
    match = _WITHIN.search(printed)
    return find(printed, match.start()) if match else ()


def find_before_date(printed: str) -> tuple[Name, ...]:
    """The name that a dateline opens with: 'Ann Lee | March 3, 2024'."""
    moment = min((moment.start for moment in dates.find(printed, day_first=True)), default=0)
    names = find(printed[:moment])
    return names if names and not re.sub(r"\W|\b[Bb]y\b", "", printed[: names[0].start]) else ()


def _segments(printed: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The parts between commas and 'and's, up to what ends the names."""
    edge = _ENDING.search(printed, start, stop)
    if edge and edge.start() > start:
        stop = edge.start()
    elif edge:
        return []
    cuts = [(match.start(), match.end()) for match in _AND.finditer(printed, start, stop)]
    starts = [start, *(end for _, end in cuts)]
    stops = [*(begin for begin, _ in cuts), stop]
    return list(zip(starts, stops, strict=True))


def _name(printed: str, start: int, stop: int) -> Name | None:
    """The name in a part of a byline, or None where it is a job, a place, an outlet or anything else."""
    text = _PLACE.sub("", printed[start:stop])
    if desk := _DESK.fullmatch(re.sub(r"\A\s*[Tt]he\s+|\s+\Z", "", text)):
        begin = printed.index(desk[0], start)
        return None if _STAFF.search(desk[0]) else Name(desk[0], desk[0], begin, begin + len(desk[0]))
    if title := _TITLES.match(text.lstrip()):
        text = text.lstrip()[title.end() :]
    text = _without_job(_without_outlet(_GLUED_BY.sub("", text)))
    text = _CREDENTIALS.sub("", text).strip(" \u00a0,.:;*_\"“”'’‘")
    if printed[start:stop].rstrip().endswith(f"{text}.") and re.search(r"\b[JS]r\Z", text):
        text += "."
    if not text or not is_name(text):
        return None
    begin = printed.index(text, start)
    return Name(normal(text), text, begin, begin + len(text))


def _without_outlet(text: str) -> str:
    """A name without the outlet that is printed behind it: 'Ann Lee USA TODAY'."""
    words = text.split()
    for at in range(2, len(words)):
        if outlets.knows(" ".join(words[at:])) and is_name(" ".join(words[:at])):
            return text[: text.index(words[at - 1], len(words[0])) + len(words[at - 1])]
    return text


def _without_job(text: str) -> str:
    """A name without the job or the newspaper behind it: 'Ann Lee Wellness Writer', 'Bo Ray Valley Gazette'."""
    words = text.split()
    if len(words) < 3 or not (words[-1].casefold() in _JOBS or _PAPER.fullmatch(words[-1])):
        return text
    common = _common()
    folded = [word.casefold() for word in words]
    end = next((at for at, word in enumerate(folded) if word in common or word in _NO_NAME), len(words))
    if end == len(words):
        end = 3 if len(words[1].rstrip(".")) == 1 else 2
    return (
        text[: text.index(words[end - 1], sum(map(len, words[: end - 1]))) + len(words[end - 1])] if end > 1 else text
    )


@cache
def _common() -> frozenset[str]:
    """Words that running text prints in lower case more often than not, in eleven languages: no names, mostly."""
    text = resources.files("corpus_db.loading").joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def is_common(word: str) -> bool:
    """Whether running text mostly prints a word in lower case."""
    return word.casefold() in _common()


def is_line_of_names(text: str) -> bool:
    """Whether a line is names of people and next to nothing else: a byline without 'By'.

    >>> is_line_of_names("Ann Lee and Bo Ray"), is_line_of_names("Ann Lee Senior Writer"), is_line_of_names("Top Deals")
    (True, True, False)
    """
    names = find(text) if len(text) <= _MAX_LINE else ()
    if not names or len(text.split()) > 4 * len(names) + 4:
        return False
    begin = text[: names[0].start]
    if begin.strip() and not opens(text):
        return False
    return opens(text) or all(is_unlike_words(name.name) for name in names)


def may_sign(name: str) -> bool:
    """Whether a stated name can be that of a person or desk although it has not the form of one: 'Maria'.

    >>> may_sign("Maria"), may_sign("Reuters"), may_sign("admin"), may_sign("https://example.org/maria")
    (True, False, False, False)
    """
    words = name.split()
    if 1 < len(words) <= 4 and words[-1] in ("Team", "Desk", "Newsdesk") and words[0][:1].isupper():
        return not outlets.knows(name)
    if not 0 < len(words) <= 3 or len(name) > 30 or outlets.knows(name) or not name[0].isalpha() or name[0].islower():
        return False
    return all(word.replace(".", "").isalpha() and word.casefold() not in _NO_NAME for word in words) and len(name) > 1


def is_unlike_words(name: str) -> bool:
    """Whether a name has a word that is no common word: 'Ann Lee', not 'Best Holiday Deals'.

    The first word of a name is hardly ever a common one, unless its last is none.
    """
    words = [word.strip(".,'’") for word in name.split()]
    full = [word for word in words if len(word) > 1 and not _is_particle(word)]
    odd = [word for word in full if word.casefold() not in _common()]
    return 2 * len(odd) > len(full) or (bool(odd) and len(full) == 2)


def is_job(text: str) -> bool:
    """Whether a text names a job or a part of a newspaper rather than the newspaper.

    >>> is_job("News Editor"), is_job("The Valley Gazette")
    (True, False)
    """
    return any(word.casefold() in _JOBS for word in text.split())


def is_name(text: str) -> bool:
    """Whether a text has the form of a person's name: two to five words in capitals, particles and initials among them.

    >>> is_name("Ada von der Berg"), is_name("T.Graham"), is_name("Political Correspondent"), is_name("Reuters")
    (True, True, False, False)
    """
    words = _INITIALS.sub(r"\1. ", text).split()
    if not 2 <= len(words) <= 6 or len(text) > 50 or outlets.knows(text):
        return False
    if (
        words[0].casefold() in _NO_FIRST
        or _PAPER.fullmatch(words[-1])
        or any(word.endswith(("'s", "’s")) for word in words)
    ):
        return False
    if any(word.casefold().strip(".,'’") in _NO_NAME for word in words):
        return False
    if " ".join(words).casefold() in _PLACES or not all(map(_is_name_word, words)):
        return False
    full = [word for word in words if sum(map(str.isalpha, word)) > 1 and not _is_particle(word)]
    return 0 < len(full) < 6 and not _is_particle(words[-1])


def _is_particle(word: str) -> bool:
    return word.casefold().rstrip("'’") in _PARTICLES and not word[0].isupper()


def _is_name_word(word: str) -> bool:
    if _is_particle(word) or word.casefold().rstrip(".") in _SUFFIX:
        return True
    letters = word.replace("'", "").replace("’", "").replace("-", "").replace(".", "").replace("‘", "")
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    if not letters.isalpha():
        return False
    return letters.lower() == letters.upper() or word.lstrip("'’‘")[:1].isupper() or bool(_ELIDED.match(word))


def normal(printed: str) -> str:
    """A name as we write it: as printed, but initials apart from the surname, and no capitals throughout.

    >>> normal("T.Graham"), normal("ANN O'BRIEN-LEE"), normal("MARIA DE LA CRUZ")
    ('T. Graham', "Ann O'Brien-Lee", 'Maria de la Cruz')
    """
    text = " ".join(_GLUED.sub(r"\1 ", printed).split())
    if text.isupper() and len(text) > 4:
        text = " ".join(_lower(word, first=not index) for index, word in enumerate(text.split()))
    return text


def _lower(word: str, *, first: bool) -> str:
    """A word in capitals as a name prints it; initials and particles are left or lowered."""
    if "." in word and len(word) < 6:
        return word
    if word.casefold() in _PARTICLES and len(word) > 1 and not first:
        return word.lower()
    text = "".join(part.capitalize() for part in re.split(r"(['’-])", word))
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", text)


def key(name: str) -> str:
    """What is the same in all the ways to print a name: without case, accents and marks, initials together.

    >>> key("J. R. R. Lee") == key("JRR LEE") == key("J.R.R. Lee")
    True
    """
    text = unicodedata.normalize("NFKD", _INITIALS.sub(r"\1. ", name)).casefold()
    words = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char)).split()
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", " ".join(words))
