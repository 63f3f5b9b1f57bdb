"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from backline.web.plans import views

urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/start/", views.start, name="plan-start"),
    path("plans/manage/", views.manage, name="plan-manage"),
    path("plans/done/", views.done, name="plan-done"),
]
