"""Settings: `dev` for a workstation, `production` for a server, `test` for the tests; all start from `base`."""
