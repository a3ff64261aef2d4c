from django.db import migrations


def normalise_phones(apps, schema_editor):
    Customer = apps.get_model('shop', 'Customer')
    for customer in Customer.objects.exclude(phone='').order_by('pk').iterator():
        customer.phone = ''.join(c for c in customer.phone if c.isdigit() or c == '+')
        customer.save(update_fields=['phone'])


class Migration(migrations.Migration):

    dependencies = [('shop', '0010_customer_name_index')]

    operations = [
        migrations.RunPython(normalise_phones, migrations.RunPython.noop),
    ]
