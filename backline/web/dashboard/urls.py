from django.urls import path

from backline.web.dashboard import views

urlpatterns = [path("dashboard/", views.dashboard, name="dashboard")]
