"""Speed at a thousand to a million tickets, over HTTP: `make bench`, or `python -m bench.speed --help`."""
