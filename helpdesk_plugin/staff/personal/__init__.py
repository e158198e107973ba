"""Personal data: looking a person up, giving out, correcting, making anonymous; notices of a breach."""
