from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('shop', '0011_normalise_phones')]

    operations = [
        migrations.CreateModel(
            name='Coupon',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('percent_off', models.IntegerField(default=0)),
            ],
        ),
    ]
