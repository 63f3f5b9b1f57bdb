from django.urls import path

from backline.web.beat_life import audio, views

urlpatterns = [
    path("backstage/beats/<int:beat_id>/life/", views.act, name="beat-life"),
    path("backstage/beats/<int:beat_id>/history/", views.history, name="beat-history"),
    path("backstage/beats/<int:beat_id>/audio/", audio.replace, name="beat-audio"),
    path("backstage/beats/<int:beat_id>/restore/", views.restore, name="beat-restore"),
    path("backstage/beats/<int:beat_id>/artists/", views.artists, name="beat-artists"),
    path("backstage/trash/", views.trash, name="trash"),
]
