from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('shop', '0008_order_status_index')]

    operations = [
        migrations.RunSQL(
            sql="""
                CREATE VIEW shop_yearly_sales AS
                SELECT date_trunc('year', month)::date AS year,
                       sum(total_cents) AS total_cents
                  FROM shop_monthly_sales
                 GROUP BY 1;
            """,
            reverse_sql="DROP VIEW shop_yearly_sales",
        ),
    ]
