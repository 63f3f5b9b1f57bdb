from django.urls import path

from backline.web.beat_form import views

urlpatterns = [
    path("backstage/beats/<int:beat_id>/", views.beat_form, name="beat-form"),
    path("backstage/beats/<int:beat_id>/check/", views.check, name="beat-check"),
    path("backstage/beats/<int:beat_id>/detected/", views.detected, name="beat-detected"),
    path("backstage/beats/<int:beat_id>/published/", views.published, name="beat-published"),
    path("backstage/beats/<int:beat_id>/steps/<slug:kind>/retry/", views.retry, name="beat-retry"),
    path("backstage/beats/<int:beat_id>/appeal/", views.appeal, name="beat-appeal"),
    path("backstage/credits/<int:credit_id>/", views.answer, name="credit-answer"),
]
