from django.urls import path

from backline.web.discover import views

urlpatterns = [path("", views.discover, name="discover")]
