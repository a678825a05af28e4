"""A plan beside the framework agreement of Central Finland, as its second text."""

from __future__ import annotations

PLAN = """---
annex: suunnitelma
language: fi
title: {fi: Yhdyspintasuunnitelma 2024–2025, sv: Plan 2024–2025, en: Joint plan 2024–2025}
instrument: {fi: suunnitelma, sv: plan, en: plan}
---

# Painopisteet {#painopisteet}

Suunnitelmassa on yksi painopiste.

## Lapset ja nuoret {#lapset .goal official="Painopiste 1" sentences=1}

Lasten asiat sovitaan yhdessä.

### Katsaus {#lapset-katsaus .duty}

[Kukin osapuoli toimittaa katsauksen joka vuosi.](#lapset-katsaus-toimitus)

```yaml duty
id: lapset-katsaus-toimitus
name: {fi: Toimittaa katsauksen, sv: Lämnar en översikt, en: Delivers a review}
bearer: each party
kind: achieve
per: calendar-year
evidence: {contribution-delivered: {party: bearer}}
basis: explicit
```

# Seuranta {#suunnitelman-seuranta}

#### Mittarit {#mittarit}

Mittareita ei ole.
"""

OFFICIAL = """YHDYSPINTASUUNNITELMA

Painopiste 1
Lasten asioista sovitaan. Muu on muuta.
"""
