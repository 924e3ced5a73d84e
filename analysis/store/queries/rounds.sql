SELECT municipality, offer, title, number, tried_on, tried, learned, decision
FROM live_test_round
ANTI JOIN taken_out USING (synthetic, municipality, offer)
WHERE synthetic = $synthetic
ORDER BY municipality, offer, title, number
