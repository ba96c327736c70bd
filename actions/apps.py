from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """The catalogue, its people and their status on goals."""

    name = "actions"
    verbose_name = "Handlinger"
