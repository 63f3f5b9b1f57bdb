from django.urls import path

from backline.web.styleguide import views

urlpatterns = [path("styleguide/", views.styleguide)]
