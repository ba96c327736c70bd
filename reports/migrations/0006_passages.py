import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0003_chain_and_guard_history'),
        ('reports', '0005_meeting'),
    ]

    operations = [
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('texts', 'Forord, resumé og konklusion'), ('line', 'Redaktionel linje'), ('head', 'De ansvarliges anbefaling'), ('final', 'Anbefaling')], max_length=10)),
                ('foreword', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('conclusion', models.TextField(blank=True)),
                ('line', models.TextField(blank=True)),
                ('choice', models.CharField(blank=True, choices=[('continue', 'Fortsæt'), ('adjust', 'Justér'), ('close', 'Afslut')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('saves', models.JSONField(blank=True, default=list)),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('author_name', models.TextField(blank=True)),
                ('author_position', models.TextField(blank=True)),
                ('is_example', models.BooleanField(default=False)),
                ('action', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='actions.action')),
                ('events', models.ManyToManyField(related_name='+', to='actions.event')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='reports.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'part', 'action'), name='passage_of_action'), models.UniqueConstraint(condition=models.Q(('action__isnull', True)), fields=('report', 'part'), name='passage_of_report')],
            },
        ),
    ]
