from django.urls import path

from backline.web.statement import views

urlpatterns = [
    path("backstage/statements/<int:statement_id>/", views.statement, name="statement"),
    path("backstage/statements/<int:statement_id>/how/", views.how, name="statement-how"),
    path("backstage/statements/<int:statement_id>.pdf", views.pdf, name="statement-pdf"),
    path("backstage/statements/<int:statement_id>.csv", views.table, name="statement-csv"),
]
