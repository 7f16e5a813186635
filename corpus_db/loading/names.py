"""What a person's name is, and how it is written. None rather than a wrong one.

A name is printed as the newspaper prints it, without titles before it and jobs, places, outlets and credentials after
it; a name in capitals is put into upper and lower case.
"""

import re
import unicodedata
from functools import cache, lru_cache

from corpus_db.loading import outlets, tables

_KEPT = 1 << 10  # names of which what was found out is kept: several steps ask the same ones

_TITLES = re.compile(
    r"""(?:(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|lord|lady|rev|reverend|hon|the\ hon|sen|rep|gov|gen|col|maj|capt
      |lt|sgt|ing|mag|dipl|frau|herr|monsieur|madame|mme|señor|don|doña|dott|dottssa|avv|dra|phd|d\.phil)\.?\s+)+""",
    re.I | re.X,
)
_CREDENTIALS = re.compile(
    r"""(?<![,\s])(?:[,\s]+(?:[Pp][Hh]\.?\s?[Dd]|M\.?\s?D|[Ee]sq|M\.?P|J\.?D|MBA|MSc|M\.?A|R\.?N|D\.?O|CFA|CPA|OBE|CBE|MBE|MS|MPH|DDS|DMD
      |DVM|RDN?|LDN|CPP|CFP|CEPF|PMP|CSCS|LCSW|LMFT|NP|PsyD|PharmD|FRCP|QC|KC)\.?)+\Z""",
    re.X,
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
    writers your english português español français cto ceo cfo coo cmo vp technologies solutions systems
    partners capital ventures
    january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday correspondente correspondant korrespondent reporterin reporterka
    journalistin journaliste periodista giornalista redakteur redakteurin autor autorin foto quelle source fuente
    fonte menü menu suche login tv rádio jornal diário nachrichten""".split()
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
    producer journalist photographer founder co-founder gardener coordinator specialist redakteur redakteurin redaktor
    redaktorin korrespondent korrespondentin reporterin experte expertin rechtsanwalt rechtsanwältin fotograf fotografin
    übersetzung journaliste photographe corresponsal redactor redactora fotógrafo periodista giornalista fotografo
    inviato jornalista repórter journalist verslaggever redacteur dziennikarz dziennikarka redaktör reportér""".split()
)
# First names that running text prints in lower case as well, for they are words: 'Will Lee', 'Rose Ray'.
_FIRST_NAMES = frozenset(
    """al beat bill charity chip drew don dot even faith grant guy harsh hope joy kit may miles odd olive page patience
    penny per rich rose skip star summer sunny will""".split()
)
# What stands between a name and its date: 'Ann Lee Stand: 3.5.2024', 'Ann Lee Updated May 3, 2024'.
_LAST = frozenset(
    """on in at le la el am vom den du il stand published updated posted last first veröffentlicht aktualisiert
    publiziert erstellt publié mis modifié publicado actualizado atualizado pubblicato aggiornato gepubliceerd
    bijgewerkt twitter facebook linkedin instagram email e-mail and und et""".split()
)
# What somebody writes about, behind the name: 'Ann Lee Showbiz & TV Reporter', 'Bo Ray City Columnist'.
_BEATS = frozenset(
    """business celebrity city climate consumer crime culture data economics education energy entertainment environment
    fashion features finance food football gaming health investigations lifestyle money national politics property
    religion science showbiz sport sports tech technology television transport travel tv weather wellness""".split()
)
_RUN_ON = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ][a-zà-ÿ])")  # 'LeeEditor', 'RayPublished'
_PAPER = re.compile(
    r"(?:[\w&-]*-)?(?:Times|Post|News|Herald|Tribune|Journal|Gazette|Daily|Press|Chronicle|Observer|Telegraph|Enquirer"
    r"|Courier|Telegram|Dispatch|Register|Record|Bulletin|Ledger|Sun|Star|Today|Network|Media|Sentinel|Inquirer|Citizen|Monitor|Reporter)"
)
_INITIALS = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_])")
_ELIDED = re.compile(r"(?:[dlotn]|dell|al|el|de|van|von)['’-]?(?=[A-ZÀ-Þ])")  # "d'Ancona", 'al-Amin', 'deGrasse'
_GLUED = re.compile(r"(?<![^\W\d_])([^\W\d_]\.)(?=[^\W\d_]{2})")  # 'T.Graham'
_PLACES = frozenset(
    """washington london paris berlin brussels moscow kyiv kiev beijing tokyo geneva vienna rome madrid lisbon athens
    warsaw prague budapest jerusalem cairo tehran baghdad kabul delhi mumbai sydney canberra ottawa toronto nairobi
    johannesburg istanbul ankara seoul shanghai taipei dublin edinburgh glasgow belfast cardiff manchester birmingham
    chicago boston houston atlanta miami dallas denver seattle detroit philadelphia phoenix""".split()
)


@lru_cache(_KEPT)
def bare(text: str) -> str:
    """A name without what is printed around it: titles, the job, the outlet, credentials, marks."""
    text = text.lstrip()
    if title := _TITLES.match(text):
        text = text[title.end() :]
    text = _without_job(_without_outlet(_apart(text)))
    text = _CREDENTIALS.sub("", text).strip(" \u00a0,.:;*_\"“”'’‘")
    words = text.split()
    while len(words) > 2 and words[-1].casefold() in _LAST | _BEATS and words[-1] not in ("La", "Le"):
        words.pop()
        text = text[: text.rindex(words[-1]) + len(words[-1])]
    half = len(words) // 2
    return text[: len(text) // 2] if half > 1 and words[:half] == words[half:] else text


def _apart(text: str) -> str:
    """A name without the word that is printed right behind it, as pages do that set them apart by style alone."""
    for match in _RUN_ON.finditer(text):
        behind = text[match.end() :].split(None, 1)[0].rstrip(".,:;")
        if " " in text[: match.start()].strip() and (
            outlets.knows(behind) or _is_no_name(_RUN_ON.split(behind, maxsplit=1)[0])
        ):
            return text[: match.end()]
    return text


def _is_no_name(word: str) -> bool:
    """Whether a word is none of a name: a job, a part of a newspaper, a word of running text."""
    folded = word.casefold()
    return folded in _NO_NAME or folded in _JOBS or folded in _LAST or folded in _common()


def _without_outlet(text: str) -> str:
    """A name without the outlet that is printed behind it: 'Ann Lee USA TODAY'."""
    words = text.split()
    for at in range(2, min(len(words), 7)):  # the name has no more
        if outlets.knows(" ".join(words[at:])) and is_name(" ".join(words[:at])):
            return text[: text.index(words[at - 1], len(words[0])) + len(words[at - 1])]
    return text


def _without_job(text: str) -> str:
    """A name without the job or the newspaper behind it: 'Ann Lee Wellness Writer', 'Bo Ray Valley Gazette'."""
    words = text.split()
    if len(words) < 3:
        return text
    folded = [word.casefold() for word in words]
    if folded[0].rpartition("-")[2] in _JOBS and is_name(" ".join(words[1:])):
        return text[text.index(words[1], len(words[0])) :]
    if not (folded[-1] in _JOBS or _PAPER.fullmatch(words[-1])):
        return text
    # A surname can be a word, 'Ann Foster', and so can a few first names.
    least = 2 if _opens_name(words[0]) and folded[1] not in _NO_NAME | _JOBS | _BEATS else 0
    end = next((at for at, word in enumerate(folded) if at >= least and _is_no_name(word)), len(words))
    if end == len(words):
        end = 3 if len(words[1].rstrip(".")) == 1 else 2
    return (
        text[: text.index(words[end - 1], sum(map(len, words[: end - 1]))) + len(words[end - 1])] if end > 1 else text
    )


def _opens_name(word: str) -> bool:
    """Whether a word can be a first name: no common one, but for a few that are both, and no abbreviation."""
    return word.istitle() and (word.casefold() in _FIRST_NAMES or not _is_no_name(word))


@cache
def _common() -> frozenset[str]:
    """Words that running text prints in lower case more often than not, in eleven languages: no names, mostly."""
    return frozenset(tables.text("common_words.txt").split())


def is_common(word: str) -> bool:
    """Whether running text mostly prints a word in lower case."""
    return word.casefold() in _common()


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


def telling_words(name: str) -> set[str]:
    """The words of a name, case-folded, that running text prints only as names: not the first one of 'Will Lee'."""
    return {word.casefold().strip(".,'’") for word in name.split()} - _FIRST_NAMES


def is_unlike_words(name: str) -> bool:
    """Whether a name has a word that is no common word: 'Ann Lee', not 'Best Holiday Deals'.

    The first word of a name is hardly ever a common one; a few first names are.
    """
    words = [word.strip(".,'’") for word in name.split()]
    full = [word for word in words if len(word) > 1 and not _is_particle(word)]
    if full and full[0].casefold() not in _FIRST_NAMES and is_common(full[0]):
        return False
    odd = [word for word in full if word.casefold() not in _common()]
    return 2 * len(odd) > len(full) or (bool(odd) and len(full) == 2)


def is_job(text: str) -> bool:
    """Whether a text names a job or a part of a newspaper rather than the newspaper.

    >>> is_job("News Editor"), is_job("The Valley Gazette")
    (True, False)
    """
    return any(word.casefold().rpartition("-")[2] in _JOBS for word in text.split())


@lru_cache(_KEPT)
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
        or any(word.casefold().endswith(("'s", "’s")) for word in words)
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


@lru_cache(_KEPT)
def key(name: str) -> str:
    """What is the same in all the ways to print a name: without case, accents and marks, initials together.

    >>> key("J. R. R. Lee") == key("JRR LEE") == key("J.R.R. Lee")
    True
    """
    text = unicodedata.normalize("NFKD", _INITIALS.sub(r"\1. ", name)).casefold()
    words = "".join(char if char.isalnum() else " " for char in text if not unicodedata.combining(char)).split()
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", " ".join(words))
