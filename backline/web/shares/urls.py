from django.urls import path

from backline.web.shares import views

urlpatterns = [
    path("backstage/beats/<int:beat_id>/shares/", views.propose, name="shares-propose"),
    path("backstage/shares/<int:table_id>/", views.table, name="shares"),
    path("backstage/shares/<int:table_id>/answer/", views.answer, name="shares-answer"),
]
