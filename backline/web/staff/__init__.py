"""The staff area: settlements, buckets, holds, the ledger, reconciliation."""
