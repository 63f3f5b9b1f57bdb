"""What pages cost: CPU and queries in one process, then throughput of the whole tree, then its memory."""
