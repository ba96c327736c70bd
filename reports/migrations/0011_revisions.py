from django.db import migrations, models

MODELS = ("passage", "thememeeting", "casetemplate")


class Migration(migrations.Migration):
    """The lock token of a row is its `revision`; the columns keep the name they had."""

    dependencies = [("reports", "0010_drafts")]

    operations = [
        operation
        for model in MODELS
        for operation in (
            migrations.AlterField(
                model_name=model,
                name="version",
                field=models.PositiveIntegerField(db_column="version", default=0),
            ),
            migrations.RenameField(model_name=model, old_name="version", new_name="revision"),
        )
    ]
