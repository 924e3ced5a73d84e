SELECT held_on, place, day_kind, municipality, role, area, participants
FROM live_theme_day
WHERE synthetic = $synthetic
ORDER BY held_on, place, municipality, role, area
