"""A small agreement whose names are awkward on purpose: a comma in a name, one name for a party and a body."""

from __future__ import annotations

import functools

from yhdyspinta.agreement import Charter, parse_agreement

SOURCE = """---
id: koe
language: fi
title: {fi: Koesopimus, sv: Provavtal, en: Test agreement}
short-title: {fi: Koe, sv: Prov, en: Test}
instrument: {fi: sopimus, sv: avtal, en: agreement}
example: true
from: 2023-01-01
to: 2025-12-31
levels:
  - {number: 1, name: {fi: Foorumi, sv: Forum, en: Forum}}
  - {number: 2, name: {fi: Ryhmät, sv: Grupper, en: Groups}, groups: true}
---

# Sopimus {#sopimus}

## Osapuolet {#osapuolet .party ref=C1}

Osapuolet ovat tasavertaisia.

```yaml parties
- id: alue
  kind: wellbeing-services-county
  name: {fi: Alue, sv: Området, en: The county}
  official-name: {fi: Alueen hyvinvointialue, sv: Områdets välfärdsområde, en: Wellbeing services county}
  genitive: {fi: Alueen, sv: Områdets, en: The county's}
  local: {fi: Alueella, sv: i området, en: in the county}
- id: kyla
  kind: municipality
  form: kunta
  name: {fi: Kylä, sv: By, en: Kylä}
  official-name: {fi: Kylän kunta, sv: By kommun, en: Municipality of Kylä}
  genitive: {fi: Kylän, sv: Bys, en: Kylä's}
  local: {fi: Kylässä, sv: i By, en: in Kylä}
- id: lahti
  kind: municipality
  form: kaupunki
  name: {fi: Foorumi, sv: Viken, en: The bay}
  official-name: {fi: Lahden kaupunki, sv: Vikens stad, en: City of the bay}
  genitive: {fi: Lahden, sv: Vikens, en: The bay's}
  local: {fi: Lahdessa, sv: i Viken, en: in the bay}
```

```yaml terms
- id: municipal
  name: {fi: valtuustokausi, sv: mandatperiod, en: council term}
  of: [municipality]
  periods: [{from: 2021-08-01, to: 2025-05-31}, {from: 2025-06-01, to: 2029-05-31}]
```

## Foorumi {#foorumi-kohta .structure ref=C2}

[Kylä kutsuu foorumin koolle joka vuosi.](#foorumi-koolle)
[Kokouksessa käsitellään tavoitteet.](#seuranta) [Kokouksesta tiedotetaan.](#tiedottaminen)

```yaml body
id: foorumi
level: 1
name: {fi: foorumi, sv: forumet, en: forum}
convened-by: [kyla]
```

```yaml body
id: varautuminen
level: 1
name: {fi: varautumisen toimikunta, sv: beredskapskommissionen, en: preparedness committee}
preparedness: true
```

```yaml duty
id: foorumi-koolle
name: {fi: Kokoontuu vuosittain, sv: Sammanträder årligen, en: Meets every year}
bearer: kyla
kind: achieve
per: calendar-year
evidence: {meeting-held: {body: foorumi}}
basis: explicit
```

```yaml duty
id: seuranta
name: {fi: Seuraa tavoitteita, sv: Följer upp målen, en: Reviews the goals}
bearer: foorumi
kind: achieve
per: calendar-year
window: {from: 05-01, to: 05-31}
evidence: {meeting-held: {body: foorumi}, item-handled: {body: foorumi, topic: goal-review, meeting: same meeting}}
basis: explicit
```

```yaml duty
id: tiedottaminen
name: {fi: Tiedottaa, sv: Informerar, en: Publishes a release}
bearer: convenors
kind: achieve
per: meeting of foorumi
window: {from: meeting}
evidence: {release-published: {body: meeting-body, meeting: meeting}}
basis: explicit
```

## Ryhmät {#ryhmat .structure ref=C3}

[Osapuolet hyväksyvät ryhmät.](#hyvaksynta) [Vastinparit nimetään.](#vastinparit) [Ryhmä valitsee.](#puheenjohtajisto)
[Arviointi tehdään.](#arviointi) [Asialista.](#asialista) [Osuus tietopohjasta.](#tietopohja)

```yaml theme
id: ict
name: {fi: "tieto, ict ja data", sv: "data, ikt", en: "ICT, data"}
group: {level: 2, name: {fi: ict-ryhmä, sv: ikt-gruppen, en: ICT group}}
```

```yaml theme
id: hyte
name: {fi: hyte, sv: välfärd, en: wellbeing}
group: {level: 2, name: {fi: hyteryhmä, sv: välfärdsgruppen, en: wellbeing group}}
```

```yaml reading
id: kuka-arvioi
question: {fi: Kuka arvioi sopimuksen?, sv: Vem utvärderar avtalet?, en: Who evaluates the agreement?}
assumed: kaikki
choices:
  - {id: kaikki, text: {fi: Kaikki yhdessä, sv: Alla tillsammans, en: All together}}
  - {id: alue, text: {fi: Alue, sv: Området, en: The county}}
```

```yaml duty
id: hyvaksynta
name: {fi: Hyväksyy ryhmät, sv: Godkänner grupperna, en: Accepts the groups}
bearer: each party
object: each group
kind: achieve
per: council-term
term: municipal
evidence: {acceptance-given: {party: bearer, subject: object}}
basis: explicit
```

```yaml duty
id: vastinparit
name: {fi: Nimeää vastinparit, sv: Utser kontaktpersoner, en: Names counterparts}
bearer: each party
object: each theme
kind: maintain
evidence: {counterpart-named: {party: bearer, theme: object, hours_per_week: {more-than: 0}}}
basis: explicit
```

```yaml duty
id: puheenjohtajisto
name: {fi: Valitsee puheenjohtajiston, sv: Väljer presidium, en: Elects its officers}
bearer: each group
kind: achieve
per: first meeting of each group in a term
term: municipal
window: {from: meeting, to: meeting}
evidence: {officers-elected: {body: bearer, meeting: meeting, offices: {all: [chair, vice-chair, secretary]}}}
basis: explicit
```

```yaml duty
id: arviointi
name: {fi: Arvioi sopimuksen, sv: Utvärderar avtalet, en: Evaluates the agreement}
bearer: all
kind: achieve
window: {from: 2025-01-01, to: 2025-05-31}
evidence: {evaluation-made: {}}
basis: interpreted
reading: kuka-arvioi
```

```yaml duty
id: asialista
name: {fi: Valmistelee asialistan, sv: Bereder föredragningslistan, en: Prepares the agenda}
bearer: [alue, kyla]
kind: achieve
per: meeting of foorumi
window: {to: day before}
evidence: {agenda-issued: {body: foorumi, meeting: meeting, prepared_by: each bearer}}
basis: explicit
```

```yaml duty
id: tietopohja
name: {fi: Toimittaa osuutensa, sv: Levererar sin del, en: Delivers its part}
bearer: each party
kind: achieve
per: calendar-year
evidence: {contribution-delivered: {party: bearer}}
basis: explicit
```
"""


def _translation(language: str) -> str:
    """Return the same headings and binding links in another language."""
    lines = [f"---\nlanguage: {language}\n---"]
    for line in SOURCE.splitlines():
        if line.startswith("#"):
            lines += [line.split(" .")[0].rstrip("}") + "}", "Text."]
        elif line.startswith("["):
            lines.append(line)
    return "\n\n".join(lines) + "\n"


SOURCES = {"fi": SOURCE, "sv": _translation("sv"), "en": _translation("en")}


@functools.cache
def charter() -> Charter:
    """Return the agreement, read once."""
    return parse_agreement(SOURCES)
