"""Problems in the formats of other programs: JSON, GitHub's annotations, SARIF and JUnit."""
