"""What listeners pay for: plans, subscriptions, invoices, sales, licences."""
