from django.urls import path

from backline.web.help import views

urlpatterns = [
    path("help/", views.contents, name="help"),
    path("help/glossary/", views.glossary, name="glossary"),
    path("help/<slug:key>/", views.guide, name="guide"),
    path("llms.txt", views.as_text, name="llms"),
]
