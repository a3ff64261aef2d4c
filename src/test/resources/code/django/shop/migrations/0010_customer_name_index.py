from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('shop', '0009_yearly_sales_view')]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(fields=['name'], name='shop_customer_name_idx'),
        ),
    ]
