from django.urls import path

from backline.web.definitions import views

urlpatterns = [
    path("help/numbers/", views.numbers, name="numbers"),
    path("help/numbers/<slug:key>/", views.one, name="number"),
]
