"""Addresses of the records room, below an agreement."""

from __future__ import annotations

from django.urls import path

from yhdyspinta.records import views

app_name = "records"

# /<slug>/kirjaukset/
list_urls = [
    path("<slug:slug>/kirjaukset/", views.listing, name="list"),
    path("<slug:slug>/kirjaukset.csv", views.export, {"form": "csv"}, name="csv"),
    path("<slug:slug>/kirjaukset.xlsx", views.export, {"form": "xlsx"}, name="xlsx"),
    path("<slug:slug>/kirjaukset/uusi/", views.new, name="new"),
]

# /<slug>/kirjaukset/tuo/
history_urls = [
    path("<slug:slug>/kirjaukset/tuo/", views.bring_in, name="bring-in"),
    path("<slug:slug>/kirjaukset/tuo/pohja.<slug:form>", views.template, name="template"),
    path("<slug:slug>/kirjaukset/tuo/kirjauksia-alkaen/", views.records_from, name="records-from"),
    path("<slug:slug>/kirjaukset/tuo/<int:batch>/", views.preview, name="preview"),
    path("<slug:slug>/kirjaukset/tuo/<int:batch>/lisaa/", views.apply, name="apply"),
    path("<slug:slug>/kirjaukset/tuo/<int:batch>/hylkaa/", views.discard, name="discard"),
]

# /<slug>/kirjaukset/<record>/
record_urls = [
    path("<slug:slug>/kirjaukset/<int:record>/", views.show, name="show"),
    path("<slug:slug>/kirjaukset/<int:record>/korjaa/", views.correct, name="correct"),
    path("<slug:slug>/kirjaukset/<int:record>/peru/", views.withdraw, name="withdraw"),
    path("<slug:slug>/kirjaukset/<int:record>/tiedosto/", views.file, name="file"),
    path("<slug:slug>/kirjaukset/<int:record>/pyynto/", views.ask, name="ask"),
    path("<slug:slug>/kirjaukset/<int:record>/pyynto/<int:remark>/", views.answer, name="answer"),
]

# /<slug>/osapuolet/<party>/
remark_urls = [
    path("<slug:slug>/osapuolet/<slug:party>/huomautus/", views.remark, name="remark"),
]

urlpatterns = [*list_urls, *history_urls, *record_urls, *remark_urls]
