from django.urls import path

from backline.web.beats import views

urlpatterns = [path("dashboard/beats/", views.my_beats, name="beats")]
