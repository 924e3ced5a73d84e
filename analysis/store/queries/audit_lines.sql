SELECT number, moment, person, role, event, result, about
FROM audit
WHERE ($since IS NULL OR moment >= $since)
    AND ($before IS NULL OR moment < $before)
    AND ($person IS NULL OR person = $person)
    AND ($event IS NULL OR event = $event)
ORDER BY number DESC
