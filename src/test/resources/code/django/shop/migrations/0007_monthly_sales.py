from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('shop', '0006_product_description')]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE TABLE shop_monthly_sales (
                    month date PRIMARY KEY,
                    total_cents bigint NOT NULL DEFAULT 0
                );

                UPDATE shop_order
                   SET status = 'imported'
                 WHERE legacy_code IS NOT NULL;

                ALTER TABLE shop_product ADD COLUMN barcode varchar(32);
            """,
            reverse_sql="""
                ALTER TABLE shop_product DROP COLUMN barcode;
                DROP TABLE shop_monthly_sales;
            """,
        ),
    ]
