SELECT import_id, held_on, municipality, "table", action, votes
FROM live_vote
WHERE synthetic = $synthetic
ORDER BY held_on, municipality, "table", votes DESC, action
