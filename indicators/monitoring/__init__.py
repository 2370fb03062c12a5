"""The yearly monitoring report (C-V.4b): what it says, how it is drawn, printed and given as data."""
