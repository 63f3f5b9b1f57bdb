from django.urls import path

from backline.web.staff import ledger, pool, settlements, statement, transfers

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
    path("staff/reconciliation/lines/<int:line_id>/", transfers.explain, name="staff-line-explain"),
    path("staff/reconciliation/events/<int:event_id>/", transfers.replay, name="staff-event-replay"),
    path("staff/transfers/", transfers.transfers, name="staff-transfers"),
    path("staff/transfers/<int:transfer_id>/failed/", transfers.failed, name="staff-transfer-failed"),
    path("staff/transfers/details/<int:account_id>/", transfers.confirm, name="staff-bank-confirm"),
    path("staff/transfers/files/", transfers.make_file, name="staff-bank-file-make"),
    path("staff/transfers/files/<int:file_id>/bank-file.csv", transfers.file, name="staff-bank-file"),
    path("staff/transfers/files/<int:file_id>/paid/", transfers.paid, name="staff-bank-file-paid"),
    path("staff/ledger/", ledger.front, name="staff-ledger"),
    path("staff/ledger/account/", ledger.account, name="staff-account"),
    path("staff/ledger/entries/<path:key>/", ledger.entry, name="staff-entry"),
]
