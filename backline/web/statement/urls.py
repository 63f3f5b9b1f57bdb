from django.urls import path

from backline.web.statement import views

urlpatterns = [path("backstage/statements/<int:statement_id>/", views.statement, name="statement")]
