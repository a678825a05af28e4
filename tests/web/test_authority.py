"""Who gets which answer: every route of the application for each of the cast. A route that is not in the table fails.

What each code means for a page: 200 it is shown, 302 sign in first (or it led on), 403 seen and not to be changed,
404 there is no such page for you, 405 only a form is sent there, 410 it did what it was for, 422 the form came back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.conftest import PASSWORD
from yhdyspinta.agreement import today
from yhdyspinta.authoring.actions import begin_draft, let_in
from yhdyspinta.authoring.proposals import proposals_of
from yhdyspinta.bodies.actions import (
    Appointed,
    FirstMeeting,
    Member,
    Proposed,
    Wanted,
    appoint,
    constitute_group,
    draft_plan,
    name_member,
    open_seats,
    propose_group,
)
from yhdyspinta.journal.actor import SYSTEM, Actor
from yhdyspinta.journal.decided import Decision
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.actions import keep_file
from yhdyspinta.parties.actions import (
    Named,
    add_person,
    add_post,
    create_account,
    hand_over_post,
    invite,
    name_for_themes,
)
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.parties.links import make_link, token_of
from yhdyspinta.parties.models import Account, Party, PartyAdministrator, PeopleTable, Person
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.records.actions import Proof, ask_for_correction, preview_history, record_done
from yhdyspinta.requests.actions import (
    Agreed,
    Drafted,
    Given,
    Nominee,
    agree_combination,
    answer_request,
    draft_request,
    send_request,
)
from yhdyspinta.requests.models import Answer
from yhdyspinta.requests.queries import asked_or_404
from yhdyspinta.requests.reminding import inbox_link
from yhdyspinta.tasks.actions import enqueue
from yhdyspinta.tasks.models import Task

ROLES = ("anonymous", "outsider", "member", "own", "other", "keeper")
"""Nobody, an account without a role, somebody of the party, its administrator, another party's, the installation's."""


# Route by its url name, what a GET of it is answered, and what a POST of an empty form, in the order of ROLES.
TABLE = (
    # The machine and the front door
    ("floor", "200 200 200 200 200 200", "200 200 200 200 200 200"),
    ("health", "200 200 200 200 200 200", "200 200 200 200 200 200"),
    ("accessibility", "200 200 200 200 200 200", "200 200 200 200 200 200"),
    ("privacy", "200 200 200 200 200 200", "200 200 200 200 200 200"),
    # Signing in
    ("openid_connect_callback", "404 404 404 404 404 404", "405 405 405 405 405 405"),
    ("account_login", "200 302 302 302 302 302", "422 302 302 302 302 302"),
    ("account_logout", "302 200 200 200 200 200", "302 302 302 302 302 302"),
    ("account_inactive", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("mfa_login_webauthn", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("mfa_authenticate", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("account_reauthenticate", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    ("mfa_reauthenticate", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("mfa_reauthenticate_webauthn", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("account_change_password", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    ("account_set_password", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("usersessions_list", "302 200 200 200 200 200", "302 404 404 404 404 404"),
    ("security", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("mfa_index", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("mfa_list_webauthn", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("socialaccount_connections", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("mfa_activate_totp", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("mfa_deactivate_totp", "302 404 404 404 404 404", "302 404 404 404 404 404"),
    ("mfa_add_webauthn", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("mfa_edit_webauthn", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("mfa_remove_webauthn", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("mfa_view_recovery_codes", "302 404 404 404 404 404", "302 405 405 405 405 405"),
    ("mfa_download_recovery_codes", "302 404 404 404 404 404", "302 404 404 404 404 404"),
    ("mfa_generate_recovery_codes", "302 302 302 302 302 302", "302 302 302 302 302 302"),
    ("oidc_disconnect", "405 405 405 405 405 405", "302 302 302 302 302 302"),
    ("oidc_begin", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("oidc_unknown", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("socialaccount_login_cancelled", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("socialaccount_login_error", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("openid_connect_login", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("account_request_login_code", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("account_confirm_login_code", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("account_reset_password", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("account_reset_password_done", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("account_reset_password_from_key", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    ("account_reset_password_from_key_done", "404 404 404 404 404 404", "404 404 404 404 404 404"),
    # What is held about oneself, and the installation
    ("parties:own", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:own-file", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:own-account", "302 200 200 200 200 200", "302 422 422 422 422 422"),
    ("parties:own-person", "302 404 200 404 404 404", "302 404 422 404 404 404"),
    ("parties:confirm-own", "302 405 405 405 405 405", "302 404 302 404 404 404"),
    ("parties:administration", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:accounts", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:accounts-file", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:close-account", "302 404 404 404 404 200", "302 404 404 404 404 302"),
    ("parties:administrators", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:administrators-file", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:appoint", "302 404 404 404 404 200", "302 404 404 404 404 422"),
    ("parties:end-appointment", "302 404 404 404 404 405", "302 404 404 404 404 302"),
    ("parties:outbox", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:outbox-file", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:looks", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    ("parties:looks-file", "302 404 404 404 404 200", "302 404 404 404 404 405"),
    # Parties, people and counterparts
    ("parties:invitation", "200 200 200 200 200 200", "422 302 302 302 302 302"),
    ("parties:confirm", "200 200 200 200 200 200", "200 200 200 200 200 200"),
    ("parties:people", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:people-file", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:people-cards", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:bring-people", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:people-template", "302 404 403 200 403 200", "302 405 405 405 405 405"),
    ("parties:people-table", "302 404 403 200 403 200", "302 404 403 409 403 409"),
    ("parties:discard-people", "302 405 405 405 405 405", "302 404 403 302 403 302"),
    ("parties:add-person", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:person", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:edit-person", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:confirm-person", "302 405 405 405 405 405", "302 404 403 302 403 302"),
    ("parties:merge-person", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:erase-person", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:add-post", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:post", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:hand-over", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:end-tenure", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:discontinue-post", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:invite", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:resend-invitation", "302 405 405 405 405 405", "302 404 403 302 403 302"),
    ("parties:cancel-invitation", "302 405 405 405 405 405", "302 404 403 302 403 302"),
    ("parties:end-administrator", "302 404 403 200 403 200", "302 404 403 302 403 302"),
    ("parties:organisation", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:counterparts", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("parties:counterparts-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("parties:counterparts-cards", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:theme", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("parties:theme-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("parties:theme-cards", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:namings", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("parties:name", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:end-naming", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("parties:withdraw-naming", "302 404 403 200 403 200", "302 404 403 302 403 302"),
    # Records
    ("records:list", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("records:csv", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("records:xlsx", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("records:new", "302 403 403 200 200 200", "302 403 403 200 200 200"),
    ("records:bring-in", "302 403 403 200 200 200", "302 403 403 422 422 422"),
    ("records:template", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("records:records-from", "302 405 405 405 405 405", "302 403 403 403 403 302"),
    ("records:preview", "302 403 403 404 404 200", "302 405 405 405 405 405"),
    ("records:apply", "302 405 405 405 405 405", "302 403 403 404 404 302"),
    ("records:discard", "302 405 405 405 405 405", "302 403 403 404 404 302"),
    ("records:show", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("records:correct", "302 403 403 200 200 200", "302 403 403 422 422 422"),
    ("records:withdraw", "302 403 403 200 200 200", "302 403 403 422 422 422"),
    ("records:file", "404 404 404 404 404 404", "405 405 405 405 405 405"),
    ("records:ask", "302 403 403 200 403 403", "302 403 403 422 403 403"),
    ("records:answer", "302 403 403 200 200 200", "302 403 403 422 422 422"),
    ("records:remark", "302 403 403 404 404 404", "302 403 403 404 404 404"),
    # Requests
    ("requests:by-link", "200 200 200 200 200 200", "422 422 422 422 422 422"),
    ("requests:paper-by-link", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:inbox", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:in-inbox", "200 200 200 200 200 200", "422 422 422 422 422 422"),
    ("requests:paper-in-inbox", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:list", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:list-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:new", "302 404 403 200 200 200", "302 404 403 200 200 200"),
    ("requests:show", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:show-file", "404 404 200 200 200 200", "405 405 405 405 405 405"),
    ("requests:edit", "302 404 404 200 404 200", "302 404 404 422 404 422"),
    ("requests:discard", "302 405 405 405 405 405", "302 404 404 302 404 302"),
    ("requests:send", "302 404 404 200 404 200", "302 404 404 422 404 422"),
    ("requests:extend", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("requests:withdraw", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("requests:close", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("requests:coordinate", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("requests:appoint", "302 404 403 403 403 200", "302 404 403 403 403 422"),
    ("requests:party-answer", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("requests:answer", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("requests:record", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("requests:renew-link", "302 405 405 405 405 405", "302 404 403 302 403 302"),
    ("requests:revoke-link", "302 405 405 405 405 405", "302 404 403 302 403 302"),
    ("requests:answer-file", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("requests:receipt", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    ("requests:paper", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    # Groups: proposed, appointed, constituted, with a plan and rules
    ("bodies:propose", "302 404 403 200 200 200", "302 404 403 422 422 422"),
    ("bodies:proposal", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("bodies:withdraw-proposal", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("bodies:appoint", "302 404 403 403 403 200", "302 404 403 403 403 422"),
    ("bodies:end-group", "302 404 403 403 403 200", "302 404 403 403 403 422"),
    ("bodies:constitute", "302 404 403 403 403 200", "302 404 403 403 403 422"),
    ("bodies:withdraw-constitution", "302 405 405 405 405 405", "302 404 403 403 403 302"),
    ("bodies:plans", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("bodies:new-plan", "302 404 403 403 403 200", "302 404 403 403 403 422"),
    ("bodies:edit-plan", "302 404 403 403 403 200", "302 404 403 403 403 409"),
    ("bodies:adopt-plan", "302 404 403 403 403 200", "302 404 403 403 403 422"),
    ("bodies:withdraw-plan", "302 404 403 403 403 200", "302 404 403 403 403 302"),
    ("bodies:plan-file", "404 404 200 200 200 200", "405 405 405 405 405 405"),
    # Members and seats: who sits in a body of preparedness is for the parties
    ("bodies:roster", "404 404 200 200 200 200", "405 405 405 405 405 405"),
    ("bodies:roster-file", "404 404 200 200 200 200", "405 405 405 405 405 405"),
    ("bodies:roster-pdf", "302 405 405 405 405 405", "302 404 302 302 302 302"),
    ("bodies:name-member", "302 404 403 200 200 200", "302 404 403 422 422 422"),
    ("bodies:end-membership", "302 404 403 200 403 200", "302 404 403 422 403 422"),
    ("bodies:withdraw-membership", "302 404 403 200 403 200", "302 404 403 302 403 302"),
    ("bodies:seats", "302 404 200 200 200 200", "302 404 403 403 403 422"),
    ("bodies:close-seat", "302 405 405 405 405 405", "302 404 403 403 403 302"),
    ("bodies:representatives", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("bodies:representatives-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("bodies:person", "302 404 200 200 200 200", "302 405 405 405 405 405"),
    # Drafts and comparisons
    ("authoring:drafts", "302 200 200 200 200 200", "302 405 405 405 405 405"),
    ("authoring:begin", "302 403 403 200 200 200", "302 405 405 405 405 405"),
    ("authoring:begin-by", "302 403 403 200 200 200", "302 403 403 422 422 422"),
    ("authoring:draft", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("authoring:draft-original", "302 404 404 404 404 404", "302 405 405 405 405 405"),
    ("authoring:text", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("authoring:add-clause", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:clause", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:split-clause", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:join-clause", "302 405 405 405 405 405", "302 404 302 302 404 302"),
    ("authoring:move-clause", "302 405 405 405 405 405", "302 404 302 302 404 302"),
    ("authoring:remove-clause", "302 404 200 200 404 200", "302 404 302 302 404 302"),
    ("authoring:front", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:things", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("authoring:classified", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:add-block", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:check-new", "302 405 405 405 405 405", "302 404 200 200 404 200"),
    ("authoring:block", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:check-block", "302 405 405 405 405 405", "302 404 200 200 404 200"),
    ("authoring:remove-block", "302 404 200 200 404 200", "302 404 302 302 404 302"),
    ("authoring:proposals", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("authoring:decide", "302 405 405 405 405 405", "302 404 302 302 404 302"),
    ("authoring:propose-again", "302 405 405 405 405 405", "302 404 302 302 404 302"),
    ("authoring:proposal", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:check", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("authoring:history", "302 404 200 200 404 200", "302 404 302 302 404 302"),
    ("authoring:files", "302 404 200 200 404 200", "302 404 422 422 404 422"),
    ("authoring:download", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("authoring:writers", "302 404 200 200 404 200", "302 404 403 422 404 422"),
    ("authoring:load", "302 404 403 403 404 200", "302 404 403 403 404 422"),
    ("authoring:discard", "302 404 403 200 404 200", "302 404 403 302 404 302"),
    ("authoring:compare", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("authoring:compare-docx", "404 404 404 404 404 404", "405 405 405 405 405 405"),
    ("authoring:compare-pdf", "302 405 405 405 405 405", "302 404 404 404 404 404"),
    ("authoring:original", "404 404 404 404 404 404", "405 405 405 405 405 405"),
    ("desk:draft", "302 404 200 200 404 200", "302 405 405 405 405 405"),
    ("tasks:show", "302 404 404 200 404 404", "302 405 405 405 405 405"),
    ("tasks:file", "302 404 404 200 404 404", "302 405 405 405 405 405"),
    # The agreement
    ("desk:index", "302 302 302 302 302 302", "405 405 405 405 405 405"),
    ("desk:living", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:clause", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:official", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:duties", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:duties-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:duty", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:duty-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:matrix", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:matrix-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:party", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:structure", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:body", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:wheel", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:wheel-file", "200 200 200 200 200 200", "405 405 405 405 405 405"),
    ("desk:timeline", "200 200 200 200 200 200", "405 405 405 405 405 405"),
)


def routes(patterns: Any, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the name of every route, and what stands in its address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(
                pattern.url_patterns, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", list(pattern.pattern.regex.groupindex or pattern.pattern.converters)


ROUTES = dict(routes(get_resolver().url_patterns))
_OF_A_BLOCK = {"kind": "block_kind", "thing": "duty"}
_OF_A_GROUP = {"body": "group", "kind": "plan_kind"}
OWN_NAMES = {
    **{f"bodies:{page}": _OF_A_GROUP for page in ("appoint", "end-group", "constitute", "withdraw-constitution")},
    **{f"bodies:{page}": _OF_A_GROUP for page in ("plans", "new-plan", "edit-plan", "adopt-plan", "withdraw-plan")},
    "bodies:plan-file": _OF_A_GROUP,
    **{f"requests:{page}": {"token": "answering"} for page in ("by-link", "paper-by-link")},
    **{f"requests:{page}": {"token": "inbox"} for page in ("inbox", "in-inbox", "paper-in-inbox")},
    **{f"requests:{page}": {"request_id": "draft_id"} for page in ("edit", "discard", "send")},
    "parties:confirm": {"token": "confirming"},
    "parties:appoint": {"party": "party_pk"},
    **{f"authoring:{page}": _OF_A_BLOCK for page in ("add-block", "check-new", "block", "check-block", "remove-block")},
}


@pytest.fixture
def world(
    agreement: Agreement,
    administrator: Account,
    outsider: Account,
    small_municipality_clerk: Account,
    city_clerk: Account,
    reworded: Any,
) -> dict[str, Any]:
    """Luhanka with its people, posts, counterparts, invitations, records and what waits; and who looks at it."""
    party = party_or_404(agreement, "luhanka")
    own, keeper = actor_for(small_municipality_clerk, party), actor_for(administrator)
    member = create_account("vilma@example.org", name="Vilma Vastinpari", password=PASSWORD, by=SYSTEM)
    person = add_person(party.organisation, name="Vilma Vastinpari", email="vilma@example.org", phone="040 1", by=own)
    Person.objects.filter(pk=person.pk).update(account=member)
    post = add_post(party.organisation, kind="expert", title="Hyvinvointisuunnittelija", by=own)
    tenure = hand_over_post(post, person=person, first_day=date(2023, 1, 1), by=own)
    named = Named(person, date(2023, 1, 1), hours_per_week=Decimal(4))
    (naming,) = name_for_themes(party, "counterpart", ["hyte"], named, by=own)
    invitation = invite(party, name="Kalle", email="kalle@example.org", by=own)
    confirming = make_link("confirm", person.key, lasts=timedelta(days=60))
    facts = [{"fact": "acceptance-given", "party": "luhanka", "subject": "ict", "on": "2024-02-01"}]
    record = record_done(agreement, facts, proof=Proof(), token=uuid.uuid4(), by=own)
    remark = ask_for_correction(record, "luhanka", "Tarkistakaa päivä.", by=own)
    held = b'{"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20"}'
    batch = preview_history(agreement, held, filename="h.jsonl", by=keeper)
    table = PeopleTable.objects.create(party=party, account=small_municipality_clerk, name="v.csv", rows=[])
    draft = begin_draft(reworded("Kuntakokous kokoontuu vuosittain."), name="Luonnos", by=small_municipality_clerk)
    let_in(draft, member.email, by=small_municipality_clerk)
    kept = keep_file(ContentFile(b"%PDF-1.4\n%%EOF", name="v.pdf"))
    task = enqueue(work="builtins:dict", arguments={}, title="v", account=small_municipality_clerk.pk)
    Task.objects.update(ended_at=task.made_at, result={"file": kept.pk})
    asked = _asked(agreement, party, own, keeper)
    living = _living(agreement, party, own, keeper)
    rows = PartyAdministrator.objects.filter(party=party)
    return {
        "cast": (None, outsider, member, small_municipality_clerk, city_clerk, administrator),
        "slug": agreement.slug,
        "party": party.slug,
        "person": person.pk,
        "post": post.pk,
        "tenure": tenure.pk if tenure else 0,
        "naming": naming.pk,
        "invitation": invitation.pk,
        "row": rows.get(account=small_municipality_clerk).pk,
        "token": token_of(invitation.link),
        "confirming": token_of(confirming),
        "record": record.pk,
        "remark": remark.pk,
        "batch": batch.pk,
        "table": table.pk,
        "draft": draft.pk,
        "way": "teksti",
        "block_kind": "duty",
        "key": next(each.key for each in proposals_of(draft).open if each.kind == "duty"),
        "task": task.pk,
        "account": outsider.pk,
        "party_pk": party.pk,
        "clause": "vastinpari",
        "duty": "vastinparit",
        "body": "ksturva",
        "theme": "hyte",
        "kind": "csv",
        "form": "csv",
        **asked,
        **living,
        **_seated(agreement, party, person, own, keeper),
    }


def _seated(agreement: Agreement, party: Party, person: Person, own: Actor, keeper: Actor) -> dict[str, Any]:
    """Luhanka has named somebody to a body of preparedness, in which a seat is free."""
    (seat,) = open_seats(agreement, "ksturva", [Wanted(1)], by=keeper)
    membership = name_member(agreement, "ksturva", Member(person, "member", today(), party=party), by=own)
    return {"seat": seat.pk, "membership": membership.pk}


def _living(agreement: Agreement, party: Party, own: Actor, keeper: Actor) -> dict[str, Any]:
    """Luhanka proposes a group; another one is appointed, has met for the first time, and has a draft plan."""
    proposal = propose_group(agreement, Proposed("tilahallinta", party, today(), "x"), by=own)
    decision = Decision(organ="Aluehallitus", decided=today())
    appointment = appoint(agreement, "hyte", Appointed(decision, today(), early_reason="x"), by=keeper)
    constitution = constitute_group(agreement, "hyte", FirstMeeting(today()), by=keeper)
    kept = keep_file(ContentFile(b"%PDF-1.4\n%%EOF", name="suunnitelma.pdf"))
    plan = draft_plan(agreement, "hyte", "action-plan", text="x", file=kept, by=keeper)
    return {
        "group": "hyte",
        "proposal": proposal.pk,
        "appointment": appointment.pk,
        "constitution": constitution.pk,
        "plan": plan.pk,
        "plan_kind": "rules",
    }


def _asked(agreement: Agreement, party: Party, own: Actor, keeper: Actor) -> dict[str, Any]:
    """Luhanka asks the parties for nominations; it has answered, and a combination is agreed on."""
    propose_group(agreement, Proposed("ict", party, today(), "x", seats=(Wanted(2),)), by=own)
    deadline = timezone.now() + timedelta(days=30)
    asking = draft_request(agreement, Drafted("nomination", "Nimet", party, deadline, subject="ict"), by=own)
    draft = draft_request(agreement, Drafted("statement", "Luonnos", party, deadline), by=own)
    send_request(asking, [party], by=own)
    nominee = Nominee(Newcomer("Aino Aalto"), consented=True)
    given = Given("nominated", "Liisa", "sihteeri", nominees=(nominee,))
    kept = keep_file(ContentFile(b"%PDF-1.4\n%%EOF", name="ote.pdf"))
    answer = answer_request(asked_or_404(asking, "luhanka"), given, version=0, files=[kept], by=own)
    Answer.objects.filter(pk=answer.pk).update(receipt=kept)
    chosen = tuple((each, None) for each in answer.nominations.all())
    agree_combination(asking, Agreed(chosen, today(), "Kokous", "Sovittu."), version=0, by=keeper)
    link = answer.asked.link
    assert link is not None
    return {
        "request_id": asking.pk,
        "draft_id": draft.pk,
        "answer": answer.pk,
        "file": answer.files.get().pk,
        "number": answer.asked_id,
        "what": "kirje.txt",
        "answering": token_of(link),
        "inbox": token_of(inbox_link(party)),
    }


def address_of(name: str, world: dict[str, Any]) -> str:
    """Return the address of a route in the world; what the world does not have is 1."""
    renamed = OWN_NAMES.get(name, {})
    return reverse(name, kwargs={key: world.get(renamed.get(key, key), "1") for key in ROUTES[name]})


def answers(world: dict[str, Any], role: int, method: str) -> dict[str, str]:
    """Return what each route answers to one of the cast; what a POST changes is undone again."""
    found = {}
    for name, _get, _post in TABLE:
        with transaction.atomic():
            answer = getattr(browser_of(world, role), method)(address_of(name, world))
            found[name] = str(answer.status_code)
            if answer.streaming:
                answer.getvalue()  # read to its end, a file is closed
            transaction.set_rollback(True)
    return found


def browser_of(world: dict[str, Any], role: int) -> Client:
    """Return the browser of one of the cast."""
    client = Client()
    if world["cast"][role] is not None:
        client.force_login(world["cast"][role])
    return client


def test_every_route_is_in_the_table_once():
    assert sorted(ROUTES) == sorted(name for name, _get, _post in TABLE)


@pytest.mark.parametrize("role", range(len(ROLES)), ids=ROLES)
def test_each_route_is_shown_to_whom_it_is_for(world: dict[str, Any], role: int):
    assert answers(world, role, "get") == {name: codes.split()[role] for name, codes, _post in TABLE}


@pytest.mark.parametrize("role", range(len(ROLES)), ids=ROLES)
def test_each_form_is_taken_from_whom_it_is_for(world: dict[str, Any], role: int):
    assert answers(world, role, "post") == {name: codes.split()[role] for name, _get, codes in TABLE}


@pytest.mark.parametrize("role", range(len(ROLES)), ids=ROLES)
def test_nothing_of_one_agreement_is_reached_through_another(
    world: dict[str, Any], second_agreement: Agreement, role: int
):
    """What has a number of its own is asked for below the second agreement, where the party is one too."""
    beside = world | {"slug": second_agreement.slug}
    client = browser_of(world, role)
    refused = {302, 404, 405} if ROLES[role] == "keeper" else {302, 403, 404, 405}  # 302: a table that waits no more
    numbered = {"naming", "invitation", "row", "record", "batch", "remark", "table", "request_id"}
    numbered |= {"proposal", "appointment", "constitution", "plan", "membership", "seat"}
    for name, keys in ROUTES.items():
        if "slug" in keys and numbered.intersection(keys):
            for method in ("get", "post"):
                assert getattr(client, method)(address_of(name, beside)).status_code in refused, name
