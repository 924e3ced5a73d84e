SELECT
    municipality, action, area, level, priority, status, responsible, coalesce(involved, []) AS involved,
    proposed_on, decided_on, translated_on, running_on, evaluated_on
FROM live_action
WHERE synthetic = $synthetic
ORDER BY municipality, priority, action
