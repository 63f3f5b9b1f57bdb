"""Addresses that Stripe posts to."""

from __future__ import annotations

from django.urls import path

from backline.web.webhooks import views

urlpatterns = [
    path("webhooks/stripe/", views.events, name="webhook-events"),
    path("webhooks/stripe/v2/", views.account_events, name="webhook-account-events"),
]
