from django.urls import path

from backline.web.program import views

urlpatterns = [path("program/", views.program, name="program")]
