from django.urls import path

from backline.web.cases import staff, views

urlpatterns = [
    path("backstage/cases/<int:case_id>/", views.case, name="case"),
    path("backstage/cases/<int:case_id>/act/", views.act, name="case-act"),
    path("staff/cases/", staff.cases, name="staff-cases"),
    path("staff/cases/new/", staff.new_case, name="staff-case-new"),
    path("staff/cases/<int:case_id>/", staff.case, name="staff-case"),
    path("staff/cases/<int:case_id>/act/", staff.act, name="staff-case-act"),
]
