"""The screens of reports and of the register, for those who may read reports."""
