from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class AccountsConfig(AppConfig):
    """The project itself: accounts, the front page and what all pages share."""

    name = "handlingskatalog"
    verbose_name = "Konti"


class AssetsConfig(StaticFilesConfig):
    """Leaves out of collectstatic what no page uses of the design system: it takes minutes else."""

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
