"""The project's own app, and which static files are collected."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class AccountsConfig(AppConfig):
    """The project itself: accounts, the front door, the menu and the demo."""

    name = "handlingskatalog"
    verbose_name = "Konti"


class AssetsConfig(StaticFilesConfig):
    """Collects only the files of the design system that a page uses: all of them take minutes."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.md",
        "*.scss",
        "scss",
        "split",
        "otf",
        "license.txt",
        "dkfds-borgerdk*",
        "dkfds-virkdk*",
        "dkfds.css",
        "dkfds.js",
        "*-ExtraLight*",
        "*-Thin*",
        "*-Text*",
        "*-Light.*",
        "*-LightItalic.*",
    ]
