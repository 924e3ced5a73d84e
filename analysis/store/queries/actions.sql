SELECT
    municipality, action, area, level, priority, status, responsible, coalesce(involved, []) AS involved,
    evidence, coalesce(co_owners, []) AS co_owners, missing_competence, proposed_on, decided_on, translated_on, running_on, evaluated_on
FROM live_action
WHERE synthetic = $synthetic
ORDER BY municipality, priority, action
