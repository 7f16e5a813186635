"""Printed bylines -> the people and desks they name, and where. None rather than a wrong one."""

import re
from functools import lru_cache
from typing import NamedTuple

from corpus_db.loading import dates, names

_CAPITAL = r"(?-i:(?=\s+[A-ZÀ-ÞΆ-ΫЀ-Я]))"  # 'di' and 'av' are words of any line, unless a name follows
# 'By Ann Lee', 'Articles by: Ann Lee', 'According to T.Graham', 'Von Max Braun', 'Text: Max Braun'.
_OPENING = re.compile(
    rf"""\s*(?:
        (?:(?:articles?|written|news|features?|guide|story|report(?:ed|ing|age)?|words|posted|published|authored|compiled|analysis|opinion
          |interview(?:ed)?|commentary|column|review|translated|post|essay|guest\ post|special)\ ){{0,2}}by\b\s?:?
      |according\ to\b|(?:about\ the\ )?authors?\b\s?:|(?:words|text|story|byline|interview)\s?:|report(?:er|ing)\s?:
      |(?:eine?\s\w+\s|artikel\s|bericht\s|interview\s|kommentar\s|analyse\s|gastbeitrag\s|kolumne\s|porträt\s|reportage\s
         |essay\s|(?:gepostet|veröffentlicht|verfasst|geschrieben|erstellt|publiziert|eingestellt|text)\s)?von\b
      |(?:propos\ recueillis\ |recueillis\ |publié\ |écrit\ |rédigé\ |posté\ |proposé\ |article\ )?par\b|auteurs?\b\s?:
      |(?:escrito\ |publicado\ |postado\ |enviado\ |artículo\ |entrevista\ )?por\b|escriben?\b{_CAPITAL}
      |(?:autor(?:in|en|ka|a|es|as|i|zy)?|autoři)\b\s?:
      |(?:scritto\ |pubblicato\ |articolo\ |intervista\ )?(?:di|da)\b{_CAPITAL}|autore\b\s?:
      |(?:geschreven\ |gepubliceerd\ )?door\b|tekst\s?:|(?:av|af)\b{_CAPITAL}|tekst\ og\ foto\s?:
      |foto\ och\ text\s?:|oprac\.|przez\b
      |(?:авторы?|автори|текст)\s?:|(?:αρθρογράφος|ρεπορτάζ)\s?:|(?:του|της)\b{_CAPITAL}
      |(?:yazan|haber)\s?:|oleh\s?:?|penulis\s?:|ditulis\ oleh\b
    )\s*""",
    re.I | re.X,
)
_WITHIN = re.compile(r"\b(?:[Bb]y|[Vv]on|[Kk]olumne [Vv]on|[Pp]ar|[Pp]or|[Dd]oor)\s+(?::\s)?(?=[A-ZÀ-Þ])")
# What ends the names: jobs, contact, reading time, other credits. White space and addresses are tried from where they
# begin only, else a long run of them would take the square of its length.
_ENDING = re.compile(
    r"""(?:(?<!\s)\s+)?(?:
        \||<|•|·|–|—|\s-\s|/(?!\w)|\((?![^()]{2,40}\)\s*(?:[,;&]|(?:and|und|et|og|och|en|y|e|i|и|ja)\s))|\[|@\w|https?://|www\.|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w
      |\b(?:last\ (?:updated|modified|reviewed)|released|updated|published|posted|contribut(?:ed|ors?)|editing|edited
         |translat\w+|review(?:ed)?\ by|fact.check)\b
      |\b(?:photo(?:graph)?s?|fotos?|pictures?|video|illustration|graphics?)\b
      |(?<!\d)\d+\s?(?:min(?:ute)?s?|comments?|views?|hours?|days?|weeks?|months?|years?)\b
      |\b(?:on\ twitter|follow|read\ more|for|of|special\ to|is\ an?|was\ an?|is\ the)\b
      |\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b,
    )""",
    re.I | re.X,
)
_PARENTHESES = r"(?:(?<!\s)\s+\([^()]{2,40}\))?"  # behind a name: '(in Orlo)'
_AND = re.compile(
    rf"""{_PARENTHESES}(?:
        (?:(?<!\s)\s+)?[,;/&+]\s*(?:(?:and|AND|And|und|UND|et|ET|og|och|with|mit|avec)\s+)?
      |(?<!\s)\s+(?:and|AND|And|und|UND|et|ET|y|e|og|och|en|i|и|ja|ve|dan|with|mit|avec|con|com|sowie)\s+)""",
    re.X,
)
_BETWEEN_SIGNS = re.compile(r"[^|•·/]+")  # what stands between such signs
_PLACE = re.compile(r"(?<!\s)\s+(?:in|en|à|au|aus|from|reporting|bei|em|na|no|w|i|из|в)\s+.*\Z", re.I)
_DESK = re.compile(
    r"(?:[A-Z][\w.&'’-]*\s+){0,3}"
    r"(?:Editorial Board|Editorial Team|Desk|Newsroom|Redaktion|Redacción|Rédaction|Redazione|Redação)"
)
_STAFF = re.compile(r"\bstaff\b|\bagenc|\bcorrespondents?\b|\breporters?\b|\bwire\b", re.I)
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d_][\w'’-]*), (?P<first>[^\W\d_][\w.'’-]*(?: [A-Z]\.)?)")  # 'Lee, Ann B.'
_HELPED = re.compile(r"\bcontribut(?:ed|ing)\b", re.I)  # 'Bo Ray contributed reporting from Orlo'
_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_LINE = 120  # characters
_LONGEST_OPENING = 30  # characters of a line that is one
_WORDS_ALONE = frozenset(("af", "av", "di", "da", "texte", "text", "författare", "skrevet av", "skribent"))
_KEPT = 1 << 10  # lines whose names are kept: several steps ask the same ones
# '이서연 기자', '이서연·김도윤 특파원': Korean names and the word for a reporter or a correspondent behind them.
_KOREAN = re.compile("[가-힣]{2,4}")
_REPORTER = re.compile(
    r"(?<![가-힣])((?:[가-힣]{2,4}[·ㆍ‧]){0,4}[가-힣]{2,4})[ \u00a0]?"
    r"(?:(?:선임|수습|인턴|객원|전문)[ \u00a0]?)?(?:기자|특파원)(?![가-힣])"
)
_BESIDE_REPORTERS = re.compile(r"외 \d{1,2}명|(?<![\w.+-])[\w.+-]+@\S+|\W+")  # 'and 1 more', addresses, marks
# What follows a name in a line of its own: where it is found or writes for, how long ago something was published.
_FOUND_AT = re.compile(
    r" ?\| ?(?:[\w.+-]+@[\w.-]+|(?:[\w'’-]+ ){0,6}[\w-]+\.[a-z]{2,4})|@\w+|[ |·•]*(?:published|posted) \d+ \w+ ago",
    re.I,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\b\.?)?")  # 'Ann Lee 4:00 PM on March 3, 2024'
_AT = re.compile(r"@|\||ago\Z")  # what a line has that the expression above can match
_JOB_WORDS = 6
_LETTER = re.compile(r"[^\W\d_]")
_GLUED_BY = re.compile(r"\A\s*[Bb]y(?=[A-Z][a-z.])")  # 'ByAnn Lee'


class Name(NamedTuple):
    """A person or desk: the name, how it is printed, and where in the printed text."""

    name: str
    printed: str
    start: int
    stop: int


def opens(printed: str) -> bool:
    """Whether a text opens as a byline does: 'By', 'Von', 'Articles by:', 'Text:'."""
    return _OPENING.match(printed) is not None or _is_of_reporters(printed)


def opens_alone(printed: str) -> bool:
    """Whether a line is nothing but the opening of a byline, whose names stand on the next.

    >>> opens_alone("By"), opens_alone("Von:"), opens_alone("Af"), opens_alone("By the way"), opens_alone("")
    (True, True, True, False, False)
    """
    bare = printed.rstrip(" :")
    return len(bare) < _LONGEST_OPENING and (bare.casefold() in _WORDS_ALONE or _OPENING.fullmatch(bare) is not None)


def joins(printed: str) -> bool:
    """Whether a line is nothing but what stands between two names: 'and', a comma."""
    return _AND.fullmatch(f" {printed} ") is not None


def _is_of_reporters(printed: str) -> bool:
    """Whether a line is Korean names with the word for a reporter, a place and an address at most beside them."""
    if len(printed) > _MAX_LINE or not _REPORTER.search(printed):
        return False
    rest = _BESIDE_REPORTERS.sub(" ", _REPORTER.sub(" ", printed))
    return len(rest.split()) <= 2 * len(_REPORTER.findall(printed))


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
        if match.start() and _HELPED.search(match[0]):
            continue
        turned = _LAST_FIRST.fullmatch(match[0].strip())
        if turned and names.is_name(f"{turned['first']} {turned['last']}"):
            at = match.start() + match[0].index(turned[0])
            found.append(Name(names.normal(f"{turned['first']} {turned['last']}"), turned[0], at, at + len(turned[0])))
        else:
            offset = match.start()
            found.extend(name._replace(start=name.start + offset, stop=name.stop + offset) for name in find(match[0]))
    return tuple({names.key(name.name): name for name in reversed(found)}.values())[::-1]


@lru_cache(_KEPT)
def find(printed: str, start: int = 0) -> tuple[Name, ...]:
    """The names in a byline, each once, with their places in it; in `printed[start:]` only."""
    if reporters := _reporters(printed, start):
        return reporters
    opening = _OPENING.match(printed, start)
    start = opening.end() if opening else start
    stop = len(printed)
    if _YEAR.search(printed, start):
        stop = min((moment.start for moment in dates.find(printed) if moment.start >= start), default=stop)
    found: dict[str, Name] = {}
    last, closed = start, False
    for begin, end in _segments(printed, start, stop):
        joint = printed[last:begin]
        if closed and not _LETTER.search(joint):
            break  # 'Ann Lee and Bo Ray, The Orlo Post': no list goes on behind its 'and'
        last, closed = end, bool(found) and _LETTER.search(joint) is not None
        if name := _name(printed, begin, end):
            found.setdefault(names.key(name.name), name)
    if found:
        beside, whole = _beside(printed, start, stop)
        for name in beside if opening or whole else ():
            found.setdefault(names.key(name.name), name)
    return tuple(found.values())


def _beside(printed: str, start: int, stop: int) -> tuple[list[Name], bool]:
    """The names apart from the first by bars, bullets or strokes, as in "Ann Lee | Bo Ray"; whether nothing else is."""
    found: list[Name] = []
    for match in list(_BETWEEN_SIGNS.finditer(printed, start, stop))[1:]:
        name = _name(printed, *match.span())
        if match[0].strip() and (
            name is None or name.printed != match[0].strip() or not names.is_unlike_words(name.name)
        ):
            return found, False
        found += [name] if name else []
    return found, True


def _reporters(printed: str, start: int) -> tuple[Name, ...]:
    """The Korean names before the word for a reporter."""
    spans = [each.span(1) for each in _REPORTER.finditer(printed, start)]
    found = (Name(each[0], each[0], *each.span()) for span in spans for each in _KOREAN.finditer(printed, *span))
    return tuple({name.name: name for name in found}.values())


def find_signed(printed: str) -> tuple[Name, ...]:
    """The names in a line that is a byline for sure, also those that have not the form of one: 'by Maria'."""
    opening = _OPENING.match(printed)
    found = []
    for begin, end in _segments(printed, opening.end() if opening else 0, len(printed)):
        text = printed[begin:end].strip(" .,:;")
        if names.may_sign(text):
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
    if clock := _CLOCK.search(printed, 0, moment):
        moment = clock.start()
    found = find(printed[:moment])
    if not found or printed[found[-1].stop : moment].strip() == ":":
        return ()  # 'Last Update: March 3, 2024'
    if not all(_DESK.fullmatch(name.printed) or names.is_unlike_words(name.name) for name in found):
        return ()  # 'Morning Edition | March 3, 2024'
    return found if not re.sub(r"\W|\b[Bb]y\b", "", printed[: found[0].start]) else ()


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
    if desk := _DESK.fullmatch(re.sub(r"\A[Tt]he\s+", "", text.strip())):
        begin = printed.index(desk[0], start)
        return None if _STAFF.search(desk[0]) else Name(desk[0], desk[0], begin, begin + len(desk[0]))
    text = names.bare(_GLUED_BY.sub("", text))
    if printed[start:stop].rstrip().endswith(f"{text}.") and re.search(r"\b[JS]r\Z", text):
        text += "."
    if not text or not names.is_name(text):
        return None
    begin = printed.index(text, start)
    return Name(names.normal(text), text, begin, begin + len(text))


def is_signature(text: str) -> bool:
    """Whether a line is names of people and what they are or write for, or where they are found.

    >>> is_signature("Ann Lee Travel News Reporter"), is_signature("Ann Lee | ann@example.org"), is_signature("Ann Lee")
    (True, True, False)
    """
    if len(text) > _MAX_LINE or not (_AT.search(text) or names.is_job(text.rstrip(" )").rpartition(" ")[2])):
        return False
    found = find(text)
    if not found or _LETTER.search(text, 0, found[0].start):
        return False
    if not all(names.is_unlike_words(each.name) for each in found):
        return False
    rest = text[found[-1].stop :]
    job = rest.strip(" ,|·•–—-()").split()
    return _FOUND_AT.fullmatch(rest) is not None or (0 < len(job) <= _JOB_WORDS and names.is_job(job[-1]))


def is_line_of_names(text: str) -> bool:
    """Whether a line is names of people and next to nothing else: a byline without 'By'.

    >>> is_line_of_names("Ann Lee and Bo Ray"), is_line_of_names("Ann Lee Senior Writer"), is_line_of_names("Top Deals")
    (True, True, False)
    """
    found = find(text) if len(text) <= _MAX_LINE else ()
    if not found or len(text.split()) > 4 * len(found) + 4:
        return False
    begin = text[: found[0].start]
    if begin.strip() and not opens(text):
        return False
    return opens(text) or all(names.is_unlike_words(name.name) for name in found)
