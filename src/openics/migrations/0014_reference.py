from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openics", "0013_webhooks")]

    operations = []
