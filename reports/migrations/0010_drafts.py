from typing import Any

from django.db import migrations, models


def drafted(model: str) -> list[Any]:
    return [
        migrations.AddField(model, 'draft', models.TextField(blank=True, default=''), preserve_default=False),
        migrations.AddField(model, 'drafted_at', models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model, 'drafted_by_name', models.TextField(blank=True, default=''), preserve_default=False),
        migrations.AddField(model, 'saves', models.JSONField(blank=True, default=list)),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0009_papers'),
    ]

    operations = [
        migrations.RenameField('conclusion', 'version', 'revision'),
        migrations.AddField('question', 'revision', models.PositiveIntegerField(default=0)),
        *drafted('conclusion'),
        *drafted('question'),
    ]
