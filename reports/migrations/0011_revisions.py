from django.db import migrations, models

MODELS = ("passage", "thememeeting", "casetemplate")


class Migration(migrations.Migration):
    """The lock token of a row is its `revision`, that of a content its `seal`; the columns keep the
    names they had.
    """

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
    ] + [
        migrations.AlterField(
            model_name="publication",
            name="seen",
            field=models.CharField(db_column="seen", max_length=80),
        ),
        migrations.RenameField(model_name="publication", old_name="seen", new_name="seal"),
    ]
