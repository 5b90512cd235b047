"""Speed and memory, as ratios against peers and floors in the same run."""
