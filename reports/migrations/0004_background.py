import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0003_chain_and_guard_editions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='rendering',
            name='asked',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='rendering',
            name='attempts',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='rendering',
            name='beat_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='rendering',
            name='due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='rendering',
            name='fault',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='rendering',
            name='state',
            field=models.CharField(choices=[('queued', 'I kø'), ('running', 'Dannes'), ('done', 'Klar'), ('failed', 'Mislykkedes')], default='done', max_length=10),
        ),
        migrations.AlterField(
            model_name='rendering',
            name='key',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='rendering',
            name='pdf',
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('queued', 'I kø'), ('running', 'Dannes'), ('done', 'Klar'), ('failed', 'Mislykkedes')], default='done', max_length=10)),
                ('asked', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('beat_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('fault', models.TextField(blank=True)),
                ('seen', models.CharField(max_length=80)),
                ('confirmed', models.BooleanField(default=False)),
                ('changes', models.TextField(blank=True)),
                ('by_name', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='reports.edition')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='reports.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running'])), fields=('report',), name='publication_one_at_a_time')],
            },
        ),
    ]
