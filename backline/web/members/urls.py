from django.urls import path

from backline.web.members import views

urlpatterns = [
    path("backstage/members/", views.members, name="members"),
    path("backstage/members/invite/", views.invite, name="invite_member"),
    path(
        "backstage/members/invitations/<int:invitation_id>/withdraw/",
        views.withdraw,
        name="withdraw_invitation",
    ),
    path("backstage/members/<int:member_id>/role/", views.role, name="member_role"),
    path("backstage/members/<int:member_id>/remove/", views.remove, name="remove_member"),
    path("backstage/members/<int:member_id>/ownership/", views.ownership, name="member_ownership"),
    path("backstage/members/join/<int:invitation_id>/<str:secret>/", views.join, name="join"),
]
