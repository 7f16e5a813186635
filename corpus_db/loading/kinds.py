"""A draft with roles -> whether it is an article at all, and which oddities its kind of page has.

Error pages, consent walls and lists of headlines are saved as often as articles are; they are rejected with the
reason. Live pages and the beginnings of paid articles are loaded, with a defect that says what they are.
"""

import re

from corpus_db.loading.endings import CONSENT
from corpus_db.records import Defect, Draft, Role

# Titles of pages that a server sends instead of an article.
_ERROR = re.compile(
    r"""(?:http\ )?(?:error|http|fehler|erreur)\W{0,3}(?:40[0134]|410|429|451|50[0234])\b
      |(?:40[0134]|410|429|451|50[0234])(?:\W*\Z|\W{0,3}[|:–—-]|\W{1,3}(?:error|fehler|erreur|page|seite|not\ found
         |forbidden|unauthorized|bad\ (?:request|gateway)|service|gateway|internal|too\ many|gone)\b)
      |(?:the\ )?(?:page|article|story|site|content)\ (?:(?:was|is|could|can)\ ?(?:not|n['’]t)|cannot)\ (?:be\ )?
         (?:found|available|displayed)
      |(?:page|article|file|story)\ (?:not\ found|no\ longer\ available|does\ not\ exist)|not\ found\Z
      |(?:access\ (?:to\ this\ page\ (?:has\ been\ )?)?denied|forbidden|just\ a\ moment|attention\ required
         |security\ check|service\ unavailable|bad\ gateway)\W*(?:\Z|[|–—-]\s)
      |are\ you\ (?:a\ robot|human)|verify(?:ing)?\ (?:that\ )?you\ are\ (?:a\ )?human|robot\ or\ human
      |pardon\ our\ interruption|request\ (?:blocked|unsuccessful)
      |seite\ (?:wurde\ )?nicht\ gefunden|page\ (?:non\ trouvée|introuvable)|página\ no\ encontrada
      |pagina\ non\ trovata|страница\ не\ найдена""",
    re.I | re.X,
)
_PAID = re.compile(
    r"""(?:subscribe|sign\ in|log\ in|register|join)(?:\ (?:now|today|here|for\ free))?\ (?:to|and)\s
         (?:continue|keep|read|unlock|access|get\ (?:full|unlimited)|view)
      |(?:this|the\ full)\ (?:article|story|content|post)\ is\s
         (?:for|only\ (?:for|available)|reserved|exclusive|available\ (?:only\ )?(?:to|for))
      |(?:continue|keep)\ reading\ (?:for|with|by)|already\ a\ (?:subscriber|member)\?|subscribers?[\ -]only
      |to\ continue\ reading|jetzt\ (?:weiterlesen|abonnieren|freischalten)|weiterlesen\ mit
      |article\ réservé\ (?:aux|à\ nos)\ abonnés|il\ vous\ reste\ \d+\s?%|contenido\ exclusivo\ para\ suscriptores""",
    re.I | re.X,
)
_TEASER = re.compile(r"(?:à\ )?(?:lire|read|see|lesen|lee|lea|leia|leggi)\b[^:]{0,24}:", re.I)  # of another article
# What archives print above each document of an export: 'Document 1 of 12', '3 of 50 DOCUMENTS', 'Page 1 of 2' is none.
_OF_SEVERAL = re.compile(
    r"(?:document|article|story) (\d{1,4}) of (\d{1,4})|(\d{1,4}) of (\d{1,4}) (?:documents|articles)", re.I
)
# Above each message of a mailbox (RFC 4155): 'From ann@example.org Mon Mar 13 08:00:00 2023'
_MESSAGE = re.compile(r"From \S+@\S+ +\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d \d{4}")
_SHORT, _STUB = 120, 200  # words of an error page, of a paid article's beginning
_LISTED = 0.6  # share of a list that is links


def problem(draft: Draft, roles: tuple[Role, ...]) -> str | None:
    """Why the text of a draft is no article, None where it is one."""
    if (documents := _documents(draft)) > 1:
        return f"an export of {documents} documents: split it into files of one article each"
    if (messages := sum(_MESSAGE.match(block.text) is not None for block in draft.blocks)) > 1:
        return f"a mailbox of {messages} messages: split it into files of one article each"
    body = [block for block, role in zip(draft.blocks, roles, strict=True) if role is Role.PARAGRAPH]
    if not body:
        return "no body text"
    words = sum(len(block.text.split()) for block in body)
    heads = [block.text for block, role in zip(draft.blocks, roles, strict=True) if role is Role.HEADLINE]
    titles = [*heads, *(each.value for each in draft.stated if each.key == "headline")]
    if words < _SHORT:
        if any(_ERROR.match(title.strip()) for title in titles):
            return "an error page, not an article"
        shown = sum(len(block.text.split()) for block in body if CONSENT.search(block.text))
        if shown > words / 2 or any(CONSENT.match(title.strip()) for title in titles):
            return "a consent page, not an article"
    length = sum(len(block.text) for block in body)
    linked = sum(link.stop - link.start for block in body for link in block.form.links)
    if len(body) > 4 and linked > _LISTED * length:
        return f"a list of links, not an article: {len(body)} of them"
    return None


def _documents(draft: Draft) -> int:
    """How many documents of an archive a draft holds, by the lines that count them."""
    counts = (
        _OF_SEVERAL.fullmatch(block.text.strip()) for block in draft.blocks if len(block.text) < len("of documents") * 3
    )
    return len({int(match[1] or match[3]) for match in counts if match})


def oddities(draft: Draft, roles: tuple[Role, ...]) -> list[Defect]:
    """What a reader must know of the kind of page: that it is live, that it is the beginning of a paid article only."""
    found = []
    kinds = {each.value for each in draft.stated if each.key == "type"}
    if "LiveBlogPosting" in kinds:
        found.append(Defect("live page", "its entries are loaded as one article"))
    texts = [(block.text, role) for block, role in zip(draft.blocks, roles, strict=True)]
    words = sum(len(text.split()) for text, role in texts if role is Role.PARAGRAPH)
    if words < _STUB:
        said = any(each.key == "access" for each in draft.stated)
        around = (text for text, role in texts if role is not Role.PARAGRAPH and not _TEASER.match(text))
        line = next((text for text in around if _PAID.search(text[:300])), None)
        if said or line:
            found.append(
                Defect("paid article", f"only {words} words of it: {line[:80] if line else 'not free, it states'}")
            )
    return found
