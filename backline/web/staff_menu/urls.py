from django.urls import path

from backline.web.staff_menu import views

urlpatterns = [
    path("staff/menu/", views.menu, name="staff-menu"),
    path("staff/menu/new/", views.new, name="staff-menu-new"),
    path("staff/menu/reset/", views.reset, name="staff-menu-reset"),
    path("staff/menu/<int:item_id>/", views.edit, name="staff-menu-item"),
    path("staff/menu/<int:item_id>/move/", views.move, name="staff-menu-move"),
    path("staff/menu/<int:item_id>/remove/", views.remove, name="staff-menu-remove"),
]
