from django.urls import path

from backline.web.receipts import views

BEAT = "backstage/beats/<int:beat_id>/receipts/"

urlpatterns = [
    path(BEAT, views.receipts, name="receipts"),
    path(f"{BEAT}days.csv", views.days_csv, name="receipts-days"),
    path(f"{BEAT}<slug:on>/", views.day, name="receipts-day"),
]
