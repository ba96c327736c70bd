"""What the walls of `test_house` do not hold yet: this file may only get shorter."""

#: Folders with too many modules.
CROWDED = set[str]()
#: Modules that are too long.
LONG = {
    "reports/documents/pdf_child.py",  # run by its path, it can import no module beside it
}
#: Functions that are too long.
LONG_FUNCTIONS = {
    "tests/browser/journeys/test_keyboard_rooms.py:test_vuf_records_the_decision_and_holds_the_meeting",
    "tests/content/sample.py:_add_figures",
    "tests/house/test_races.py:test_many_verbs_at_once_make_one_chain",
    "tests/rounds/test_chase_list.py:test_the_workbook_holds_the_rows_of_the_page",
}
#: Public names that several modules of an app define.
TWICE = set[str]()
