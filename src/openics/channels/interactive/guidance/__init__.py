"""What the public pages say: the words of the trade, the ways to communicate, what is accepted. Pure, but for its data file."""
