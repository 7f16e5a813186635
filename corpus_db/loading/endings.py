"""How a caption ends, an embedded post, and an article: who took a picture, who wrote, what no text goes on below."""

import re

from corpus_db.loading import bylines

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
          (?:photo|photograph|picture|image|foto|bild|grafik|fotografía|imagen|imagem|immagine|фото|zdjęcie|kuva
            |(?:(?:photo|image|picture|video)\ )?credit|photographer)s?
          \s?[:/]|\A(?:photos?\ )?courtesy\ of\b|.{9}\s©)
        \s?[^\W\d_][^.:;!?()\[\]\d$€£%]{1,60}[)\]]?\.?\Z""",
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
_CLAIM = re.compile(
    r"(?:©|\(c\)|copyright)\W{0,3}(?:copyright\W{0,3})?(?:19|20)\d\d\b", re.I
)  # of rights, not of a picture
_CREDIT_CHARS = 120  # at the end of a text, where it is credited
# Behind an article: what readers wrote, and where they can. No text goes on below.
_ENDS = re.compile(
    r"""share\ or\ comment\ on\b
      |(?:leave|post|add|write|submit)\ (?:a|your)\ (?:comment|reply)\b
      |(?:schreiben\ sie|schreibe|hinterlasse)\ (?:eine[n]?\ )?(?:kommentar|antwort)|laisser\ un\ commentaire
      |dej[ae]\ una?\ (?:comentario|respuesta)|deixe\ um\ comentário|lascia\ un\ commento
      |(?:see|view|show|read|load)\ (?:(?:all|more|the)\ )?(?:\d+\ )?comments(?:\s?\(\d+\))?\Z
      |(?:\W*\d+\W*)?(?:reader\ |leser)?
        (?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|kommentarer|комментарии|yorumlar)(?:\s?\(?\d+\)?)?:?\Z
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
# Above titles of other articles, alone on its line: 'Read also', 'Les også', 'Más información'
_RELATED = re.compile(
    r"""(?:(?:read|see|watch)\ (?:also|more|next)|also\ (?:read|see)
      |related(?:\ (?:articles?|stories|story|content|links|posts))?|recommended(?:\ (?:stories|reading|for\ you))?
      |more\ (?:on\ this(?:\ (?:story|topic))?|stories|from\ .{2,30})
      |(?:à|a)\ lire\ (?:aussi|également)|lire\ aussi|sur\ le\ même\ sujet
      |lesen\ sie\ auch|mehr\ zum\ thema|auch\ interessant
      |más\ información|lea\ también|leer\ más|te\ puede\ interesar|leia\ (?:também|mais)|leggi\ anche|per\ approfondire
      |lees\ (?:ook|meer)|les\ også|læs\ også|läs\ (?:också|även|mer)|lue\ myös
      |czytaj\ (?:też|także|również)|zobacz\ (?:też|także)|čtěte\ také|читайте\ (?:также|також))\s?[:›»>]?""",
    re.I | re.X,
)
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
    if not _CREDIT_MARK.search(end) or _CLAIM.match(text):
        return False
    if _RUN_TOGETHER.search(end) or _NAMED.search(end):
        return True
    return (_PICTURED.search(end) or _CREDITED.search(end)) is not None and not bylines.opens(text)


def signs_post(text: str) -> bool:
    """Whether a line says who wrote the embedded post above it, and when.

    >>> signs_post("— Ann Lee (@annlee) March 3, 2024"), signs_post("– She left, says Ann Lee (@annlee) today: again.")
    (True, False)
    """
    return _SIGNED.fullmatch(text) is not None


def leads_away(text: str) -> bool:
    """Whether a line stands above titles of other articles.

    >>> leads_away("Les også:"), leads_away("Related stories"), leads_away("Related stories were few")
    (True, True, False)
    """
    return _RELATED.fullmatch(text) is not None


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
