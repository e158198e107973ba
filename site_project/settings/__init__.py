"""Settings: `dev` for a workstation, `production` for a server, `test` for tests; all begin with `base`."""
