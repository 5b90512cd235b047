from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openics", "0012_sign_in")]

    operations = []
