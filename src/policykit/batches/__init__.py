"""Many documents at once: what is done with each, the processes that do it, and the record of what is done."""
