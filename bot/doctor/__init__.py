"""What is well with an installation and what is not, each with what to do."""
