from django.urls import path

from backline.web.progress import views

urlpatterns = [
    path("dashboard/progress/", views.progress, name="progress"),
    path("dashboard/progress/refresh/", views.refresh, name="progress-refresh"),
]
