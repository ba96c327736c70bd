import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table for all PDFs that are made ahead; what the two before it held is made anew."""

    dependencies = [
        ('reports', '0008_public_editions'),
    ]

    operations = [
        migrations.DeleteModel(
            name='HandoutPdf',
        ),
        migrations.DeleteModel(
            name='Rendering',
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'I kø'), ('running', 'Dannes'), ('done', 'Klar'), ('failed', 'Mislykkedes')], default='done', max_length=10)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('fault', models.TextField(blank=True)),
                ('paper', models.CharField(choices=[('draft', 'Kladde'), ('handout', 'Handout')], default='draft', max_length=10)),
                ('number', models.PositiveSmallIntegerField(default=0)),
                ('key', models.CharField(blank=True, max_length=80)),
                ('pdf', models.BinaryField(null=True)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renderings', to='reports.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'paper', 'number'), name='rendered_once')],
            },
        ),
    ]
