"""Stripe, on this machine: an HTTP server with the part of Stripe's API that Backline uses, and its hosted pages.

It is a program of its own and knows nothing of Backline; `README.md` says what it can do and where it differs.
"""
