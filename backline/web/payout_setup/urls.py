from django.urls import path

from backline.web.payout_setup import views

PAYOUTS = "dashboard/finances/payouts/"

urlpatterns = [
    path(f"{PAYOUTS}connect/", views.connect, name="payouts-connect"),
    path(f"{PAYOUTS}continue/", views.go_on, name="payouts-continue"),
    path(f"{PAYOUTS}again/", views.again, name="payouts-again"),
    path(f"{PAYOUTS}return/", views.back, name="payouts-return"),
    path(f"{PAYOUTS}check/", views.check, name="payouts-check"),
    path(f"{PAYOUTS}bank/", views.bank, name="payouts-bank"),
    path(f"{PAYOUTS}stripe/", views.stripe, name="payouts-stripe"),
    path(f"{PAYOUTS}details/", views.details, name="payouts-details"),
    path(f"{PAYOUTS}disconnect/", views.disconnect, name="payouts-disconnect"),
    path(f"{PAYOUTS}remind/", views.dismiss, name="payouts-dismiss"),
]
