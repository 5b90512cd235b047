"""How sites stand to the new key, in short."""

from channels.mail.roll_over import Stage
from openics.channels.mail.key_use import key_use
from openics.pki.gateway_keys import read_public


def standing(stage: Stage) -> dict[str, tuple[str, str]]:
    """Each site's standing and the key of its last mail."""
    with stage.connection.cursor() as cursor:
        use = key_use(cursor, read_public(stage.keys), stage.clock(), test=True)
    return {each.site: (each.standing.name, each.key) for each in use.sites}
