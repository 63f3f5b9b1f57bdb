from django.urls import path

from backline.web.leaderboards import views

urlpatterns = [
    path("dashboard/leaderboards/", views.leaderboards, name="leaderboards"),
    path("settings/leaderboards/", views.opt_outs, name="leaderboard-settings"),
]
