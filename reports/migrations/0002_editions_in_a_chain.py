from typing import Any

from django.db import migrations, models


def name_editions(apps: Any, schema_editor: Any) -> None:
    """An edition's title is a part of its content. What its page looked like was not kept."""
    Edition = apps.get_model('reports', 'Edition')
    for edition in Edition.objects.defer('pdf').iterator(chunk_size=50):
        Edition.objects.filter(pk=edition.pk).update(title=edition.content['title'])


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edition',
            name='id',
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.AddField(
            model_name='edition',
            name='chain_hash',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='edition',
            name='title',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='edition',
            name='html',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='edition',
            name='html_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='edition',
            name='differences',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='edition',
            name='hindrances',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(name_editions, migrations.RunPython.noop),
    ]
