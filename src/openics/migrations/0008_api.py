from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openics", "0007_client_register")]

    operations = []
