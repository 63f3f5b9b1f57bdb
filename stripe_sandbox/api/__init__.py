"""The functions that answer the API's addresses. Importing this package fills the table of routes."""
