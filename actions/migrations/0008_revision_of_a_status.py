from django.db import migrations, models


class Migration(migrations.Migration):
    """The lock token of a status is its `revision`; its column keeps the name it had."""

    dependencies = [("actions", "0007_chain_and_guard_target_revisions")]

    operations = [
        migrations.AlterField(
            model_name="goalstatus",
            name="version",
            field=models.PositiveIntegerField(db_column="version", default=0),
        ),
        migrations.RenameField(model_name="goalstatus", old_name="version", new_name="revision"),
    ]
