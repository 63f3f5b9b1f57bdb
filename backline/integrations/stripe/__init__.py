"""Stripe: a thin client over its SDK. Credentials in, small frozen values out, three named problems."""
