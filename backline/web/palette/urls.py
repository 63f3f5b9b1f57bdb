from django.urls import path

from backline.web.palette import views

urlpatterns = [path("backstage/search/", views.search, name="search")]
