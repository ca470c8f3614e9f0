"""What a run is told as: lines, one HTML page, JUnit, metrics. Pure, over a record."""
