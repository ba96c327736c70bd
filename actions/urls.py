"""The addresses of the catalogue, its status and its people."""

from django.urls import URLPattern, path

from actions.views import (
    carry_over,
    catalogue,
    catalogue_edit,
    catalogue_files,
    conflict,
    delegation,
    dialogue,
    history,
    mail,
    people,
    preview,
    round,
    status,
)

#: The addresses by the item of the menu that their pages belong to; the short ones come first.
SECTIONS: dict[str, list[URLPattern]] = {
    "own_goals": [
        path("mine-maal/", status.own_goals, name="own_goals"),
    ],
    "delegations": [
        path("stedfortraedere/", delegation.delegations, name="delegations"),
        path("stedfortraedere/<int:pk>/stop/", delegation.end_delegation, name="end_delegation"),
    ],
    "positions": [
        path("stillinger/", people.positions, name="positions"),
        path("stillinger/<int:pk>/", people.position, name="position"),
        path("stillinger/<int:pk>/navn/", people.rename, name="rename_position"),
        path("stillinger/<int:pk>/ny-chef/", people.appoint, name="appoint"),
        path("ansaettelser/<int:pk>/fratraed/", people.end_appointment, name="end_appointment"),
    ],
    "users": [
        path("brugere/", people.users, name="users"),
        path("brugere/ny/", people.user, name="create_user"),
        path("brugere/<int:pk>/", people.user, name="user"),
    ],
    "log": [
        path("log/", people.log, name="log"),
    ],
    "mail": [
        path("post/", mail.mail_log, name="mail_log"),
    ],
    "actions": [
        path("kataloger/", catalogue.catalogues, name="catalogues"),
        path("kataloger/nyt/", catalogue_edit.new_catalogue, name="new_catalogue"),
        path("kataloger/indlaes/", catalogue_files.import_catalogue, name="import_catalogue"),
        path("kataloger/skabelon.xlsx", catalogue_files.template, name="catalogue_template"),
        path("<slug:slug>/", catalogue.catalogue, name="catalogue"),
        path("<slug:slug>/katalog.xlsx", catalogue_files.workbook, name="catalogue_workbook"),
        path("<slug:slug>/rediger/", catalogue_edit.edit_catalogue, name="edit_catalogue"),
        path("<slug:slug>/naeste-katalog/", carry_over.carry_over, name="carry_over"),
        path("<slug:slug>/rediger/oplysninger/", catalogue_edit.fields, name="catalogue_fields"),
        path("<slug:slug>/handlinger/ny/", catalogue_edit.action, name="new_action"),
        path(
            "<slug:slug>/handlinger/<int:number>/rediger/",
            catalogue_edit.action,
            name="edit_action",
        ),
        path(
            "<slug:slug>/handlinger/<int:number>/fjern/",
            catalogue_edit.remove_action,
            name="remove_action",
        ),
        path("<slug:slug>/handlinger/<int:number>/", catalogue.action, name="action"),
    ],
    "rounds": [
        path("<slug:slug>/status/", round.all_rounds, name="rounds"),
        path("<slug:slug>/status/ny/", round.open_round, name="open_round"),
        path("<slug:slug>/status/<int:year>/", round.round_overview, name="round"),
        path("<slug:slug>/status/<int:year>/liste.xlsx", round.round_list, name="round_list"),
        path("<slug:slug>/status/<int:year>/datoer/", round.round_dates, name="round_dates"),
        path("<slug:slug>/status/<int:year>/luk/", round.close_round, name="close_round"),
        path("<slug:slug>/status/<int:year>/genaabn/", round.reopen_round, name="reopen_round"),
        path("<slug:slug>/status/<int:year>/paamind/", mail.remind, name="remind"),
        path("<slug:slug>/status/<int:year>/frist.ics", mail.deadlines, name="deadlines"),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/", status.status, name="status"),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/autogem/",
            status.autosave,
            name="autosave",
        ),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/aabnet/", status.opened, name="opened"),
        path("<slug:slug>/status/<int:year>/maal/<int:goal>/skrives/", preview.typed, name="typed"),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/i-rapporten/",
            preview.preview,
            name="preview",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/to-tekster/<int:event>/",
            conflict.compare,
            name="compare",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/godkend/", round.approve, name="approve"
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/send-tilbage/",
            round.return_to_head,
            name="return_to_head",
        ),
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
            history.history,
            name="history",
        ),
        path(
            "<slug:slug>/status/<int:year>/maal/<int:goal>/historik/<int:event>/",
            history.version,
            name="version",
        ),
    ],
}

urlpatterns = [pattern for patterns in SECTIONS.values() for pattern in patterns]
