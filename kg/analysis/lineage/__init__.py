"""What documents rest on: parent policies by what hangs on them, and targets beside those above."""
