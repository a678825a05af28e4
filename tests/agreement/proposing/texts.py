"""Invented agreements of three regions, each in words of its own; none of these places exists."""

from __future__ import annotations

from yhdyspinta.agreement.proposing import ClauseText, KnownParty


def county_or_council(id_: str, kind: str, name: str) -> KnownParty:
    return KnownParty(id_, kind, None, name, name)


def clauses(text: str) -> list[ClauseText]:
    """Read "# part", "## title" and paragraphs into clauses."""
    found: list[ClauseText] = []
    part = ""
    for line in text.strip().splitlines():
        if line.startswith("# "):
            part = line[2:]
        elif line.startswith("## "):
            found.append(ClauseText(f"kohta-{len(found) + 1}", line[3:], part, ""))
        elif line.strip() and found:
            last = found.pop()
            found.append(ClauseText(last.id, last.title, last.part, f"{last.text}\n{line.strip()}".strip()))
    return found


MERILAAKSO_PARTIES = (
    county_or_council("merilaakson-hyvinvointialue", "wellbeing-services-county", "Merilaakson hyvinvointialue"),
    county_or_council("merilaakson-liitto", "regional-council", "Merilaakson liitto"),
    KnownParty("lokkiluoto", "municipality", "kunta", "Lokkiluoto", "Lokkiluodon kunta"),
    KnownParty("hylkeennokka", "municipality", "kunta", "Hylkeennokka", "Hylkeennokan kunta"),
    KnownParty("tyrskyla", "municipality", "kaupunki", "Tyrskylä", "Tyrskylän kaupunki"),
)  # fmt: skip

MERILAAKSO = """
# Lähtökohdat

## Tausta ja määritelmät

Hyvinvointialue vastaa sosiaali- ja terveyspalvelujen järjestämisestä.
Kunnat ovat vuosittain raportoineet hyvinvoinnista.
Kunnat kokoontuvat vuosittain myös muissa verkostoissa.
Yhdyspinnalla tarkoitetaan tehtävää, josta vastaa kaksi tai useampi osapuoli.

## Yhteistyön tavoitteet

Tavoitteena on parantaa palvelujen saatavuutta, vähentää eriarvoisuutta ja tukea lasten ja nuorten hyvinvointia.

# Strateginen taso

## Johdon foorumi

Johdon foorumi kokoontuu kaksi kertaa vuodessa, ja sen koollekutsujana toimii Tyrskylän kaupunki.
Foorumi arvioi yhteistyön tavoitteiden toteutumista vuosittain marraskuussa.
Foorumin esityslistan laatii Merilaakson liitto viimeistään kokousta edeltävänä päivänä.
Foorumi voi kutsua kokoukseen myös asiantuntijoita. Kokouksista ei makseta palkkioita.

# Taktinen taso

## Ohjausryhmä

Ohjausryhmä kokoontuu neljännesvuosittain. Ohjausryhmän kutsuu koolle hyvinvointialueen kehitysjohtaja.
Ohjausryhmän tehtävänä on:
– koordinoida yhteistyöryhmien työtä
– raportoida johdon foorumille
Jokainen osapuoli nimeää ohjausryhmään edustajansa.
Maakuntajohtajalla on läsnäolo- ja puheoikeus ohjausryhmässä.

# Operatiivinen taso

## Yhteistyöryhmät

Yhteistyöryhmiä perustetaan seuraavien teemojen: lastensuojelun, asumispalvelujen ja kotoutumisen ympärille.
Hyvinvointialue asettaa yhteistyöryhmät valtuustokaudeksi. Kunnat nimeävät yhteistyöryhmiin edustajansa.
Kukin ryhmä laatii vuosittain toimintasuunnitelman tammikuun loppuun mennessä.
Tarvittaessa voidaan perustaa työryhmiä esimerkiksi hankkeita varten.

## Tieto

Lokkiluoto ja Hylkeennokka sitoutuvat toimittamaan hyvinvointialueelle tarvittavat tiedot 31.3. mennessä.
Osapuolet tiedottavat toisilleen palveluverkon muutoksista.
Jos kunta tai hyvinvointialue muuttaa palveluverkkoaan, se neuvottelee muiden kanssa.
Kunta voisi nimetä yhteyshenkilön. Kuntien tulee nimetä yhdyspintakoordinaattori.

# Loppumääräykset

## Voimassaolo

Osapuolet arvioivat sopimuksen toimivuutta yhdessä vuoden 2027 loppuun mennessä.
Kunkin osapuolen valtuusto päättää sopimuksen jatkamisesta.
Kuntalain 15 §:n ja lain sosiaali- ja terveydenhuollon järjestämisestä (612/2021) velvoitteet säilyvät.

## Allekirjoitukset
"""

OSTKUSTEN_PARTIES = (
    county_or_council("ostkustens-valfardsomrade", "wellbeing-services-county", "Ostkustens välfärdsområde"),
    county_or_council("ostkustens-forbund", "regional-council", "Ostkustens förbund"),
    KnownParty("hyljeniemi", "municipality", "kunta", "Hyljeniemi", "Hyljeniemi kommun"),
    KnownParty("masskar", "municipality", "kaupunki", "Måsskär", "Måsskärs stad"),
    KnownParty("tyrskyniemi", "municipality", "kaupunki", "Tyrskyniemi", "Tyrskyniemi stad"),
)  # fmt: skip

OSTKUSTEN = """
# Inledning

## Bakgrund och definitioner

Välfärdsområdet ansvarar för att ordna social- och hälsovården.
Med kontaktyta avses en uppgift som flera parter ansvarar för.

## Mål

Målet är att förbättra tillgången till service, minska ojämlikhet och stärka närservicen på båda språken.

# Nivå 1: Politisk ledning

## Ledningsforumet

Ledningsforumet sammanträder minst en gång per år och sammankallas av staden Måsskär.
Forumet följer årligen upp målen för samarbetet. Mötets föredragningslista bereds av Ostkustens förbund.
Forumet kan kalla sakkunniga till mötet. För mötena betalas inga arvoden.

# Nivå 2: Tjänsteinnehavare

## Samordningsgruppen

Hyljeniemi kommun är sammankallare för samordningsgruppen. Samordningsgruppen möts kvartalsvis.
Varje part utser en företrädare i samordningsgruppen.
Landskapsdirektören har närvaro- och yttranderätt i samordningsgruppen.
Samordningsgruppen rapporterar till ledningsforumet.

# Nivå 3: Arbetsgrupper

## Arbetsgrupperna

Välfärdsområdesstyrelsen tillsätter arbetsgrupperna för fullmäktigeperioden.
Arbetsgrupperna väljer inom sig en ordförande och en sekreterare.
För varje arbetsgrupp utarbetas en verksamhetsplan senast i februari.
Grupper tillsätts till exempel kring barnskydd, integration och boende.

## Information

Tyrskyniemi och Hyljeniemi förbinder sig att årligen lämna sina uppgifter till kunskapsunderlaget.
Parterna behöver inte informera om sina interna möten. Kommunerna borde utse en kontaktperson.
Kommunerna utser en kontaktperson för varje tema.

# Giltighet

## Utvärdering

Parterna utvärderar avtalet tillsammans före utgången av 2027. Beslut om fortsättning fattas våren 2028.

## Underskrifter
"""

POYTAKIRJA = """
# Yhteistyöpöytäkirja

## 1 § Käsitteet

Tässä pöytäkirjassa neuvottelukunnalla tarkoitetaan osapuolten yhteistä toimielintä, joka kokoontuu vuosittain.

## 2 § Neuvottelukunta

Yhteistyöneuvottelukunta kokoontuu vähintään kolme kertaa vuodessa. Hyvinvointialue kutsuu neuvottelukunnan koolle.
Neuvottelukunta valitsee keskuudestaan puheenjohtajan ja varapuheenjohtajan.
Neuvottelukunta hyväksyy yhteisen tilannekuvan huhti–toukokuussa.
Neuvottelukunnan kokouksista laaditaan muistio.

## 3 § Osapuolten velvollisuudet

Tämän pöytäkirjan 2 §:ssä mainitut osapuolet osallistuvat neuvottelukuntaan.
Kunnat ja hyvinvointialue neuvottelevat hyvinvoinnin edistämisestä vähintään kerran vuodessa.
Kunta ja hyvinvointialue raportoivat hyvinvoinnista vuosittain.
Tyrskylän kaupungin on määrä laatia kaupunkistrategiansa. Kunnat eivät nimeä varajäseniä.

## 4 § Viestintä ja seuranta

Neuvottelukunnan koollekutsuja vastaa viestinnästä. Osapuolten viestintäyksiköt jakavat tiedotteet.
Kokouksissa suositaan etäyhteyksiä. Pöytäkirjan toteutumista seurataan vuosittain.
"""
