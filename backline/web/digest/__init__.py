"""The weekly summary, a mail made from the figures that screens show."""
