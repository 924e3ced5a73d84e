"""Speed, as ratios against a peer in the same run. Run ``make bench``; never part of the tests."""
