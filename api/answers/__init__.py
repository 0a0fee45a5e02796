"""What is worked out in a worker process: each module takes the open store and plain arguments, and gives an Answer."""
