"""The pictures of docs/ and the README, taken anew from the running product: `make screenshots`.

`stage` brings up a site with the demonstration data at one fixed morning, `camera` photographs it, and
`public` and `desk` say what is photographed. Names stay, so a picture that changed shows in the diff.
"""
