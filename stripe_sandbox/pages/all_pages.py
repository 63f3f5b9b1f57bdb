"""Brings all pages and all addresses of the API together."""

from stripe_sandbox.api import (
    accounts,
    balance,
    billing,
    catalogue,
    checkout,
    events,
    payments,
    payouts,
    transfers,
)
from stripe_sandbox.pages import buying, control, control_api, hosted

API = (accounts, balance, billing, catalogue, checkout, events, payments, payouts, transfers)
PAGES = (buying, control, control_api, hosted)
