"""What ledger and step records add up to: reports, register, exports. Nothing here changes a ticket."""
