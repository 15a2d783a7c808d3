"""The project that workflows are judged against."""
