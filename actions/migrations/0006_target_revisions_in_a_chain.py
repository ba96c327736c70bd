from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0005_news_of_actions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='targetrevision',
            name='id',
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='targetrevision',
            name='decided_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='targetrevision',
            name='decided_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='targetrevision',
            name='chain_hash',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
    ]
