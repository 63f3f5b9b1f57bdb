from django.urls import path

from backline.web.welcome import views

urlpatterns = [path("welcome/", views.welcome, name="welcome")]
