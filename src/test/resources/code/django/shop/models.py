from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True, default='')
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=['name'], name='shop_customer_name_idx')]


class Product(models.Model):
    sku = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    price_cents = models.IntegerField()
    description = models.TextField(blank=True, default='')


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    placed_at = models.DateTimeField()
    status = models.CharField(max_length=20, default='new')

    class Meta:
        indexes = [models.Index(fields=['status', 'placed_at'], name='shop_order_status_placed_idx')]


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.IntegerField(default=1)


class Coupon(models.Model):
    code = models.CharField(max_length=40, unique=True)
    percent_off = models.IntegerField(default=0)
