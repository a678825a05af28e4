"""Swedish: the words that the rules look for, in the forms in which they stand in agreements."""

from __future__ import annotations

import re

from yhdyspinta.agreement.proposing.language import Act, Language, Time


def words(forms: str) -> str:
    """Return a pattern for any of the words."""
    return r"\b(?:" + "|".join(map(re.escape, forms.split())) + r")\b"


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


# How each verb stands in a sentence that binds: does, is done, to do.
ADOPT = "godkänner godkänns godkänna fastställer fastställs fastställa antar antas"
APPOINT = "tillsätter tillsätts tillsätta inrättar inrättas bildar bildas"
ARRANGE = "håller hålls hålla ordnar ordnas ordna arrangerar arrangeras"
CALL = "sammankallar sammankallas sammankalla kallar kallas"
DELIVER = "lämnar lämnas lämna levererar levereras leverera bidrar bidra producerar producera ger sammanställer"
DRAW_UP = "utarbetar utarbetas utarbeta gör görs upprättar upprättas upprätta"
ELECT = "väljer väljs välja"
EVALUATE = "utvärderar utvärderas utvärdera bedömer bedöms"
FORM = "skapar skapas skapa bildar formar"
MEET = "möts sammanträder samlas träffas sammanträda"
MONITOR = "följer följs följa uppföljningsansvar uppföljningsansvaret"
NAME = "utser utses utse namnger"
PREPARE = "bereder bereds bereda förbereder förbereds förbereda"
PUT_FORWARD = "anmäler anmäls föreslår föreslås"
REPORT = "rapporterar rapporteras rapportera"
REVIEW = "behandlar behandlas behandla granskar granskas granska ser"
SEND = "sänder sänds skickar skickas publicerar publiceras offentliggör"
SHARE = "sprider sprids sprida delar delas spridning spridningen"
STEER = "styr styra samordnar samordnas samordna drar linjerar koordinerar koordinera"
SEE_TO = "sörjer sörja ansvarar ansvara svarar svara"
TELL = "informerar informera kommunicerar kommunicera berättar"
HAS = "har är finns"
PLAN = r"verksamhetsplan|handlingsplan|arbetsplan|arbetsprogram"
RULES = r"\bregler\b|\bstadgar\b|arbetsordning|verksamhetsregler|instruktion"

ACTS = (
    _act("invites", "convening", CALL, "Sammankallar", unless=r"\bkallas\b(?! till möte)"),
    _act("convenor-named", "convening", "är fungerar verkar", "Sammankallar", r"sammankallare"),
    _act("monitoring-meeting", "review-meeting", ARRANGE + " " + MEET, "Uppföljningsmöte", r"uppföljningsmöte|utvärderingsmöte"),
    _act("meets", "meeting", MEET, "Möts", unless=r"första gången|första möte"),
    _act("holds-meetings", "meeting", ARRANGE, "Håller möte", r"\w*möte[tn]?\b|forum"),
    _act("negotiates", "negotiation", "förhandlar förhandlas förhandla", "Förhandlar"),
    _act("agenda", "agenda", f"{PREPARE} {DRAW_UP} {SEND}", "Bereder föredragningslistan", r"föredragningslista|dagordning|ärendelista"),
    _act("minutes", "minutes", f"{DRAW_UP} {ADOPT} {SEND} förs", "Protokoll från mötet", r"mötesprotokoll|protokoll (?:över|från|förs)|promemoria|mötesanteckning|\bförs protokoll"),
    _act("picture", "picture", f"{FORM} {ADOPT} {DRAW_UP} sammanställer", "Gemensam lägesbild", r"lägesbild", unless=r"till (?:den gemensamma )?lägesbilden"),
    _act("contributes", "contribution", DELIVER, "Ger sin del av underlaget", r"\bsin (?:egen )?del\b|kunskapsunderlag|uppgifter|lägesbild|information"),
    _act("officers", "officers", ELECT, "Väljer ordförande", r"ordförande|sekreterare"),
    _act("accepts-groups", "acceptance", ADOPT, "Godkänner grupperna", r"grupp|nätverk", unless=rf"plan\b|{RULES}|rapport|program"),
    _act("counterparts", "counterpart", f"{NAME} {HAS} förbinder ser", "Kontaktpersoner utsedda", r"kontaktperson"),
    _act("coordinators", "coordinator", f"{NAME} {HAS} anställer", "Samordning", r"samordnare|samordningspersonal|koordinator|personal som samordning"),
    _act("names-members", "member", f"{NAME} {ELECT} {PUT_FORWARD}", "Utser företrädare", r"företrädare|representant|ledamot|ledamöter|medlem"),
    _act("is-represented", "membership", "deltar är har", "Är med", r"\bdeltar\b|\bär med\b|representerade|företrädda|en (?:egen )?(?:företrädare|representant)\b"),
    _act("appoints", "appointment", f"{APPOINT} {NAME}", "Tillsätter grupperna", r"grupp|nätverk|utskott|sektion|kommitté|\butses de\b"),
    _act("adopts-plan", "plan", f"{DRAW_UP} {ADOPT} {PREPARE}", "Verksamhetsplan", f"{PLAN}|{RULES}"),
    _act("welfare-report", "welfare-document", f"{DRAW_UP} {ADOPT} {PREPARE}", "Välfärdsberättelse", r"välfärds(?:berättelse|plan)"),
    _act("shares-releases", "sharing", SHARE, "Sprider pressmeddelanden", r"pressmeddeland|meddelande"),
    _act("releases", "release", f"{SEND} {DRAW_UP} {TELL}", "Publicerar ett pressmeddelande", r"pressmeddeland|\bom mötet\b", unless="kommunikationsplan"),
    _act("communicates", "release", "ansvarar svarar ansvar ansvaret", "Ansvarar för kommunikationen", r"kommunikation|information(?:en)?\b", unless="kommunikationsplan"),
    _act("decides-on-renewal", "renewal", f"beslutar beslutas besluta fattar fattas {DRAW_UP}", "Beslutar om fortsättning", r"fortsättning|förnya|förläng"),
    _act("signs", "signature", "undertecknar undertecknas", "Undertecknar"),
    _act("evaluates-agreement", "evaluation", EVALUATE, "Utvärderar avtalet", r"avtal|protokoll|innehåll|ändringsbehov|behöver ändras|fungera"),
    _act("monitors-goals", "goal-review", f"{MONITOR} {EVALUATE} {REVIEW} går", "Följer upp målen", r"\bmål(?:en|ens|s)?\b|uppföljningsansvar"),
    _act("monitors-cooperation", "goal-review", MONITOR, "Följer upp samarbetet", r"upp\b.*samarbet|samarbet\w+.*\bupp\b"),
    _act("goes-through", "review", "går", "", r"\bigenom\b"),
    _act("reviews", "review", f"{REVIEW} {EVALUATE} {MONITOR}", unless=r"\bser (?!över)|\bmål\b"),
    _act("reports", "report", REPORT, "Rapporterar"),
    _act("uses-online-meetings", "online", "använder används utnyttjar utnyttjas", "Webbmöten", r"(?:webb|distans)möte"),
    _act("steers", "steering", STEER, unless=r"\bdrar (?!också upp|upp)"),
    _act("informs", "steering", TELL, about=r"webbplats|webbsid|invånar|samarbet"),
    _act("prepares", "steering", f"{PREPARE} {DRAW_UP}", about=r"plan\b|program|förslag|strategi|riktlinje|rekommendation"),
    _act("sees-to", "steering", SEE_TO + " ser", unless=r"kostnad|arvode|frågor\b|\bser (?!till att)", gives_way=True),
    _act("commits", "steering", "förbinder", about=r"sig (?:\w+ )?att \w+a\b", gives_way=True),
)  # fmt: skip

_AFTER = (
    (re.compile(r"\bav\s+$", re.IGNORECASE), "agent"),
    (re.compile(r"\b(?:för|till|åt)\s+$", re.IGNORECASE), "to"),
    (re.compile(r"\b(?:i|på|vid|inom|under)\s+$", re.IGNORECASE), "in"),
    (
        re.compile(
            r"\b(?:från|mellan|med|enligt|bland|om|hos|mot|genom|kring|som|före|efter|utan|än)\s+$", re.IGNORECASE
        ),
        "of",
    ),
)
_ARTICLES = re.compile(
    r"(?:\b(?:den|det|de|ett|sin|sitt|sina|första|nästa|varje|alla|landskapets|områdets|regionens|var|och|en|gemensamma|ordföranden för)\s+)+$",
    re.IGNORECASE,
)


def case_of(word: str, nominative: str, before: str) -> str:
    """Return what part a name plays: by its ending in -s, and by the preposition before it."""
    if _ARTICLES.search(before) and not re.search(r"\boch\s+$", before):
        before = _ARTICLES.sub("", before)
    case = next((case for preposition, case in _AFTER if preposition.search(before)), "")
    if not case and word.lower().endswith("s") and not nominative.lower().endswith("s") and not word.isupper():
        return "genitive"
    return case or "subject"


def is_plural(word: str) -> bool:
    """Whether a name is of several: "kommunerna", "parterna", "grupperna"."""
    return bool(re.search(r"(?:er|erna|na|de)s?$", word))


def inflected(name: str) -> str:
    """Return a pattern for a name, also in the genitive."""
    *before, last = name.split()
    stem = last if last.isupper() else re.sub(r"(?:et|en|én)$", "", last)
    ending = r"(?::?\w{0,3})" if last.isupper() else r"(?:et?|en|én?|t|n)?s?"
    return r"\b" + r"\s+".join(map(re.escape, [*before, stem])) + ending + r"\b"


def party_names(name: str, official_name: str) -> tuple[str, ...]:
    """Return what a party is called: "Karleby stad", "staden Karleby", "Karleby"."""
    turned = {"stad": "staden", "kommun": "kommunen"}
    last = official_name.split()[-1]
    other = f"{turned[last]} {name}" if last in turned else ""
    return tuple(dict.fromkeys(filter(None, (official_name, other, name))))


_GROUP_HEADS = {"grupp": "gruppen", "nätverk": "nätverket", "team": "teamet"}


def group_name(stem: str) -> str:
    """Return a pattern for groups of a kind, one or several."""
    return rf"\b{re.escape(stem)}(?:en|et|er|erna|n|ens|ets|ernas)?s?\b"


def body_name(stem: str, head: str) -> str:
    """Return a compound as running text has it, in the definite form; an abbreviation stays as it is."""
    return f"{stem if stem.rstrip('-').isupper() else stem.lower()}{head}"


_ADJECTIVE = re.compile(r"\b(?:(?:det|den)\s+)?(?P<words>(?:[a-zåäö-]+(?:iska|a))\s+)$", re.IGNORECASE)
_OWNER = re.compile(r"\b(?P<words>[\w-]+(?:ets|ens|nas|ernas)\s+)$")
_NOT_OF_A_NAME = frozenset(
    "gemensamma årliga första samma egna nästa alla varje denna detta hela sina bilda övriga andra vissa kunna ska".split()
)


def modifiers(before: str, head: str) -> str:
    """Return the words before a bare head noun that belong to its name: "strategiska ", "bildningsväsendets "."""
    match = _ADJECTIVE.search(before) or (_OWNER.search(before) if head != "mötet" else None)
    if not match or match["words"].strip().lower() in _NOT_OF_A_NAME:
        return ""
    return match["words"]


def after_owner(before: str, head: str) -> str:
    """Return a head noun as it stands after its modifiers: "det strategiska forumet", "bildningsväsendets nätverk"."""
    if not before.strip().endswith("s"):
        return head
    return head[:-1] if head in ("mötet", "kommittén") else head[:-2]


def law_nominative(written: str) -> str | None:
    """Return a law's name as lists have it, where that is safe: "kommunallagen", "lagen om välfärdsområden"."""
    return written


_NUMERALS = {"en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "åtta": 8, "tio": 10, "tolv": 12}
_TIMES = r"(?P<count>(?:\d+|en|två|tre|fyra|fem|sex|åtta|tio|tolv) gång(?:er)?)"
_AT_LEAST = r"(?:minst |åtminstone )?"
_YEAR = r"(?:per|om|under|varje|under varje) (?:kalender)?år(?:et)?"
_TERM = r"(?:per|under|varje|under varje|i varje) (?:fullmäktige|mandat)period(?:en)?"
_SEASON = r"(?:våren|hösten|sommaren|vintern) \d{4}"
_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_MONTH = "(?:" + "|".join(_MONTHS) + ")"

TIMES = (
    Time(_any(rf"{_AT_LEAST}{_TIMES} {_YEAR}"), "calendar-year"),
    Time(_any(rf"{_AT_LEAST}{_TIMES} {_TERM}"), "council-term"),
    Time(_any(r"\bkvartalsvis\b|varje kvartal|en gång per kvartal"), "calendar-year", 4),
    Time(_any(r"\bhalvårsvis\b|varje halvår"), "calendar-year", 2),
    Time(_any(r"\bmånatligen\b|varje månad|en gång (?:per|i) månad(?:en)?"), "calendar-year", 12),
    Time(_any(r"\bårlig(?:en|a|t)?\b|\bvarje år\b|\bårsvis\b"), "calendar-year"),
    Time(_any(r"\bvarje fullmäktigeperiod\b|\bunder (?:varje )?fullmäktigeperiod(?:en)?\b|\bför (?:en )?fullmäktigeperiod(?:en)?(?: i sänder)?\b(?! har)"), "council-term"),
    Time(_any(rf"\b{_SEASON}|i (?:inledningen|början) av (?:nästa|följande|den nya) fullmäktigeperiod(?:en)?"), vague=True),
)  # fmt: skip

SWEDISH = Language(
    code="sv",
    abbreviations=frozenset("t.ex. bl.a. dvs. s.k. m.m. o.d. osv. ca. kl. st. ev. f.d. jfr. resp. mom. nr.".split()),
    cuts=_any(
        r",? (?:och|men) (?=(?:den|det|de|beslut|beslutet)\b)|, (?:och|men|samt) |; |"
        r"(?<=\w) (?=\w{3,}[ae]r (?:den|det|de) (?:bland|inom|själv|sig|också|en|ett)\b)|"
        r", (?=(?:som|där|vars|vilka|vilken|vilket)\b)|, (?=(?:om|när|då|eftersom|för att|innan|såvida)\b)"
    ),
    relative=re.compile(r"(?:som|där|vars|vilka|vilken|vilket)\b", re.IGNORECASE),
    side=re.compile(r"(?:om|när|då|eftersom|för att|innan|såvida)\b", re.IGNORECASE),
    not_binding=_any(
        r"\bkan\b|\bkunde\b|\bfår\b|\bborde\b|\bvid behov kan\b",
        r"\benligt lag\b|\bi lag(?:en)?\b|\bföreskrivs\b|\bhar (?:\w+ )?(?:inrättats|tillsatts|bildats|avtalats|kommit överens)\b",
        r"\bsträvar\b|\bavsikten är\b|\bhade\b|\bblev\b|\binrättades\b",
    ),
    negation=_any(r"\b(?:inte|ej|inga|ingen|inget|aldrig)\b"),
    complement=_any(r"\batt\b"),
    subject_relative=re.compile(r"(?!)"),
    whole_sentence_not_binding=_any(
        r"\bavses\b|\bavser med\b|\bdefinieras\b|\bbetalar\b|\bbetalas\b|\bstår (?:själv )?för\b"
    ),
    background_title=_any(r"\bbakgrund|utgångspunkt|inledning|definition|begrepp|lagstiftning|rättslig grund|lagbas"),
    quantifier=r"(?:alla|varje|samtliga|vardera|bägge|båda|var och en av)(?:\s+(?:avtalets|de|protokollets|områdets|\d+))*",
    parties=re.compile(r"\b(?:avtals)?part(?:er|erna|ernas|ers|en|ens|s)?\b", re.IGNORECASE),
    kinds={
        "municipality": re.compile(r"\b(?:medlems|avtals)?kommun(?:erna|ernas|er|ers|en|ens|s)?\b", re.IGNORECASE),
        "wellbeing-services-county": re.compile(r"\bvälfärdsområde(?:t|ts|na|nas|n|s)?\b", re.IGNORECASE),
        "regional-council": re.compile(r"\b(?:landskaps)?förbund(?:et|ets|en|s)?\b", re.IGNORECASE),
        "joint-municipal-authority": re.compile(r"\b(?:\w+)?samkommun(?:en|ens|er|erna)?\b", re.IGNORECASE),
    },
    offices={
        "regional-council": re.compile(r"\blandskaps(?:direktör|styrelse|fullmäktige)\w*", re.IGNORECASE),
        "wellbeing-services-county": re.compile(
            r"\bvälfärdsområdes(?:direktör|styrelse|fullmäktige)\w*", re.IGNORECASE
        ),
        "municipality": re.compile(r"\b(?:kommun|stads)(?:direktör(?!s)|styrelse|fullmäktige)\w*", re.IGNORECASE),
    },
    organs=re.compile(
        r"\s+(?:styrelse|fullmäktige|ledning|\w*ledningsgrupp|kommunikationsenhet|\w*enhet|\w*direktör|\w*organisation|\w*chef)\w*",
        re.IGNORECASE,
    ),
    pronouns=re.compile(
        r"(?-i:\bD(?:e|et|en)\b(?=\s\w+(?:[ae]r|r|s)\b))|\b(?:det|den|de)\b(?!\s+(?!en\b|ett\b)\w+(?:[aeo]|na|et|en|er|t|n)\b)",
        re.IGNORECASE,
    ),
    convenor=re.compile(
        r"\b(?:mötets\s+)?(?:sammankallar(?:e|en|na|ens)|den som (?:har )?sammankalla(?:t|r))\b", re.IGNORECASE
    ),
    together=_any(r"\btillsammans\b|\bgemensamt\b|\bi samarbete\b"),
    joins=re.compile(r"(?:\s*,\s*|\s+(?:och|samt)\s+(?:också\s+)?)(?:(?:det|den|de|landskapets)\s+)?$", re.IGNORECASE),
    case_of=case_of,
    is_plural=is_plural,
    party_names=party_names,
    group_name=group_name,
    group_head=lambda stem: next(head for form, head in _GROUP_HEADS.items() if stem.endswith(form)),
    inflected=inflected,
    heads={
        "mötet": r"möte(?:ts?|n|na|nas)?",
        "forumet": r"forum(?:ets?)?",
        "kommissionen": r"kommission(?:ens?)?",
        "delegationen": r"delegation(?:ens?)?",
        "utskottet": r"utskott(?:ets?)?",
        "nämnden": r"nämnd(?:ens?)?",
        "sektionen": r"sektion(?:ens?)?",
        "kommittén": r"kommitté(?:ns?)?",
        "rådet": r"(?<!om)råd(?:ets?)?",
        "nätverket": r"nätverk(?:ets?)?",
        "gruppen": r"grupp(?:ens?)?",
        "teamet": r"team(?:ets?)?",
        "kollegiet": r"kollegi(?:et|um|ets)",
    },
    group_plural=re.compile(
        r"\b(?P<stem>[\w-]*)(?P<head>grupp|nätverk|team)(?:er|erna|ernas|ers|en(?=\s(?:bildas|tillsätts))|"
        r"(?=\s(?:till exempel|kring|inom följande|bildas|tillsätts)))\b",
        re.IGNORECASE,
    ),
    never_alone=frozenset(
        {"mötet", "gruppen", "teamet", "kommissionen", "nämnden", "sektionen", "nätverket", "rådet", "utskottet"}
    ),
    generic_prefixes=frozenset({"", "samarbets", "arbets", "tema"}),
    stop_prefixes=frozenset(
        "befolknings ålders mål kund risk yrkes fullmäktige användar intresse små webb distans uppföljnings utvärderings väg skol "
        "service informations el stats beslut om åter till personal patient sär minoritets språk första sammanträ samman".split()
    ),
    body_name=body_name,
    after_owner=after_owner,
    modifiers=modifiers,
    level=re.compile(
        r"^(?:\d+(?:\.\d+)*\.?\s+|\d+\s?§\s+)?(?:nivå\s*(?P<number>\d|[IVX]+)\b|(?P<before>\d|[IVX]+)\.?\s*nivån?\b|"
        r"(?:strategisk|taktisk|operativ|politisk)a? nivån?\b)(?P<name>.*)$",
        re.IGNORECASE,
    ),
    level_words={
        r"\bstrategiska? nivån?\b": "strategisk nivå",
        r"\btaktiska? nivån?\b": "taktisk nivå",
        r"\boperativa? nivån?\b": "operativ nivå",
    },
    of_a_term=_any(r"\bfullmäktigeperiodens\b"),
    times=TIMES,
    numerals=_NUMERALS,
    months={name: number for number, name in enumerate(_MONTHS, 1)},
    month=re.compile(
        rf"\b(?:(?P<how>före utgången av|senast i|före slutet av|under|i) )(?P<first>{_MONTH})(?:\s?(?:–|-|till|och)\s?(?P<last>{_MONTH}))?(?:\s+(?P<year>\d{{4}}))?",
        re.IGNORECASE,
    ),
    by_day=re.compile(
        r"senast (?:den )?(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?|före den (?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>\d{4})?|"
        r"(?P<end>före (?:årets slut|utgången av året))|före utgången av (?:år )?(?P<endyear>\d{4})",
        re.IGNORECASE,
    ),
    is_deadline=lambda how: how.lower().startswith(("före", "senast")),
    acts=ACTS,
    passive=re.compile(r"(?:[^aeiouyåäö]s|as|ds|nns|ts)$(?<!möts)(?<!träffas)(?<!samlas)", re.IGNORECASE),
    plural_verb=re.compile(r"(?!)"),
    infinite=re.compile(r".*"),
    tasks=_any(r"\b(?:uppgift|uppgifter|ansvar|ansvaret) (?:är|att|hör)\b|\bska\b"),
    agent_after=_any(r"(?!)"),
    duty_noun=_any(r"ansvar(?:et)?\b"),
    officer_of=_any(r"\bordförande(?:n)?\b|\bsekreterare\b"),
    deputy=_any(r"\bersättare|\bsuppleant"),
    meetings_at_large=_any(r"\bmötenas\b|\bmötena\b|\bett möte\b|\bvarje möte\b|\bmötets sammankallare"),
    rights=_any(
        r"(?:närvaro-|yttrande-)(?: och (?:närvaro|yttrande))?rätt|\b(?:närvaro|yttrande)- och \w+rätt|\bnärvarorätt|"
        r"\brätt att (?:närvara|delta|vara närvarande)|\bfår (?:närvara|delta|vara närvarande|utse)|\bsamma rätt har"
    ),
    has_cases=False,
    group_term=_any(r"mandatperiod är (?:\w+ ){0,4}fullmäktigeperiod|tillsätts för (?:en )?fullmäktigeperiod"),
    plan=_any(PLAN),
    rules=_any(RULES),
    welfare=_any(r"välfärd(?!sområde)|hälsa"),
    first_meeting=_any(r"första möte|första gången"),
    day_before=_any(r"dagen före mötet"),
    accepted_by_all=_any(r"alla (?:\w+ )?parter(?:na)? (?:har )?godkän|godkänts av alla"),
    each_theme=_any(r"varje tema|för varje tema"),
    time_set_aside=_any(r"\btid\b"),
    signatures=_any(r"underskrift|undertecknand"),
    goal_lead=_any(
        r"\bmålet(?: \w+ [^.:]{0,40}?)? är(?: att)?\b|\bmålen(?: [^.:]{0,40}?)? är(?: att)?\b|\bsyftet(?: med [^.:]{0,40}?)? är(?: att)?\b|\bhar \w+ mål\b|\bmål:$"
    ),
    goal_title=_any(r"\bmål(?:en)?\b"),
    goal_verbs=re.compile(
        words(
            "trygga främja säkerställa förbättra stärka utveckla öka minska stödja skapa bereda genomföra upprätthålla förenhetliga "
            "möjliggöra uppnå dämpa förebygga garantera fördjupa underlätta bygga ordna erbjuda samordna"
        )
    ),
    theme_lead=_any(r"\btema|nätverk|\bgrupper"),
    theme_list=re.compile(
        r"(?:grupper|nätverk|teman)\w*\b(?:[^.:]|:\w)*?(?:till exempel(?: kring| inom| för)?|bland annat(?: kring| inom| för)?|kring|:)\s+(?P<list>(?:[^.:]|:\w)+?)\.?$",
        re.IGNORECASE,
    ),
    theme_joins=re.compile(r"(?:,|\soch|\ssamt)(?:\s+att)?\s*$"),
    is_genitive=lambda _: False,
    law_name=re.compile(
        r"\b[Ll]ag(?:en)? om (?:[a-zåäö-]+,? ){1,9}?(?=\(?\d|§)|\b[\wåäö]*lag(?:en|ens)?\b(?=[^.]{0,24}(?:§|\d+/\d{4}))"
    ),
    law_nominative=law_nominative,
    own_text=re.compile(r"detta (?:avtal|protokoll)", re.IGNORECASE),
    terms={
        "county": (
            _any(r"\b(?:välfärdsområdesfullmäktiges|områdesfullmäktiges) (?:fullmäktige|mandat)period\w*"),
            "välfärdsområdesfullmäktiges fullmäktigeperiod",
            ("wellbeing-services-county",),
        ),
        "municipal": (
            _any(r"\bkommun(?:ernas|ens|al)\w* fullmäktigeperiod\w*"),
            "kommunernas fullmäktigeperiod",
            ("municipality",),
        ),
        "term": (_any(r"\bfullmäktigeperiod\w*"), "fullmäktigeperioden", ()),
    },
    labels={"signs": "Undertecknar", "saannot": "Regler"},
)
