from django.urls import path

from backline.web.staff import ledger, pool, settlements, statement

urlpatterns = [
    path("staff/", ledger.home, name="staff"),
    path("staff/settlements/", settlements.settlements, name="staff-settlements"),
    path("staff/settlements/preview/<int:year>-<int:month>/", settlements.preview, name="staff-preview"),
    path("staff/settlements/<int:settlement_id>/", settlements.settlement, name="staff-settlement"),
    path(
        "staff/settlements/<int:settlement_id>/statements.csv", settlements.csv, name="staff-settlement-csv"
    ),
    path("staff/statements/<int:statement_id>/", statement.statement, name="staff-statement"),
    path("staff/simulator/", statement.simulator, name="staff-simulator"),
    path("staff/buckets/", pool.buckets, name="staff-buckets"),
    path("staff/holds/", pool.holds, name="staff-holds"),
    path("staff/holds/<int:hold_id>/release/", pool.release, name="staff-hold-release"),
    path("staff/reconciliation/", pool.reconcile, name="staff-reconciliation"),
    path("staff/ledger/", ledger.front, name="staff-ledger"),
    path("staff/ledger/account/", ledger.account, name="staff-account"),
    path("staff/ledger/entries/<path:key>/", ledger.entry, name="staff-entry"),
]
