"""What runs: payloads, events, calls and schedules in, and what became of them."""
