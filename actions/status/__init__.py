"""A goal's yearly status: the head's page, its verbs, and its history."""
