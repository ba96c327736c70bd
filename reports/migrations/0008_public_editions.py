import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0007_case_and_handouts'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_public_at', models.DateTimeField()),
                ('made_public_by_name', models.TextField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by_name', models.TextField(blank=True)),
                ('why_withdrawn', models.TextField(blank=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publicity', to='reports.edition')),
            ],
        ),
    ]
