from django.urls import path

from backline.web.insights import views

PAGES = {
    "beat": "backstage/beats/<int:beat_id>/insights/",
    "collection": "backstage/collections/<int:collection_id>/insights/",
    "artist": "backstage/artists/<slug:handle>/insights/",
}

urlpatterns = [
    address
    for kind, page in PAGES.items()
    for address in (
        path(page, views.insights, {"kind": kind}, name=f"{kind}-insights"),
        path(f"{page}<slug:block>/", views.table, {"kind": kind}, name=f"{kind}-insights-table"),
        path(f"{page}<slug:block>.csv", views.csv, {"kind": kind}, name=f"{kind}-insights-csv"),
        path(f"{page}<slug:block>.svg", views.svg, {"kind": kind}, name=f"{kind}-insights-svg"),
    )
]
