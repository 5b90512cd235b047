from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openics", "0014_reference")]

    operations = []
