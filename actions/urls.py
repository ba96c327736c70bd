"""The addresses of the catalogue, its status and its people."""

from django.urls import URLPattern, path

from actions.catalogue.views import (
    carry_over,
    edit,
    edit_action,
    ending,
    files,
    pages,
    splitting,
    withdrawing,
)
from actions.figures import views as figures
from actions.figures.file import views as figures_file
from actions.history.views import log
from actions.mail.views import mail_log, remind
from actions.people.views import (
    appoint,
    delegations,
    end_appointment,
    end_delegation,
    merge_position,
    position,
    positions,
    rename,
    undo_appointment,
    undo_merge,
    user,
    users,
)
from actions.rounds.views import (
    all_rounds,
    close_round,
    deadlines,
    open_round,
    reopen_round,
    round_dates,
    round_list,
    round_overview,
    round_year,
)
from actions.status.views import compare, dialogue, preview, review, write
from actions.status.views.history import history, version

#: The addresses, by the menu item of their pages; fixed ones come before those with a slug.
SECTIONS: dict[str, list[URLPattern]] = {
    "own_goals": [
        path("mine-maal/", write.own_goals, name="own_goals"),
    ],
    "supplied": [
        path("mine-maal/maaltal/", figures.supplied, name="supplied"),
    ],
    "delegations": [
        path("stedfortraedere/", delegations, name="delegations"),
        path("stedfortraedere/<int:pk>/stop/", end_delegation, name="end_delegation"),
    ],
    "positions": [
        path("stillinger/", positions, name="positions"),
        path("stillinger/<int:pk>/", position, name="position"),
        path("stillinger/<int:pk>/navn/", rename, name="rename_position"),
        path("stillinger/<int:pk>/saml/", merge_position, name="merge_position"),
        path("stillinger/<int:pk>/saml/fortryd/", undo_merge, name="undo_merge"),
        path("stillinger/<int:pk>/ny-chef/", appoint, name="appoint"),
        path("ansaettelser/<int:pk>/fratraed/", end_appointment, name="end_appointment"),
        path("ansaettelser/<int:pk>/fortryd/", undo_appointment, name="undo_appointment"),
    ],
    "users": [
        path("brugere/", users, name="users"),
        path("brugere/ny/", user, name="create_user"),
        path("brugere/<int:pk>/", user, name="user"),
    ],
    "log": [
        path("log/", log, name="log"),
    ],
    "mail": [
        path("post/", mail_log, name="mail_log"),
    ],
    "actions": [
        path("kataloger/", pages.catalogues, name="catalogues"),
        path("kataloger/nyt/", edit.new_catalogue, name="new_catalogue"),
        path("kataloger/indlaes/", files.import_catalogue, name="import_catalogue"),
        path("kataloger/skabelon.xlsx", files.template, name="catalogue_template"),
        path("<slug:slug>/", pages.catalogue, name="catalogue"),
        path("<slug:slug>/katalog.xlsx", files.workbook, name="catalogue_workbook"),
        path("<slug:slug>/historik/", pages.catalogue_history, name="catalogue_history"),
        path("<slug:slug>/rediger/", edit.edit_catalogue, name="edit_catalogue"),
        path("<slug:slug>/naeste-katalog/", carry_over.carry_over, name="carry_over"),
        path("<slug:slug>/fortryd/", withdrawing.withdraw_catalogue, name="withdraw_catalogue"),
        path("<slug:slug>/rediger/oplysninger/", edit.fields, name="catalogue_fields"),
        path("<slug:slug>/handlinger/ny/", edit_action.edit_action, name="new_action"),
        path(
            "<slug:slug>/handlinger/<int:number>/rediger/",
            edit_action.edit_action,
            name="edit_action",
        ),
        path(
            "<slug:slug>/handlinger/<int:number>/fjern/",
            edit.remove_action,
            name="remove_action",
        ),
        path(
            "<slug:slug>/handlinger/<int:number>/del/", splitting.split_action, name="split_action"
        ),
        path(
            "<slug:slug>/handlinger/<int:number>/saml/",
            splitting.merge_actions,
            name="merge_action",
        ),
        path("<slug:slug>/handlinger/<int:number>/stands/", ending.stop, name="stop_action"),
        path(
            "<slug:slug>/handlinger/<int:number>/maal/<int:goal>/stands/",
            ending.stop,
            name="stop_goal",
        ),
        path("<slug:slug>/handlinger/<int:number>/", pages.action, name="action"),
        path("<slug:slug>/maaltal/<int:pk>/", figures.indicator, name="indicator"),
        path("<slug:slug>/maaltal/<int:pk>/indsaet/", figures.paste_figures, name="paste_figures"),
        path("<slug:slug>/maaltal/<int:pk>/leverandoer/", figures.supplier, name="supplier"),
        path(
            "<slug:slug>/maaltal/<int:pk>/leverandoer/fjern/",
            figures.end_supplier,
            name="end_supplier",
        ),
        path("<slug:slug>/maaltal/indlaes/", figures_file.import_figures, name="import_figures"),
        path("<slug:slug>/maaltal.xlsx", figures_file.download_workbook, name="figures_workbook"),
        path("<slug:slug>/maaltal.csv", figures_file.download_text, name="figures_text"),
    ],
    "rounds": [
        path("<slug:slug>/status/", all_rounds, name="rounds"),
        path("<slug:slug>/status/ny/", open_round, name="open_round"),
        path("<slug:slug>/status/<int:year>/", round_overview, name="round"),
        path("<slug:slug>/status/<int:year>/liste.xlsx", round_list, name="round_list"),
        path("<slug:slug>/status/<int:year>/datoer/", round_dates, name="round_dates"),
        path("<slug:slug>/status/<int:year>/aar/", round_year, name="round_year"),
        path("<slug:slug>/status/<int:year>/luk/", close_round, name="close_round"),
        path("<slug:slug>/status/<int:year>/genaabn/", reopen_round, name="reopen_round"),
        path("<slug:slug>/status/<int:year>/paamind/", remind, name="remind"),
        path("<slug:slug>/status/<int:year>/frist.ics", deadlines, name="deadlines"),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/", write.status, name="status"),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/autogem/",
            write.autosave,
            name="autosave",
        ),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/aabnet/", write.opened, name="opened"),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/skrives/", preview.typed, name="typed"),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/i-rapporten/",
            preview.preview,
            name="preview",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/to-tekster/<int:event>/",
            compare.compare,
            name="compare",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/godkend/", review.approve, name="approve"
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/send-tilbage/",
            review.return_to_head,
            name="return_to_head",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/laas-op/", review.unlock, name="unlock"
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/laas-igen/",
            review.lock_again,
            name="lock_again",
        ),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/ret/", review.correct, name="correct"),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/tiltraed/", dialogue.sign, name="sign"),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/kommentarer/",
            dialogue.comment,
            name="comment",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/kommentarer/<int:thread>/svar/",
            dialogue.answer,
            name="answer_comment",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/kommentarer/<int:thread>/loes/",
            dialogue.resolve,
            name="resolve_comment",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/kommentarer/<int:thread>/genaabn/",
            dialogue.reopen,
            name="reopen_comment",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/historik/",
            history,
            name="history",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/historik/<int:event>/",
            version,
            name="version",
        ),
    ],
}

urlpatterns = [pattern for patterns in SECTIONS.values() for pattern in patterns]
