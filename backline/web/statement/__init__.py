"""One statement, opened: from days and beats to what is payable."""
