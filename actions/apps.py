from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """The catalogue, its people and their status on goals."""

    name = "actions"
    verbose_name = "Handlinger"

    def ready(self) -> None:
        # Models cannot be imported before the app registry is ready.
        from actions.catalogue.versions.store import after_change_of_posts
        from actions.people import verbs

        verbs.posts_changed_in.append(after_change_of_posts)
