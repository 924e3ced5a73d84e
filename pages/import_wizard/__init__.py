"""Steps of an upload, one module each: reading, findings, fixing, mapping, confirming, history."""
