from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0013_tasks_that_wait_have_moved'),
    ]

    operations = [
        migrations.AlterField(
            model_name='report',
            name='kind',
            field=models.CharField(choices=[('status', 'Statusredegørelse'), ('midterm', 'Midtvejsevaluering'), ('final', 'Slutredegørelse')], max_length=10),
        ),
    ]
