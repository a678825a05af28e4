"""Finnish: the words that the rules look for, in the forms in which they stand in agreements."""

from __future__ import annotations

import re

from yhdyspinta.agreement.proposing.language import Act, Language, Time


def words(forms: str) -> str:
    """Return a pattern for any of the words; ``*`` stands for the rest of a word."""
    return r"\b(?:" + "|".join(re.escape(form).replace(r"\*", r"\w*") for form in forms.split()) + r")\b"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _act(
    rule: str, what: str, verbs: str, label: str = "", about: str = "", unless: str = "", *, gives_way: bool = False
) -> Act:
    return Act(
        rule,
        what,
        _any(words(verbs)),
        label,
        _any(about) if about else None,
        _any(unless) if unless else None,
        gives_way,
    )


# How each verb stands in a sentence that binds: he does, they do, it is done, to do (twice).
ADOPT = "hyväksyy hyväksyvät hyväksytään hyväksyä hyväksymään vahvistaa vahvistavat vahvistetaan"
APPOINT = "asettaa asettavat asetetaan asettamaan perustaa perustavat perustetaan perustamaan"
ARRANGE = "järjestää järjestävät järjestetään järjestämään pitää pitävät pidetään pitämään"
CALL = "kutsuu kutsuvat kutsutaan kutsua kutsumaan"
DELIVER = (
    "toimittaa toimittavat toimitetaan toimittamaan tuottaa tuottavat tuotetaan tuottamaan antaa antavat antamaan "
    "kokoaa kokoavat kootaan koota kokoamaan"
)
DRAW_UP = "laatii laativat laaditaan laatia laatimaan tekee tekevät tehdään tehdä tekemään kirjaa kirjaavat kirjataan"
ELECT = "valitsee valitsevat valitaan valita valitsemaan"
EVALUATE = "arvioi arvioivat arvioidaan arvioida arvioimaan"
FORM = "muodostaa muodostavat muodostetaan muodostamaan"
MEET = "kokoontuu kokoontuvat kokoontua kokoontumaan"
MONITOR = "seuraa seuraavat seurataan seurata seuraamaan"
NAME = "nimeää nimeävät nimetään nimetä nimeämään"
PREPARE = "valmistelee valmistelevat valmistellaan valmistella valmistelemaan"
PUT_FORWARD = "esittää esittävät esitetään esittämään ilmoittaa ilmoittavat ilmoitetaan ilmoittamaan"
REPORT = "raportoi raportoivat raportoidaan raportoida raportoimaan"
REVIEW = (
    "tarkastelee tarkastelevat tarkastellaan tarkastella tarkastelemaan käsittelee käsittelevät käsitellään käsitellä "
    "käsittelemään"
)
SEND = "lähettää lähettävät lähetetään lähettämään toimittaa toimittavat toimitetaan julkaisee julkaisevat julkaistaan"
SHARE = "jakaa jakavat jaetaan jakamaan jakoon jakamiseen välittää välittävät välitetään"
STEER = (
    "linjaa linjaavat linjataan linjata linjaamaan ohjaa ohjaavat ohjataan ohjata ohjaamaan koordinoi koordinoivat "
    "koordinoidaan koordinoida koordinoimaan sovittaa sovittavat yhteensovittaa yhteensovittavat"
)
SEE_TO = "huolehtii huolehtivat huolehditaan huolehtia huolehtimaan vastaa vastaavat vastataan vastaamaan"
TELL = "viestii viestivät viestitään viestiä viestimään tiedottaa tiedottavat tiedotetaan tiedottamaan"
IS = "on ovat olla"

PLAN = r"toimintasuunnitelma|työsuunnitelma|työohjelma"
RULES = r"\bsään(?:tö|nö)|työjärjesty|toimintasään"

ACTS = (
    _act("invites", "convening", CALL, "Kutsuu koolle", r"koolle|kokoon(?!t)"),
    _act("convenor-named", "convening", "toimii toimivat on ovat", "Kutsuu koolle", r"(?:koolle|kokoon)kutsuj\w+"),
    _act("meets", "meeting", MEET, "Kokoontuu"),
    _act(
        "monitoring-meeting", "review-meeting", ARRANGE + " on " + MEET, "Seurantakokous", r"seurantakoko|arviointikoko"
    ),
    _act(
        "holds-meetings", "meeting", ARRANGE, "Järjestää kokouksen", r"koko(?:us|ukse)|foorumi|tapaami|neuvottelupäiv"
    ),
    _act("negotiates", "negotiation", "neuvottelee neuvottelevat neuvotellaan neuvottelemaan", "Neuvottelee"),
    _act("agenda", "agenda", f"{PREPARE} {DRAW_UP} {SEND}", "Valmistelee asialistan", r"(?:asia|esitys|kokous)list"),
    _act(
        "minutes",
        "minutes",
        f"{DRAW_UP} {ADOPT} {SEND}",
        "Kokouksesta pöytäkirja",
        r"muistio|kokouspöytäkirj|kokou\w+ (?:\w+ )?pöytäkirj|pöytäkirja",
    ),
    _act("picture", "picture", f"{FORM} {ADOPT} {DRAW_UP} {DELIVER}", "Yhteinen tilannekuva", r"tilannekuva(?!an|sta)"),
    _act(
        "contributes",
        "contribution",
        DELIVER,
        "Antaa oman osuutensa",
        r"osan\w*|osuu\w*|tietopohja|tiedo[nt]|tieto[aj]|tilannekuvaan",
    ),
    _act("officers", "officers", ELECT, "Valitsee puheenjohtajan", r"puheenjohtaj|sihteeri"),
    _act("accepted-groups", "acceptance", "hyväksymä hyväksymät hyväksymiä hyväksymän", "Hyväksyy ryhmät"),
    _act(
        "accepts-groups",
        "acceptance",
        ADOPT,
        "Hyväksyy ryhmät",
        r"ryhm|verkosto",
        unless=f"suunnitelm|{RULES}|raport|muistio|linjau",
    ),
    _act(
        "counterparts",
        "counterpart",
        f"{NAME} {IS} sitoutuu sitoutuvat",
        "Vastinparit nimetty",
        r"vastinpar|yhteyshenkilö",
    ),
    _act(
        "coordinators",
        "coordinator",
        f"{NAME} {IS} palkkaa palkkaavat",
        "Koordinaatio",
        r"koordinaatio(?:henkilö|vastaav)|koordinaattor|henkilöstö\w*.*koordinoin",
    ),
    _act("names-members", "member", f"{NAME} {ELECT} {PUT_FORWARD}", "Nimeää edustajat", r"edustaj|jäsen"),
    _act("is-represented", "membership", IS, "On mukana", r"mukana|edustettu|edustaja(?!t\b.*kustann)"),
    _act(
        "takes-part",
        "membership",
        "osallistuu osallistuvat",
        "Osallistuu",
        r"siihen|kokou|foorumi|ryhm|toimikun|verkosto",
    ),
    _act(
        "appoints",
        "appointment",
        f"{APPOINT} {NAME}",
        "Nimeää ryhmät",
        r"ryhm|verkosto|tiimi|toimikun|jaosto|toimielim|nimeää ne\b",
    ),
    _act("adopts-plan", "plan", f"{DRAW_UP} {ADOPT} {PREPARE}", "Toimintasuunnitelma", f"{PLAN}|{RULES}"),
    _act(
        "welfare-report",
        "welfare-document",
        f"{DRAW_UP} {ADOPT} {PREPARE}",
        "Hyvinvointikertomus",
        r"hyvinvointi(?:kertomu|suunnitelm)",
    ),
    _act("shares-releases", "sharing", SHARE, "Jakaa tiedotteet", r"tiedot(?:e|te)"),
    _act(
        "releases",
        "release",
        f"{SEND} {TELL} {DRAW_UP}",
        "Julkaisee tiedotteen",
        r"tiedot(?:e|te)|viesti|tiedotta",
        unless="viestintäsuunnitelm",
    ),
    _act(
        "communicates",
        "release",
        "vastaa vastaavat huolehtii huolehtivat vastuu vastuussa",
        "Vastaa viestinnästä",
        r"viesti|tiedottami",
        unless="viestintäsuunnitelm",
    ),
    _act(
        "decides-on-renewal",
        "renewal",
        "päättää päättävät päätetään päättämään " + DRAW_UP,
        "Päättää jatkamisesta",
        r"päät\w+ (?:sopimuksen |pöytäkirjan )?jatk|jatka?m?i?\w*sta (?:\w+ )?päät|jatkami\w+|uusimi\w+",
    ),
    _act(
        "evaluates-agreement",
        "evaluation",
        EVALUATE,
        "Arvioi sopimuksen",
        r"sopimu|pöytäkirja|sisällö\w* toimivuu|muutostarp|toimivuu",
    ),
    _act(
        "monitors-goals",
        "goal-review",
        f"{MONITOR} {EVALUATE} {REVIEW} seurantavastuu",
        "Seuraa tavoitteita",
        r"tavoitte|seurantavastuu",
    ),
    _act(
        "goes-through-goals",
        "goal-review",
        "käy käyvät käydään",
        "Käy läpi tavoitteet",
        r"läpi\b.*tavoitte|tavoitte.*\bläpi\b",
    ),
    _act("monitors-cooperation", "goal-review", MONITOR, "Seuraa yhteistyötä", r"yhteistyö(?:tä|n)\b"),
    _act("goes-through", "review", "käy käyvät käydään", "", r"\bläpi\b"),
    _act("reviews", "review", f"{REVIEW} {MONITOR} {EVALUATE}"),
    _act("signs", "signature", "allekirjoittaa allekirjoittavat allekirjoitetaan", "Allekirjoittaa"),
    _act("reports", "report", f"{REPORT} {DELIVER}", "Raportoi", r"raport"),
    _act(
        "uses-online-meetings",
        "online",
        "hyödynnetään hyödyntää hyödyntävät käytetään käyttää käyttävät suositaan järjestetään",
        "Verkkokokoukset",
        r"(?:verkko|etä)koko|etäyhtey",
    ),
    _act("steers", "steering", STEER),
    _act("informs", "steering", TELL + " kertoo kertovat kerrotaan", about=r"verkkosiv|asukka|viesti|tiedo"),
    _act(
        "prepares",
        "steering",
        f"{PREPARE} {DRAW_UP}",
        about=r"suunnitelm|ohjelm|esity|ehdotu|strategi|linjau|suositu",
        unless="jatkami",
    ),
    _act("sees-to", "steering", SEE_TO, unless=r"kul(?:ut|ui|uje)|kustannu|palkkio|kysymyksiin", gives_way=True),
    _act("commits", "steering", "sitoutuu sitoutuvat", about=r"\w{2}m(?:aan|ään)\b|siihen, että", gives_way=True),
)

_ENDING = r"(?:n|a|ä|ta|tä|lle|lla|llä|lta|ltä|ssa|ssä|sta|stä|on|an|än|en|in|iin|seen|na|nä|ksi)?"
_CASES = (
    (re.compile(r"(?:ksi|kseen|na|nä)$"), "as"),
    (re.compile(r"ll[aä]$"), "at"),
    (re.compile(r"lle(?:en)?$"), "to"),
    (re.compile(r"lt[aä]$"), "from"),
    (re.compile(r"ss[aä]$"), "in"),
    (re.compile(r"st[aä]$"), "of"),
    (re.compile(r"(?:seen|siin|h[aeiouyäö]n|iin|aan|ään|oon|uun|yyn|öön)$"), "into"),
    (re.compile(r"n$"), "genitive"),
    (re.compile(r"t$"), "subject"),
    (re.compile(r"(?:j?[aä]|t[aä])$"), "object"),
)
NOMINATIVE = re.compile(
    r"(?:kunta|kunnat|kaupunki|kaupungit|hyvinvointialue|hyvinvointialueet|liitto|liitot|yhtymä|yhtymät|osapuoli|puoli|johtaja|"
    r"ryhmä|ryhmät|toimikunta|lautakunta|valiokunta|neuvottelukunta|toimialajohto|johto|hallitus|valtuusto|viestintä|"
    r"puheenjohtaja|koollekutsuja|kokoonkutsuja|pöytä|yksikkö|sihteeristö|organisaatio|järjestäjä)$",
    re.IGNORECASE,
)


def case_of(word: str, nominative: str, _before: str) -> str:
    """Return the case that a word of a name stands in; ``nominative`` is the word as lists have it."""
    folded = word.lower()
    if folded == nominative.lower() or NOMINATIVE.search(folded):
        return "subject"
    for ending, case in _CASES:
        if ending.search(folded):
            return case
    return "subject"


def inflected(name: str) -> str:
    """Return a pattern for a name in any case: its last word changes, the words before it do not."""
    *before, last = name.split()
    stem = last if len(last) < 4 else last[: max(3, len(last) - 2)]
    ending = r"(?::?\w{0,5})" if last.isupper() else r"[^\W\d]{0,9}"
    return r"\b" + r"\s+".join(map(re.escape, [*before, stem])) + ending + r"\b"


def is_plural(word: str) -> bool:
    """Whether a name in the nominative is of several: "kunnat", "osapuolet"."""
    return word.endswith("t")


def party_names(name: str, official_name: str) -> tuple[str, ...]:
    """Return what a party is called: its official name, its name, and the stem of the name ("Jyväskylä", "Lokkiluodo")."""
    first, *rest = official_name.split()
    stem = first[:-1] if len(rest) == 1 and first.endswith("n") and rest[0] in ("kunta", "kaupunki") else ""
    return tuple(dict.fromkeys(filter(None, (official_name, name, stem))))


_PLURAL = r"i(?:en|ä|a|in|ssä|ssa|stä|sta|lle|llä|lla|hin)|jen|ja|ejä|eille|eissä|it|t"
_GROUP_HEADS = {"ryhm": "ryhmä", "verkosto": "verkosto", "tiimi": "tiimi", "pöyd": "pöytä"}
_GROUP_FORMS = {
    "ryhm": rf"(?:ä(?:{_ENDING}|t)|{_PLURAL})",
    "verkosto": rf"(?:{_ENDING}|{_PLURAL})",
    "tiimi": rf"(?:{_ENDING}|{_PLURAL})",
    "pöyd": rf"(?:ä(?:{_ENDING}|t)|{_PLURAL})",
}


def group_name(stem: str) -> str:
    """Return a pattern for groups of a kind in any form, one or several: "yhteistyöryhm" with its endings."""
    head = next(head for head in _GROUP_FORMS if stem.endswith(head))
    return rf"\b{re.escape(stem)}{_GROUP_FORMS[head]}\b"


def body_name(stem: str, head: str) -> str:
    """Return a compound as lists have it: lower case, an abbreviation as it is."""
    return f"{stem if stem.rstrip('-').isupper() else stem.lower()}{head}"


_MODIFIER = re.compile(r"(?:[\w-]+n|ja|sekä|\w+-)\s+$")
_NOT_OF_A_NAME = frozenset(
    "valtuustokauden vuoden vuosittaisen kunkin jokaisen sen tämän kyseisen saman ensimmäisen seuraavan yhteisen oman uuden muun "
    "kunnan osapuolen sopimuksen vähintään mukaan siihen kaksi lisäksi kuin niin".split()
)


def modifiers(before: str, head: str) -> str:
    """Return the genitives that a bare head noun follows: "strategisen tason ", "kuntien sivistysjohtajien "."""
    start = len(before)
    while match := _MODIFIER.search(before[:start]):
        word = match[0].strip().lower()
        if word in _NOT_OF_A_NAME or word.endswith("inen") or (len(word) < 4 and word != "ja"):
            break
        start = match.start()
    found = re.sub(r"^(?:(?:ja|sekä)\s+)+", "", before[start:])
    # A meeting is a body where people are named who meet; else it is a meeting of something.
    meets = re.search(r"(?:jien|joiden|jäsenten)\s+$", found) if head == "kokous" else True
    return found if meets else ""


def law_nominative(written: str) -> str | None:
    """Return a law's name as lists have it, where that is safe: "kuntalain" is "kuntalaki"."""
    first = written.split()[0].lower()
    if first in ("laki", "asetus") or written.lower().endswith(("laki", "asetus")):
        return written
    if match := re.fullmatch(r"(\w+)la(?:in|issa|kiin|ista|kia|illa)", written):
        return f"{match[1]}laki"
    return None


_NUMERALS = {
    "kerran": 1, "yhden": 1, "kahdesti": 2, "kaksi": 2, "kolmesti": 3, "kolme": 3, "neljästi": 4, "neljä": 4, "viisi": 5,
    "kuusi": 6, "kahdeksan": 8, "kymmenen": 10, "kaksitoista": 12,
}  # fmt: skip
_TIMES = r"(?P<count>kerran|kahdesti|kolmesti|neljästi|(?:\d+|kaksi|kolme|neljä|viisi|kuusi|kahdeksan|kymmenen|kaksitoista) kertaa)"
_AT_LEAST = r"(?:vähintään |ainakin )?"
_YEAR = r"(?:kalenteri|toiminta)?vuode(?:ssa|n aikana)|kunakin vuonna|joka vuosi|vuosittain"
_TERM = r"(?:valtuusto|toimi|vaali)kau(?:dessa|den aikana|sittain)"

TIMES = (
    Time(_any(_AT_LEAST + _TIMES + rf" (?:{_YEAR})"), "calendar-year"),
    Time(_any(_AT_LEAST + _TIMES + rf" (?:kunkin |jokaisen |joka )?{_TERM}"), "council-term"),
    Time(_any(rf"kerran (?:neljännesvuodessa|kvartaalissa)|{words('neljännesvuosittain kvartaaleittain')}"), "calendar-year", 4),
    Time(_any(rf"kerran puolivuodessa|puolen vuoden välein|{words('puolivuosittain')}"), "calendar-year", 2),
    Time(_any(r"kerran kuukaudessa|\bkuukausittain\b"), "calendar-year", 12),
    Time(_any(r"\bjoka toinen kuukausi|kahden kuukauden välein"), "calendar-year", 6),
    Time(_any(r"\bvuosittai(?:n|nen|sen|sta|sesta|set)\b|\bjoka vuosi\b|\bkunakin vuonna\b|\bjokaisena vuonna\b|(?:kunkin|joka) vuoden\b"), "calendar-year"),
    Time(_any(r"\b(?:valtuusto|toimi)kausittain\b|\b(?:kunkin |jokaisen |joka )?valtuustokauden aikana\b|\bvaltuustokaudeksi\b|kerran kaudessa|jokaisella valtuustokaudella"), "council-term"),
    Time(_any(r"toimikausi on (?:kuntien |kunkin )?valtuustokausi|valtuustokauden (?:mittai|pitui)\w+"), "council-term"),
    Time(_any(r"(?:kevää|syksy|kesä|talve)(?:n|llä)? \d{4}(?: aikana)?|\b(?:seuraavan|uuden|tulevan) valtuustokauden (?:alussa|alkaessa|aikana|alkuvaiheessa)"), vague=True),
)  # fmt: skip
_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()
_MONTH = "(?:" + "|".join(_MONTHS) + ")"

FINNISH = Language(
    code="fi",
    abbreviations=frozenset(
        "esim. mm. ks. ao. em. ym. yms. jne. ns. n. s. t. v. vrt. toim. ko. nk. puh. klo. tms. ml. lk. sis. osoite. nro.".split()
    ),
    cuts=_any(
        r",? (?:ja|mutta|sekä) (?=(?:se|ne|he|päätös|samalla)\b)|, (?:ja|mutta|sekä) |; |: (?=[a-zåäö])|"
        r", (?=jo(?:ka|nka|ssa|hon|ta|tka|iden|ista|issa|ihin|ista|lla|lle|illa|ille|sta|den|itta|hin|tta)?\b)|"
        r", (?=(?:jos|mikäli|kun|kunnes|jotta|koska|vaikka|ellei|elleivät|jollei|ennen kuin|siten että|niin että)\b)"
    ),
    relative=re.compile(
        r"jo(?:ka|nka|ssa|hon|ta|tka|iden|ista|issa|ihin|lla|lle|illa|ille|sta|den|itta|hin)\b", re.IGNORECASE
    ),
    side=re.compile(
        r"(?:jos|mikäli|kun|kunnes|jotta|koska|vaikka|ellei|elleivät|jollei|ennen kuin|siten että|niin että)\b",
        re.IGNORECASE,
    ),
    not_binding=_any(
        r"\bvoi(?:daan|vat|taisiin|si|sivat)?\b|\b(?:saa|saavat|saadaan)\b|\b\w+isi(?:vat)?\b",
        r"\blain mukaan\b|\blaissa\b|\bsäädet|\b(?:on|ovat) (?:perustettu|asetettu|nimetty|sovittu|laadittu|hyväksytty)\b",
        r"\bpyri(?:i|vät|tään)\b|\btarkoituksena\b",
    ),
    negation=_any(r"\b(?:ei|eivät|eikä|eivätkä)\b"),
    complement=_any(r"\bettä\b"),
    subject_relative=_any(r"jo(?:ka|tka)\b"),
    whole_sentence_not_binding=_any(
        r"tarkoite(?:taan|tut)|\btarkoittaa\b|\bmääritel(?:lään|mä)|säännöks(?:et|iä|issä) on|\bmaksa(?:a|vat)\b|\bkustanta(?:a|vat)\b"
    ),
    background_title=_any(r"\btausta|lähtökoh|johdanto|määritel|käsitt|lainsäädän|lakiperus|säädöspohja|oikeudelli"),
    quantifier=r"(?:kaikki|kaikkien|kaikilla|kaikille|jokainen|jokaisen|jokaisella|kukin|kunkin|kullakin|kumpikin|kummankin|molemmat|molempien)"
    r"(?:\s+(?:tämän|sopimuksen|pöytäkirjan|alueen|maakunnan|\d+))*",
    parties=re.compile(
        r"\b(?:sopimus|sopija|sopimuksen\s+|pöytäkirjan\s+)?(?:osa)?puol(?:i|esta|et|ten|ien|ia|illa|ille|ilta|en|ella|elle|elta|ta)\b|\bsopijat\b|\bsopimuskumppan\w+",
        re.IGNORECASE,
    ),
    kinds={
        "municipality": re.compile(
            r"\b(?:jäsen|sopija|sopimus|lähi)?kun(?:ta|nat|tien|tia|nille|nilla|nilta|nissa|nista|tiin|nan|nalla|nalle|nassa|taan)\b",
            re.IGNORECASE,
        ),
        "wellbeing-services-county": re.compile(
            r"\bhyvinvointialue(?:en|et|elle|ella|elta|eella|eelle|eelta|eessa|eeseen|eesta|iden|ita|illa|ille)?\b",
            re.IGNORECASE,
        ),
        "regional-council": re.compile(
            r"\b(?:maakunnan\s+|maakuntien\s+|maakunta)?lii(?:tto|ton|tolla|tolle|tolta|tossa|tosta|ttoa|ttoon|tot|ttojen)\b",
            re.IGNORECASE,
        ),
        "joint-municipal-authority": re.compile(r"\b(?:\w+)?kuntayhtym(?:ä|än|ällä|älle|ät|ien)\b", re.IGNORECASE),
    },
    offices={
        "regional-council": re.compile(r"\bmaakunta(?:johtaja|hallitu|valtuusto)\w*", re.IGNORECASE),
        "wellbeing-services-county": re.compile(
            r"\b(?:hyvinvointialuejohtaja|aluehallitu|aluevaltuusto)\w*", re.IGNORECASE
        ),
        "municipality": re.compile(
            r"\b(?:kunnan(?:johtaja|hallitu|valtuusto)|kaupungin(?:johtaja|hallitu|valtuusto)|kuntajohtaja)\w*",
            re.IGNORECASE,
        ),
    },
    organs=re.compile(
        r"\s+(?:hallitu|valtuusto|johto|johtoryhmä|viestintä|toimiala|viranhalti|yksi[kl]|\w*johtaja|\w*organisaatio)\w*",
        re.IGNORECASE,
    ),
    pronouns=re.compile(
        r"\b(?:se|ne|he|hän|siihen|niihin|(?:sen|niiden)(?! (?:jälkeen|lisäksi|sijaan|sijasta|osalta|vuoksi|mukaan|verran|kanssa)))\b",
        re.IGNORECASE,
    ),
    convenor=re.compile(r"\b(?:kokou\w+ )?(?:koolle|kokoon)kutsuj(?:a|at|alla|illa|alle|ille|an|ien)\b", re.IGNORECASE),
    together=_any(words("yhdessä yhteisesti yhteistyössä")),
    joins=re.compile(r"(?:\s*,\s*|\s+(?:ja|sekä|että)\s+(?:myös\s+)?)(?:maakunnan\s+|alueen\s+)?$", re.IGNORECASE),
    case_of=case_of,
    is_plural=is_plural,
    party_names=party_names,
    group_name=group_name,
    group_head=lambda stem: next(head for form, head in _GROUP_HEADS.items() if stem.endswith(form)),
    inflected=inflected,
    heads={
        "kokous": rf"koko(?:us|usta|ukse{_ENDING}|uks(?:issa|ille|illa|iin|ista|et|ien)|usten)",
        "foorumi": rf"foorumi{_ENDING}",
        "toimikunta": rf"toimikun(?:taa?n?|na{_ENDING})",
        "neuvottelukunta": rf"neuvottelukun(?:taa?n?|na{_ENDING})",
        "valiokunta": rf"valiokun(?:taa?n?|na{_ENDING})",
        "lautakunta": rf"lautakun(?:taa?n?|na{_ENDING})",
        "jaosto": rf"jaosto{_ENDING}",
        "neuvosto": rf"neuvosto{_ENDING}",
        "verkosto": rf"verkosto{_ENDING}",
        "ryhmä": rf"ryhmä{_ENDING}",
        "tiimi": rf"tiimi{_ENDING}",
        "pöytä": rf"pöy(?:tää?n?|dä{_ENDING})",
        "toimielin": rf"toimieli(?:n|ntä|me{_ENDING})",
        "kollegio": rf"kollegio{_ENDING}",
    },
    group_plural=re.compile(
        r"\b(?P<stem>[\w-]*)(?P<head>ryhm|verkosto|tiimi|pöyd)(?:ät|ien|ille|illä|issä|iin|iä|istä|t|jen|ja|ihin|illa|issa|ista|ejä|eille|eissä|it)\b",
        re.IGNORECASE,
    ),
    generic_prefixes=frozenset({"", "yhteistyö", "työ", "teema", "operatiivinen"}),
    stop_prefixes=frozenset(
        "väestö ikä asiakas kohde erityis riski potilas ammatti henkilöstö valtuusto käyttäjä sidos tuote pien seuranta verkko "
        "etä tie koulu palvelu tieto valtio asukas eturyhmä kuntalais sähkö jakelu ihmis haavoittuva vertais arviointi tilaus "
        "ensimmäinen lautakunta hallituksen oma osa perus kansalais tavoite keskustelu neuvottelu palve vaikutta kirjo".split()
    ),
    times=TIMES,
    numerals=_NUMERALS,
    months={name: number for number, name in enumerate(_MONTHS, 1)},
    month=re.compile(
        rf"\b(?P<first>{_MONTH})(?:kuu)?(?:\s?[–-]\s?(?P<last>{_MONTH}))?kuu"
        r"(?P<how>ssa|n aikana|n kokoukse\w+|n (?:\d{4} )?(?:loppuun|alkuun) mennessä|hun mennessä)(?:\s+(?P<year>\d{4}))?|"
        rf"\bviimeistään (?P<latest>{_MONTH})kuussa",
        re.IGNORECASE,
    ),
    by_day=re.compile(
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?(?= mennessä)|viimeistään (?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>\d{4})?|"
        r"(?:(?P<end>vuoden loppuun mennessä)|vuoden (?P<endyear>\d{4}) loppuun mennessä)",
        re.IGNORECASE,
    ),
    acts=ACTS,
    passive=re.compile(r"(?<!m)(?:aan|ään)$", re.IGNORECASE),
    tasks=_any(
        r"\btehtäv(?:änä|ään|iin|ä|ät|inä)\b|\bvastuu\w*|\bvelvolli\w+|\btulee\b|\btäytyy\b|\bpitää \w+(?:a|ä)\b|\bon määrä\b"
    ),
    plural_verb=re.compile(r"(?:vat|vät)$", re.IGNORECASE),
    never_alone=frozenset(
        {"kokous", "ryhmä", "tiimi", "pöytä", "toimielin", "toimikunta", "lautakunta", "jaosto", "verkosto"}
    ),
    body_name=body_name,
    after_owner=lambda _, head: head,
    modifiers=modifiers,
    level=re.compile(
        r"^(?:\d+(?:\.\d+)*\.?\s+|\d+\s?§\s+)?(?:taso\s*(?P<number>\d|[IVX]+)\b|(?P<before>\d|[IVX]+)\.?\s*taso\b|"
        r"(?:strateginen|taktinen|operatiivinen|poliittinen|toimeenpaneva|ylin|keskimmäinen|alin)\s+taso\b)(?P<name>.*)$",
        re.IGNORECASE,
    ),
    of_a_term=_any(r"\bvaltuustokauden\b"),
    is_deadline=lambda how: "menness" in how or "viimeist" in how,
    agent_after=_any(r"\b(?:koordinoimana|johdolla|toimesta|kokoamana|valmistelemana)\b"),
    duty_noun=_any(r"vastuu"),
    level_words={
        r"\bstrategi(?:sella|nen) taso(?:lla)?\b": "strateginen taso",
        r"\btakti(?:sella|nen) taso(?:lla)?\b": "taktinen taso",
        r"\boperatiivi(?:sella|nen) taso(?:lla)?\b": "operatiivinen taso",
    },
    deputy=_any(r"\bvaraedustaj|\bvarajäsen"),
    officer_of=_any(r"\b(?:puheenjohtaja|sihteeri|koordinaattori)\b"),
    meetings_at_large=_any(
        r"\bkokousten\b|\bkokouksista\b|\bjokaisesta kokouksesta\b|\bkokouksen (?:koolle|kokoon)kutsuj"
    ),
    rights=_any(
        r"\bsaa(?:vat)? nimetä|(?:puhe-|läsnäolo-)(?: ja (?:läsnäolo-|puhe))?-?oikeu\w*|\bläsnäolo-?oikeu\w*|\boikeus (?:osallistua|olla läsnä)|\bsaa(?:vat)? (?:olla läsnä|osallistua)"
    ),
    has_cases=True,
    group_term=_any(r"toimikausi (?:on|vastaa|kestää) (?:\w+ )?valtuustokau|asetetaan valtuustokaudeksi"),
    plan=_any(PLAN),
    rules=_any(RULES),
    welfare=_any(r"hyvinvoin|hyte"),
    first_meeting=_any(r"ensimmäisessä kokou"),
    day_before=_any(r"kokousta edeltävänä päivänä"),
    accepted_by_all=_any(r"kaikkien (?:\w+ )?\w*(?:osapuolten|puolten|osapuolien) hyväksym"),
    each_theme=_any(r"jokais\w+ teema|kuhunkin teema|joka teema"),
    time_set_aside=_any(r"\baika\b|\baikaa\b|työaika|resurs"),
    signatures=_any(r"allekirjoitu"),
    goal_lead=_any(
        r"\btavoitteena\b[^.:]{0,60}?\bon\b|\btavoitteet ovat\b|\btavoitteita ovat\b|\bon \w+ tavoitetta|tavoitteet:$|tavoitteena on:$"
    ),
    goal_title=_any(r"\btavoitteet\b"),
    goal_verbs=re.compile(
        words(
            "turvata edistää varmistaa parantaa vahvistaa kehittää lisätä vähentää tukea luoda valmistella toteuttaa ylläpitää "
            "sujuvoittaa yhtenäistää mahdollistaa saavuttaa hillitä ehkäistä taata tiivistää syventää helpottaa rakentaa järjestää "
            "tarjota kaventaa pidentää nopeuttaa sovittaa"
        )
    ),
    theme_lead=_any(r"\bteem|\bverkosto|\bryhm|aihepiir|työryhm"),
    theme_list=re.compile(
        r"(?:ryhm|verkosto|teem)\w*\b(?:[^.:]|:\w)*?(?:esimerkiksi|muun muassa|seuraavien teemojen:?|ainakin|:)\s+(?P<list>(?:[^.:]|:\w)+?)(?:\s+(?:ympärille|osalta|teemoista|aiheista|alueille|alalle))?\.?$",
        re.IGNORECASE,
    ),
    theme_joins=re.compile(r"(?:,|\sja|\ssekä|\seli)\s*$"),
    is_genitive=lambda words_: words_.endswith("n") and not words_.endswith("inen"),
    law_name=re.compile(
        r"\b[Ll]aki (?:[a-zåäö-]+,? ){1,9}?(?=\(?\d|§)|\b[\wåäö-]*(?:lain|laki|laissa)\b(?=[^.]{0,24}(?:§|\d+/\d{4}))|\b(?:[\w-]+ ){1,6}annetun lain\b",
    ),
    law_nominative=law_nominative,
    own_text=re.compile(r"tämän (?:sopimuksen|pöytäkirjan)", re.IGNORECASE),
    terms={
        "county": (
            _any(r"\baluevaltuuston (?:valtuusto|toimi)kau\w+"),
            "aluevaltuuston valtuustokausi",
            ("wellbeing-services-county",),
        ),
        "municipal": (
            _any(r"\bkun(?:tien|nan|nallinen|nallisen) valtuustokau\w+"),
            "kuntien valtuustokausi",
            ("municipality",),
        ),
        "term": (_any(r"\bvaltuustokau\w+"), "valtuustokausi", ()),
    },
    infinite=re.compile(r"(?:m(?:aan|ään)|oon|seen|[ltrns][aä]|d[aä]|m[aä]t?|vastuu\w*)$", re.IGNORECASE),
    labels={"signs": "Allekirjoittaa", "saannot": "Säännöt"},
)
