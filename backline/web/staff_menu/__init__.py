"""Staff configure the sidebar's menu."""
