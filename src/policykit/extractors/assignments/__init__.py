"""Reading who is given work: names of bodies, the brackets and sentences that assign it."""
