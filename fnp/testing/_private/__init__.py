"""Where the helpers live; tests and packages import some of these paths directly."""
