from django.urls import path

from backline.web.finances import views

urlpatterns = [path("dashboard/finances/", views.finances, name="finances")]
