from django.urls import path

from backline.web.rewards import views

urlpatterns = [path("help/rewards/", views.rewards_page, name="rewards")]
