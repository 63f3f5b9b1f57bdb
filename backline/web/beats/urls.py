from django.urls import path

from backline.web.beats import chosen, partners, recommended, views

urlpatterns = [
    path("dashboard/beats/", views.my_beats, name="beats"),
    path("dashboard/beats/beats.csv", views.beats_csv, name="beats-csv"),
    path("dashboard/beats/chosen/", chosen.chosen, name="beats-chosen"),
    path("dashboard/beats/undo/", chosen.undo_last, name="beats-undo"),
    path("dashboard/beats/columns/", chosen.choose_columns, name="beats-columns"),
    path("dashboard/beats/partners/<slug:handle>/", partners.partner, name="beats-partner"),
    path("dashboard/beats/recommended/", recommended.choose_recommended, name="beats-recommended"),
    path("backstage/invite/<slug:handle>/", recommended.invite, name="invite"),
    path("backstage/beats/<int:beat_id>/more/", chosen.more, name="beat-more"),
    path("backstage/beats/<int:beat_id>/feature/", views.feature, name="beat-feature"),
]
