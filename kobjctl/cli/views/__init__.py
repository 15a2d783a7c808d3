"""What is shown of each thing, before anybody knows where."""
