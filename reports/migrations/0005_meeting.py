import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0003_chain_and_guard_history'),
        ('reports', '0004_background'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('asked_by_name', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('due', models.DateField()),
                ('answer', models.TextField(blank=True)),
                ('answered_by_name', models.TextField(blank=True)),
                ('answered_position', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='actions.action')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='reports.report')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Selection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('decided_on', models.DateField()),
                ('decision', models.TextField()),
                ('theme_meeting_on', models.DateField()),
                ('why_changed', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by_name', models.TextField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='reports.edition')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='reports.report')),
            ],
            options={
                'ordering': ['report', '-number'],
            },
        ),
        migrations.CreateModel(
            name='SelectedAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('reason', models.TextField()),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selected', to='actions.action')),
                ('selection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='reports.selection')),
            ],
            options={
                'ordering': ['selection', 'order'],
            },
        ),
        migrations.CreateModel(
            name='ThemeMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('welcome', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='theme_meeting', to='reports.report')),
            ],
        ),
        migrations.CreateModel(
            name='ProgrammeItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actions.action')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme', to='reports.thememeeting')),
            ],
            options={
                'ordering': ['meeting', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Conclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True)),
                ('written_by_name', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='actions.action')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conclusions', to='reports.report')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('report', 'action'), name='conclusion_once')],
            },
        ),
        migrations.CreateModel(
            name='Pointer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member_name', models.TextField()),
                ('reason', models.TextField()),
                ('pointed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pointers', to='actions.action')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pointers', to='reports.report')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('report', 'action', 'member'), name='pointed_at_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='selection',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='selection_number'),
        ),
        migrations.AddConstraint(
            model_name='selectedaction',
            constraint=models.UniqueConstraint(fields=('selection', 'action'), name='selected_once'),
        ),
    ]
