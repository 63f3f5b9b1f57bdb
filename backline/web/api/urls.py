from django.urls import path

from backline.web.api import views
from backline.web.api.api import api

urlpatterns = [
    path("api/v1/", views.overview, name="api"),
    path("api/v1/", api.urls),
]
