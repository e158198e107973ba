"""Settings: `dev` for a workstation, `production` for a server, `test` for the tests; all begin with `base`."""
