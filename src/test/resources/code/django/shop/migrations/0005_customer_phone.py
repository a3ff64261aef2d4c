from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('shop', '0004_orderline')]

    operations = [
        migrations.AddField(
            model_name='customer',
            name='phone',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
    ]
