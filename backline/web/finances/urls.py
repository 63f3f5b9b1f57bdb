from django.urls import path

from backline.web.finances import views, yearly

FINANCES = "dashboard/finances/"

urlpatterns = [
    path(FINANCES, views.finances, name="finances"),
    path(f"{FINANCES}transactions.csv", views.transactions_csv, name="finances-csv"),
    path(f"{FINANCES}transactions/<slug:key>/how/", views.how, name="finances-how"),
    path(f"{FINANCES}entries/<slug:card>/", views.entries, name="finances-entries"),
    path(f"{FINANCES}statements/", views.statements, name="finances-statements"),
    path(f"{FINANCES}years/", yearly.newest, name="finances-years"),
    path(f"{FINANCES}years/<int:year>/", yearly.yearly, name="finances-year"),
    path(f"{FINANCES}years/<int:year>.csv", yearly.yearly_csv, name="finances-year-csv"),
    path(f"{FINANCES}years/<int:year>.pdf", yearly.yearly_pdf, name="finances-year-pdf"),
]
