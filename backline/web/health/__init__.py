"""For load balancers: is the process alive, can it serve."""
