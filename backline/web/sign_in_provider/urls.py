from django.urls import path

from backline.web.sign_in_provider import views

urlpatterns = [
    path("accounts/oidc/login/", views.start, name="oidc-start"),
    path("accounts/oidc/login/callback/", views.callback, name="oidc-callback"),
    path("accounts/oidc/confirm/", views.confirm, name="oidc-confirm"),
    path("accounts/oidc/signup/", views.finish_signup, name="socialaccount_signup"),
    path("settings/connections/", views.connections, name="socialaccount_connections"),
    path("settings/connections/<int:link_id>/remove/", views.remove, name="remove_connection"),
]
