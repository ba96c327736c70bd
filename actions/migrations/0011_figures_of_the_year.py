import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0010_first_versions_of_catalogues'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='measurement',
            options={'ordering': ['indicator', 'year', 'pk']},
        ),
        migrations.RemoveConstraint(
            model_name='measurement',
            name='measurement_year',
        ),
        migrations.AlterField(
            model_name='measurement',
            name='id',
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.AlterField(
            model_name='measurement',
            name='status',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='actions.goalstatus'),
        ),
        migrations.AddField(
            model_name='measurement',
            name='chain_hash',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='measurement',
            name='at',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='measurement',
            name='by_name',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='measurement',
            name='position',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='measurement',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name='measurement',
            index=models.Index(fields=['indicator', 'year'], name='measurement_year'),
        ),
    ]
