"""The guide: a page about each page, every number, every word; as web pages and as one text."""
