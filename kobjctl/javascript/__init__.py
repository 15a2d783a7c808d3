"""What JavaScript does with numbers, dates, strings and regular expressions."""
