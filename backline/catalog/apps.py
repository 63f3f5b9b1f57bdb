from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "backline.catalog"

    def ready(self) -> None:
        """After every migration, whichever made a watched table anew: see `triggers`."""
        from backline.catalog.triggers import keep_triggers

        post_migrate.connect(keep_triggers, sender=self)
