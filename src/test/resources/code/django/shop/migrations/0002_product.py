from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('shop', '0001_customer')]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sku', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('price_cents', models.IntegerField()),
            ],
        ),
    ]
