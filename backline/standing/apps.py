from django.apps import AppConfig


class StandingConfig(AppConfig):
    name = "backline.standing"
