"""The Producer Program's page: becoming a producer."""
