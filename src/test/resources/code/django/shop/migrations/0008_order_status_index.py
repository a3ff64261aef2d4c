from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('shop', '0007_monthly_sales')]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['status', 'placed_at'], name='shop_order_status_placed_idx'),
        ),
    ]
